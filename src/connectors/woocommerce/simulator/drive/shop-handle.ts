import { present } from '../../../../lib/assert.ts';
import { amountOf, trimmed } from '../arithmetic/amount.ts';
import type { Fields } from '../api/fields.ts';
import { newKey } from '../auth/keys.ts';
import { orderFields, styleOf } from '../resources/order-wire.ts';
import { writeOrder } from '../resources/order-writes.ts';
import { apiOf, homeOf, sceneOf, type World } from '../server/world.ts';
import { addCoupon } from '../shop/coupons.ts';
import type { NewCoupon } from '../shop/coupon.ts';
import { addCustomer } from '../shop/customers.ts';
import type { NewCustomer } from '../shop/customer.ts';
import { buy, capture, payLater, type Purchase } from '../shop/checkout.ts';
import type { Order } from '../shop/order.ts';
import {
  askStatus,
  deleteOrder,
  giveBack,
  restoreOrder,
  saveOrder,
  trashOrder,
} from '../shop/order-life.ts';
import { addProduct, changeStock } from '../shop/products.ts';
import type { NewProduct, Product } from '../shop/product.ts';
import { leftToRefund } from '../shop/refund.ts';
import type { ApiKey } from '../shop/shop.ts';
import type { Delivery, Pending } from '../webhooks/hook-queue.ts';

/** Money back, as the owner enters it: amounts as text. */
export type OwnersRefund = {
  readonly orderId: number;
  readonly amount?: string;
  readonly reason?: string;
  readonly items?: readonly {
    readonly itemId: number;
    readonly quantity?: number;
    readonly total?: string;
    /** By the id of the rate. */
    readonly taxes?: Readonly<Record<string, string>>;
  }[];
  readonly restocks?: boolean;
  /** A refund that the gateway makes by itself. */
  readonly throughGateway?: boolean;
};

type Keys = { readonly id: number; readonly consumerKey: string; readonly consumerSecret: string };

/** A shop seen from its floor: what customers and the owner do in it. */
export type ShopHandle = ReturnType<typeof shopHandle>;

/** @throws InvariantError in each act, for what the shop does not have */
export function shopHandle(world: World) {
  const { shop } = world;
  const orderOf = (id: number): Order => present(shop.orders.get(id), `the order ${id}`);
  const scene = (): ReturnType<typeof sceneOf> => sceneOf(world);
  return {
    ...ordersOf(world, orderOf),
    ...goodsOf(world),
    /** Keys as the owner makes them under Settings › Advanced › REST API. */
    newKey(permissions: ApiKey['permissions'] = 'read_write'): Keys {
      const { id, consumerKey, consumerSecret } = newKey(scene(), permissions);
      return { id, consumerKey, consumerSecret };
    },
    /** The user of a key is no longer a manager of the shop. */
    loseRights(keyId: number): void {
      present(shop.keys.get(keyId), 'the key').isAllowed = false;
    },
    revokeKey(keyId: number): void {
      shop.keys.delete(keyId);
    },
    addCustomer: (given: NewCustomer): number => addCustomer(scene(), given).id,
    addCoupon: (given: NewCoupon): number => addCoupon(scene(), given).id,
    setOption({ id, value }: { readonly id: string; readonly value: string }): void {
      shop.options.set(id, value);
    },
    /** Sends the hooks that wait, as WP-Cron does when it comes round. */
    runHooks: (): Promise<void> => world.hooks.run(),
    pendingHooks: (): readonly Pending[] => world.hooks.pending(),
    deliveries: (): readonly Delivery[] => world.hooks.deliveries(),
  };
}

