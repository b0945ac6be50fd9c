import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Purchase } from './buy.ts';
import { amountOf, isNumberable, newProduct, type ProductSeed } from './product-seed.ts';
import {
  ShopRefusal,
  type NextNumbers,
  type PaymentMethod,
  type Shop,
  type ShippingMethod,
} from './shop.ts';

/** What a shop starts with. JSON can hold all of it; amounts are texts: `"119.00"`. */
export type ShopSeed = {
  readonly name?: string;
  /** Made from chance when absent. */
  readonly apiKey?: string;
  readonly currency?: string;
  /** `{"DE": {"25": 19, "6": 7}}`: rates for consumers there instead of the shop's own. */
  readonly foreignRates?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly products?: readonly ProductSeed[];
  readonly categories?: readonly string[];
  readonly paymentMethods?: readonly PaymentMethod[];
  readonly shippingMethods?: readonly ShippingSeed[];
  readonly webhookUrls?: readonly string[];
  /** What was sold before. Nobody is told of it. */
  readonly orders?: readonly PastOrder[];
  /** Numbers to go on from, such as those of a shop that has been open for years. */
  readonly next?: Partial<NextNumbers>;
};

export type PastOrder = Purchase & {
  /** `2026-05-04 10:15:02` in Swedish time; that it was paid at, too. */
  readonly placedAt: string;
  readonly isSent?: boolean;
};

export type ShippingSeed = Partial<Omit<ShippingMethod, 'priceOre'>> & {
  readonly id: string;
  readonly title: string;
  readonly price?: string;
};

const FIRST_NUMBERS: NextNumbers = {
  order: 1_001,
  line: 50_001,
  refund: 1,
  product: 101,
  category: 1,
};

/** Seen in answers, and what most Swedish shops take. */
const PAYMENT_METHODS: readonly PaymentMethod[] = [
  { methodId: 'klarna3', customerType: '3' },
  { methodId: 'swish', customerType: '3' },
  { methodId: 'invoice', customerType: '2' },
];

const SHIPPING_METHODS: readonly ShippingSeed[] = [
  { id: '4', title: 'Paket till ombud', price: '49.00' },
  { id: '9', title: 'Hämta i butik' },
];

const KEY_DIGITS = 32;

/** @throws ShopRefusal when the seed names what is not there or cannot be read */
export function newShop(
  id: number,
  seed: ShopSeed,
  made: { readonly nowMs: number; readonly chance: Chance },
): Shop {
  const foreign = Object.entries(seed.foreignRates ?? {}).map(([country, rates]) => {
    const pairs = Object.entries(rates).map(([own, there]) => [hundredths(own), hundredths(there)]);
    return [country, new Map(pairs as [number, number][])] as const;
  });
  const categories = (seed.categories ?? []).map((name, index) => [index + 1, name] as const);
  const shop: Shop = {
    id,
    name: seed.name ?? 'Provbutiken',
    apiKey: seed.apiKey ?? made.chance.hex(KEY_DIGITS),
    currency: seed.currency ?? 'SEK',
    foreignRates: new Map(foreign),
    products: new Map(),
    orders: new Map(),
    categories: new Map(categories),
    paymentMethods: seed.paymentMethods ?? PAYMENT_METHODS,
    shippingMethods: (seed.shippingMethods ?? SHIPPING_METHODS).map(shippingOf),
    webhookUrls: [...(seed.webhookUrls ?? [])],
    next: { ...FIRST_NUMBERS, category: categories.length + 1, ...seed.next },
  };
  // Bundles name the articles they consist of: those come first.
  const products = [...(seed.products ?? [])].sort((a, b) => rank(a) - rank(b));
  for (const product of products) {
    if (!isNumberable(shop, product)) throw new ShopRefusal(`product ${product.id} stands twice`);
    newProduct(shop, product, made.nowMs);
  }
  return shop;
}

function rank(product: ProductSeed): number {
  return product.bundle === undefined ? 0 : 1;
}

function shippingOf(seed: ShippingSeed): ShippingMethod {
  return {
    description: '',
    active: true,
    priceBasedon: 'fixed',
    countries: ['SE'],
    ...seed,
    priceOre: amountOf(seed.price ?? '0'),
  };
}

function hundredths(percent: string | number): number {
  return Math.round(Number(percent) * 100);
}
