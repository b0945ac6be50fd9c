import { oreOf } from './amounts.ts';

/** An amount in kroner with two decimals: `-1250.00`. */
export function decimalText(kroner: number): string {
  const ore = oreOf(kroner);
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
