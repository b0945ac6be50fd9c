import { readFileSync } from 'node:fs';
import { isFault, splitFields } from '../src/lib/csv-fields.ts';
import { sharedPath } from '../src/testing/shared.ts';

/** Lines of orders of a wholesaler of gifts (UCI Online Retail), beside the repository. */
export const SAMPLE = sharedPath('data', 'orders', 'online-retail-sample.csv');

/** A line of an order: net price of a piece, as the sample gives it. */
type Line = {
  readonly order: string;
  readonly article: string;
  readonly name: string;
  readonly pieces: number;
  readonly netOre: number;
  readonly customer: string;
};

const RATE_PERCENT = 25;
const CSV = { delimiter: ',', quote: '"' };
/** Postage and carriage, which stand among the articles. */
const FREIGHT = new Set(['POST', 'DOT', 'C2']);

/**
 * The sample's sales as a shop of WooCommerce would give them: in Swedish kronor, with VAT at 25 %,
 * paid by card on their day. Its cancellations are left out, for they name no order that they
 * cancel, and so is what comes to nothing.
 *
 * @param prefix begins the number of each order: with another one, the same buyers buy the same again
 */
export function shopOrders(
  most: number,
  prefix = '',
): { readonly count: number; readonly json: string } {
  const byOrder = Map.groupBy(linesOf(readFileSync(SAMPLE, 'utf8')), ({ order }) => order);
  const sales = [...byOrder].filter(
    ([, lines]) => lines.every(({ pieces }) => pieces > 0) && sumOf(lines) > 0,
  );
  const orders = sales.slice(0, most).map(([inSample, lines], at) => {
    const number = `${prefix}${inSample}`;
    const rows = lines.map((line, i) => ({ line, row: { id: i + 1, ...taxed(line.netOre) } }));
    const items = rows
      .filter(({ line }) => !FREIGHT.has(line.article))
      .map(({ line, row }) => ({
        ...{ ...row, name: line.name || line.article, sku: line.article, quantity: line.pieces },
      }));
    const freight = rows
      .filter(({ line }) => FREIGHT.has(line.article))
      .map(({ line, row }) => ({ ...row, method_title: line.name }));
    const day = `2026-06-${String(1 + (at % 28)).padStart(2, '0')}T12:00:00`;
    return {
      ...{ id: Number(number), number, status: 'processing', currency: 'SEK' },
      ...{ date_created: day, date_paid: day },
      total: kronor(rows.reduce((sum, { row }) => sum + row.ore, 0)),
      ...{ payment_method: 'card', payment_method_title: 'Kort' },
      billing: buyer(lines[0]?.customer || `guest-${inSample}`),
      ...{ line_items: items, shipping_lines: freight },
      tax_lines: [{ rate_id: 1, rate_code: 'SE-MOMS-1', rate_percent: RATE_PERCENT }],
      _links: { self: [{ href: `https://shop.example.test/wp-json/wc/v3/orders/${number}` }] },
    };
  });
  return { count: orders.length, json: JSON.stringify(orders) };
}

function linesOf(csv: string): Line[] {
  const [, ...rows] = csv.split(/\r?\n/).filter((row) => row !== '');
  return rows.map((row) => {
    const fields = splitFields(row, CSV);
    if (isFault(fields)) throw new Error(`the sample has a line that cannot be read: ${row}`);
    const [order = '', article = '', name = '', pieces = '', , price = '', customer = ''] = fields;
    const netOre = Math.round(Number(pieces) * Number(price) * 100);
    return { order, article, name, pieces: Number(pieces), netOre, customer };
  });
}

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { netOre }) => sum + netOre, 0);
}

function buyer(code: string) {
  return {
    ...{ company: `Kund ${code}`, address_1: 'Storgatan 1', postcode: '11122' },
    ...{ city: 'Stockholm', country: 'SE', email: `${code.toLowerCase()}@example.test` },
  };
}

/** Net and VAT of a line, each to the öre. */
function taxed(netOre: number) {
  const vatOre = Math.round((netOre * RATE_PERCENT) / 100);
  const total_tax = kronor(vatOre);
  const taxes = [{ id: 1, total: total_tax }];
  return { total: kronor(netOre), total_tax, taxes, ore: netOre + vatOre };
}

function kronor(ore: number): string {
  return (ore / 100).toFixed(2);
}
