import type { LocalDate } from '../date.ts';
import { add, subtract, sum, type Currency, type Money } from '../money.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * Providers whose settlement files are read, by the id that choices and accounts use. The bank is
 * one of them: payments that customers make to the account itself.
 */
export const PAYOUT_PROVIDERS = [
  'stripe',
  'paypal',
  'adyen',
  'klarna',
  'swish',
  'zettle',
  'bank',
] as const;

/** A payment provider: whoever takes payments for a shop and pays them out later. */
export type PayoutProvider = (typeof PAYOUT_PROVIDERS)[number];

/** What the providers call themselves, in every language. */
export const PROVIDER_NAMES: Readonly<Record<PayoutProvider, string>> = {
  stripe: 'Stripe',
  paypal: 'PayPal',
  adyen: 'Adyen',
  klarna: 'Klarna',
  swish: 'Swish',
  zettle: 'Zettle',
  bank: 'Bank',
};

/**
 * What a payment provider settles at once: a batch that it pays out, or a day of a running account
 * from which it pays when it is told to (utbetalning, utbetaling).
 *
 * Where both balances are known, the posting rule holds it to
 *
 *     opening + sum of entries (gross − fee − VAT of the fee) = closing + sum of transfers
 */
export type Payout = {
  readonly kind: 'payout';
  readonly ref: SourceRef;
  readonly provider: PayoutProvider;
  /** The provider's name of the batch, or the day of the account. */
  readonly batch: string;
  /** The day it is paid out; of a day of an account, that day. */
  readonly date: LocalDate;
  /** What the account with the provider is kept in. */
  readonly currency: Currency;
  /** What the provider owed before; null: the file does not say. Zero of a closed batch. */
  readonly opening: Money | null;
  /** What it owes after that. */
  readonly closing: Money | null;
  /** In the order of the file. */
  readonly entries: readonly PayoutEntry[];
  /** What went to the company's bank account, or came from it. */
  readonly transfers: readonly PayoutTransfer[];
};

/** One row of a settlement. What it comes to is gross − fee − VAT of the fee. */
export type PayoutEntry = {
  /** The provider's own id of the row; null when it has none. */
  readonly id: string | null;
  readonly kind: PayoutEntryKind;
  readonly date: LocalDate;
  /** Negative for what goes back to a customer or is held back. */
  readonly gross: Money;
  /** What the provider keeps, without VAT; negative for a fee that is given back. */
  readonly fee: Money;
  /** VAT that the provider has charged on the fee; null when it does not tell any. */
  readonly feeVat: Money | null;
  /** What the shop calls the order, as the shop told the provider; null when it did not. */
  readonly order: string | null;
  /** Every reference of the payment: of the payment itself, its capture, its refund. */
  readonly references: readonly string[];
  /** As the customer paid, where that was in another currency than the account's. */
  readonly original: { readonly gross: Money; readonly fee: Money | null } | null;
};

/**
 * - `chargeback`: a customer has had a payment taken back, or lost that (positive).
 * - `reserve`: held back by the provider (negative) or released.
 * - `carried`: from the batch before, or (negative) to the one after.
 * - `conversion`: from or to an account of another currency with the provider.
 * - `adjustment`: everything else; only the company knows what it is.
 */
export type PayoutEntryKind =
  | 'sale'
  | 'refund'
  | 'fee'
  | 'chargeback'
  | 'reserve'
  | 'carried'
  | 'conversion'
  | 'adjustment';

/** Money that a provider has sent to the company's bank; negative when it came from there. */
export type PayoutTransfer = {
  /** What the bank's statement is likely to say; null when the provider does not tell. */
  readonly reference: string | null;
  readonly amount: Money;
};

/** What an entry changes the account with the provider by. */
export function netOf({ gross, fee, feeVat }: PayoutEntry): Money {
  const net = subtract(gross, fee);
  return feeVat === null ? net : subtract(net, feeVat);
}

/** What all entries come to. */
export function settledBy({ entries, currency }: Payout): Money {
  return sum(entries.map(netOf), currency);
}

/** What went to the bank. */
export function paidOutBy({ transfers, currency }: Payout): Money {
  return sum(
    transfers.map(({ amount }) => amount),
    currency,
  );
}

/** What the provider owes more than before: positive stays with it, negative is owed to it. */
export function leftBy(payout: Payout): Money {
  return subtract(settledBy(payout), paidOutBy(payout));
}

/**
 * What a payout says that it comes to, and what its rows come to.
 *
 * @returns null when it does not say
 */
export function totalsOf(
  payout: Payout,
): { readonly stated: Money; readonly summed: Money } | null {
  const { opening, closing } = payout;
  if (opening === null || closing === null) return null;
  return { stated: add(closing, paidOutBy(payout)), summed: add(opening, settledBy(payout)) };
}
