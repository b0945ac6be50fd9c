import { CURRENCY_DIGITS, money, type Currency, type Money } from '../../../domain/money.ts';

/**
 * Reads an amount as WooCommerce writes it (`"281.13"`, `"-40"`, `"281.132075"`), to the currency's
 * own digits: lines may hold more of them than anybody pays.
 *
 * @returns null when it is no number; zero for an empty text, as freight without a price has it
 */
export function readAmount(text: string, currency: Currency): Money | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,20}))?$/.exec(text.trim() === '' ? '0' : text.trim());
  if (match === null) return null;
  const digits = CURRENCY_DIGITS[currency];
  const fraction = (match[3] ?? '').padEnd(digits + 1, '0');
  const kept = BigInt((match[2] ?? '0') + fraction.slice(0, digits));
  // Halves away from zero, as PHP's round() does it.
  const minor = kept + (Number(fraction[digits]) >= 5 ? 1n : 0n);
  return money(match[1] === '-' ? -minor : minor, currency);
}