/** What happens to orders. */
function ordersOf(world: World, orderOf: (id: number) => Order) {
  const { shop } = world;
  const scene = (): ReturnType<typeof sceneOf> => sceneOf(world);
  return {
    buy: (purchase: Purchase): number => buy(scene(), purchase).id,
    /** The customer pays an order that was not paid. */
    pay: (id: number): void => payLater(scene(), orderOf(id)),
    /** Money that was reserved is drawn. */
    capture: (id: number): void => capture(scene(), orderOf(id)),
    setStatus({ id, status }: { readonly id: number; readonly status: string }): void {
      const order = orderOf(id);
      askStatus(scene(), order, status);
      saveOrder(scene(), order);
    },
    refund: (given: OwnersRefund): number => refundBy(world, orderOf(given.orderId), given),
    /** A refund is deleted, which nobody is told of. */
    deleteRefund(id: number): void {
      shop.refunds.delete(id);
    },
    /** The owner changes an order by hand, also a paid one. Fields are the API's own. */
    editOrder({ id, fields }: { readonly id: number; readonly fields: Fields }): void {
      const order = orderOf(id);
      writeOrder(scene(), order, fields);
      saveOrder(scene(), order);
    },
    /** A plugin numbers orders otherwise. */
    numberOrder({ id, number }: { readonly id: number; readonly number: string }): void {
      orderOf(id).number = number;
    },
    /** A plugin takes a gift card or a credit off the total: the lines do not say so. */
    takeOffTotal({ id, amount }: { readonly id: number; readonly amount: string }): void {
      const order = orderOf(id);
      order.totals = { ...order.totals, total: order.totals.total - amountOf(amount) };
      saveOrder(scene(), order);
    },
    trash: (id: number): void => trashOrder(scene(), orderOf(id)),
    restore: (id: number): void => restoreOrder(scene(), orderOf(id)),
    deleteForGood: (id: number): void => deleteOrder(scene(), orderOf(id)),
    /** The order as the API shows it. */
    order(id: number): Fields {
      const place = { shop, home: homeOf(world), api: apiOf(world) };
      return orderFields(orderOf(id), styleOf(place));
    },
    leftToRefund: (id: number): string => trimmed(leftToRefund(shop, orderOf(id))),
  };
}

/** What happens to products. */
function goodsOf(world: World) {
  const { shop } = world;
  const scene = (): ReturnType<typeof sceneOf> => sceneOf(world);
  const productOf = (id: number): Product => present(shop.products.get(id), `the product ${id}`);
  const save = (product: Product): void => {
    product.modifiedMs = world.clock.nowMs();
    scene().raise('product.updated', product.parentId || product.id);
  };
  return {
    addProduct: (given: NewProduct): number => addProduct(scene(), given).id,
    setStock({ id, quantity }: { readonly id: number; readonly quantity: number }): void {
      const product = productOf(id);
      product.managesStock = true;
      changeStock(scene(), product, quantity);
    },
    setPrice({ id, price }: { readonly id: number; readonly price: string }): void {
      const product = productOf(id);
      product.regularPrice = price;
      save(product);
    },
    renameProduct({ id, name }: { readonly id: number; readonly name: string }): void {
      const product = productOf(id);
      product.name = name;
      save(product);
    },
    setSku({ id, sku }: { readonly id: number; readonly sku: string }): void {
      const product = productOf(id);
      product.sku = sku;
      save(product);
    },
    deleteProduct(id: number): void {
      shop.products.delete(productOf(id).id);
      scene().raise('product.deleted', id);
    },
    stockOf: (id: number): number | null => productOf(id).stockQuantity,
    /** SKUs of all products that have one. */
    skus: (): readonly string[] =>
      [...shop.products.values()].map(({ sku }) => sku).filter((sku) => sku !== ''),
    idsOf: (sku: string): readonly number[] =>
      [...shop.products.values()].flatMap((one) => (one.sku === sku ? [one.id] : [])),
  };
}

function refundBy(world: World, order: Order, given: OwnersRefund): number {
  const { id } = giveBack(sceneOf(world), order, {
    ...(given.amount === undefined ? {} : { amount: amountOf(given.amount) }),
    reason: given.reason ?? '',
    throughGateway: given.throughGateway ?? false,
    restocks: given.restocks ?? true,
    items: (given.items ?? []).map(({ itemId, quantity = 0, total = '0', taxes = {} }) => ({
      itemId,
      quantity,
      total: amountOf(total),
      taxes: new Map(Object.entries(taxes).map(([rate, tax]) => [Number(rate), amountOf(tax)])),
    })),
  });
  return id;
}
