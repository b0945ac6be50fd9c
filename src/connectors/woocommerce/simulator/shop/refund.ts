import { amountOf, fixed, roundTo, sum, type Amount } from '../arithmetic/amount.ts';
import { addUp, type Item, type ItemTax } from '../arithmetic/totals.ts';
import { lineTax } from '../arithmetic/rules.ts';
import { refuse } from '../api/refusal.ts';
import { addNote } from './notes.ts';
import { decimalsOf, rulesOf } from './options.ts';
import type { LineItem, Order, OrderItem, Refund } from './order.ts';
import { taxLines } from './reckon.ts';
import { nextId, type Scene, type Shop } from './shop.ts';
import { restock } from './stock-moves.ts';

/** What is given back of one item of the order. Amounts are positive, as a person enters them. */
export type RefundedItem = {
  readonly itemId: number;
  readonly quantity: number;
  readonly total: Amount;
  /** By the id of the rate. */
  readonly taxes: ReadonlyMap<number, Amount>;
};

export type NewRefund = {
  /** All of it; the sum of the items when absent. It counts, also when the items say otherwise. */
  readonly amount?: Amount;
  readonly reason?: string;
  readonly items?: readonly RefundedItem[];
  /** Whether the gateway is asked to send the money. */
  readonly throughGateway?: boolean;
  readonly restocks?: boolean;
};

export type Refunding = { readonly refund: Refund; readonly isFull: boolean };

/** `WP_Error`s of a refund all come with this code, and with 500. */
const CODE = 'woocommerce_rest_cannot_create_order_refund';

/**
 * Makes a refund. Only the money decides whether it is a full one; what the lines say does not
 * matter to that. A full one leaves the order's status to the caller.
 *
 * @throws Refused when it is more than is left, or the gateway cannot send money back
 */
export function makeRefund(scene: Scene, order: Order, given: NewRefund): Refunding {
  const { shop, nowMs } = scene;
  const items = given.items ?? [];
  const amount = roundTo(given.amount ?? sum(items.map(sumOf)), decimalsOf(shop));
  const left = leftToRefund(shop, order);
  if (amount < 0n || amount > left) refuse(500, CODE, 'Invalid refund amount.');
  const gateway = shop.gateways.find(({ id }) => id === order.paymentMethod);
  if (given.throughGateway && !gateway?.supports.includes('refunds')) {
    const text = 'The payment gateway for this order does not support automatic refunds.';
    refuse(500, CODE, text);
  }
  const isFull = amount === left;
  const taken = items.flatMap((item) => negative(shop, order, item));
  const refund: Refund = {
    id: nextId(shop, 'post'),
    orderId: order.id,
    createdMs: nowMs,
    amount,
    reason: given.reason ?? '',
    isPaidBack: given.throughGateway ?? false,
    meta: [{ id: nextId(shop, 'meta'), key: '_refund_type', value: isFull ? 'full' : 'partial' }],
    items: taken,
    ...taxesOfRefund(shop, taken),
  };
  shop.refunds.set(refund.id, refund);
  order.refundIds.push(refund.id);
  if (given.restocks) putBack(scene, order, items);
  return { refund, isFull };
}

/** The status was set to refunded: whatever is left is one refund without lines or tax. */
export function refundTheRest(scene: Scene, order: Order): void {
  const amount = leftToRefund(scene.shop, order);
  if (amount <= 0n) return;
  makeRefund(scene, order, { amount, reason: 'Order fully refunded.' });
  const text =
    'Order status set to refunded. To return funds to the customer you will need to issue a ' +
    'refund through your payment gateway.';
  addNote(scene, order, text);
}

/** Newest first, as orders list them the other way round. */
export function refundsOf(shop: Shop, order: Order): Refund[] {
  return order.refundIds.flatMap((id) => shop.refunds.get(id) ?? []).reverse();
}

export function leftToRefund(shop: Shop, order: Order): Amount {
  return order.totals.total - sum(refundsOf(shop, order).map(({ amount }) => amount));
}

function sumOf({ total, taxes }: RefundedItem): Amount {
  return total + sum(taxes.values());
}

/** An item of a refund; none when nothing is given back of it. */
function negative(shop: Shop, order: Order, given: RefundedItem): OrderItem[] {
  const item = order.items.find(({ id }) => id === given.itemId);
  const isNothing = given.quantity === 0 && given.total === 0n && given.taxes.size === 0;
  if (!item || isNothing) return [];
  const rules = rulesOf(shop);
  const total = -roundTo(given.total, rules.decimals);
  const taxes = new Map<number, ItemTax>(
    [...given.taxes].map(([id, tax]) => {
      const back = amountOf(fixed(-tax, rules.decimals));
      return [id, { total: back, subtotal: item.kind === 'line' ? back : null }];
    }),
  );
  const totalTax = sum([...taxes.values()].map((tax) => lineTax(rules, tax.total)));
  const money: Pick<Item, 'total' | 'subtotal' | 'taxes' | 'totalTax' | 'subtotalTax'> = {
    total,
    subtotal: item.kind === 'line' ? total : 0n,
    taxes,
    totalTax,
    subtotalTax: item.kind === 'line' ? totalTax : 0n,
  };
  const kept = {
    ...money,
    id: nextId(shop, 'item'),
    meta: [{ id: nextId(shop, 'meta'), key: '_refunded_item_id', value: String(item.id) }],
  };
  if (item.kind === 'line') return [{ ...item, ...kept, quantity: -given.quantity }];
  return [item.kind === 'fee' ? { ...item, ...kept } : { ...item, ...kept }];
}

function taxesOfRefund(
  shop: Shop,
  items: readonly OrderItem[],
): Pick<Refund, 'taxLines' | 'totalTax'> {
  const { taxes, totalTax } = addUp(items, rulesOf(shop));
  return { taxLines: taxLines(shop, taxes), totalTax };
}

function putBack(scene: Scene, order: Order, items: readonly RefundedItem[]): void {
  for (const { itemId, quantity } of items) {
    const line = order.items.find(
      (item): item is LineItem => item.id === itemId && item.kind === 'line',
    );
    if (line) restock(scene, order, { line, count: quantity });
  }
}
