import { amountOf } from '../arithmetic/amount.ts';
import { has, numberOf, partOf, rowsOf, textOf, type Fields } from '../api/fields.ts';
import { badChoice } from '../api/listing.ts';
import { invalidParameters, refuse } from '../api/refusal.ts';
import { changedAddress } from '../shop/address.ts';
import { couponBy } from '../shop/coupons.ts';
import { netPrice, newCouponLine, newFee, newLine, newShipping } from '../shop/new-items.ts';
import type { LineItem, Order, OrderItem } from '../shop/order.ts';
import { addItem } from '../shop/order-life.ts';
import { productBySku } from '../shop/products.ts';
import type { Product } from '../shop/product.ts';
import { reckonOrder, takeCoupons } from '../shop/reckon.ts';
import { setMeta, type Scene, type Shop } from '../shop/shop.ts';
import type { Meta, MetaValue } from '../shop/meta.ts';

const ITEM_LISTS = ['line_items', 'shipping_lines', 'fee_lines', 'coupon_lines'];

/** Writes all of a body into an order but its status and payment. Sums follow where they must. */
export function writeOrder(scene: Scene, order: Order, body: Fields): void {
  const { shop } = scene;
  checkReferences(shop, body);
  if (has(body, 'currency')) order.currency = textOf(body, 'currency');
  if (has(body, 'customer_id')) order.customerId = numberOf(body, 'customer_id');
  if (has(body, 'customer_note')) order.customerNote = textOf(body, 'customer_note');
  order.billing = changedAddress(order.billing, partOf(body, 'billing'));
  order.shipping = changedAddress(order.shipping, partOf(body, 'shipping'));
  if (has(body, 'payment_method')) order.paymentMethod = textOf(body, 'payment_method');
  if (has(body, 'payment_method_title')) {
    order.paymentMethodTitle = textOf(body, 'payment_method_title');
  }
  if (has(body, 'transaction_id')) order.transactionId = textOf(body, 'transaction_id');
  writeMeta(shop, order.meta, body);
  for (const row of rowsOf(body, 'line_items')) writeLine(shop, order, row);
  for (const row of rowsOf(body, 'shipping_lines')) writeShipping(shop, order, row);
  for (const row of rowsOf(body, 'fee_lines')) writeFee(shop, order, row);
  if (ITEM_LISTS.some((name) => has(body, name)) || order.items.length === 0) {
    reckonOrder(shop, order);
  }
  if (has(body, 'coupon_lines')) writeCoupons(shop, order, rowsOf(body, 'coupon_lines'));
}

/** Refused before anything is written. */
function checkReferences(shop: Shop, body: Fields): void {
  if (has(body, 'status')) {
    const bad = badChoice('status', textOf(body, 'status'), [
      'auto-draft',
      ...shop.statuses.keys(),
    ]);
    if (bad) throw invalidParameters([bad]);
  }
  const customer = numberOf(body, 'customer_id');
  if (customer !== 0 && !shop.customers.has(customer)) {
    refuse(400, 'woocommerce_rest_invalid_customer_id', 'Customer ID is invalid.');
  }
  for (const row of rowsOf(body, 'line_items')) {
    if (!has(row, 'id') && !isRemoval(row)) productFor(shop, row);
  }
  for (const row of rowsOf(body, 'coupon_lines')) {
    const code = textOf(row, 'code');
    if (row['code'] === null) continue;
    if (code === '') {
      refuse(400, 'woocommerce_rest_invalid_coupon', 'Coupon code is required.');
    }
    if (couponBy(shop, code) === null) {
      refuse(400, 'woocommerce_rest_invalid_coupon', `Coupon "${code}" does not exist!`);
    }
  }
}

/** `meta_data`: by id or by key in place, and with null away. */
export function writeMeta(shop: Shop, metas: Meta[], body: Fields): void {
  for (const row of rowsOf(body, 'meta_data')) {
    const id = numberOf(row, 'id');
    const at = metas.findIndex((meta) => (id === 0 ? meta.key === row['key'] : meta.id === id));
    const known = metas[at];
    const value: MetaValue = row['value'] ?? null;
    if (value === null) {
      if (known) metas.splice(at, 1);
    } else if (known && id !== 0) {
      metas[at] = { id, key: has(row, 'key') ? textOf(row, 'key') : known.key, value };
    } else setMeta(shop, metas, { key: textOf(row, 'key'), value });
  }
}

