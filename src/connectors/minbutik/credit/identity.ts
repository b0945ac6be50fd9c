import { isoWeek, parseLocalDate } from '../../../domain/date.ts';
import type { InvoiceMode } from '../../../domain/document/customer.ts';
import { refKey, type SourceRef } from '../../../domain/document/source-ref.ts';
import type { ProblemCode } from '../../../ports/source.ts';
import { FIELD_CHARS_MAX, IDENTITY_CHARS_MAX, REFERENCE_CHARS_MAX } from '../limits.ts';
import { SYSTEM } from '../report/identity.ts';
import { readDay } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import type { CreditCells, CreditField } from './fields.ts';

/** Whose purchase a row is part of, and which. */
export type PurchaseIdentity = {
  readonly storeNumber: string;
  /** `YYYY-MM-DD` when it could be read. */
  readonly date: string;
  readonly customer: string;
  readonly register: string;
  readonly receipt: string;
  readonly reference: string;
  /** What is wrong with it; the text that stood there is kept in its place. */
  readonly faults: readonly IdentityFault[];
};

type IdentityFault = {
  readonly field: CreditField;
  readonly code: ProblemCode;
  readonly found: string;
  readonly expected: string;
};

/** Reads an identity. */
export function readPurchaseIdentity(cells: CreditCells, { stores }: Terms): PurchaseIdentity {
  const faults: IdentityFault[] = [];
  const part = (field: CreditField, rule: PartRule): string => {
    const text = ownText(cells[field].slice(0, FIELD_CHARS_MAX));
    const value = text.length > rule.charsMax ? null : rule.read(text);
    if (value !== null && (value !== '' || rule.mayLack === true)) return value;
    const code = text === '' ? 'field-empty' : (rule.code ?? 'unknown-value');
    const expected = rule.expected ?? `1–${rule.charsMax}`;
    faults.push({ field, code, found: text, expected });
    return text.slice(0, rule.charsMax);
  };
  const known = stores.known.join(', ');
  return {
    storeNumber: part('store_no', {
      ...KEY,
      read: (text) => stores.find(text),
      ...(known === '' ? {} : { expected: known }),
    }),
    date: part('purchase_date', DAY),
    customer: part('customer_no', WITHOUT_COLON),
    register: part('register', { ...KEY, mayLack: true }),
    receipt: part('receipt_no', KEY),
    reference: part('reference', REFERENCE),
    faults,
  };
}

type PartRule = {
  readonly charsMax: number;
  readonly read: (text: string) => string | null;
  readonly mayLack?: boolean;
  readonly code?: ProblemCode;
  readonly expected?: string;
};

const KEY: PartRule = { charsMax: IDENTITY_CHARS_MAX, read: (text) => text };
const DAY: PartRule = { ...KEY, read: readDay, code: 'not-a-date', expected: 'YYYY-MM-DD' };
/** A colon in a customer's number would let two documents share an id. */
const WITHOUT_COLON: PartRule = {
  ...KEY,
  read: (text) => (text.includes(':') ? null : text),
  expected: `1–${IDENTITY_CHARS_MAX}, not :`,
};
const REFERENCE: PartRule = { ...KEY, charsMax: REFERENCE_CHARS_MAX, mayLack: true };

/** The document that a purchase belongs to. */
export function creditRefOf(identity: PurchaseIdentity, grouping: InvoiceMode): SourceRef {
  const { storeNumber, customer, receipt, reference } = identity;
  const own = { receipt: `:${receipt}`, reference: `:${reference}`, week: '', month: '' };
  const id = `credit:${periodOf(identity, grouping)}:${customer}${own[grouping]}`;
  return { system: SYSTEM, account: storeNumber, id };
}

/** What an unreadable document is told under: its ref, when anything of it could be read. */
export function creditIdOf(ref: SourceRef, line: number): string {
  const isNamed = ref.account !== '' || !/^credit::+$/.test(ref.id);
  return isNamed ? refKey(ref) : `${SYSTEM}/line ${line}`;
}

/** A receipt's period is its day, because some tills begin again at 1 each day. */
function periodOf({ date }: PurchaseIdentity, grouping: InvoiceMode): string {
  const day = parseLocalDate(date);
  if (day === null || grouping === 'receipt') return date;
  return grouping === 'week' ? isoWeek(day) : day.slice(0, 7);
}
