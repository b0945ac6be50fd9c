import { type Money } from '../../../domain/money.ts';
import type { Customer, InvoiceMode } from '../../../domain/document/customer.ts';
import type { Address } from '../../../domain/document/party.ts';
import { refKey, type SourceRef } from '../../../domain/document/source-ref.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { FIELD_CHARS_MAX, IDENTITY_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { SYSTEM } from '../report/identity.ts';
import { readAmount, STANDARD_DECIMALS } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import type { CustomerCells, CustomerColumn, CustomerPlace } from './fields.ts';

/** What one row says: a customer, or why it cannot be one. */
export type CustomerRow = {
  /** What it is told under: the document's `refKey` as far as it could be read. */
  readonly id: string;
  readonly place: CustomerPlace;
  /** null when there are problems. */
  readonly document: Customer | null;
  readonly problems: readonly Problem[];
};

/** A row cut into fields. */
export type CustomerTexts = {
  readonly cells: CustomerCells;
  readonly place: CustomerPlace;
  /** Problems that the row had before its fields were looked at; with any, no field is trusted. */
  readonly found: readonly Problem[];
};

/** Words for how often a customer is invoiced, as tills of two countries write them. */
const MODES: Readonly<Record<string, InvoiceMode>> = {
  receipt: 'receipt',
  kvitto: 'receipt',
  kvittering: 'receipt',
  reference: 'reference',
  referens: 'reference',
  referanse: 'reference',
  week: 'week',
  vecka: 'week',
  uke: 'week',
  month: 'month',
  månad: 'month',
  måned: 'month',
};

const TERMS_CHARS_MAX = 20;
const ORG_NUMBER = /^\d{9,12}$/;
const COUNTRY = /^[A-Z]{2}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PEPPOL_ID = /^\d{4}:\S{1,100}$/;

/** Reads a row. All problems of it are found, not the first one only. */
export function readCustomerRow(texts: CustomerTexts, terms: Terms): CustomerRow {
  const { cells, place, found } = texts;
  const row = new RowReading(cells, place);
  if (found.length > 0) {
    return { id: `${SYSTEM}/line ${place.line}`, place, document: null, problems: found };
  }
  const document = row.customer(terms);
  const isNamed = document.customer.number !== '';
  const id = isNamed ? refKey(document.ref) : `${SYSTEM}/line ${place.line}`;
  const { problems } = row;
  return { id, place, document: problems.length > 0 ? null : document, problems };
}

class RowReading {
  readonly problems: Problem[] = [];
  readonly #cells: CustomerCells;
  readonly #place: CustomerPlace;

  constructor(cells: CustomerCells, place: CustomerPlace) {
    this.#cells = cells;
    this.#place = place;
  }

  customer(terms: Terms): Customer {
    const number = this.#number();
    const ref: SourceRef = {
      system: SYSTEM,
      account: this.#store(terms),
      id: `customer:${number}`,
    };
    const card = {
      number,
      name: this.#text('name', { isNeeded: true }),
      orgNumber: this.#orgNumber(),
      vatNumber: null,
      endpoint: this.#matching('peppol_id', PEPPOL_ID, '0088:7300000000004'),
      address: this.#address(),
      email: this.#matching('email', EMAIL, 'namn@exempel.se'),
      gln: this.#gln(),
      terms: this.#text('terms', { charsMax: TERMS_CHARS_MAX }) || null,
    };
    return {
      kind: 'customer',
      ref,
      currency: terms.currency,
      customer: card,
      creditLimit: this.#creditLimit(terms),
      invoiceMode: this.#mode(),
    };
  }

  /** A colon in a customer's number would let two documents share an id. */
  #number(): string {
    const found = this.#text('customer_no', { charsMax: IDENTITY_CHARS_MAX, isNeeded: true });
    if (!found.includes(':')) return found;
    this.#tell('unknown-value', 'customer_no', { found, expected: 'not :' });
    return '';
  }

  /** A company with one store need not say which. */
  #store({ stores }: Terms): string {
    const [only, ...others] = stores.known;
    const found = this.#text('store_no', { charsMax: IDENTITY_CHARS_MAX });
    if (found === '') return others.length === 0 ? (only ?? '') : '';
    const store = stores.find(found);
    if (store !== null) return store;
    this.#tell('unknown-value', 'store_no', { found, expected: stores.known.join(', ') });
    return found;
  }

  /** It may be a person's: what stood there is not told. */
  #orgNumber(): string | null {
    const found = this.#cells.org_no;
    const digits = ownText(found.replaceAll(/[\s+-]/g, ''));
    if (digits === '') return null;
    if (ORG_NUMBER.test(digits)) return digits;
    const shape = found.slice(0, IDENTITY_CHARS_MAX).replaceAll(/[\p{L}\d]/gu, 'x');
    this.#tell('unknown-value', 'org_no', { found: shape, expected: '9–12 digits' });
    return null;
  }

  #address(): Address | null {
    const [street, postcode, city] = (['street', 'postcode', 'city'] as const).map((column) =>
      this.#text(column),
    );
    const country = this.#matching('country', COUNTRY, 'SE')?.toUpperCase() ?? '';
    if (!street && !postcode && !city && country === '') return null;
    return { street: street ?? '', postcode: postcode ?? '', city: city ?? '', country };
  }

  #gln(): string | null {
    const found = this.#cells.gln.replaceAll(/\s/g, '');
    if (found === '') return null;
    if (/^\d{13}$/.test(found) && hasCheckDigit(found)) return ownText(found);
    this.#tell('unknown-value', 'gln', {
      found,
      expected: '13 digits, the last checks the others',
    });
    return null;
  }

  #creditLimit({ currency }: Terms): Money | null {
    const found = this.#cells.credit_limit;
    if (found === '') return null;
    const read = readAmount(found, currency, STANDARD_DECIMALS);
    if (read !== null && read.minor >= 0n) return read;
    if (read === null) this.#tell('not-a-number', 'credit_limit', { found });
    else this.#tell('unknown-value', 'credit_limit', { found, expected: '≥ 0' });
    return null;
  }

  #mode(): InvoiceMode | null {
    const found = this.#cells.invoice_mode;
    if (found === '') return null;
    const mode = MODES[found.normalize('NFC').toLowerCase()];
    if (mode !== undefined) return mode;
    const expected = 'receipt, reference, week, month';
    this.#tell('unknown-value', 'invoice_mode', { found, expected });
    return null;
  }

  #matching(column: CustomerColumn, pattern: RegExp, expected: string): string | null {
    const found = this.#text(column);
    if (found === '') return null;
    const value = column === 'country' ? found.toUpperCase() : found;
    if (pattern.test(value)) return value;
    this.#tell('unknown-value', column, { found, expected });
    return null;
  }

  #text(
    column: CustomerColumn,
    rule: { readonly charsMax?: number; readonly isNeeded?: boolean } = {},
  ): string {
    const { charsMax = FIELD_CHARS_MAX, isNeeded = false } = rule;
    const text = this.#cells[column];
    if (text.length > charsMax) this.#tell('record-too-long', column, { limit: String(charsMax) });
    if (isNeeded && text === '') this.#tell('field-empty', column, { found: '' });
    return ownText(text.slice(0, charsMax));
  }

  #tell(code: ProblemCode, field: CustomerColumn, facts: Readonly<Record<string, string>>): void {
    const at = { line: this.#place.line, column: this.#place.columnOf(field) };
    this.problems.push(problemAt(code, at, { field, ...facts }));
  }
}

/** The check digit of GS1: weights 1 and 3 in turn, from the end. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3),
    0,
  );
  return sum % 10 === 0;
}
