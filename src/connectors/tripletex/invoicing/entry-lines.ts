import type { InvoiceEntryRow } from '../../../domain/invoice-entry.ts';
import { absolute, formatMoney } from '../../../domain/money.ts';

/** Tripletex keeps prices with ten decimals. Of quantities nothing is documented. */
const DECIMALS_MAX = 10;

/** A row as an order of Tripletex takes it. */
type Pieces = { readonly text: string; readonly count: string; readonly price: string };

/**
 * Quantity and price of a row: the source's own where they come to its net beyond doubt, however a
 * ledger rounds half an øre; else one piece at the net, and what the source says in words.
 */
export function piecesOf({ text, quantity, unit, unitPrice, net }: InvoiceEntryRow): Pieces {
  if (isNet(quantity, unitPrice, net.minor)) {
    return { text: unit === '' ? text : `${text} (${unit})`, count: quantity, price: unitPrice };
  }
  const told = [quantity.replace('.', ','), unit].filter(Boolean).join(' ');
  return {
    text: `${text} (${told} à ${unitPrice.replace('.', ',')})`,
    count: net.minor < 0n ? '-1' : '1',
    price: formatMoney(absolute(net)),
  };
}

function isNet(quantity: string, unitPrice: string, minor: bigint): boolean {
  const [pieces, price] = [scaled(quantity), scaled(unitPrice)];
  if (pieces === null || price === null || price.value < 0n) return false;
  const one = 10n ** BigInt(pieces.decimals + price.decimals);
  const off = pieces.value * price.value * 100n - minor * one;
  // Nearer to this øre than half way to the next.
  return (off < 0n ? -off : off) * 2n < one;
}

/** @returns null for what is no decimal text, or has more decimals than Tripletex keeps */
function scaled(text: string): { readonly value: bigint; readonly decimals: number } | null {
  const [, sign, whole = '', part = ''] = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '' || part.length > DECIMALS_MAX) return null;
  const value = BigInt(whole + part);
  return { value: sign === '-' ? -value : value, decimals: part.length };
}
