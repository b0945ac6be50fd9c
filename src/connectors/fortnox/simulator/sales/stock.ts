import type { Call } from '../api/call.ts';
import type { Entry } from '../tenant/shelf.ts';
import { change } from '../tenant/shelf.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { twoDecimals } from '../wire/amounts.ts';
import { numberOf, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { madeOf } from './copy.ts';

/**
 * What moves the stock of articles that are counted (`StockGoods`).
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | When an order reserves what it holds       | From when it is made until its invoice is booked|
 * | When an invoice takes from stock           | When it is booked: a draft takes nothing        |
 * | Whether a move dates the article anew      | No: `lastmodified` misses it (`datedByStock`)   |
 */
export function takeFromStock(call: Call, invoice: Fields): void {
  const { articles } = call.tenant.shelves;
  for (const row of rowsOf(invoice, 'InvoiceRows')) {
    const entry = articles.entries.get(textOf(row, 'ArticleNumber'));
    if (entry?.fields['StockGoods'] !== true) continue;
    const left = numberOf(entry.fields, 'QuantityInStock') - numberOf(row, 'DeliveredQuantity');
    setQuantity(entry, left, call);
  }
}

/** Counts an article anew, as a person does who has been in the store room. */
export function setQuantity(
  entry: Entry,
  quantity: number,
  of: { readonly nowMs: number; readonly choices: Call['choices'] },
): void {
  const atMs = of.choices.datedByStock === 'yes' ? of.nowMs : entry.modifiedAtMs;
  change(entry, { ...entry.fields, QuantityInStock: twoDecimals(quantity) }, atMs);
}

const RESERVED = new WeakMap<Call, ReadonlyMap<string, number>>();

/** What orders hold of each article, reckoned once for a call. */
export function reservedIn(call: Call): ReadonlyMap<string, number> {
  const known = RESERVED.get(call);
  if (known !== undefined) return known;
  const reserved = new Map<string, number>();
  for (const { fields } of call.tenant.shelves.orders.entries.values()) {
    if (!isOpen(call.tenant, fields)) continue;
    for (const row of rowsOf(fields, 'OrderRows')) {
      const article = textOf(row, 'ArticleNumber');
      reserved.set(article, (reserved.get(article) ?? 0) + numberOf(row, 'OrderedQuantity'));
    }
  }
  RESERVED.set(call, reserved);
  return reserved;
}

function isOpen(tenant: Tenant, order: Fields): boolean {
  if (order['Cancelled'] === true) return false;
  const invoice = tenant.shelves.invoices.entries.get(madeOf(order, 'InvoiceReference') ?? '');
  return (
    invoice === undefined ||
    (invoice.fields['Booked'] !== true && invoice.fields['Cancelled'] !== true)
  );
}
