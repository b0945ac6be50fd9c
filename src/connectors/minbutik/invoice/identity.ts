import { refKey, type SourceRef } from '../../../domain/document/source-ref.ts';
import { IDENTITY_CHARS_MAX } from '../limits.ts';
import { SYSTEM } from '../report/identity.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import type { InvoiceCells, InvoiceField } from './fields.ts';

/** Which invoice a row is, as far as it could be read. */
export type InvoiceIdentity = {
  readonly storeNumber: string;
  readonly number: string;
  /** What keeps it from being an identity. */
  readonly faults: readonly {
    readonly field: InvoiceField;
    readonly found: string;
    readonly expected: string;
  }[];
};

/** An invoice of a company with one store, or of none that is known, need not name it. */
const NO_STORE = 'unknown';

/** Reads an identity. A colon in a number would let two invoices share an id. */
export function readInvoiceIdentity(cells: InvoiceCells, { stores }: Terms): InvoiceIdentity {
  const number = ownText(cells.invoice_no.slice(0, IDENTITY_CHARS_MAX + 1));
  const isNumber = number !== '' && number.length <= IDENTITY_CHARS_MAX && !number.includes(':');
  const storeText = ownText(cells.store_no.slice(0, IDENTITY_CHARS_MAX));
  const store = storeText === '' ? onlyStore(stores.known) : stores.find(storeText);
  const known = stores.known.join(', ');
  return {
    storeNumber: store ?? storeText,
    number: number.slice(0, IDENTITY_CHARS_MAX),
    faults: [
      ...(isNumber
        ? []
        : [fault('invoice_no', cells.invoice_no, `1–${IDENTITY_CHARS_MAX}, not :`)]),
      ...(store === null ? [fault('store_no', storeText, known)] : []),
    ],
  };
}

/** @returns null when nobody can say which of several stores is meant */
function onlyStore(known: readonly string[]): string | null {
  return known.length > 1 ? null : (known[0] ?? NO_STORE);
}

function fault(field: InvoiceField, found: string, expected: string) {
  return { field, found, expected };
}

/**
 * The invoice that a row is. Invoices and credit notes are numbered by themselves: the same number
 * may be of both. The chain's own number is no part of it, so that an invoice that came before the
 * connection knew it is the same one afterwards.
 */
export function invoiceRefOf(
  { storeNumber, number }: Pick<InvoiceIdentity, 'storeNumber' | 'number'>,
  isCredit: boolean,
): SourceRef {
  const id = `invoice:${number}${isCredit ? ':credit' : ''}`;
  return { system: SYSTEM, account: storeNumber, id };
}

/** What an unreadable row is told under: its invoice, when the row has a number. */
export function invoiceIdOf(ref: SourceRef, number: string, line: number): string {
  return number === '' ? `${SYSTEM}/line ${line}` : refKey(ref);
}
