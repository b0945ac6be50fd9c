import { assert } from '../../../../lib/assert.ts';

/** Ten decimals: what Tripletex keeps of a unit price. */
const DIGITS = 10;
const ONE = 10n ** BigInt(DIGITS);
const ORE_DIGITS = 2;

/** A number as whole ten-thousand-millionths, read from its shortest decimal form. */
function scaled(value: number): bigint {
  assert(Number.isFinite(value), 'an amount is a number');
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const zeros = DIGITS - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  const size = zeros >= 0 ? digits * 10n ** BigInt(zeros) : over(digits, 10n ** BigInt(-zeros));
  return value < 0 ? -size : size;
}

/** Divides; half goes away from zero. */
function over(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value < 0n ? -((-value + half) / by) : (value + half) / by;
}

/** A price in kroner, or any decimal, to whole øre. */
export function oreOf(kroner: number): number {
  return Number(over(scaled(kroner), 10n ** BigInt(DIGITS - ORE_DIGITS)));
}

export function kronerOf(ore: number): number {
  return ore / 100;
}

/** Count times unit price less a discount in percent, rounded once, in øre. */
export function lineOre(line: {
  readonly count: number;
  readonly unitPrice: number;
  readonly discountPercent: number;
}): number {
  const whole = scaled(line.count) * scaled(line.unitPrice);
  const left = 100n * ONE - scaled(line.discountPercent);
  return Number(over(whole * left, 100n * ONE * ONE * 10n ** BigInt(DIGITS - ORE_DIGITS)));
}

/** The VAT that comes on top of a net amount. */
export function vatOnNet(netOre: number, percentage: number): number {
  return Number(over(BigInt(netOre) * scaled(percentage), 100n * ONE));
}

/** The VAT that stands inside a gross amount. */
export function vatInGross(grossOre: number, percentage: number): number {
  const rate = scaled(percentage);
  return Number(over(BigInt(grossOre) * rate, 100n * ONE + rate));
}

/** A unit price with VAT, or without it: ten decimals. */
export function priceWith(price: number, percentage: number): number {
  return Number(over(scaled(price) * (100n * ONE + scaled(percentage)), 100n * ONE)) / Number(ONE);
}

export function priceWithout(price: number, percentage: number): number {
  const whole = scaled(price) * 100n * ONE;
  return Number(over(whole, 100n * ONE + scaled(percentage))) / Number(ONE);
}

/** Øre of a foreign currency in Norwegian øre. `rate` is kroner for `factor` units. */
export function converted(
  ore: number,
  { rate, factor }: { readonly rate: number; readonly factor: number },
): number {
  return Number(over(BigInt(ore) * scaled(rate), ONE * BigInt(factor)));
}
