import type { LocalDate } from '../date.ts';
import type { PaymentClaim } from './payments.ts';
import type { Payout } from './payout.ts';

/** A claim on a provider that stands in the ledger. */
export type BookedClaim = PaymentClaim & {
  readonly account: string;
  /** The day of its voucher. */
  readonly on: LocalDate;
};

/** A payout that stands in the ledger, and what it changed clearing accounts by. */
export type BookedSettlement = {
  readonly payout: Payout;
  readonly on: LocalDate;
  /** Minor units by account, debit positive. */
  readonly clearing: Readonly<Record<string, bigint>>;
};

/** Everything that the company's shops and providers have brought into one ledger. */
export type ClearingBooks = {
  readonly claims: readonly BookedClaim[];
  readonly settlements: readonly BookedSettlement[];
  /** What the hub's vouchers are of, by what the ledger calls them. */
  readonly kinds: ReadonlyMap<string, 'order' | 'refund' | 'payout' | 'other'>;
};
