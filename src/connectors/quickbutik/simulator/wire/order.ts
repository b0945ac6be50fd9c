import type { Choices } from '../choices.ts';
import type { Address, Customer, Line, Order, OrderStatus } from '../shop/order.ts';
import type { Component } from '../shop/product.ts';
import { totalsOf } from '../shop/totals.ts';
import { amountText } from './amounts.ts';
import type { Fields } from './fields.ts';
import { momentText } from './moment.ts';

/** Numbers of statuses; that of `cancelled` nobody has told: see `cancelledStatus`. */
const STATUS_NUMBERS: Readonly<Record<Exclude<OrderStatus, 'cancelled'>, string>> = {
  unpaid: '-1',
  paid: '1',
  done: '2',
};

/** What a list shows unless details are asked for. */
export function orderStub(order: Order, choices: Choices): Fields {
  return {
    order_id: String(order.id),
    date_created: momentText(order.createdMs),
    total_amount: amountText(totalsOf(order, choices).totalOre),
    status: statusNumber(order.status, choices),
  };
}

export type OrderView = { readonly choices: Choices; readonly withBundles: boolean };

/** Everything a client is shown of an order. It has no VAT rate and no organisation number. */
export function orderDetails(order: Order, view: OrderView): Fields {
  const { choices } = view;
  const totals = totalsOf(order, choices);
  return {
    order_id: String(order.id),
    date_created: momentText(order.createdMs),
    date_paid: order.paidMs === null ? null : momentText(order.paidMs),
    status: statusNumber(order.status, choices),
    currency: order.currency,
    items_amount: amountText(totals.itemsOre),
    shipping_amount: amountText(order.shipping.priceOre),
    shipping_id: order.shipping.id,
    shipping_name: order.shipping.name,
    discount_amount: amountText(totals.discountOre),
    tax_amount: amountText(totals.taxOre),
    total_amount: amountText(totals.totalOre),
    total_pay_amount: amountText(totals.payOre),
    total_weight: String(totals.weight),
    is_taxfree: order.isTaxfree,
    is_taxontop: order.isTaxontop,
    notes: order.notes,
    products: order.lines.map((line, index) => lineFields(line, index, view)),
    customer: customerFields(order.customer),
    paymethod: { method: order.payment.method, transaction_id: order.payment.transactionId },
    refunds: order.refunds.map(({ id, createdMs, ore }) => ({
      ...(choices.refundIds === 'given' ? { id: String(id) } : {}),
      date_created: momentText(createdMs),
      amount: amountText(ore),
    })),
  };
}

function statusNumber(status: OrderStatus, { cancelledStatus }: Choices): string {
  return status === 'cancelled' ? cancelledStatus : STATUS_NUMBERS[status];
}

function lineFields(line: Line, index: number, { choices, withBundles }: OrderView): Fields {
  const id = (value: number): string | number => (choices.ids === 'number' ? value : String(value));
  return {
    id: id(line.id),
    product_id: id(line.productId),
    variant_id: id(line.variantId),
    title: line.title,
    price: amountText(line.priceOre),
    qty: quantity(line.qty, index, choices),
    sku: line.sku,
    variant: line.variant,
    weight: String(line.weight),
    status: '1',
    image: '',
    ...(line.bundle && withBundles
      ? { app: { productpackages: line.bundle.components.map((part) => partFields(part, id)) } }
      : {}),
  };
}

function partFields(part: Component, id: (value: number) => string | number): Fields {
  return {
    product_id: id(part.productId),
    variant_id: id(part.variantId),
    title: part.title,
    variant: part.variant,
    qty: part.qty,
    sku: part.sku,
    price: amountText(part.priceOre),
  };
}

function quantity(qty: number, index: number, { quantities }: Choices): string | number {
  const isText = quantities === 'text' || (quantities === 'mixed' && index % 2 === 0);
  return isText ? String(qty) : qty;
}

function customerFields(customer: Customer): Fields {
  return {
    customer_type: customer.type,
    email: customer.email,
    phone: customer.phone,
    ...addressFields(customer.address),
    notes: customer.notes,
    shipping_details: addressFields(customer.shipping),
    billing_details: addressFields(customer.billing),
  };
}

function addressFields(address: Address): Fields {
  return { ...address };
}
