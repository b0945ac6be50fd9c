import { parseCompactDate, parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import { CURRENCY_DIGITS, money, parseMoney } from '../../../domain/money.ts';
import type { Currency, Money } from '../../../domain/money.ts';
import { readDecimal, type DecimalStyle } from '../../../lib/decimal-text.ts';

/** Amounts of the standard formats: comma or point, whichever stands last, and groups of three. */
export const STANDARD_DECIMALS: DecimalStyle = { decimal: 'either', thousands: ['.', ','] };

const COMMON = /^-?\d{1,13}[.,]\d\d$/;
const THREE_DECIMALS = /[.,]\d{3}\D*$/;

/**
 * Reads an amount.
 *
 * @returns null when it is none, has parts of an öre, or cannot be told for certain: `1,234` may
 *   be a thousand or a little more than one
 */
export function readAmount(text: string, currency: Currency, style: DecimalStyle): Money | null {
  if (style === STANDARD_DECIMALS && CURRENCY_DIGITS[currency] === 2 && COMMON.test(text)) {
    return money(BigInt(text.slice(0, -3) + text.slice(-2)), currency);
  }
  if (style.decimal === 'either' && THREE_DECIMALS.test(text)) return null;
  const plain = readDecimal(text, style);
  return plain === null ? null : parseMoney(plain, currency);
}

const WITH_TIME = /^([\d-]{8,10})[ T]00:00(?::00(?:\.0+)?)?$/;

/**
 * Reads a business day: `2026-05-02`, `20260502`, either with midnight behind it as Excel writes.
 *
 * @returns null also for a time of day: after midnight it is not the business day's own date, and
 *   nobody can tell which was meant
 */
export function readDay(text: string): LocalDate | null {
  const day = WITH_TIME.exec(text)?.[1] ?? text;
  return parseLocalDate(day) ?? parseCompactDate(day);
}

/** Reads a count: `3187`, `3 187`, `3187,00`. @returns null when it is no whole number from 0. */
export function readCount(text: string, style: DecimalStyle): number | null {
  const plain = readDecimal(text, style)?.replace(/\.0+$/, '');
  return plain !== undefined && /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}
