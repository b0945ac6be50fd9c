import { amountOf } from '../arithmetic/amount.ts';
import { reckonCart } from '../arithmetic/cart.ts';
import { placeOfTax } from '../arithmetic/rules.ts';
import { present } from '../../../../lib/assert.ts';
import { NO_ADDRESS, type Address } from './address.ts';
import { couponBy, discountBy } from './coupons.ts';
import type { Coupon } from './coupon.ts';
import { newCouponLine, newFee, newLine, newShipping } from './new-items.ts';
import { rulesOf } from './options.ts';
import type { Order } from './order.ts';
import { saveOrder, startOrder, tellOfNew } from './order-life.ts';
import { priceOf, type Product } from './product.ts';
import { productBySku, taxClassOf } from './products.ts';
import { reckonOrder } from './reckon.ts';
import { changeStatus, completePayment } from './status.ts';
import {
  nextId,
  setMeta,
  type Gateway,
  type Scene,
  type ShippingMethod,
  type Shop,
} from './shop.ts';
import type { MetaValue } from './meta.ts';
import { addNote } from './notes.ts';

/** What a customer puts in the cart and fills in. */
export type Purchase = {
  /** Each by SKU or by id: of the product, or of the variation. */
  readonly lines: readonly {
    readonly sku?: string;
    readonly productId?: number;
    readonly quantity: number;
  }[];
  readonly coupons?: readonly string[];
  readonly billing?: Partial<Address>;
  /** The billing address when absent. */
  readonly shipping?: Partial<Address>;
  /** Instance of a shipping method; none for what is not shipped. */
  readonly shippingMethod?: number;
  /** Id of a gateway. */
  readonly payment?: string;
  readonly customerId?: number;
  readonly isVatExempt?: boolean;
  /** Fees that a plugin adds, without tax: as text, negative for discounts. */
  readonly fees?: readonly {
    readonly name: string;
    readonly total: string;
    readonly isTaxable?: boolean;
  }[];
  /** What plugins of the shop write on the order. */
  readonly meta?: Readonly<Record<string, MetaValue>>;
  readonly note?: string;
  /** The payment fails; it may be paid later. */
  readonly isPaymentFailing?: boolean;
  /** Left in the cart: a draft that is not placed. */
  readonly isDraft?: boolean;
};

const SWEDISH_BUYER: Partial<Address> = {
  first_name: 'Märta',
  last_name: 'Öberg',
  address_1: 'Björkgatan 3',
  city: 'Växjö',
  postcode: '352 30',
  country: 'SE',
  email: 'marta@example.test',
  phone: '0470-12345',
};

/** A customer goes through the checkout. @throws InvariantError for what the shop does not have */
export function buy(scene: Scene, purchase: Purchase): Order {
  const { shop } = scene;
  const billing = { ...NO_ADDRESS, ...SWEDISH_BUYER, ...purchase.billing };
  const { email: _, ...same } = billing;
  const order = startOrder(scene, {
    createdVia: 'store-api',
    status: purchase.isDraft ? 'checkout-draft' : 'pending',
    customerId: purchase.customerId ?? 0,
    billing,
    shipping: purchase.shipping ?? same,
  });
  fill(scene, order, purchase);
  reckonOrder(shop, order);
  const gateway = shop.gateways.find(({ id }) => id === (purchase.payment ?? 'bacs'));
  if (purchase.isDraft) return order;
  const way = present(gateway, 'a way to pay');
  if (purchase.isPaymentFailing) failToPay(scene, order, way);
  else pay(scene, order, way);
  tellOfNew(scene, order);
  return order;
}

