import type { SaleLine, SaleLineKind } from '../../../domain/document/sale.ts';
import { absolute, isZero, type Currency } from '../../../domain/money.ts';
import type { Problem } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX } from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { WooSettings } from '../settings.ts';
import type { WooLine, WooOrder, WooRefund } from '../wire.ts';
import { readAmount } from './amounts.ts';
import { partsOf, type Rates } from './taxes.ts';
import { readText } from './text.ts';

/** What lines are read with. */
export type LineTerms = {
  readonly settings: WooSettings;
  readonly currency: Currency;
  readonly rates: Rates;
  readonly place: Place;
};

/** Fields of a line that say that a gift card was sold on it. */
const GIFT_CARD_KEYS = new Set([
  '_ywgc_gift_card_code',
  'pw_gift_card_amount',
  'izettle_gift_card',
]);

/** The lines of an order or refund: articles, freight, fees, in the order of the shop. */
export function readLines(
  of: Pick<WooOrder | WooRefund, 'line_items' | 'shipping_lines' | 'fee_lines'>,
  terms: LineTerms,
): { readonly lines: readonly SaleLine[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const lines: SaleLine[] = [];
  const add = (woo: WooLine, said: Omit<SaleLine, 'id' | 'parts'>, field: string): void => {
    const parts = readParts(woo, { ...terms, field, problems });
    if (parts !== null) lines.push({ ...said, id: woo.id, parts });
  };
  for (const [i, item] of of.line_items.entries()) {
    const sku = item.sku?.trim().slice(0, IDENTITY_CHARS_MAX) || null;
    const said = { kind: kindOf(item, sku, terms.settings), text: readText(item.name), sku };
    add(item, { ...said, quantity: item.quantity }, `line_items[${i}]`);
  }
  const none = { sku: null, quantity: '1' };
  for (const [i, one] of of.shipping_lines.entries()) {
    const said = { kind: 'shipping', text: readText(one.method_title), ...none } as const;
    add(one, said, `shipping_lines[${i}]`);
  }
  for (const [i, fee] of of.fee_lines.entries()) {
    if (isRounding(fee, terms.currency)) continue;
    add(fee, { kind: 'fee', text: readText(fee.name), ...none }, `fee_lines[${i}]`);
  }
  return { lines, problems };
}

/**
 * Whether a fee is what the shop rounds off, as plugins for whole kronor write it. It is left to
 * what stands between the lines and the total.
 */
function isRounding(
  { name, total, total_tax: vat }: WooLine & { name: string },
  currency: Currency,
) {
  const [net, tax] = [readAmount(total, currency), readAmount(vat, currency)];
  const isSmall = net !== null && absolute(net).minor <= 100n && tax?.minor === 0n;
  return isSmall && /avrundning|avrunding|rounding/i.test(name);
}

function kindOf(item: WooLine, sku: string | null, { kinds }: WooSettings): SaleLineKind {
  if (item.meta_data.some(({ key }) => GIFT_CARD_KEYS.has(key))) return 'gift-card';
  if (sku === null) return 'goods';
  const own = kinds[sku];
  if (own !== undefined) return own;
  const pattern = Object.keys(kinds).find((key) => {
    return key.endsWith('*') && sku.startsWith(key.slice(0, -1));
  });
  return pattern === undefined ? 'goods' : (kinds[pattern] ?? 'goods');
}

/** @returns null when an amount or a rate cannot be read: a problem says which */
function readParts(
  woo: WooLine,
  at: LineTerms & { readonly field: string; readonly problems: Problem[] },
): SaleLine['parts'] | null {
  const { currency, rates, place, field, problems } = at;
  const net = readAmount(woo.total, currency);
  const vat = readAmount(woo.total_tax, currency);
  if (net === null || vat === null) {
    const [name, found] = net === null ? ['total', woo.total] : ['total_tax', woo.total_tax];
    problems.push(problemAt('not-a-number', place, { field: `${field}.${name}`, found }));
    return null;
  }
  const outcome = partsOf({ net, vat, taxes: woo.taxes }, rates);
  if ('unknownRate' in outcome) {
    const found = outcome.unknownRate;
    const expected = [...rates.byId.keys()].join(', ') || '–';
    const facts = { field: `${field}.taxes`, found, expected };
    problems.push(problemAt('unknown-value', place, facts));
    return null;
  }
  const untaxed = outcome.parts.find((part) => part.rate === null && !isZero(part.vat));
  if (untaxed !== undefined) {
    problems.push(problemAt('field-empty', place, { field: `${field}.taxes` }));
    return null;
  }
  return outcome.parts;
}
