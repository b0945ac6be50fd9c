import { found, notFound, type Answer } from '../api/answer.ts';
import {
  eachItem,
  isAsked,
  wholeIn,
  wordIn,
  type Call,
  type Range,
  type Route,
} from '../api/call.ts';
import type { Order, OrderStatus } from '../shop/order.ts';
import { totalsOf } from '../shop/totals.ts';
import { orderDetails, orderStub } from '../wire/order.ts';
import { placeOrder, updateOrder } from './order-items.ts';

const LIMIT: Range = { min: 1, max: 1_000, usual: 1_000 };
const OFFSET: Range = { min: 0, max: Number.MAX_SAFE_INTEGER, usual: 0 };
/** UNIX seconds. Absent: no end. */
const FROM: Range = { min: 0, max: Number.MAX_SAFE_INTEGER, usual: 0 };
const TO: Range = { ...FROM, usual: Number.MAX_SAFE_INTEGER };

const STATUSES = ['', 'done', 'paid', 'unpaid', 'cancelled'] as const;

export const ORDER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/orders', act: listOrders },
  {
    method: 'POST',
    path: '/v1/orders',
    act: (call) => eachItem(call, (item) => placeOrder(call, item)),
  },
  {
    method: 'PUT',
    path: '/v1/orders',
    act: (call) => eachItem(call, (item) => updateOrder(call, item)),
  },
];

/**
 * A list whatever is asked for, also of one `order_id`; 404 when nothing matches, also past the
 * last page.
 *
 * | Uncertain                       | Chosen                                                    |
 * |---------------------------------|-----------------------------------------------------------|
 * | Ends of the two intervals       | Included                                                  |
 * | `status=cancelled`              | Known                                                     |
 * | Orders at the same price or day | By number                                                 |
 * | `order_id` of several           | One only                                                  |
 */
function listOrders(call: Call): Answer {
  const { choices, desk } = call;
  const offset = wholeIn(call, 'offset', OFFSET);
  const limit = wholeIn(call, 'limit', LIMIT);
  const page = sorted(call, matching(call)).slice(offset, offset + limit);
  if (page.length === 0 && choices.noOrders === 'not-found') throw notFound();
  const withBundles = choices.bundles === 'always' || isAsked(call, 'apps_load');
  const isDetailed = isAsked(call, 'include_details');
  return found(
    page.map((order) =>
      isDetailed
        ? orderDetails(order, { choices: desk.choices, withBundles })
        : orderStub(order, choices),
    ),
  );
}

function matching(call: Call): Order[] {
  const [fromPaid, toPaid] = [
    wholeIn(call, 'from_date_paid', FROM),
    wholeIn(call, 'to_date_paid', TO),
  ];
  const asksPaid = call.query.has('from_date_paid') || call.query.has('to_date_paid');
  const fromStatus = wholeIn(call, 'from_status_date', FROM);
  const status: OrderStatus | '' = wordIn(call, 'status', STATUSES);
  const id = call.query.get('order_id') ?? '';
  return [...call.desk.shop.orders.values()].filter((order) => {
    if (id !== '' && String(order.id) !== id) return false;
    if (status !== '' && order.status !== status) return false;
    if (secondOf(order.statusMs) < fromStatus) return false;
    if (!asksPaid) return true;
    if (order.paidMs === null) return false;
    return secondOf(order.paidMs) >= fromPaid && secondOf(order.paidMs) <= toPaid;
  });
}

function sorted(call: Call, orders: readonly Order[]): Order[] {
  const by = wordIn(call, 'order_by', ['order_id', 'price', 'date']);
  const direction = wordIn(call, 'sort_order', ['desc', 'asc']) === 'asc' ? 1 : -1;
  const rank = (order: Order): number => {
    if (by === 'order_id') return order.id;
    return by === 'date' ? order.createdMs : totalsOf(order, call.choices).totalOre;
  };
  return [...orders].sort((a, b) => direction * (rank(a) - rank(b) || a.id - b.id));
}

function secondOf(atMs: number): number {
  return Math.floor(atMs / 1_000);
}
