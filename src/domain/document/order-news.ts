import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * What the shop is to learn of an order or refund of its own: what the ledger calls it, and what
 * has been paid. The hub makes it of what its lanes recorded; a version is all that is known then.
 */
export type OrderNews = {
  readonly kind: 'order-news';
  /** The shop's system and account, and `news:` before the id of the order or refund. */
  readonly ref: SourceRef;
  readonly about: {
    readonly kind: 'order' | 'refund';
    readonly ref: SourceRef;
    /** The shop's own id of the order; of a refund, the order that was refunded. */
    readonly order: string;
  };
  /** The day of the order or refund. */
  readonly date: LocalDate;
  readonly currency: Currency;
  /** The ledger as people call it: `Fortnox`. */
  readonly ledger: string;
  /** What its users call the booking: `K 12`. */
  readonly bookedAs: string;
  /** null: it was no invoice, or nothing is known of its payment. */
  readonly payment: InvoicePaymentState | null;
  /** How many times the shop was told before: what is as it was once is news again. */
  readonly toldBefore: number;
};

/** How an invoice stands in the ledger of customers. */
export type InvoicePaymentState = {
  readonly invoice: string;
  readonly state: 'open' | 'partly-paid' | 'paid' | 'credited' | 'cancelled';
  /** What is left to be paid. */
  readonly left: Money;
  /** The day on which the last of it was paid; null while it is not, or when nobody says. */
  readonly paidOn: LocalDate | null;
};

/** What the hub calls its news of an order or refund. */
export function newsRef({ system, account, id }: SourceRef): SourceRef {
  return { system, account, id: `news:${id}` };
}
