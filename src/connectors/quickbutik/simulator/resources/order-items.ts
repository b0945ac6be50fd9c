import type { Call } from '../api/call.ts';
import { buy, type CustomerSeed, type PurchaseLine } from '../shop/buy.ts';
import { cancel, editOrder, type CustomerEdit, type OrderEdit } from '../shop/change-order.ts';
import { ADDRESS_TEXTS, type Address, type Order } from '../shop/order.ts';
import { checkStatus, setStatus } from '../shop/order-status.ts';
import { orderIn, ShopRefusal } from '../shop/shop.ts';
import { isGiven, objectOf, rowsOf, switchOf, textOf, textsIn, wholeOf } from '../wire/fields.ts';
import type { Fields } from '../wire/fields.ts';

/**
 * One item of `POST /orders`. A new order is always unpaid.
 *
 * The answer is not documented: it has the shape of PUT's, and `order_id` beside it.
 */
export function placeOrder({ desk }: Call, item: Fields): Fields {
  if (textOf(item, 'order_id') !== 'create') throw new ShopRefusal('order_id must be "create"');
  const [payment, shipping] = [objectOf(item, 'payment'), objectOf(item, 'shipping')];
  const currency = textOf(payment, 'currency');
  const id = buy(desk, {
    lines: linesIn([...rowsOf(item, 'products'), ...rowsOf(item, 'products_add')]),
    customer: customerIn(objectOf(item, 'customer')),
    shipping: textsIn(shipping, ['id', 'name', 'price']),
    payment: {
      method: textOf(payment, 'method'),
      transactionId: textOf(payment, 'transaction_id'),
    },
    ...(currency === '' ? {} : { currency }),
    isPaid: false,
  });
  return { order_id: String(id) };
}

const STATUSES = ['paid', 'done', 'cancelled', 'unpaid'] as const;

/** One item of `PUT /orders`: all of it or nothing. What is in it changes before its status. */
export function updateOrder({ desk }: Call, item: Fields): Fields {
  const order = orderIn(desk.shop, wholeOf(item, 'order_id') ?? 0);
  const edit = editIn(item);
  const word = textOf(item, 'status');
  const to = STATUSES.find((one) => one === word);
  if (word !== '' && to === undefined) throw new ShopRefusal(`${word} is no status`);
  if (to !== undefined) checkStatus(order, to);
  if (edit !== null) editOrder(desk, order, edit);
  setShippingInfo(order, objectOf(item, 'shipping_info'));
  setPayment(order, objectOf(item, 'payment'));
  if (to === undefined) return {};
  const isSilent = switchOf(item, 'skip_webhook') ?? false;
  if (to === 'cancelled') cancel(desk, order, { isSilent });
  else
    setStatus(desk, order, {
      to,
      isSilent,
      captures: switchOf(item, 'paymethod_activate') ?? true,
    });
  return {};
}

/** @returns null when the item changes nothing but status, payment and shipment */
function editIn(item: Fields): OrderEdit | null {
  const off = textOf(objectOf(item, 'discount_add'), 'amount');
  const customer = objectOf(item, 'customer');
  const removed = rowsOf(item, 'products_remove').map((row) => wholeOf(row, 'id') ?? 0);
  const edit: OrderEdit = {
    ...(isGiven(item, 'products') ? { lines: linesIn(rowsOf(item, 'products')) } : {}),
    ...(isGiven(item, 'products_add') ? { addLines: linesIn(rowsOf(item, 'products_add')) } : {}),
    ...(removed.length > 0 ? { removeLines: removed } : {}),
    ...(off === '' ? {} : { discount: off }),
    ...(switchOf(item, 'discount_remove') === true ? { discount: null } : {}),
    ...(Object.keys(customer).length > 0 ? { customer: customerIn(customer) } : {}),
  };
  return Object.keys(edit).length > 0 ? edit : null;
}

function linesIn(rows: readonly Fields[]): PurchaseLine[] {
  return rows.map((row) => {
    const productId = wholeOf(row, 'product_id');
    const price = textOf(row, 'price');
    return {
      ...(productId === null
        ? { sku: textOf(row, 'sku') }
        : { productId, variantId: wholeOf(row, 'variant_id') ?? 0 }),
      qty: wholeOf(row, 'qty') ?? 1,
      ...(price === '' ? {} : { price }),
    };
  });
}

/** Where an order shows `customer_type` and `full_name`, a request says `type` and both names. */
function customerIn(fields: Fields): CustomerSeed & CustomerEdit {
  const [shipping, billing] = [
    objectOf(fields, 'shipping_details'),
    objectOf(fields, 'billing_details'),
  ];
  const type = textOf(fields, 'type');
  const note = textOf(fields, 'note');
  const address = { ...addressIn(billing), ...addressIn(fields) };
  return {
    ...textsIn(fields, ['email', 'phone']),
    ...(type === 'consumer' || type === 'company' ? { type } : {}),
    ...(note === '' ? {} : { notes: note }),
    ...(Object.keys(address).length > 0 ? { address } : {}),
    ...(Object.keys(shipping).length > 0 ? { shipping: addressIn(shipping) } : {}),
    ...(Object.keys(billing).length > 0 ? { billing: addressIn(billing) } : {}),
  };
}

function addressIn(fields: Fields): Partial<Address> {
  const names = [textOf(fields, 'firstname'), textOf(fields, 'lastname')].filter((name) => name);
  return {
    ...(names.length > 0 ? { full_name: names.join(' ') } : {}),
    ...textsIn(fields, ADDRESS_TEXTS),
  };
}

function setShippingInfo(order: Order, fields: Fields): void {
  if (Object.keys(fields).length === 0) return;
  order.tracking = { number: textOf(fields, 'trackingnumber'), company: textOf(fields, 'company') };
}

function setPayment(order: Order, fields: Fields): void {
  const { method, transaction_id: transactionId } = textsIn(fields, ['method', 'transaction_id']);
  order.payment = {
    method: method ?? order.payment.method,
    transactionId: transactionId ?? order.payment.transactionId,
  };
}
