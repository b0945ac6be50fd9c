import { buy, type Purchase } from './buy.ts';
import { cancel, editOrder, refund, type OrderEdit, type RefundRequest } from './change-order.ts';
import { changeArticle, removeProduct } from './change-product.ts';
import type { Desk } from './desk.ts';
import type { Order } from './order.ts';
import { payOrder, setStatus } from './order-status.ts';
import { amountOf, isNumberable, newProduct, type ProductSeed } from './product-seed.ts';
import { articleBySku, type Product } from './product.ts';
import { orderIn, ShopRefusal, type Shop } from './shop.ts';

/** What changes about a product in the owner's hands. Amounts are texts. */
export type ProductEdit = {
  readonly title?: string;
  readonly price?: string;
  /** Per cent, from now on: orders keep the rate they were sold at. */
  readonly taxRate?: number;
  readonly stock?: number;
};

/** What people do in one shop. What the shop does not let them do is a `ShopRefusal`. */
export type ShopHandle = {
  readonly id: number;
  readonly name: string;
  readonly apiKey: string;
  /** A customer goes through the checkout. @returns the order's number */
  buy(purchase: Purchase): number;
  /** The payment of an order comes in. */
  pay(orderId: number): void;
  /** The owner sends an order: status `done`. */
  send(orderId: number): void;
  cancel(orderId: number): void;
  /** @returns the refund's number */
  refund(orderId: number, request: RefundRequest): number;
  edit(orderId: number, edit: OrderEdit): void;
  /** @returns the product's number */
  addProduct(product: ProductSeed): number;
  changeProduct(sku: string, edit: ProductEdit): void;
  removeProduct(productId: number): void;
  /** Pieces in stock. */
  stock(sku: string): number;
  metadata(orderId: number): Readonly<Record<string, string>>;
  /** What a client has done about sending it: money asked for, and where the parcel is. */
  shipment(orderId: number): Pick<Order, 'isCaptured' | 'tracking'>;
  /** Where webhooks go from now on. */
  listen(...urls: readonly string[]): void;
  /** The owner makes a new key; the old one is dead. */
  renewKey(): string;
  /** The owner takes the key away. */
  withdrawKey(): void;
};

export function handleOf(shop: Shop, desk: () => Desk): ShopHandle {
  const order = (id: number): Order => orderIn(shop, id);
  return {
    id: shop.id,
    name: shop.name,
    get apiKey() {
      return shop.apiKey ?? '';
    },
    buy: (purchase) => buy(desk(), purchase),
    pay: (id) => payOrder(desk(), order(id)),
    send: (id) => setStatus(desk(), order(id), { to: 'done' }),
    cancel: (id) => cancel(desk(), order(id)),
    refund: (id, request) => refund(desk(), order(id), request),
    edit: (id, edit) => editOrder(desk(), order(id), edit),
    addProduct: (product) => addProduct(desk(), product),
    changeProduct: (sku, edit) => changeProduct(desk(), sku, edit),
    removeProduct: (id) => removeProduct(desk(), id),
    stock: (sku) => stockOf(shop, sku),
    metadata: (id) => Object.fromEntries(order(id).metadata),
    shipment: (id) => {
      const { isCaptured, tracking } = order(id);
      return { isCaptured, tracking };
    },
    listen: (...urls) => {
      shop.webhookUrls = [...urls];
    },
    renewKey: () => {
      shop.apiKey = desk().chance.hex(32);
      return shop.apiKey;
    },
    withdrawKey: () => {
      shop.apiKey = null;
    },
  };
}

function addProduct(desk: Desk, seed: ProductSeed): number {
  if (!isNumberable(desk.shop, seed)) throw new ShopRefusal(`there is a product ${seed.id}`);
  const { id } = newProduct(desk.shop, seed, desk.nowMs);
  desk.tell('product.add', id);
  return id;
}

function changeProduct(desk: Desk, sku: string, edit: ProductEdit): void {
  const article = articleBySku(desk.shop.products.values(), sku);
  if (article === null || article === 'ambiguous') {
    throw new ShopRefusal(`there is no article ${sku}`);
  }
  const { title, price, taxRate, stock } = edit;
  changeArticle(desk, article, {
    ...(title === undefined ? {} : { texts: { title } satisfies Partial<Product['texts']> }),
    ...(price === undefined ? {} : { priceOre: amountOf(price) }),
    ...(taxRate === undefined ? {} : { rate: Math.round(taxRate * 100) }),
    ...(stock === undefined ? {} : { stock }),
  });
}

function stockOf(shop: Shop, sku: string): number {
  const article = articleBySku(shop.products.values(), sku);
  if (article === null || article === 'ambiguous') {
    throw new ShopRefusal(`there is no article ${sku}`);
  }
  return (article.variant ?? article.product).stock;
}
