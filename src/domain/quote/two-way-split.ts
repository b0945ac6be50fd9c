import { assert } from '../../lib/assert.ts';
import {
  add,
  isZero,
  money,
  multiply,
  negate,
  split,
  subtract,
  sum,
  type Money,
} from '../money.ts';

/**
 * Divides columns among rows so that both come out exact: each column's parts are the column, each
 * row's parts are the row. Every cell is as near its proportion as rounding lets it.
 *
 * Columns below zero (a discount) are given to rows in proportion first; what is then left of a
 * row is divided by largest remainder among what is left of the others. The last row takes what is
 * left of everything.
 *
 * @param rows - what each row comes to, none below zero; together what the columns come to
 * @returns cells by row, then column
 */
export function twoWaySplit(rows: readonly Money[], columns: readonly Money[]): Money[][] {
  const [first] = columns;
  assert(first !== undefined && rows.length > 0, 'there is something to divide, and among whom');
  const { currency } = first;
  const total = sum(columns, currency);
  assert(isZero(subtract(sum(rows, currency), total)), 'rows and columns come to the same');
  const left = [...columns];
  return rows.map((row, i) => {
    if (i === rows.length - 1) return [...left];
    const taken = left.map((_, c) => {
      const column = columns[c] ?? first;
      return column.minor < 0n ? multiply(column, row.minor, total.minor) : money(0n, currency);
    });
    const rest = subtract(row, sum(taken, currency));
    const weights = left.map(({ minor }) => (minor > 0n ? minor : 0n));
    const isNothingLeft = weights.every((weight) => weight === 0n);
    const shares = isNothingLeft ? [rest] : split(rest, weights);
    const cells = taken.map((cell, c) => add(cell, shares[c] ?? money(0n, currency)));
    cells.forEach((cell, c) => {
      left[c] = subtract(left[c] ?? cell, cell);
    });
    return cells;
  });
}

/**
 * The part of `whole` that goes with each part of a base, without losing a minor unit: what has
 * gone with all parts so far is rounded, so no part is more than a minor unit from its own.
 *
 * @param parts - of a base; their sum is not zero unless `whole` is
 */
export function alongside(whole: Money, parts: readonly Money[]): Money[] {
  const base = sum(parts, whole.currency);
  let [soFar, given] = [money(0n, whole.currency), money(0n, whole.currency)];
  return parts.map((part) => {
    soFar = add(soFar, part);
    const sign = base.minor < 0n ? negate(soFar) : soFar;
    const magnitude = base.minor < 0n ? -base.minor : base.minor;
    const upTo = magnitude === 0n ? whole : multiply(whole, sign.minor, magnitude);
    const own = subtract(upTo, given);
    given = upTo;
    return own;
  });
}
