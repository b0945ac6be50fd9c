import type { Json } from '../../../../lib/json.ts';
import { amountOf, fixed, numberFrom, trimmed, type Amount } from '../arithmetic/amount.ts';
import type { Fields } from '../api/fields.ts';
import { shippingFields } from '../shop/address.ts';
import { decimalsOf } from '../shop/options.ts';
import type {
  FeeItem,
  LineItem,
  Note,
  Order,
  OrderItem,
  Refund,
  ShippingItem,
  TaxLine,
} from '../shop/order.ts';
import { twins } from '../shop/place-and-time.ts';
import { refundsOf } from '../shop/refund.ts';
import { isEditable, needsPayment, needsProcessing } from '../shop/status.ts';
import type { Meta } from '../shop/meta.ts';
import type { Shop } from '../shop/shop.ts';
import { symbolOf } from './currencies.ts';
import { CHANGEABLE, DELETABLE, linksOf } from './links.ts';

/** How objects are written: with how many decimals, and with which addresses in their links. */
export type Style = {
  readonly shop: Shop;
  readonly home: string;
  readonly api: string;
  /** `dp` of the request, or the decimals of the shop. */
  readonly places: number;
};

type Place = { readonly shop: Shop; readonly home: string; readonly api: string };

export function styleOf({ shop, home, api }: Place, dp?: string): Style {
  const isGiven = dp !== undefined && /^\d+$/.test(dp);
  return { shop, home, api, places: isGiven ? Math.min(Number(dp), 16) : decimalsOf(shop) };
}

export function orderFields(order: Order, style: Style): Fields {
  const { shop, places, api, home } = style;
  const { totals } = order;
  const money = (amount: Amount): string => fixed(amount, places);
  const created = twins('date_created', order.createdMs, shop.zone);
  const modified = twins('date_modified', order.modifiedMs, shop.zone);
  const completed = twins('date_completed', order.completedMs, shop.zone);
  const paid = twins('date_paid', order.paidMs, shop.zone);
  const pay = `${home}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.orderKey}`;
  return {
    id: order.id,
    parent_id: order.parentId,
    status: order.status,
    currency: order.currency,
    version: order.version,
    prices_include_tax: order.pricesIncludeTax,
    date_created: created['date_created'],
    date_modified: modified['date_modified'],
    discount_total: money(totals.discountTotal),
    discount_tax: money(totals.discountTax),
    shipping_total: money(totals.shippingTotal),
    shipping_tax: money(totals.shippingTax),
    cart_tax: money(totals.cartTax),
    total: money(totals.total),
    total_tax: money(totals.totalTax),
    customer_id: order.customerId,
    order_key: order.orderKey,
    billing: { ...order.billing },
    shipping: shippingFields(order.shipping),
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethodTitle,
    transaction_id: order.transactionId,
    customer_ip_address: order.createdVia === 'rest-api' ? '' : '127.0.0.1',
    customer_user_agent: order.createdVia === 'rest-api' ? '' : 'Mozilla/5.0',
    created_via: order.createdVia,
    customer_note: order.customerNote,
    date_completed: completed['date_completed'],
    date_paid: paid['date_paid'],
    cart_hash: order.cartHash,
    number: order.number,
    meta_data: metaFields(order.meta),
    ...itemLists(order.items, order.taxLines, style),
    coupon_lines: order.coupons.map(couponFields),
    refunds: refundsOf(shop, order)
      .reverse()
      .map((refund) => refundSummary(refund, style)),
    payment_url: pay,
    is_editable: isEditable(order),
    needs_payment: needsPayment(order),
    needs_processing: needsProcessing(shop, order),
    date_created_gmt: created['date_created_gmt'],
    date_modified_gmt: modified['date_modified_gmt'],
    date_completed_gmt: completed['date_completed_gmt'],
    date_paid_gmt: paid['date_paid_gmt'],
    currency_symbol: symbolOf(order.currency),
    _links: {
      ...linksOf({ api, collection: 'orders', id: order.id, allow: CHANGEABLE }),
      email_templates: [
        { embeddable: true, href: `${api}/orders/${order.id}/actions/email_templates` },
      ],
    },
  };
}

export function refundFields(refund: Refund, style: Style): Fields {
  const { shop, places, api } = style;
  const { line_items, shipping_lines, fee_lines, tax_lines } = itemLists(
    refund.items,
    refund.taxLines,
    style,
  );
  return {
    id: refund.id,
    ...twins('date_created', refund.createdMs, shop.zone),
    amount: fixed(refund.amount, places),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.isPaidBack,
    meta_data: metaFields(refund.meta),
    line_items,
    shipping_lines,
    tax_lines,
    fee_lines,
    _links: linksOf({
      api,
      collection: `orders/${refund.orderId}/refunds`,
      id: refund.id,
      allow: DELETABLE,
      up: `orders/${refund.orderId}`,
    }),
  };
}

/** As an order lists its refunds. Version 9 did not say the tax. */
function refundSummary(refund: Refund, { shop, places }: Style): Fields {
  const { id, reason, amount, totalTax } = refund;
  const tax = { total_tax: fixed(totalTax, places) };
  const isOld = Number(shop.version.split('.')[0]) < 10;
  return { id, reason, total: fixed(-amount, places), ...(isOld ? {} : tax) };
}

