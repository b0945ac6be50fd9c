import { parseLocalDate, plusDays, type LocalDate, type Period } from '../../../domain/date.ts';
import type { OrderState, OrderStates } from '../../../domain/sales-document.ts';
import { assert } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { TripletexClient } from '../client.ts';
import { unlessForbidden } from '../registers.ts';
import { fitText } from '../text.ts';

/** Stands before our key in `deliveryComment`, which is what can be written and searched. */
const KEY_MARK = 'bokbro';
/** Days around its own in which an order or invoice is looked for: a question must name some. */
const SPAN_DAYS = 400;
/** Ten years: an invoice is credited whenever somebody complains. */
const CREDITED_DAYS = 3_660;
/** Stands between the key by which an order was entered and that of its latest change. */
const CHANGED = '>';
/** No length is documented of the field that holds our key and our name of a document. */
const REFERENCE_MAX = 150;
/** What is asked of an order that is to be held against what was sent. */
const ORDER_FIELDS =
  'id,version,number,orderDate,deliveryComment,isClosed,customer(id),currency(code),' +
  'orderLines(amountExcludingVatCurrency,amountIncludingVatCurrency)';

/**
 * What an order carries in the one text that can be both written and searched.
 *
 * @param first - the key by which it was entered, of one that is changed: a hub that has lost its
 *   database looks for that
 */
export function commentOf(
  key: string,
  of: { readonly reference?: string | undefined; readonly first?: string | null },
): string {
  const { reference, first = null } = of;
  const name = reference === undefined ? '' : ` ${nameOf(reference)}`;
  assert(KEY.test(key), `${key} can be found again`);
  const keys = first === null || first === key ? key : `${first}${CHANGED}${key}`;
  return `${KEY_MARK} ${keys}${name}`;
}

function nameOf(reference: string): string {
  return fitText(reference.replace(/\s/g, '_'), REFERENCE_MAX).text;
}

/** An order by its id. @returns null when there is none */
export function readOrder(client: TripletexClient, id: string): Promise<WireObject | null> {
  return client.get(`/order/${encodeURIComponent(id)}?fields=${ORDER_FIELDS}`);
}

/** The orders that carry a key of ours, around a day. */
export async function ordersWith(
  client: TripletexClient,
  of: { readonly key: string; readonly date: LocalDate },
): Promise<readonly WireObject[]> {
  const { key, date } = of;
  const period = { from: plusDays(date, -SPAN_DAYS), to: plusDays(date, SPAN_DAYS) };
  const query = `&deliveryComment=${encodeURIComponent(`${KEY_MARK} ${key}`)}`;
  const listed = await listOrders(client, period, { query, fields: ORDER_FIELDS });
  // The search is “containing”.
  return listed.filter((one) => keysOf(one).includes(key));
}

/** The orders that carry our name of a document, up to a day. */
export async function ordersOf(
  client: TripletexClient,
  of: { readonly reference: string; readonly until: LocalDate },
): Promise<readonly WireObject[]> {
  const name = nameOf(of.reference);
  const period = { from: plusDays(of.until, -CREDITED_DAYS), to: plusDays(of.until, SPAN_DAYS) };
  const query = `&deliveryComment=${encodeURIComponent(name)}`;
  const listed = await listOrders(client, period, { query, fields: ORDER_FIELDS });
  return listed.filter((one) => COMMENT.exec(textOf(one, 'deliveryComment'))?.[3] === name);
}

/** Every key of ours among the orders of some days. A login without the right to them has none. */
export async function surveyOrders(
  client: TripletexClient,
  period: Period,
): Promise<readonly string[]> {
  const fields = 'id,deliveryComment';
  const query = `&deliveryComment=${KEY_MARK}`;
  const listed = await unlessForbidden(() => listOrders(client, period, { query, fields }));
  return (listed ?? []).flatMap(keysOf);
}

/**
 * How orders stand. Which invoice one has become it does not tell: the invoices that it may have
 * become do, those of its customer. One that is closed can be neither invoiced nor changed.
 */
export async function readOrders(
  client: TripletexClient,
  today: LocalDate,
  ids: readonly string[],
): Promise<OrderStates> {
  const states = new Map<string, OrderState>();
  const invoiced = new Map<string, ReadonlySet<string>>();
  for (const id of ids) {
    const order = await readOrder(client, id);
    const customer = order === null ? '' : textOf(objectOf(order, 'customer'), 'id');
    if (order === null) {
      states.set(id, 'gone');
      continue;
    }
    const date = parseLocalDate(textOf(order, 'orderDate')) ?? today;
    const known =
      invoiced.get(customer) ?? (await invoicedOrders(client, { customer, date, today }));
    invoiced.set(customer, known);
    const unlessInvoiced = order['isClosed'] === true ? 'gone' : 'open';
    states.set(id, known.has(id) ? 'invoiced' : unlessInvoiced);
  }
  return states;
}

/** The ids of orders that invoices of a customer have been made of. */
async function invoicedOrders(
  client: TripletexClient,
  of: { readonly customer: string; readonly date: LocalDate; readonly today: LocalDate },
): Promise<ReadonlySet<string>> {
  const { customer, date, today } = of;
  const [from, to] = [plusDays(date, -SPAN_DAYS), plusDays(today, SPAN_DAYS)];
  const listed = await client.list(
    `/invoice?invoiceDateFrom=${from}&invoiceDateTo=${to}&customerId=${customer}` +
      '&fields=id,orders(id)',
  );
  return new Set(listed.flatMap((one) => listOf(one, 'orders').map((of) => textOf(of, 'id'))));
}

function listOrders(
  client: TripletexClient,
  { from, to }: Period,
  of: { readonly query: string; readonly fields: string },
): Promise<readonly WireObject[]> {
  // The last day of a range is left out.
  const range = `orderDateFrom=${from}&orderDateTo=${plusDays(to, 1)}`;
  return client.list(`/order?${range}${of.query}&fields=${of.fields}`);
}

/** The key that was put into an order's comment last; null when it is not ours. */
export function keyOf(order: WireObject): string | null {
  return keysOf(order).at(-1) ?? null;
}

/** The key by which an order was entered, and that of its latest change. */
export function keysOf(order: WireObject): readonly string[] {
  const [, first, latest] = COMMENT.exec(textOf(order, 'deliveryComment')) ?? [];
  return [first, latest].filter((key) => key !== undefined);
}

/** See `WriteContext.key`. */
const KEY = /^[A-Za-z0-9-]{1,40}$/;
const COMMENT = /^bokbro ([A-Za-z0-9-]{1,40})(?:>([A-Za-z0-9-]{1,40}))?(?: (\S+))?$/;