function fill(scene: Scene, order: Order, purchase: Purchase): void {
  const { shop } = scene;
  const rules = rulesOf(shop);
  const method = methodBy(shop, purchase.shippingMethod);
  const place = placeOfTax(rules, {
    billing: order.billing,
    shipping: order.shipping,
    isPickedUp: method?.methodId === 'local_pickup',
  });
  const bought = purchase.lines.map((line) => ({
    product: present(productIn(shop, line), 'the product that is bought'),
    quantity: line.quantity,
  }));
  const coupons = (purchase.coupons ?? []).map((code) =>
    present(couponBy(shop, code), 'the coupon'),
  );
  const isVatExempt = purchase.isVatExempt ?? false;
  const cart = reckonCart(
    {
      lines: bought.map(({ product, quantity }) => ({
        productId: product.type === 'variation' ? product.parentId : product.id,
        variationId: product.type === 'variation' ? product.id : 0,
        quantity,
        price: priceOf(product),
        taxClass: taxClassOf(shop, product),
        isTaxable: product.taxStatus === 'taxable',
      })),
      coupons: coupons.map(discountBy),
      place,
      isVatExempt,
    },
    rules,
  );
  order.items = bought.map((one, at) => newLine(shop, one, present(cart.lines[at], 'a line')));
  if (method) order.items.push(shippingItem(shop, method, order));
  for (const { name, total, isTaxable = true } of purchase.fees ?? []) {
    order.items.push(newFee(shop, { name, total: amountOf(total), taxClass: '', isTaxable }));
  }
  order.coupons = coupons.map((coupon, at) => used(shop, coupon, present(cart.coupons[at], 'it')));
  order.customerNote = purchase.note ?? '';
  setMeta(shop, order.meta, { key: 'is_vat_exempt', value: isVatExempt ? 'yes' : 'no' });
  for (const [key, value] of Object.entries(purchase.meta ?? {})) {
    setMeta(shop, order.meta, { key, value });
  }
}

function used(
  shop: Shop,
  coupon: Coupon,
  amounts: Parameters<typeof newCouponLine>[2],
): Order['coupons'][number] {
  coupon.usageCount += 1;
  return newCouponLine(shop, coupon, {
    discount: amounts.discount,
    discountTax: amounts.discountTax,
  });
}

function productIn(shop: Shop, line: Purchase['lines'][number]): Product | null {
  if (line.productId !== undefined) return shop.products.get(line.productId) ?? null;
  return productBySku(shop, line.sku ?? '');
}

function methodBy(shop: Shop, instanceId: number | undefined): ShippingMethod | null {
  const methods = shop.zones.flatMap((zone) => zone.methods);
  return methods.find((method) => method.instanceId === instanceId) ?? null;
}

function shippingItem(shop: Shop, method: ShippingMethod, order: Order): Order['items'][number] {
  const items = order.items.flatMap((item) =>
    item.kind === 'line' ? [`${item.name} &times; ${item.quantity}`] : [],
  );
  return newShipping(shop, {
    methodId: method.methodId,
    methodTitle: method.title,
    instanceId: String(method.instanceId),
    total: amountOf(method.cost),
    isTaxable: method.isTaxable,
    meta: [{ id: nextId(shop, 'meta'), key: 'Items', value: items.join(', ') }],
  });
}

/** What the checkout does once the order is there. Nothing to pay is paid. */
function pay(scene: Scene, order: Order, gateway: Gateway): void {
  order.paymentMethod = gateway.id;
  order.paymentMethodTitle = gateway.title;
  if (order.totals.total === 0n) return completePayment(scene, order);
  switch (gateway.pays) {
    case 'transfer':
      return changeStatus(scene, order, {
        to: 'on-hold',
        before: `Awaiting ${gateway.id.toUpperCase()} payment.`,
      });
    case 'on-delivery':
      return changeStatus(scene, order, {
        to: 'processing',
        before: 'Payment to be made upon delivery.',
      });
    case 'at-once':
      return completePayment(scene, order, `txn_${scene.chance.hex(16)}`);
    case 'captured':
      order.transactionId = `auth_${scene.chance.hex(16)}`;
      return changeStatus(scene, order, { to: 'on-hold', before: 'Payment authorized.' });
  }
}

function failToPay(scene: Scene, order: Order, gateway: Gateway): void {
  order.paymentMethod = gateway.id;
  order.paymentMethodTitle = gateway.title;
  changeStatus(scene, order, { to: 'failed' });
}

/** A customer pays again, or for the first time, on the order's payment page. */
export function payLater(scene: Scene, order: Order): void {
  completePayment(scene, order, `txn_${scene.chance.hex(16)}`);
  saveOrder(scene, order);
}

/** Money that was reserved is drawn: the order is paid from now on. */
export function capture(scene: Scene, order: Order): void {
  addNote(scene, order, `Payment captured (${order.transactionId}).`);
  completePayment(scene, order, order.transactionId);
  saveOrder(scene, order);
}
