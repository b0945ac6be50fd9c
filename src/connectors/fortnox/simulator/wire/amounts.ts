/**
 * Amounts go over the wire as JSON numbers in kronor and are kept as whole öre: a safe integer,
 * so that sums are exact. Nothing is added up in kronor.
 */

const ORE_PER_KRONA = 100;

/** How near a half an amount must be before its decimal text is asked which side it is on. */
const NEAR_HALF = 1e-3;

/** Whole öre of an amount in kronor: half away from zero on what the number says in decimal. */
export function oreOf(kronor: number): number {
  const scaled = kronor * ORE_PER_KRONA;
  const nearest = Math.round(scaled);
  const isNearHalf = Math.abs(Math.abs(scaled - nearest) - 0.5) < NEAR_HALF;
  if (!isNearHalf) return nearest === 0 ? 0 : nearest;
  const magnitude = decimalOre(String(Math.abs(kronor)));
  return kronor < 0 ? -magnitude : magnitude;
}

/** A binary 1.005 lies below the half; its decimal text does not. */
function decimalOre(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = fraction.padEnd(3, '0');
  const up = (digits[2] ?? '0') >= '5' ? 1 : 0;
  return Number(whole) * ORE_PER_KRONA + Number(digits.slice(0, 2)) + up;
}

export function kronorOf(ore: number): number {
  return ore / ORE_PER_KRONA;
}

/** Rounded to two decimals as Fortnox rounds prices and quantities: 1.125 becomes 1.13. */
export function twoDecimals(value: number): number {
  return kronorOf(oreOf(value));
}

/** `ore × numerator ÷ denominator` in whole öre, half away from zero. All three are integers. */
export function shareOf(ore: number, numerator: number, denominator: number): number {
  const product = BigInt(ore) * BigInt(numerator);
  const magnitude = product < 0n ? -product : product;
  const whole = (2n * magnitude + BigInt(denominator)) / (2n * BigInt(denominator));
  return Number(product < 0n ? -whole : whole);
}

/** Hundredths of a per cent, so that a rate such as 1.23 % is an integer too. */
export function hundredths(percent: number): number {
  return oreOf(percent);
}

/** VAT on an amount without it. */
export function vatOn(ore: number, percent: number): number {
  return shareOf(ore, hundredths(percent), 10_000);
}

/** The part of an amount with VAT that is left when the VAT is taken out. */
export function withoutVat(ore: number, percent: number): number {
  return shareOf(ore, 10_000, 10_000 + hundredths(percent));
}

const RATE_DIGITS = 1_000_000;

/** An amount in currency as öre of SEK, at `rate` kronor for `unit` of the currency. */
export function inSek(ore: number, rate: number, unit: number): number {
  return shareOf(ore, Math.round(rate * RATE_DIGITS), Math.round(unit * RATE_DIGITS));
}
