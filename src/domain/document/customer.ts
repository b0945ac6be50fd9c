import type { Currency, Money } from '../money.ts';
import type { Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * A customer who may buy on account, as the selling system keeps them.
 *
 * It is booked nowhere: the ledger's register of customers is kept like it. A field that the source
 * leaves empty says nothing, and takes nothing away.
 */
export type Customer = {
  readonly kind: 'customer';
  readonly ref: SourceRef;
  readonly currency: Currency;
  readonly customer: CustomerCard;
  /** What the customer may owe; null: nobody has said. The till keeps it, and gets it back. */
  readonly creditLimit: Money | null;
  /** How often the customer is invoiced; null: as all others. */
  readonly invoiceMode: InvoiceMode | null;
};

/** What a ledger's register of customers holds of one. */
export type CustomerCard = Party & {
  readonly number: string;
  /** Global location number, thirteen digits. */
  readonly gln: string | null;
  /** Terms of payment, by the ledger's own code: `30`. */
  readonly terms: string | null;
};

/** What of a customer's purchases stands on one invoice. */
export type InvoiceMode = 'receipt' | 'reference' | 'week' | 'month';

/** All of them, for forms and readers. */
export const INVOICE_MODES = ['receipt', 'reference', 'week', 'month'] as const;

/** A part of a customer's card that either side may keep. */
export type CustomerField = 'name' | 'orgNumber' | 'address' | 'email' | 'gln' | 'terms';

/** All of them, for forms and readers. */
export const CUSTOMER_FIELDS = [
  'name',
  'orgNumber',
  'address',
  'email',
  'gln',
  'terms',
] as const satisfies readonly CustomerField[];

/**
 * Whether a number is a person's (personnummer, samordningsnummer) and not an organisation's: the
 * third digit of an organisation number is 2 or higher, where a person's has the month.
 *
 * @param digits - ten digits, or twelve with the century; null is nobody's
 */
export function isPersonalNumber(digits: string | null): boolean {
  const ten = /^(?:\d{2})?(\d{10})$/.exec(digits ?? '')?.[1];
  return ten !== undefined && Number(ten[2]) < 2;
}
