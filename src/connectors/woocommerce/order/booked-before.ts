import type { Sale } from '../../../domain/document/sale.ts';
import type { WooMeta } from '../wire.ts';
import { readText } from './text.ts';

/**
 * Fields in which other plugins keep what they have made of an order or refund in the books: those
 * of Fortnox by BjornTech and Wetail, the older names of the first, and that of Visma by Wetail.
 * What names a voucher or invoice comes before what only says that it was done.
 */
const KEYS = [
  '_fortnox_invoice_number',
  'fortnox_invoice_number',
  'Fortnox Invoice number',
  '_fortnox_order_documentnumber',
  'FORTNOX_ORDER_DOCUMENTNUMBER',
  'visma_credit_voucher_id',
  'visma_voucher_id',
  '_fortnox_order_synced',
];

/** Values by which a plugin says that it has not. */
const NOT_DONE = new Set(['', '0', 'no', 'false', 'null']);

/** Longest number of a document that is kept. */
const NUMBER_CHARS_MAX = 50;

/** What another plugin has booked, as the fields of an order or refund say it. */
export function bookedBefore(meta: readonly WooMeta[]): Pick<Sale, 'bookedElsewhere'> {
  for (const key of KEYS) {
    const number = numberIn(meta.find((one) => one.key === key)?.value);
    if (number !== null) return { bookedElsewhere: { by: key, number } };
  }
  return {};
}

/** @returns null when nothing was done; an empty text when that is all it says */
function numberIn(value: unknown): string | null {
  if (value === true) return '';
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = readText(String(value)).slice(0, NUMBER_CHARS_MAX);
  if (NOT_DONE.has(text.toLowerCase())) return null;
  return text === '1' || text.toLowerCase() === 'yes' ? '' : text;
}
