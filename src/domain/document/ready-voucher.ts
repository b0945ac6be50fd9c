import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * A voucher that the source has already coded, such as a `#VER` of a SIE file from a till.
 *
 * It is booked as it stands; the hub checks it and may move accounts by the company's own map.
 */
export type ReadyVoucher = {
  readonly kind: 'ready-voucher';
  readonly ref: SourceRef;
  readonly date: LocalDate;
  readonly text: string;
  /** The source's own series and number, for the text and for finding it again. */
  readonly number: string;
  readonly currency: Currency;
  readonly rows: readonly ReadyVoucherRow[];
};

/** A row as the source coded it: debit positive, credit negative. */
export type ReadyVoucherRow = {
  readonly account: string;
  readonly amount: Money;
  readonly text: string;
  readonly costCentre?: string;
  readonly project?: string;
};
