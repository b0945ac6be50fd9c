import { assert } from '../lib/assert.ts';

/** Currencies the hub books in, with their number of minor-unit digits (ISO 4217). */
export const CURRENCY_DIGITS = { SEK: 2, NOK: 2, DKK: 2, EUR: 2, USD: 2, ISK: 0 } as const;

/** ISO 4217 code of a currency the hub can book in. */
export type Currency = keyof typeof CURRENCY_DIGITS;

/**
 * An amount in whole minor units: öre, øre, cent.
 *
 * `bigint`, not `number`, so that the compiler refuses `amount * 0.25`. Rounding happens in
 * `multiply` and `split` and nowhere else.
 */
export type Money = { readonly minor: bigint; readonly currency: Currency };

export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency };
}

/** @returns null when the text is not a currency the hub books in. */
export function parseCurrency(text: string): Currency | null {
  return Object.hasOwn(CURRENCY_DIGITS, text) ? (text as Currency) : null;
}

/**
 * Reads a decimal string such as `"1234.50"` or `"-0,05"`, exactly.
 *
 * @returns null when the text is not a plain decimal, or has more digits than the currency:
 *   the caller knows which document it stands in and words the refusal.
 */
export function parseMoney(text: string, currency: Currency): Money | null {
  const digits = CURRENCY_DIGITS[currency];
  const match = /^(-?)(\d{1,15})(?:[.,](\d+))?$/.exec(text.trim());
  if (!match) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const minor = BigInt(match[2] + fraction.padEnd(digits, '0'));
  return money(match[1] === '-' ? -minor : minor, currency);
}

/** `1234.50`: the exact decimal with a point and all the currency's digits, for machines. */
export function formatMoney(amount: Money): string {
  const digits = CURRENCY_DIGITS[amount.currency];
  const sign = amount.minor < 0n ? '-' : '';
  const text = String(amount.minor < 0n ? -amount.minor : amount.minor).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function add(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot add ${a.currency} and ${b.currency}`);
  return money(a.minor + b.minor, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  return add(a, negate(b));
}

export function negate(a: Money): Money {
  return money(-a.minor, a.currency);
}

export function absolute(a: Money): Money {
  return a.minor < 0n ? negate(a) : a;
}

export function isZero(a: Money): boolean {
  return a.minor === 0n;
}

export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, money(0n, currency));
}

/** `amount × numerator ÷ denominator`, half away from zero: the rounding that VAT uses. */
export function multiply(amount: Money, numerator: bigint, denominator: bigint): Money {
  assert(denominator > 0n, 'the denominator is positive');
  const product = amount.minor * numerator;
  const sign = product < 0n ? -1n : 1n;
  const magnitude = sign * product;
  return money((sign * (2n * magnitude + denominator)) / (2n * denominator), amount.currency);
}

/**
 * Splits an amount in proportion to `weights` without losing a minor unit.
 *
 * What rounding leaves over goes to the largest remainders, the first of equals first, so a
 * split is the same each time it is made.
 */
export function split(amount: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((a, b) => a + b, 0n);
  assert(total > 0n && weights.every((w) => w >= 0n), 'weights are not negative and not all zero');
  const sign = amount.minor < 0n ? -1n : 1n;
  const magnitude = sign * amount.minor;
  const parts = weights.map((w, index) => ({
    index,
    whole: (magnitude * w) / total,
    rest: (magnitude * w) % total,
  }));
  let left = magnitude - parts.reduce((a, p) => a + p.whole, 0n);
  const byRest = [...parts].sort((a, b) => Number(b.rest - a.rest) || a.index - b.index);
  for (const part of byRest) {
    if (left === 0n) break;
    part.whole += 1n;
    left -= 1n;
  }
  return parts.map((p) => money(sign * p.whole, amount.currency));
}
