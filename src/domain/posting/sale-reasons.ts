import type { LocalDate } from '../date.ts';
import type { Money } from '../money.ts';

/** What a shop's orders are booked at, by payment method. */
export type BookWhen = 'accepted' | 'paid' | 'shipped' | 'manual' | 'never';

/**
 * How articles are taxed that are not sold with VAT on their price.
 *
 * - `construction`: building services, whose buyer accounts for the VAT (ML 16:13)
 * - `margin`: used goods and art, taxed on what they are sold for above what they cost (ML 20)
 */
export const SALE_SCHEMES = ['construction', 'margin'] as const;

/** A way in which an article is taxed. */
export type SaleScheme = (typeof SALE_SCHEMES)[number];

/** Orders that a company may leave out whatever their state. */
export const LEFT_OUT = ['sub-orders', 'zero-total'] as const;

/** A kind of order that is left out. */
export type LeftOut = (typeof LEFT_OUT)[number];

/**
 * Why an order or refund of a shop is not booked, or not yet. Part of `Refusal`.
 *
 * Those that wait are nobody's turn: what they wait for brings them along.
 */
export type SaleReason =
  | {
      readonly code: 'order-waits';
      readonly until: 'accepted' | 'paid' | 'shipped';
      readonly method: string;
      readonly status: string;
    }
  | { readonly code: 'order-waits-for-you'; readonly order: string; readonly method: string }
  | { readonly code: 'order-state-unknown'; readonly status: string }
  | { readonly code: 'refund-waits-for-order'; readonly order: string; readonly key: string }
  | { readonly code: 'day-not-over'; readonly day: LocalDate }
  | { readonly code: 'order-not-placed'; readonly status: string }
  | { readonly code: 'order-cancelled'; readonly status: string }
  | { readonly code: 'refund-withdrawn'; readonly order: string }
  | { readonly code: 'method-not-booked'; readonly method: string }
  | {
      readonly code: 'order-left-out';
      readonly as: LeftOut | 'created-via';
      readonly found: string;
    }
  | { readonly code: 'booked-elsewhere'; readonly by: string; readonly number: string }
  | { readonly code: 'buyer-number-missing'; readonly line: string; readonly net: Money }
  | { readonly code: 'margin-cost-missing'; readonly line: string; readonly price: Money }
  | {
      readonly code: 'single-card-rate-unclear';
      readonly method: string;
      readonly amount: Money;
    }
  | { readonly code: 'order-unchanged'; readonly bookedAs: string }
  | {
      readonly code: 'order-revised';
      readonly bookedAs: string;
      readonly before: Money;
      readonly after: Money;
      readonly difference: Money;
    }
  | {
      readonly code: 'order-cancelled-booked';
      readonly bookedAs: string;
      readonly status: string;
      readonly amount: Money;
    };