/** A line without id is a new one, also when there is one of the same product. */
function writeLine(shop: Shop, order: Order, row: Fields): void {
  const known = itemBy(order, row, 'line');
  if (known && isRemoval(row)) return remove(order, known);
  if (isRemoval(row)) return;
  const line = known?.kind === 'line' ? known : addedLine(shop, order, row);
  if (has(row, 'name')) line.name = textOf(row, 'name');
  if (has(row, 'quantity')) line.quantity = Math.trunc(numberOf(row, 'quantity'));
  if (has(row, 'subtotal')) line.subtotal = amountOf(row['subtotal']);
  if (has(row, 'total')) line.total = amountOf(row['total']);
  writeMeta(shop, line.meta, row);
}

function addedLine(shop: Shop, order: Order, row: Fields): LineItem {
  const product = productFor(shop, row);
  const quantity = has(row, 'quantity') ? Math.trunc(numberOf(row, 'quantity')) : 1;
  const net = netPrice(shop, { product, quantity });
  const line = newLine(shop, { product, quantity }, { subtotal: net, total: net });
  addItem(order, line);
  return line;
}

function productFor(shop: Shop, row: Fields): Product {
  const id = numberOf(row, 'variation_id') || numberOf(row, 'product_id');
  const sku = textOf(row, 'sku');
  if (id === 0 && sku === '') {
    const code = 'woocommerce_rest_required_product_reference';
    refuse(400, code, 'Product ID or SKU is required.');
  }
  const product = sku === '' ? shop.products.get(id) : productBySku(shop, sku);
  return product ?? refuse(400, 'woocommerce_rest_invalid_product_id', 'Invalid product ID.');
}

function writeShipping(shop: Shop, order: Order, row: Fields): void {
  const known = itemBy(order, row, 'shipping');
  if (row['method_id'] === null) {
    if (known) remove(order, known);
    return;
  }
  if (known?.kind === 'shipping') {
    if (has(row, 'method_title')) known.methodTitle = textOf(row, 'method_title');
    if (has(row, 'method_id')) known.methodId = textOf(row, 'method_id');
    if (has(row, 'total')) known.total = amountOf(row['total']);
    return;
  }
  if (textOf(row, 'method_id') === '') {
    refuse(400, 'woocommerce_rest_invalid_shipping_item', 'Shipping method ID is required.');
  }
  const total = amountOf(row['total']);
  const [methodId, methodTitle] = [textOf(row, 'method_id'), textOf(row, 'method_title')];
  addItem(order, newShipping(shop, { methodId, methodTitle, instanceId: '', total }));
}

function writeFee(shop: Shop, order: Order, row: Fields): void {
  const known = itemBy(order, row, 'fee');
  if (row['name'] === null) {
    if (known) remove(order, known);
    return;
  }
  if (known?.kind === 'fee') {
    if (has(row, 'name')) known.name = textOf(row, 'name');
    if (has(row, 'total')) known.total = amountOf(row['total']);
    return;
  }
  if (textOf(row, 'name') === '') {
    refuse(400, 'woocommerce_rest_invalid_fee_item', 'Fee name is required.');
  }
  const [name, taxClass] = [textOf(row, 'name'), textOf(row, 'tax_class')];
  const isTaxable = textOf(row, 'tax_status') !== 'none';
  addItem(order, newFee(shop, { name, taxClass, isTaxable, total: amountOf(row['total']) }));
}

/** All codes that the order shall have: those that are not named are taken away. */
function writeCoupons(shop: Shop, order: Order, rows: readonly Fields[]): void {
  const codes = rows.map((row) => textOf(row, 'code').toLowerCase()).filter(Boolean);
  order.coupons = codes.flatMap((code) => {
    const known = order.coupons.find((one) => one.code === code);
    const coupon = couponBy(shop, code);
    if (known || !coupon) return known ?? [];
    coupon.usageCount += 1;
    return newCouponLine(shop, coupon, { discount: 0n, discountTax: 0n });
  });
  takeCoupons(shop, order);
  reckonOrder(shop, order);
}

/** The item of an id. @throws Refused when the order has none of that id and kind */
function itemBy(order: Order, row: Fields, kind: OrderItem['kind']): OrderItem | null {
  if (!has(row, 'id')) return null;
  const id = numberOf(row, 'id');
  const item = order.items.find((one) => one.id === id && one.kind === kind);
  if (item) return item;
  const text = 'Order item ID provided is not associated with order.';
  return refuse(400, 'woocommerce_rest_invalid_item_id', text);
}

function isRemoval(row: Fields): boolean {
  return row['product_id'] === null || row['name'] === null || row['quantity'] === 0;
}

function remove(order: Order, item: OrderItem): void {
  order.items = order.items.filter((one) => one !== item);
}

const QUIET = new Set(['id', 'meta_data', 'transaction_id', 'set_paid', 'date_paid']);

/** Whether posts notice a change: much of an order stands in their meta. */
export function isVisibleChange(body: Fields): boolean {
  return Object.keys(body).some((name) => !QUIET.has(name));
}
