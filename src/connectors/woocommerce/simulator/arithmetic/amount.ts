/**
 * An amount of money, a percentage or a price, exact: in units of 10⁻¹⁶.
 *
 * WooCommerce reckons in floating point and rounds what it gets so often, and with such care for
 * halves, that exact decimals follow it better than floats would: a half is then a half.
 */
export type Amount = bigint;

/** Enough for the sixth decimal of a product of two amounts that have six. */
const PLACES = 16;
const ONE = 10n ** BigInt(PLACES);

/** Line totals and taxes keep six decimals, whatever the shop shows (`WC_ROUNDING_PRECISION`). */
export const LINE_PLACES = 6;

/**
 * What becomes of a half: `up` is away from zero, `down` is towards it. WooCommerce rounds taxes
 * down in shops whose prices include tax, and up in others.
 */
export type Half = 'up' | 'down';

/** Reads `-1234.5`. @returns null for anything that is not a plain decimal */
function parseAmount(text: string): Amount | null {
  const match = /^(-?)(\d{0,30})(?:\.(\d{0,30}))?$/.exec(text.trim());
  if (!match || `${match[2] ?? ''}${match[3] ?? ''}` === '') return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const units = BigInt(whole || '0') * ONE + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'));
  return sign === '-' ? -units : units;
}

/** Reads a decimal as PHP does when it needs a number: nothing, or no number, is 0. */
export function amountOf(value: unknown): Amount {
  if (typeof value === 'number') return parseAmount(plain(value)) ?? 0n;
  return typeof value === 'string' ? (parseAmount(value.replace(',', '.')) ?? 0n) : 0n;
}

/** A number without exponent. */
function plain(value: number): string {
  const text = String(value);
  return /e/i.test(text) ? new Intl.NumberFormat('en', PLAIN).format(value) : text;
}

const PLAIN = { useGrouping: false, maximumFractionDigits: PLACES } as const;

export function whole(count: number): Amount {
  return BigInt(Math.trunc(count)) * ONE;
}

export function sum(amounts: Iterable<Amount>): Amount {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

export function multiply(a: Amount, b: Amount): Amount {
  return (a * b) / ONE;
}

/** Cut at the sixteenth decimal. @param by not 0 */
export function divide(a: Amount, by: Amount): Amount {
  return (a * ONE) / by;
}

export function percentOf(amount: Amount, percent: Amount): Amount {
  return (amount * percent) / (100n * ONE);
}

export function roundTo(amount: Amount, places: number, half: Half = 'up'): Amount {
  const unit = 10n ** BigInt(PLACES - places);
  const size = amount < 0n ? -amount : amount;
  const rest = size % unit;
  const isUp = half === 'up' ? rest * 2n >= unit : rest * 2n > unit;
  const rounded = size - rest + (isUp ? unit : 0n);
  return amount < 0n ? -rounded : rounded;
}

/** Cut to so many decimals, towards zero. */
export function cutTo(amount: Amount, places: number): Amount {
  return amount - (amount % 10n ** BigInt(PLACES - places));
}

/** With so many decimals, no more and no less; zero has no sign. */
export function fixed(amount: Amount, places: number): string {
  const rounded = roundTo(amount, places);
  const size = rounded < 0n ? -rounded : rounded;
  const digits = (size / ONE).toString();
  const fraction = (size % ONE).toString().padStart(PLACES, '0').slice(0, places);
  return `${rounded < 0n ? '-' : ''}${digits}${places > 0 ? `.${fraction}` : ''}`;
}

/** With as many decimals as it takes, six at most: `129.09`, `60`, `0`. */
export function trimmed(amount: Amount, places: number = LINE_PLACES): string {
  const text = fixed(amount, places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** As the nearest float, for the few fields that are JSON numbers. */
export function numberFrom(amount: Amount): number {
  return Number(trimmed(amount));
}
