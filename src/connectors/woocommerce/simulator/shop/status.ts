import { addNote } from './notes.ts';
import { linesOf, type Order } from './order.ts';
import { refundTheRest } from './refund.ts';
import type { Scene, Shop } from './shop.ts';
import { returnStock, takeStock } from './stock-moves.ts';

/** Statuses in which goods are taken from the shelf, and those in which they are put back. */
const TAKES = new Set(['processing', 'completed', 'on-hold']);
const RETURNS = new Set(['cancelled', 'pending']);

/** Statuses in which the shop's owner may still change the lines of an order. */
const EDITABLE = new Set(['pending', 'on-hold', 'auto-draft']);
/** Statuses in which the customer may still pay it. */
const PAYABLE = new Set(['pending', 'failed']);

/**
 * Gives an order another status, with all that follows: dates, stock, a note, and for `refunded`
 * the refund of all that is left. The caller saves it.
 *
 * @param before words for the note, before those about the change
 */
export function changeStatus(
  scene: Scene,
  order: Order,
  { to, before = '' }: { readonly to: string; readonly before?: string },
): void {
  const from = order.status;
  if (from === to) return;
  order.status = to;
  const { nowMs, shop } = scene;
  if (order.paidMs === null && isPaidBy(shop, order)) order.paidMs = nowMs;
  if (to === 'completed') order.completedMs ??= nowMs;
  if (TAKES.has(to)) takeStock(scene, order);
  if (RETURNS.has(to)) returnStock(scene, order);
  const names = [from, to].map((slug) => shop.statuses.get(slug) ?? slug);
  const change = `Order status changed from ${names[0]} to ${names[1]}.`;
  addNote(scene, order, before === '' ? change : `${before} ${change}`);
  if (to === 'refunded') refundTheRest(scene, order);
}

/** The order is paid: what it becomes depends on what is left to do with it. */
export function completePayment(scene: Scene, order: Order, transactionId = ''): void {
  const { shop, nowMs } = scene;
  if (transactionId !== '') order.transactionId = transactionId;
  if (!['on-hold', 'pending', 'failed', 'cancelled'].includes(order.status)) return;
  order.paidMs ??= nowMs;
  changeStatus(scene, order, { to: paidStatus(shop, order) });
}

/** What an order becomes when it is paid. Cash on delivery is paid when all is done. */
function paidStatus(shop: Shop, order: Order): string {
  if (order.paymentMethod === 'cod') return 'completed';
  return needsProcessing(shop, order) ? 'processing' : 'completed';
}

function isPaidBy(shop: Shop, order: Order): boolean {
  const paid = paidStatus(shop, order);
  return order.status === paid || (paid === 'processing' && order.status === 'completed');
}

/** True unless all that is bought is downloaded. A product that is gone counts as goods. */
export function needsProcessing(shop: Shop, order: Order): boolean {
  return linesOf(order).some(({ productId, variationId }) => {
    const product = shop.products.get(variationId || productId);
    return !(product?.isVirtual && product.isDownloadable);
  });
}

export function isEditable(order: Order): boolean {
  return EDITABLE.has(order.status);
}

export function needsPayment(order: Order): boolean {
  return PAYABLE.has(order.status) && order.totals.total > 0n;
}
