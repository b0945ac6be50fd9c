import type { Order } from './order.ts';
import type { Product } from './product.ts';

/** One shop: what one API key opens. */
export type Shop = {
  readonly id: number;
  readonly name: string;
  /** User name and password at once. Null when the owner has withdrawn it. */
  apiKey: string | null;
  readonly currency: string;
  /** Rates of other countries for goods sold to consumers there: `DE`, 2500 → 1900. */
  readonly foreignRates: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly products: Map<number, Product>;
  readonly orders: Map<number, Order>;
  readonly categories: Map<number, string>;
  readonly paymentMethods: readonly PaymentMethod[];
  readonly shippingMethods: readonly ShippingMethod[];
  /** Where webhooks go; empty for nowhere. Settings → Webhooks. */
  webhookUrls: string[];
  readonly next: NextNumbers;
};

/** The numbers that the next of each will have. Variants are numbered with products. */
export type NextNumbers = {
  order: number;
  line: number;
  refund: number;
  product: number;
  category: number;
};

export type PaymentMethod = {
  readonly methodId: string;
  /** `1` consumers, `2` companies, `3` both: inferred, only 3 was seen. */
  readonly customerType: string;
};

export type ShippingMethod = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly active: boolean;
  readonly priceOre: number;
  readonly priceBasedon: string;
  readonly countries: readonly string[];
};

/** Things an owner or a customer tries that the shop does not do. */
export class ShopRefusal extends Error {
  override readonly name = 'ShopRefusal';
}

export function orderIn(shop: Shop, id: number): Order {
  const order = shop.orders.get(id);
  if (!order) throw new ShopRefusal(`there is no order ${id}`);
  return order;
}
