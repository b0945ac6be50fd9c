import type { Answer } from '../api/answer.ts';
import { json } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import { badDates, isBetween } from '../api/dates.ts';
import { flagOf, has, numberOf, textOf, type Fields } from '../api/fields.ts';
import { answerList, badChoice, numbersIn, readListing, type Listing } from '../api/listing.ts';
import { refuse } from '../api/refusal.ts';
import type { Order } from '../shop/order.ts';
import {
  askStatus,
  deleteOrder,
  saveOrder,
  startOrder,
  tellOfNew,
  trashOrder,
} from '../shop/order-life.ts';
import { completePayment } from '../shop/status.ts';
import { routesOf } from './batch.ts';
import { ORDER_SHAPES } from './order-shapes.ts';
import { isVisibleChange, writeOrder } from './order-writes.ts';
import { orderFields, styleOf } from './order-wire.ts';

export const ORDER_ROUTES: readonly Route[] = [
  ...routesOf({
    path: 'orders',
    shapes: ORDER_SHAPES,
    list: listOrders,
    read: (call, id) => write(call, orderAt(call, id)),
    create: createOrder,
    update: updateOrder,
    remove: removeOrder,
    hasBatch: true,
  }),
  { method: 'GET', path: '/orders/statuses', act: listStatuses },
];

const ORDER_BY = ['date', 'id', 'include', 'title', 'slug', 'modified'];

/** @throws Refused with 404 when there is no such order */
function orderAt(call: Call, id: number): Order {
  const order = call.shop.orders.get(id);
  return order ?? refuse(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
}

function write(call: Call, order: Order): Fields {
  return orderFields(order, styleOf(call, call.query.get('dp')));
}

function listOrders(call: Call): Answer {
  const { shop, query } = call;
  const known = ['any', 'trash', 'auto-draft', ...shop.statuses.keys()];
  const asked = (query.get('status') ?? 'any').split(',').map((one) => one.trim());
  const bad = asked.map((one, at) => {
    const wrong = badChoice(`status[${at}]`, one, known);
    return wrong && { ...wrong, name: 'status' };
  });
  const listing = readListing(query, { orderBy: ORDER_BY }, [...bad, ...badDates(query)]);
  const found = [...shop.orders.values()].filter(
    (order) =>
      isAsked(order, asked) && isBetween(shop, query, order) && isFiltered(order, listing, query),
  );
  const items = found.sort(sorter(listing));
  return answerList(call, listing, { items, write: (order) => write(call, order) });
}

/** `any` is any but the trash, and but drafts of WordPress. */
function isAsked(order: Order, asked: readonly string[]): boolean {
  if (!asked.includes('any')) return asked.includes(order.status);
  return order.status !== 'trash' && order.status !== 'auto-draft';
}

function isFiltered(order: Order, listing: Listing, query: Call['query']): boolean {
  const { include, exclude, search } = listing;
  const customer = query.get('customer');
  const product = query.get('product');
  const parents = numbersIn(query.get('parent'));
  const via = query.get('created_via');
  return (
    (include.length === 0 || include.includes(order.id)) &&
    !exclude.includes(order.id) &&
    (parents.length === 0 || parents.includes(order.parentId)) &&
    (customer === undefined || order.customerId === Number(customer)) &&
    (product === undefined || holds(order, Number(product))) &&
    (via === undefined || via.split(',').includes(order.createdVia)) &&
    (search === '' || searched(order).includes(search))
  );
}

function holds(order: Order, productId: number): boolean {
  return order.items.some(
    (item) =>
      item.kind === 'line' && (item.productId === productId || item.variationId === productId),
  );
}

/** What a search looks in. Numbers that a plugin gave are not among it. */
function searched({ id, billing, shipping, items }: Order): string {
  const names = items.map((item) => (item.kind === 'line' ? item.name : ''));
  const { first_name, last_name, company, email } = billing;
  const parts = [id, first_name, last_name, company, email, shipping.last_name, ...names];
  return parts.join(' ').toLowerCase();
}

function sorter({ orderBy, isAscending, include }: Listing): (a: Order, b: Order) => number {
  const sign = isAscending ? 1 : -1;
  const key = (order: Order): number => {
    if (orderBy === 'modified') return Math.trunc(order.modifiedMs / 1000);
    if (orderBy === 'date') return Math.trunc(order.createdMs / 1000);
    return orderBy === 'include' ? include.indexOf(order.id) * sign : order.id;
  };
  return (a, b) => sign * (key(a) - key(b)) || sign * (a.id - b.id);
}

function createOrder(call: Call, body: Fields): Fields {
  const parentId = numberOf(body, 'parent_id');
  const order = startOrder(call, {
    createdVia: textOf(body, 'created_via') || 'rest-api',
    parentId,
  });
  try {
    writeOrder(call, order, body);
  } catch (error) {
    call.shop.orders.delete(order.id);
    throw error;
  }
  settle(call, order, body);
  tellOfNew(call, order);
  return write(call, order);
}

function updateOrder(call: Call, id: number, body: Fields): Fields {
  const { shop } = call;
  const order = shop.orders.get(id);
  if (!order) refuse(400, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
  const wasInTrash = order.status === 'trash';
  writeOrder(call, order, body);
  settle(call, order, body);
  // Out of the trash an order comes in silence, where orders have tables of their own.
  if (wasInTrash && order.status !== 'trash' && shop.storage === 'hpos')
    order.modifiedMs = call.nowMs;
  else saveOrder(call, order, isVisibleChange(body));
  return write(call, order);
}

/** Status and payment come last, so that what follows from them sees the order as it has become. */
function settle(call: Call, order: Order, body: Fields): void {
  if (textOf(body, 'status') !== '') askStatus(call, order, textOf(body, 'status'));
  if (!has(body, 'set_paid') || !flagOf(body, 'set_paid')) return;
  completePayment(call, order, textOf(body, 'transaction_id'));
  order.paidMs ??= call.nowMs;
}

function removeOrder(call: Call, id: number, isForced: boolean): Fields {
  const order = orderAt(call, id);
  if (isForced) {
    const fields = write(call, order);
    deleteOrder(call, order);
    return fields;
  }
  if (order.status === 'trash') {
    refuse(410, 'woocommerce_rest_already_trashed', 'The shop_order has already been deleted.');
  }
  trashOrder(call, order);
  return write(call, order);
}

function listStatuses({ shop }: Call): Answer {
  return json([...shop.statuses].map(([slug, name]) => ({ slug, name })));
}
