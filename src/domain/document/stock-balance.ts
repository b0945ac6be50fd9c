import type { LocalDate } from '../date.ts';
import type { Currency } from '../money.ts';
import type { StockLine, StockWay } from '../stock.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * What the master of stock has of some articles, and what the other side says: the hub makes it of
 * one look at both. It holds for a moment only, so none is ever a version of another.
 */
export type StockBalance = {
  readonly kind: 'stock-balance';
  /** `stock:` and the look that it was seen in. */
  readonly ref: SourceRef;
  readonly to: StockWay;
  /** The company's own day. */
  readonly date: LocalDate;
  readonly currency: Currency;
  /** Before either side was asked, in milliseconds since 1970: what is old is not written. */
  readonly askedAtMs: number;
  /** There may be sales that nobody knows: nothing is raised in the shop. */
  readonly onlyLower: boolean;
  /** At most `STOCK_LINES_MAX`. */
  readonly lines: readonly StockLine[];
};

/** Lines of one document: as many as one call of a shop takes. */
export const STOCK_LINES_MAX = 100;

/** What is to be written of one article. */
export type StockChange = Pick<StockLine, 'number' | 'place'> & {
  /** What stands there; when it stands otherwise at the time, it is left alone. */
  readonly from: number;
  readonly to: number;
};

/** Quantities to be set, absolutely. */
export type StockSetting = {
  readonly askedAtMs: number;
  /** At least one. */
  readonly changes: readonly StockChange[];
};

/** How long what was seen may be written, in milliseconds. */
const HOLDS_MS = 120_000;

/** Whether quantities are too old to be written: the next look finds what is right by then. */
export function isStale({ askedAtMs }: Pick<StockSetting, 'askedAtMs'>, nowMs: number): boolean {
  return nowMs - askedAtMs > HOLDS_MS;
}
