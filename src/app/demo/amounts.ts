import { formatMoney, money } from '../../domain/money.ts';

/** `1234,50` of 123450 öre, as Swedish files have it. */
export function kronor(öre: bigint): string {
  return decimal(öre).replace('.', ',');
}

/** `1234.50` of 123450 öre. */
export function decimal(öre: bigint): string {
  return formatMoney(money(öre, 'SEK'));
}
