import type { Money } from './api.ts';
import { locale } from './language.ts';

/** Minor units as an amount in the reader's form, exactly: no float comes near it. */
export function amountText(minor: string, digits = 2): string {
  const isNegative = minor.startsWith('-');
  const plain = minor.replace('-', '').padStart(digits + 1, '0');
  const whole = plain.slice(0, plain.length - digits);
  const decimal = digits === 0 ? whole : `${whole}.${plain.slice(-digits)}`;
  const format = new Intl.NumberFormat(locale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(`${isNegative ? '-' : ''}${decimal}` as unknown as number);
}

/** Whole units as they are typed, in minor units: `5000` → `500000`. */
export function minorOf(whole: string): string {
  return `${whole.trim()}00`;
}

/** Minor units as whole ones are typed. */
export function plainAmount(minor: string): string {
  return minor.slice(0, -2) || '0';
}

export function moneyText({ minor, currency }: Money): string {
  return `${amountText(minor, currency === 'ISK' ? 0 : 2)}\u00a0${currency}`;
}

export function countText(count: number): string {
  return new Intl.NumberFormat(locale()).format(count);
}

/** `YYYY-MM-DD` in the reader's form. */
export function dayText(day: string | null): string {
  if (day === null) return '';
  const at = new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeZone: 'UTC' }).format(at);
}

export function timeText(atMs: number): string {
  const format = { dateStyle: 'short', timeStyle: 'medium' } as const;
  return new Intl.DateTimeFormat(locale(), format).format(atMs);
}

/** `för 3 timmar sedan`. */
export function agoText(atMs: number, nowMs = Date.now()): string {
  const seconds = Math.round((atMs - nowMs) / 1_000);
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, 'minute');
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function sizeText(bytes: number): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte';
  const size = bytes / (unit === 'kilobyte' ? 1_000 : 1_000_000);
  const format = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale(), format).format(size);
}
