import { formatMoney, money, type Currency } from '../../../domain/money.ts';
import type { DecimalStyle } from '../../../lib/decimal-text.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import { readAmount } from '../report/values.ts';
import type { Layout } from './layout.ts';
import { decimalsOf, isNothing, type ProfileCells } from './row.ts';

/** Fields whose columns a sum row adds up. */
const SUMMED = ['gross', 'vat', 'amount', 'debit', 'credit'] as const;

/**
 * Keeps the sums of a file's amount columns, to hold against its own sum rows.
 *
 * A sum row is the only thing in such a file that tells that rows are missing from it.
 */
export class SumRows {
  readonly #layout: Layout;
  readonly #currency: Currency;
  readonly #decimals: DecimalStyle;
  readonly #columns: readonly number[];
  readonly #all: bigint[];
  readonly #sinceLast: bigint[];
  /** Whether rows were left out or could not be read: nobody knows what the file's sums count. */
  #isUnsure = false;

  constructor(layout: Layout, currency: Currency) {
    this.#layout = layout;
    this.#currency = currency;
    this.#decimals = decimalsOf(layout);
    const amounts = layout.lines.flatMap(({ index, vatIndex }) => [index, vatIndex ?? index]);
    const named = SUMMED.map((field) => layout.fields.get(field)?.index ?? -1);
    this.#columns = [...new Set([...amounts, ...named])].filter((i) => i >= 0);
    this.#all = this.#columns.map(() => 0n);
    this.#sinceLast = this.#columns.map(() => 0n);
  }

  add({ cells }: ProfileCells): void {
    for (const [at, index] of this.#columns.entries()) {
      const text = (cells[index] ?? '').trim();
      const amount = isNothing(text) ? 0n : this.#read(text);
      if (amount === null) this.#isUnsure = true;
      this.#all[at] = (this.#all[at] ?? 0n) + (amount ?? 0n);
      this.#sinceLast[at] = (this.#sinceLast[at] ?? 0n) + (amount ?? 0n);
    }
  }

  /** A row that the profile leaves out may be counted by the file's own sums, or not. */
  leaveOut(): void {
    this.#isUnsure = true;
  }

  /** @returns a problem for each column whose stated sum is neither of all rows nor of the last */
  compare({ cells, place }: ProfileCells): readonly Problem[] {
    const isIgnored = this.#layout.profile.sum_rows === 'ignore' || this.#isUnsure;
    const problems = this.#columns.flatMap((index, at): Problem[] => {
      const text = (cells[index] ?? '').trim();
      const stated = isNothing(text) ? null : this.#read(text);
      const [all = 0n, last = 0n] = [this.#all[at], this.#sinceLast[at]];
      if (stated === null || stated === all || stated === last || isIgnored) return [];
      const column = this.#layout.columns.nameOf(index);
      const facts = {
        field: column,
        found: this.#text(all),
        expected: this.#text(stated),
        difference: this.#text(stated - all),
      };
      return [problemAt('checksum-differs', { ...place, column: place.columnOf(index) }, facts)];
    });
    this.#sinceLast.fill(0n);
    return problems;
  }

  #read(text: string): bigint | null {
    return readAmount(text, this.#currency, this.#decimals)?.minor ?? null;
  }

  #text(minor: bigint): string {
    return formatMoney(money(minor, this.#currency));
  }
}
