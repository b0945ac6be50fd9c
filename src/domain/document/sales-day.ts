import type { LocalDate } from '../date.ts';
import type { Currency } from '../money.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * What orders and refunds of one shop and day bring to the voucher that they share. It is made by
 * the hub, when the day is over; those that come later make another one of the same day.
 */
export type SalesDay = {
  readonly kind: 'sales-day';
  readonly ref: SourceRef;
  /** The day of the orders and refunds, in the shop's own time zone. */
  readonly date: LocalDate;
  /** The day of the voucher: another one when the day is locked, or something was corrected. */
  readonly bookOn: LocalDate;
  /** 1 for the first of a day. */
  readonly ordinal: number;
  readonly currency: Currency;
  /** As each was planned by itself. */
  readonly sales: readonly [DaysSale, ...DaysSale[]];
};

/** What one order or refund brings. */
export type DaysSale = {
  readonly ref: SourceRef;
  readonly kind: 'order' | 'refund';
  /** What the shop and its customer call the order. */
  readonly number: string;
  readonly rows: readonly CodedRow[];
};

/** A row of a voucher as its own document was coded: see `VoucherRow`. */
export type CodedRow = {
  readonly account: string;
  readonly amount: { readonly minor: bigint; readonly currency: Currency };
  readonly text: string;
  readonly why: string;
  readonly role: string;
  readonly costCentre?: string;
  readonly project?: string;
};
