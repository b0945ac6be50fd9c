import type { LocalDate } from '../date.ts';
import { isZero, type Currency, type Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { Address, Party } from './party.ts';
import type { SourceRef } from './source-ref.ts';

/** What a customer ordered in a shop. Amounts are positive for what is sold. */
export type Order = Sale & {
  readonly kind: 'order';
  readonly state: OrderState;
  /** The state in the shop's own words, as it came: `wc-partially-shipped`. */
  readonly sourceState: string;
  /** The day it was paid, in the shop's time zone; null while it is not. */
  readonly paidOn: LocalDate | null;
};

/**
 * What a customer got back of an order. Amounts are negative, and VAT is that of the order: a rate
 * that has changed in between is not the one of what goes back.
 */
export type Refund = Sale & {
  readonly kind: 'refund';
  readonly of: {
    readonly ref: SourceRef;
    readonly number: string;
    /** Rates are those of this day. */
    readonly date: LocalDate;
  };
  readonly reason: string;
};

/** Whether a version of a refund says that nothing was given back after all. */
export function isWithdrawn(document: { readonly kind: string }): boolean {
  const { lines, total } = document as Partial<Refund>;
  return document.kind === 'refund' && lines?.length === 0 && total !== undefined && isZero(total);
}

/** Where an order stands, as far as the books are concerned. */
export type OrderState = 'open' | 'accepted' | 'shipped' | 'cancelled';

/**
 * What orders and refunds have in common. Every amount is as the shop says it, VAT included: none
 * is recomputed. Invariants, kept by whoever reads it:
 *
 *     total = sum of lines[].parts (net + vat) + rounding
 *     total = sum of settlements
 */
export type Sale = {
  readonly ref: SourceRef;
  /** What the shop and its customer call the order. */
  readonly number: string;
  /** The day in the shop's own time zone: a sale at midnight belongs to its month there. */
  readonly date: LocalDate;
  readonly currency: Currency;
  readonly customer: Party;
  /** Whether the customer buys as a business, as far as the shop knows. */
  readonly isBusiness: boolean;
  /** Where the goods go; null: to the customer's own address. */
  readonly deliverTo: Address | null;
  /** The country whose VAT has been charged, ISO 3166; null when none has. */
  readonly vatCountry: string | null;
  readonly lines: readonly SaleLine[];
  /** What the shop's own rounding of lines and VAT leaves between them and the total. */
  readonly rounding: Money;
  readonly total: Money;
  /** How it was or will be paid: several when a gift card pays a part. */
  readonly settlements: readonly Settlement[];
};

/** What is sold on a line. */
export type SaleLineKind = 'goods' | 'service' | 'shipping' | 'fee' | 'gift-card';

/** A line of an order or refund, its discounts included. */
export type SaleLine = {
  /** The shop's own id of the line. */
  readonly id: string;
  readonly kind: SaleLineKind;
  readonly text: string;
  /** The article number as it stood when the order was first read; null when there is none. */
  readonly sku: string | null;
  /** Decimal text: `3`, `0.5`. */
  readonly quantity: string;
  /** One for each VAT rate: a fee or freight of a mixed basket has several. */
  readonly parts: readonly SalePart[];
};

/** The part of a line that is sold at one rate. `rate` null: the shop charged no VAT on it. */
export type SalePart = {
  readonly rate: BasisPoints | null;
  readonly net: Money;
  readonly vat: Money;
};

/** A means by which a sale is paid. */
export type Settlement = {
  /** The shop's own name of the method: `klarna_payments`. Empty when nothing was chosen. */
  readonly method: string;
  /** As the customer saw it. */
  readonly title: string;
  readonly means: 'gift-card' | 'other';
  readonly amount: Money;
  /** The provider's own reference, by which its payouts name the payment. */
  readonly transaction: string | null;
};

/** What an order or refund says when its lines are taxed in one of the ways that may be meant. */
export type TaxWay = Pick<Sale, 'lines' | 'total' | 'settlements' | 'vatCountry'> & {
  /** Whether what the shop tells as a discount is a gift card that pays. */
  readonly isGiftCard: boolean;
};
