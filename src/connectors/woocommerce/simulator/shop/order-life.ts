import type { Address } from './address.ts';
import { NO_ADDRESS } from './address.ts';
import { optionOf } from './options.ts';
import { NO_TOTALS, type Order, type OrderItem, type Refund } from './order.ts';
import { makeRefund, refundsOf, type NewRefund } from './refund.ts';
import { changeStatus } from './status.ts';
import { nextId, type Scene } from './shop.ts';

export type OrderStart = {
  readonly createdVia: string;
  readonly status?: string;
  readonly currency?: string;
  readonly parentId?: number;
  readonly customerId?: number;
  readonly billing?: Partial<Address>;
  readonly shipping?: Partial<Address>;
};

/** An order without lines, which nobody has been told of yet. */
export function startOrder({ shop, nowMs, chance }: Scene, given: OrderStart): Order {
  const id = nextId(shop, 'post');
  const order: Order = {
    id,
    parentId: given.parentId ?? 0,
    number: String(id),
    status: given.status ?? 'pending',
    currency: given.currency ?? optionOf(shop, 'woocommerce_currency'),
    version: shop.version,
    pricesIncludeTax: optionOf(shop, 'woocommerce_prices_include_tax') === 'yes',
    createdMs: nowMs,
    modifiedMs: nowMs,
    completedMs: null,
    paidMs: null,
    customerId: given.customerId ?? 0,
    orderKey: `wc_order_${chance.letters(13)}`,
    createdVia: given.createdVia,
    billing: { ...NO_ADDRESS, ...given.billing },
    shipping: { ...NO_ADDRESS, ...given.shipping },
    paymentMethod: '',
    paymentMethodTitle: '',
    transactionId: '',
    customerNote: '',
    cartHash: given.createdVia === 'rest-api' ? '' : chance.hex(32),
    meta: [],
    items: [],
    taxLines: [],
    coupons: [],
    totals: NO_TOTALS,
    notes: [],
    refundIds: [],
    trashedFrom: null,
    hasReducedStock: false,
  };
  shop.orders.set(id, order);
  return order;
}

/**
 * Saves an order that has been changed, and tells of it.
 *
 * @param isVisible with orders among posts: whether the change is one that posts notice. Notes in
 * meta, dates of payment and transaction ids are none, and leave the date of modification alone.
 */
export function saveOrder(scene: Scene, order: Order, isVisible = true): void {
  if (scene.shop.storage === 'hpos' || isVisible) order.modifiedMs = scene.nowMs;
  scene.raise('order.updated', order.id);
}

/** An order that was just made is told of after its first change. */
export function tellOfNew(scene: Scene, order: Order): void {
  scene.raise('order.updated', order.id);
  scene.raise('order.created', order.id);
}

/** Puts an order in the trash, from where it may come back. */
export function trashOrder(scene: Scene, order: Order): void {
  order.trashedFrom = order.status;
  order.status = 'trash';
  order.modifiedMs = scene.nowMs;
  scene.raise('order.deleted', order.id);
  // Posts are told of by their kind too late: a product hook hears of the order's id.
  if (scene.shop.storage === 'posts') scene.raise('product.deleted', order.id);
}

/** Takes an order out of the trash by its trash can: as opposed to by its status, it is told of. */
export function restoreOrder(scene: Scene, order: Order): void {
  order.status = order.trashedFrom ?? 'pending';
  order.trashedFrom = null;
  order.modifiedMs = scene.nowMs;
  scene.raise('order.restored', order.id);
}

/** Deletes an order for good, and tells nobody. */
export function deleteOrder({ shop }: Scene, order: Order): void {
  for (const refund of refundsOf(shop, order)) shop.refunds.delete(refund.id);
  shop.orders.delete(order.id);
}

/** A status asked for by whoever edits an order. Out of the trash it comes without a word. */
export function askStatus(scene: Scene, order: Order, to: string): void {
  if (order.status !== 'trash') return changeStatus(scene, order, { to });
  order.status = to;
  order.trashedFrom = null;
}

/** Adds a piece to an order, behind those that are there. */
export function addItem(order: Order, item: OrderItem): void {
  order.items = [...order.items, item];
}

/** Gives money back, and tells of the order. When nothing is left, the order is refunded. */
export function giveBack(scene: Scene, order: Order, given: NewRefund): Refund {
  const { refund, isFull } = makeRefund(scene, order, given);
  if (isFull) changeStatus(scene, order, { to: 'refunded' });
  saveOrder(scene, order);
  return refund;
}
