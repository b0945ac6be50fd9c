import type { Desk, EventType } from './desk.ts';
import type { Order, OrderStatus } from './order.ts';
import { ShopRefusal } from './shop.ts';

export type StatusChange = {
  readonly to: OrderStatus;
  /** `skip_webhook`: nobody is told. */
  readonly isSilent?: boolean;
  /** Whether the payment provider is asked for the money when it is sent. */
  readonly captures?: boolean;
};

/** Becoming unpaid again has no event. */
const EVENTS: Readonly<Record<OrderStatus, EventType | null>> = {
  unpaid: null,
  paid: 'order.new',
  done: 'order.done',
  cancelled: 'order.cancelled',
};

/**
 * Moves an order on. Which moves the real shop refuses is not documented: here only a cancelled
 * order stands still, and nothing becomes what it already is.
 *
 * @throws ShopRefusal when it may not
 */
export function setStatus(desk: Desk, order: Order, change: StatusChange): void {
  const { to } = change;
  checkStatus(order, to);
  order.status = to;
  order.statusMs = desk.nowMs;
  if (to === 'paid') order.paidMs ??= desk.nowMs;
  if (to === 'unpaid') order.paidMs = null;
  if (to === 'done' && (change.captures ?? true)) order.isCaptured = true;
  const event = EVENTS[to];
  if (event !== null && change.isSilent !== true) desk.tell(event, order.id);
}

/**
 * The payment of an order comes in. One that has been sent on invoice stays sent: that it is paid
 * shows in `date_paid` alone, and nobody is told. This is a guess.
 *
 * @throws ShopRefusal when it is paid or cancelled
 */
export function payOrder(desk: Desk, order: Order): void {
  if (order.paidMs !== null) throw new ShopRefusal(`order ${order.id} is paid already`);
  if (order.status === 'done') order.paidMs = desk.nowMs;
  else setStatus(desk, order, { to: 'paid' });
}

/** @throws ShopRefusal when it may not become that */
export function checkStatus(order: Order, to: OrderStatus): void {
  if (order.status === to) throw new ShopRefusal(`order ${order.id} is ${to} already`);
  if (order.status === 'cancelled') throw new ShopRefusal(`order ${order.id} is cancelled`);
}
