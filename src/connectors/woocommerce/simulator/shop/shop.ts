import type { Meta, MetaValue } from './meta.ts';
import type { TaxRate } from '../arithmetic/tax.ts';
import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Coupon } from './coupon.ts';
import type { Customer } from './customer.ts';
import type { Order, Refund } from './order.ts';
import type { Product } from './product.ts';

/** Where WordPress keeps orders: it decides what makes an order count as modified. */
export type Storage = 'hpos' | 'posts';

/** A way to pay, and what an order comes to by it. */
export type Gateway = {
  readonly id: string;
  title: string;
  enabled: boolean;
  readonly supports: readonly string[];
  /**
   * `transfer` waits on hold until someone says it is paid; `on-delivery` is processed unpaid;
   * `at-once` is paid when the order is placed; `captured` is reserved until it is captured.
   */
  readonly pays: 'transfer' | 'on-delivery' | 'at-once' | 'captured';
};

export type ShippingMethod = {
  readonly instanceId: number;
  readonly methodId: 'flat_rate' | 'free_shipping' | 'local_pickup';
  readonly title: string;
  /** Without tax, as text; empty for nothing. */
  readonly cost: string;
  readonly isTaxable: boolean;
};

export type ShippingZone = {
  readonly id: number;
  readonly name: string;
  /** ISO codes; a zone without any is for the rest of the world. */
  readonly countries: readonly string[];
  readonly methods: readonly ShippingMethod[];
};

export type ApiKey = {
  readonly id: number;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  permissions: 'read' | 'write' | 'read_write';
  /** False once the user has lost the right to the shop: calls are then refused by resource. */
  isAllowed: boolean;
  /** Nonces by the second they were used in, kept as long as a timestamp is taken. */
  readonly nonces: Map<number, Set<string>>;
};

export type Webhook = {
  readonly id: number;
  name: string;
  status: 'active' | 'paused' | 'disabled';
  topic: string;
  deliveryUrl: string;
  secret: string;
  createdMs: number;
  modifiedMs: number;
  /** Failed deliveries in a row. The API does not show it. */
  failures: number;
  /** The key whose user owns the hook: what is delivered is what that user may see. */
  readonly keyId: number | null;
};

/** Everything a shop knows. It is changed in place. */
export type Shop = {
  readonly name: string;
  /** WordPress' own: `Europe/Stockholm`. */
  zone: string;
  /** Versions of WooCommerce and WordPress, as recorded. */
  readonly version: string;
  readonly wordPress: string;
  readonly storage: Storage;
  readonly options: Map<string, string>;
  readonly taxRates: Map<number, TaxRate>;
  /** Names by slug, `standard` first. */
  readonly taxClasses: Map<string, string>;
  readonly statuses: Map<string, string>;
  readonly gateways: Gateway[];
  readonly zones: readonly ShippingZone[];
  /** With variations among them. */
  readonly products: Map<number, Product>;
  readonly customers: Map<number, Customer>;
  readonly coupons: Map<number, Coupon>;
  readonly orders: Map<number, Order>;
  readonly refunds: Map<number, Refund>;
  readonly webhooks: Map<number, Webhook>;
  readonly keys: Map<number, ApiKey>;
  readonly ids: Ids;
};

/** The next number of each kind. Orders, refunds, products and coupons share one. */
export type Ids = {
  post: number;
  user: number;
  item: number;
  meta: number;
  note: number;
  rate: number;
  webhook: number;
  key: number;
};

/** What an act happens with: the shop, the time, chance, and who is told of what it did. */
export type Scene = {
  readonly shop: Shop;
  readonly nowMs: number;
  readonly chance: Chance;
  /** A topic such as `order.updated`, and the id of what it is about. */
  readonly raise: (topic: string, id: number) => void;
};

export function nextId(shop: Shop, kind: keyof Ids): number {
  const id = shop.ids[kind];
  shop.ids[kind] += 1;
  return id;
}

/** Sets a value by its key, in place where the key is already there. */
export function setMeta(shop: Shop, metas: Meta[], entry: { key: string; value: MetaValue }): void {
  const at = metas.findIndex(({ key }) => key === entry.key);
  const known = metas[at];
  if (known) metas[at] = { ...known, value: entry.value };
  else metas.push({ id: nextId(shop, 'meta'), ...entry });
}
