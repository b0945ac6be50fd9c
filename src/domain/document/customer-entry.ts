import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * An entry of another system's own ledger of customers: an invoice that it has numbered and sent, a
 * credit note, or a payment. It is booked, and nothing is sent.
 *
 * Amounts have their sign: negative for a credit note and for a payment that is taken back.
 */
export type CustomerEntry = {
  readonly kind: 'customer-entry';
  readonly ref: SourceRef;
  readonly entry: 'invoice' | 'credit-note' | 'payment';
  /** The number on the invoice; of a payment, that of the invoice which it pays. */
  readonly number: string;
  readonly date: LocalDate;
  readonly dueDate: LocalDate | null;
  readonly currency: Currency;
  readonly customer: Party & { readonly number: string };
  /** What it is of, as people know it: the project. Empty when nothing is said. */
  readonly about: string;
  /** How it was paid, in the source's own words. Empty for what is no payment. */
  readonly method: string;
  readonly net: Money;
  readonly vat: Money;
  /** VAT included. */
  readonly gross: Money;
  /** Net and VAT at each rate, where the source tells them apart; absent: it does not. */
  readonly parts?: readonly EntryPart[];
};

/** What an invoice has at one rate. */
export type EntryPart = {
  /** The source's code of the product group that it is of. Absent: nothing is said of groups. */
  readonly group?: string;
  readonly rate: BasisPoints;
  readonly net: Money;
  readonly vat: Money;
};
