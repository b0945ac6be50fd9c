/** Amounts are whole øre, with VAT where they say gross. 3333 hundredths of a per cent: 33.33. */

/** Bad input of whoever drives the simulator, and what Winner does not let anybody do. */
export class WinnerRefusal extends Error {
  override readonly name = 'WinnerRefusal';
}

/** Reads `122500.00`; a per cent such as `33.33` is read the same way. @throws WinnerRefusal */
export function readOre(text: string): number {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) throw new WinnerRefusal(`this is not an amount: ${text}`);
  const ore = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' ? -ore : ore;
}

/** `122500.00`. */
export function amountText(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `value × part ÷ whole`, half away from zero. The whole is positive. */
export function share(value: number, part: number, whole: number): number {
  const product = BigInt(value) * BigInt(part);
  const magnitude = product < 0n ? -product : product;
  const rounded = Number((2n * magnitude + BigInt(whole)) / (2n * BigInt(whole)));
  return product < 0n ? -rounded : rounded;
}

/** What is left of a gross amount without its VAT. @param percent such as 25 */
export function withoutVat(grossOre: number, percent: number): number {
  return share(grossOre, 10_000, 10_000 + Math.round(percent * 100));
}

export function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
