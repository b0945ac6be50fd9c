import { amountText } from '../wire/amounts.ts';
import { linesOf, moveStock, numbered, type PurchaseLine } from './buy.ts';
import type { Desk } from './desk.ts';
import type { Address, Customer, Order } from './order.ts';
import { setStatus, type StatusChange } from './order-status.ts';
import { amountOf } from './product-seed.ts';
import { articleBySku, takeStock } from './product.ts';
import { ShopRefusal } from './shop.ts';
import { refundableOre, totalsOf } from './totals.ts';

/** What an owner changes in an order, at any time, whatever has become of it. No event tells. */
export type OrderEdit = {
  /** Replace all lines. */
  readonly lines?: readonly PurchaseLine[];
  readonly addLines?: readonly PurchaseLine[];
  /** Line ids. */
  readonly removeLines?: readonly number[];
  /** Added to the discount there is; `null` takes all discount away. */
  readonly discount?: string | null;
  readonly customer?: CustomerEdit;
  readonly notes?: string;
};

export type CustomerEdit = Partial<Pick<Customer, 'type' | 'email' | 'phone' | 'notes'>> & {
  readonly address?: Partial<Address>;
  readonly shipping?: Partial<Address>;
  readonly billing?: Partial<Address>;
};

/**
 * All of the changes or none.
 *
 * @throws ShopRefusal when an article or a line is not there, or it comes to less than 0
 */
export function editOrder(desk: Desk, order: Order, edit: OrderEdit): void {
  const kept = edit.lines === undefined ? keptLines(order, edit.removeLines ?? []) : [];
  const added = [...(edit.lines ?? []), ...(edit.addLines ?? [])];
  const customer = edit.customer ? editedCustomer(order.customer, edit.customer) : order.customer;
  const fresh = added.length > 0 ? linesOf(desk.shop, { customer }, added) : [];
  const lines = [...kept, ...fresh];
  if (lines.length === 0) throw new ShopRefusal('an order has at least one line');
  const off = edit.discount === undefined ? '0' : edit.discount;
  const discountOre = off === null ? 0 : order.discountOre + amountOf(off);
  if (totalsOf({ ...order, lines, discountOre }, desk.choices).payOre < 0) {
    throw new ShopRefusal('the discount is larger than the order');
  }
  moveStock(
    desk,
    order.lines.filter((line) => !kept.includes(line)),
    -1,
  );
  moveStock(desk, fresh, 1);
  order.lines = numbered(desk.shop, lines);
  order.discountOre = discountOre;
  order.customer = customer;
  order.notes = edit.notes ?? order.notes;
  touch(desk, order);
}

export type RefundRequest = {
  readonly amount: string;
  /** Articles that come back into stock. A refund itself names none. */
  readonly returned?: readonly { readonly sku: string; readonly qty: number }[];
};

/**
 * Pays some or all of the money back. It stands in `refunds`; no event tells.
 *
 * @throws ShopRefusal when it is not paid, or more than is left is asked for
 */
export function refund(desk: Desk, order: Order, request: RefundRequest): number {
  const { shop } = desk;
  const ore = amountOf(request.amount);
  const left = refundableOre(order, desk.choices);
  if (order.paidMs === null) throw new ShopRefusal(`order ${order.id} is not paid`);
  if (ore <= 0 || ore > left) {
    throw new ShopRefusal(`${request.amount} cannot be paid back: ${amountText(left)} is left`);
  }
  const returned = (request.returned ?? []).map(({ sku, qty }) => {
    const article = articleBySku(shop.products.values(), sku);
    if (article === null || article === 'ambiguous') {
      throw new ShopRefusal(`there is no article ${sku}`);
    }
    return { article, qty };
  });
  for (const { article, qty } of returned) takeStock(shop.products, article, -qty);
  const id = shop.next.refund;
  shop.next.refund += 1;
  order.refunds.push({ id, createdMs: desk.nowMs, ore });
  touch(desk, order);
  return id;
}

/** Cancels it and puts what was sold back into stock. Money is paid back apart from it. */
export function cancel(desk: Desk, order: Order, how: Omit<StatusChange, 'to'> = {}): void {
  setStatus(desk, order, { ...how, to: 'cancelled' });
  moveStock(desk, order.lines, -1);
}

function keptLines(order: Order, removed: readonly number[]): Order['lines'] {
  const missing = removed.filter((id) => !order.lines.some((line) => line.id === id));
  if (missing.length > 0) throw new ShopRefusal(`there is no line ${missing.join(', ')}`);
  return order.lines.filter(({ id }) => !removed.includes(id));
}

function editedCustomer(customer: Customer, edit: CustomerEdit): Customer {
  return {
    ...customer,
    ...edit,
    address: { ...customer.address, ...edit.address },
    shipping: { ...customer.shipping, ...edit.shipping },
    billing: { ...customer.billing, ...edit.billing },
  };
}

function touch({ choices, nowMs }: Desk, order: Order): void {
  if (choices.statusDate === 'any-change') order.statusMs = nowMs;
}
