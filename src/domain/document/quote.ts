import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { Address, Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * A quote that a customer has accepted: what is to be invoiced, and when. It is booked nowhere: it
 * becomes orders, one for each line of its payment calendar, that the ledger invoices.
 *
 * Invariant, kept by whoever reads it: `total` is the sum of the groups' `net` and `vat`.
 */
export type Quote = {
  readonly kind: 'quote';
  readonly ref: SourceRef;
  /** What dealer and customer call it: `24017-3`. */
  readonly number: string;
  /** The day it was accepted; null when that is not said. */
  readonly date: LocalDate | null;
  readonly currency: Currency;
  /** `number` is the quoting system's own; null when it has none. */
  readonly customer: Party & { readonly number: string | null };
  readonly isBusiness: boolean;
  /** Where the goods go; null: to the customer's own address. */
  readonly deliverTo: Address | null;
  readonly project: { readonly number: string; readonly name: string };
  /** How often it has been accepted, as the quoting system counts. Absent: it does not. */
  readonly revision?: number;
  /** The contract's number; null when there is none. */
  readonly contract: string | null;
  readonly groups: readonly QuoteGroup[];
  /** In the order of payment; never empty. */
  readonly calendar: readonly CalendarLine[];
  /** VAT included. */
  readonly total: Money;
};

/** What is sold of one group of products, discounts included. Negative for what is taken off. */
export type QuoteGroup = {
  readonly code: string;
  readonly name: string;
  readonly rate: BasisPoints;
  readonly net: Money;
  readonly vat: Money;
};

/** A part of the price that is invoiced by itself. */
export type CalendarLine = {
  /** Its place in the calendar, which is its name: stays the same when the quote changes. */
  readonly seq: number;
  /** As the customer reads it: `Forskudd ved bestilling`. */
  readonly label: string;
  readonly share: CalendarShare;
  readonly dueDate: LocalDate | null;
};

/**
 * How much of the price a line is: hundredths of a per cent (`20 %` is 2000) of what no
 * installation line takes, an amount with VAT, or the whole installation.
 */
export type CalendarShare =
  | { readonly kind: 'percent'; readonly hundredths: BasisPoints }
  | { readonly kind: 'amount'; readonly amount: Money }
  | { readonly kind: 'installation' };
