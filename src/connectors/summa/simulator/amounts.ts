/**
 * Amounts inside the simulator are whole öre; unit prices and quantities are exact decimals, since
 * a brochure can cost 0.185 kr a piece.
 */

/** Digits after the point that prices and quantities are kept with. */
const SCALE = 6;
const UNIT = 10n ** BigInt(SCALE);

/** Bad input of whoever drives the simulator. */
export class SummaRefusal extends Error {
  override readonly name = 'SummaRefusal';
}

/** Millionths of a number written as `18450.00` or `0.185`. @throws SummaRefusal */
function readDecimal(text: string): bigint {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new SummaRefusal(`this is not a number: ${text}`);
  const value = BigInt(`${match[2]}${(match[3] ?? '').padEnd(SCALE, '0')}`);
  return match[1] === '-' ? -value : value;
}

/** `quantity × unit price` in öre, rounded once, half away from zero. @throws SummaRefusal */
export function netOre(quantity: string, unitPrice: string): number {
  const product = readDecimal(quantity) * readDecimal(unitPrice) * 100n;
  return Number(rounded(product, UNIT * UNIT));
}

/** `ore × part ÷ whole`, half away from zero. */
export function share(ore: number, part: number, whole: number): number {
  return Number(rounded(BigInt(ore) * BigInt(part), BigInt(whole)));
}

/** `18450.00`. */
export function amountText(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function rounded(value: bigint, whole: bigint): bigint {
  const magnitude = value < 0n ? -value : value;
  const result = (2n * magnitude + whole) / (2n * whole);
  return value < 0n ? -result : result;
}
