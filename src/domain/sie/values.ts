import { readDecimal } from '../../lib/decimal-text.ts';
import { parseCompactDate, parseLocalDate } from '../date.ts';
import type { SieDiagnosticCode } from './diagnostics.ts';
import type { SieDate } from './model.ts';

/** An amount or what is wrong with it. `remark` is null when the text is just as it should be. */
type ReadAmount = {
  readonly amountMinor: bigint | null;
  readonly remark: SieDiagnosticCode | null;
};

/** As many digits as a `number` counts exactly; longer amounts take the slower way. */
const EXACT_DIGITS = 15;

/** The standard sets no limit. Far above any economy; keeps a hostile line from costing time. */
const AMOUNT_DIGITS_MAX = 30;

const ZERO = 48;
const NINE = 57;
/** What an amount with so many decimals is multiplied by to be in öre. */
const SCALE = [100, 10, 1];

const MINUS = 45;
const POINT = 46;

/**
 * Reads an amount of the standard's own form, `-1234.5`, into öre: a point, at most two decimals,
 * no plus, no thousands mark.
 *
 * Counts in whole numbers below 2⁵³, which are exact, because this runs for each row of the file.
 *
 * @returns null for any other form: `readAmount` says what it is.
 */
export function parseAmount(text: string): bigint | null {
  const isNegative = text.charCodeAt(0) === MINUS;
  const from = isNegative ? 1 : 0;
  let units = 0;
  let decimals = -1;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      units = units * 10 + (code - ZERO);
      if (decimals >= 0) decimals += 1;
    } else if (code === POINT && decimals < 0 && at > from) decimals = 0;
    else return null;
  }
  if (text.length === from || decimals > 2 || decimals === 0) return null;
  if (text.length - from > EXACT_DIGITS) return parseLongAmount(text);
  const scale = SCALE[Math.max(decimals, 0)] ?? 1;
  return BigInt(isNegative ? -units * scale : units * scale);
}

function parseLongAmount(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (!match || text.length > AMOUNT_DIGITS_MAX) return null;
  const minor = BigInt(`${match[2]}${(match[3] ?? '').padEnd(2, '0')}`);
  return match[1] === '-' ? -minor : minor;
}

/**
 * Reads an amount as files really have them: also `100,50`, `+7`, `1 234.00`, `.5` and
 * `12.5000`, which cannot mean anything else. Never rounds: `0.005` is no amount.
 */
export function readAmount(text: string): ReadAmount {
  const exact = parseAmount(text);
  if (exact !== null) return { amountMinor: exact, remark: null };
  if (text.trim() === '') return { amountMinor: null, remark: 'missing-amount' };
  const plain = readDecimal(text.replace(/[.,]$/, ''), { decimal: 'either', thousands: [] });
  if (plain === null) return { amountMinor: null, remark: 'bad-amount' };
  const amountMinor = parseAmount(plain.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
  if (amountMinor === null) return { amountMinor: null, remark: 'amount-decimals' };
  return { amountMinor, remark: 'number-form' };
}

/** Öre as the standard writes them: `-1234.50`. */
export function formatAmount(amountMinor: bigint): string {
  const digits = String(amountMinor < 0n ? -amountMinor : amountMinor).padStart(3, '0');
  return `${amountMinor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whether the text is a quantity in the standard's own form: a decimal of any precision. */
export function isQuantity(text: string): boolean {
  return /^-?\d{1,18}(?:\.\d{1,18})?$/.test(text);
}

/** A quantity as decimal text, or what is wrong with it. Empty text is none, and no fault. */
export function readQuantity(text: string): {
  readonly quantity: string | null;
  readonly remark: SieDiagnosticCode | null;
} {
  if (text.trim() === '') return { quantity: null, remark: null };
  if (isQuantity(text)) return { quantity: text, remark: null };
  const plain = readDecimal(text, { decimal: 'either', thousands: [] });
  return plain === null
    ? { quantity: null, remark: 'bad-quantity' }
    : { quantity: plain, remark: 'number-form' };
}

/** Whether the text is a month `YYYYMM`. */
export function isPeriod(text: string): boolean {
  return /^[1-9]\d{3}(?:0[1-9]|1[0-2])$/.test(text);
}

/** @returns null when the text is no year index such as `0`, `-1` or `1`. */
export function parseYearIndex(text: string): number | null {
  return /^[+-]?\d{1,3}$/.test(text) ? Number(text) + 0 : null;
}

/** Days of eleven years. A file that holds more just reads them anew. */
const DATES_KEPT_MAX = 4096;

/**
 * Reads days, and remembers them: a file has many rows of each day.
 *
 * A day is `YYYYMMDD`. `YYYY-MM-DD` is taken too, since it means only one thing; `180501` is not.
 */
export class SieDates {
  readonly #known = new Map<string, SieDate>();

  /** @returns null for empty text. */
  read(text: string): SieDate | null {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (text === '') return null;
    const date = { raw: text, day: parseCompactDate(text) ?? parseLocalDate(text) };
    if (date.day !== null) {
      if (this.#known.size >= DATES_KEPT_MAX) this.#known.clear();
      this.#known.set(text, date);
    }
    return date;
  }
}

/** What is wrong with a day that is written, or null. */
export function dateRemark(date: SieDate): 'bad-date' | 'date-form' | null {
  if (date.day === null) return 'bad-date';
  return date.raw.length === 8 ? null : 'date-form';
}
