import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * What a customer bought on account in a store, to be invoiced together.
 *
 * The till's day reports have booked revenue and VAT already: the invoice only moves the claim from
 * the account of credit sales to the customer. Amounts are positive for purchases, negative for
 * returns.
 */
export type CreditPurchases = {
  readonly kind: 'credit-purchases';
  readonly ref: SourceRef;
  readonly storeNumber: string;
  /** The day of the latest purchase: the invoice's day. */
  readonly date: LocalDate;
  readonly currency: Currency;
  readonly customer: Party & { readonly number: string };
  /** What the customer wants to see on the invoice; null when purchases of several are together. */
  readonly reference: string | null;
  /** In the order of the day, one for each receipt. */
  readonly purchases: readonly CreditPurchase[];
};

/** A receipt that was signed for. */
export type CreditPurchase = {
  readonly receipt: string;
  readonly register: string;
  readonly date: LocalDate;
  readonly reference: string;
  readonly gross: Money;
  /** As the till says it: told on the invoice, booked by the day report. */
  readonly vat: readonly {
    readonly rate: BasisPoints;
    readonly gross: Money;
    readonly vat: Money;
  }[];
};
