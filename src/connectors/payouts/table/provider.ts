import type { LocalDate } from '../../../domain/date.ts';
import type {
  PayoutEntry,
  PayoutProvider,
  PayoutTransfer,
} from '../../../domain/document/payout.ts';
import type { Currency, Money } from '../../../domain/money.ts';
import type { PayoutSettings } from '../settings.ts';
import type { Row } from './row.ts';

/**
 * What is known of the balances of a payout.
 *
 * - `closed`: everything is in the rows, what is carried too: nothing is left.
 * - `paid`: the file has no row of its own for what was paid: it is all of it.
 * - `running`: what is not paid out stays; balances where the rows tell them.
 */
export type Closing = 'closed' | 'paid' | 'running';

/** What a row is of and what it says. */
export type RowRead = {
  /** The provider's name of our account with it; empty when the file has none. */
  readonly account: string;
  /** null: of no payout yet. */
  readonly batch: string | null;
  readonly closing: Closing;
  /** null: the row has told why. */
  readonly currency: Currency | null;
  /** What counts for the day of the payout, the latest one of its rows; null: this row does not. */
  readonly date: LocalDate | null;
  readonly says: RowSays;
  /** What the account holds after the row, where the file tells. */
  readonly balance: Money | null;
};

/** What a row is in the hub's terms. `none`: nothing that is booked. */
export type RowSays =
  | { readonly kind: 'entry'; readonly entry: PayoutEntry }
  | { readonly kind: 'transfer'; readonly transfer: PayoutTransfer }
  | { readonly kind: 'none' };

/** A settlement that is a table: which columns it has, and what a row of it says. */
export type TableProvider = {
  readonly provider: PayoutProvider;
  /** The names of each field's column, folded (`foldName`); the first one found counts. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Fields by which a file is known to be this provider's. */
  readonly required: readonly string[];
  /** Fields that hold amounts, and days: what they are written like is seen from all of them. */
  readonly amounts: readonly string[];
  readonly days: readonly string[];
  /**
   * How days are written where nothing in the file shows it, by the folded name of a column that is
   * written so in one language only. Absent: nobody knows.
   */
  readonly usualDates?: Readonly<Record<string, 'day-first'>>;
  /** @returns how to read each row, now that all are known; a text: what must be set first */
  begin(rows: readonly Row[], settings: PayoutSettings): ((row: Row) => RowRead) | string;
};

/** A column's name without case, accents and everything that is no letter or digit. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
