/**
 * Amounts inside the simulator are whole hundredths of the order's currency ("öre"), and rates
 * are hundredths of a per cent (600 is 6 %). On the wire both are decimal texts.
 */

/** Above any price in a shop, and far below where numbers lose whole units. */
const ORE_MAX = 1e13;

/** Reads `"119.00"`, `119` or `"119,5"`. @returns null when it is no amount with two decimals */
export function readOre(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return null;
  const match = /^(-?)(\d{1,12})(?:[.,](\d{1,2})0*)?$/.exec(text.trim());
  if (!match) return null;
  const ore = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  if (ore > ORE_MAX) return null;
  return match[1] === '-' ? -ore : ore;
}

/** `119.00`: always two decimals, as Quickbutik writes amounts. */
export function amountText(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `25` or `5.5`: a rate as a person types it. */
export function rateText(rate: number): string {
  return String(rate / 100);
}

/** `value × part ÷ whole`, half away from zero. The whole is positive. */
function share(value: number, part: number, whole: number): number {
  const product = BigInt(value) * BigInt(part);
  const magnitude = product < 0n ? -product : product;
  const rounded = Number((2n * magnitude + BigInt(whole)) / (2n * BigInt(whole)));
  return product < 0n ? -rounded : rounded;
}

/** VAT inside an amount that includes it. */
export function vatInside(ore: number, rate: number): number {
  return share(ore, rate, 10_000 + rate);
}

/** VAT on an amount that does not include it. */
export function vatOn(ore: number, rate: number): number {
  return share(ore, rate, 10_000);
}

/** Spreads an amount in proportion to weights; the last part takes what rounding leaves. */
export function spread(ore: number, weights: readonly number[]): number[] {
  const whole = total(weights);
  if (whole <= 0) return weights.map((_, index) => (index === 0 ? ore : 0));
  const parts = weights.map((weight) => share(ore, weight, whole));
  const last = parts.length - 1;
  return parts.map((part, index) => (index === last ? part + ore - total(parts) : part));
}

export function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