export function noteFields(note: Note, order: Order, { shop, api }: Style): Fields {
  return {
    id: note.id,
    author: note.author,
    ...twins('date_created', note.atMs, shop.zone),
    note: note.text,
    customer_note: note.isForCustomer,
    _links: linksOf({
      api,
      collection: `orders/${order.id}/notes`,
      id: note.id,
      allow: DELETABLE,
      up: `orders/${order.id}`,
    }),
  };
}

type Lists = Record<'line_items' | 'tax_lines' | 'shipping_lines' | 'fee_lines', Json>;

function itemLists(items: readonly OrderItem[], taxes: readonly TaxLine[], style: Style): Lists {
  return {
    line_items: items.flatMap((item) => (item.kind === 'line' ? [lineFields(item, style)] : [])),
    tax_lines: taxes.map((tax) => taxLineFields(tax, style)),
    shipping_lines: items.flatMap((item) =>
      item.kind === 'shipping' ? [shippingLineFields(item, style)] : [],
    ),
    fee_lines: items.flatMap((item) => (item.kind === 'fee' ? [feeFields(item, style)] : [])),
  };
}

function lineFields(line: LineItem, style: Style): Fields {
  const { shop, places } = style;
  const product = shop.products.get(line.variationId || line.productId);
  const parent = product?.type === 'variation' ? shop.products.get(product.parentId) : undefined;
  return {
    id: line.id,
    name: line.name,
    // A product that was deleted is 0 from then on.
    product_id: product ? line.productId : 0,
    variation_id: product ? line.variationId : 0,
    quantity: line.quantity,
    tax_class: line.taxClass,
    subtotal: fixed(line.subtotal, places),
    subtotal_tax: fixed(line.subtotalTax, places),
    total: fixed(line.total, places),
    total_tax: fixed(line.totalTax, places),
    taxes: taxFields(line, places),
    meta_data: itemMeta(line, shop),
    sku: product ? product.sku : null,
    global_unique_id: product?.globalUniqueId ?? '',
    price: line.quantity === 0 ? 0 : numberFrom(line.total) / line.quantity,
    image: { id: '', src: '' },
    parent_name: parent?.name ?? null,
  };
}

function shippingLineFields(line: ShippingItem, { shop, places }: Style): Fields {
  return {
    id: line.id,
    method_title: line.methodTitle,
    method_id: line.methodId,
    instance_id: line.instanceId,
    total: fixed(line.total, places),
    total_tax: fixed(line.totalTax, places),
    taxes: taxFields(line, places),
    tax_status: line.isTaxable ? 'taxable' : 'none',
    meta_data: itemMeta(line, shop),
  };
}

function feeFields(fee: FeeItem, { shop, places }: Style): Fields {
  return {
    id: fee.id,
    name: fee.name,
    tax_class: fee.taxClass,
    tax_status: fee.isTaxable ? 'taxable' : 'none',
    amount: '',
    total: fixed(fee.total, places),
    total_tax: fixed(fee.totalTax, places),
    taxes: taxFields(fee, places),
    meta_data: itemMeta(fee, shop),
  };
}

function taxFields(item: OrderItem, places: number): Json {
  return [...item.taxes].map(([id, { total, subtotal }]) => ({
    id,
    total: fixed(total, places),
    subtotal: subtotal === null ? '' : fixed(subtotal, places),
  }));
}

function taxLineFields(tax: TaxLine, { places }: Style): Fields {
  return {
    id: tax.id,
    rate_code: tax.rateCode,
    rate_id: tax.rateId,
    label: tax.label,
    compound: tax.isCompound,
    tax_total: fixed(tax.cart, places),
    shipping_tax_total: fixed(tax.shipping, places),
    rate_percent: numberFrom(tax.percent),
    meta_data: [],
  };
}

/** Amounts of a coupon's line are as they were stored, without zeros at their end. */
function couponFields(line: Order['coupons'][number]): Fields {
  const amount = numberFrom(amountOf(line.amount));
  const type = line.type === 'fixed_cart' ? null : line.type;
  const info = [line.couponId, line.code, type, amount, ...(line.freeShipping ? [true] : [])];
  const value = JSON.stringify(info);
  const key = 'coupon_info';
  return {
    id: line.id,
    code: line.code,
    discount: trimmed(line.discount),
    discount_tax: trimmed(line.discountTax),
    meta_data: [{ id: line.metaId, key, value, display_key: key, display_value: value }],
    discount_type: line.type,
    nominal_amount: amount,
    free_shipping: line.freeShipping,
  };
}

export function metaFields(metas: readonly Meta[]): Json {
  return metas.map(({ id, key, value }) => ({ id, key, value }));
}

/** An item's meta, named as the shop shows it: attributes of variations by their names. */
function itemMeta(item: OrderItem, shop: Shop): Json {
  const product =
    item.kind === 'line' ? shop.products.get(item.variationId || item.productId) : undefined;
  return item.meta.map(({ id, key, value }) => {
    const attribute = product?.attributes.find(({ slug }) => slug === key);
    const shown = typeof attribute?.['name'] === 'string' ? attribute['name'] : key;
    return { id, key, value, display_key: shown, display_value: value };
  });
}
