import { amountOf } from '../arithmetic/amount.ts';
import type { TaxRate } from '../arithmetic/tax.ts';
import { startingOptions } from './options.ts';
import { addCoupon } from './coupons.ts';
import type { NewCoupon } from './coupon.ts';
import { addCustomer } from './customers.ts';
import type { NewCustomer } from './customer.ts';
import { addProduct } from './products.ts';
import type { NewProduct } from './product.ts';
import type { Gateway, Scene, ShippingZone, Shop, Storage } from './shop.ts';

/** What a shop is started with. Whatever is not said is as in a small Swedish shop. */
export type ShopSeed = {
  readonly name?: string;
  readonly zone?: string;
  readonly version?: string;
  readonly wordPress?: string;
  readonly storage?: Storage;
  /** WooCommerce's settings by their ids. */
  readonly options?: Readonly<Record<string, string>>;
  readonly taxRates?: readonly SeedRate[];
  /** Names by slug, beside the standard class. */
  readonly taxClasses?: Readonly<Record<string, string>>;
  /** Statuses of plugins, by slug. */
  readonly statuses?: Readonly<Record<string, string>>;
  readonly gateways?: readonly Gateway[];
  readonly zones?: readonly ShippingZone[];
  readonly products?: readonly NewProduct[];
  readonly coupons?: readonly NewCoupon[];
  readonly customers?: readonly NewCustomer[];
  /** The first id of orders, refunds, products and coupons. */
  readonly firstId?: number;
};

export type SeedRate = {
  readonly country: string;
  /** Per cent, as text. */
  readonly rate: string;
  readonly name: string;
  /** Slug; the standard class when absent. */
  readonly taxClass?: string;
  readonly priority?: number;
  readonly isCompound?: boolean;
  readonly isForShipping?: boolean;
  readonly postcodes?: readonly string[];
};

const STATUSES = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
  'checkout-draft': 'Draft',
};

const TAX_CLASSES = {
  'moms-12': 'Moms 12',
  'moms-6': 'Moms 6',
  'reduced-rate': 'Reduced rate',
  'zero-rate': 'Zero rate',
};

/** The tax table of the shop whose orders were recorded. */
const TAX_RATES: readonly SeedRate[] = [
  { country: 'SE', rate: '25', name: 'Moms 25%' },
  { country: 'SE', rate: '12', name: 'Moms 12%', taxClass: 'moms-12' },
  { country: 'SE', rate: '6', name: 'Moms 6%', taxClass: 'moms-6' },
  { country: 'DE', rate: '19', name: 'MwSt 19%' },
  { country: 'DE', rate: '7', name: 'MwSt 7%', taxClass: 'moms-12' },
  { country: 'FI', rate: '25.5', name: 'ALV 25,5%' },
  { country: 'NO', rate: '0', name: 'Export' },
];

function gateways(): Gateway[] {
  const offline = { enabled: true, supports: ['products'] };
  const online = { enabled: true, supports: ['products', 'refunds'] };
  return [
    { id: 'bacs', title: 'Direct bank transfer', pays: 'transfer', ...offline },
    { id: 'cheque', title: 'Check payments', pays: 'transfer', ...offline },
    { id: 'cod', title: 'Cash on delivery', pays: 'on-delivery', ...offline },
    { id: 'stripe', title: 'Kort', pays: 'at-once', ...online },
    { id: 'swish', title: 'Swish', pays: 'at-once', ...online },
    { id: 'klarna_payments', title: 'Klarna', pays: 'captured', ...online },
  ];
}

const ZONES: readonly ShippingZone[] = [
  {
    id: 1,
    name: 'Sverige',
    countries: ['SE'],
    methods: [
      flat({ instanceId: 1, title: 'PostNord Ombud', cost: '39.20' }),
      free({ instanceId: 2, title: 'Fri frakt' }),
      {
        instanceId: 3,
        methodId: 'local_pickup',
        title: 'Hämta i butik',
        cost: '',
        isTaxable: true,
      },
    ],
  },
  {
    id: 2,
    name: 'EU',
    countries: ['DE', 'FI', 'DK'],
    methods: [flat({ instanceId: 4, title: 'DHL EU', cost: '80' })],
  },
  {
    id: 3,
    name: 'Norge',
    countries: ['NO'],
    methods: [flat({ instanceId: 5, title: 'Posten Norge', cost: '120' })],
  },
];

type Offer = { readonly instanceId: number; readonly title: string };

function flat(offer: Offer & { readonly cost: string }): ShippingZone['methods'][number] {
  return { ...offer, methodId: 'flat_rate', isTaxable: true };
}

function free(offer: Offer): ShippingZone['methods'][number] {
  return { ...offer, methodId: 'free_shipping', cost: '', isTaxable: true };
}

/** A shop without products, customers and orders. */
export function newShop(seed: ShopSeed): Shop {
  const rates = (seed.taxRates ?? TAX_RATES).map((rate, at) => rateOf(rate, at + 1));
  return {
    name: seed.name ?? 'Provbutiken',
    zone: seed.zone ?? 'Europe/Stockholm',
    version: seed.version ?? '11.0.1',
    wordPress: seed.wordPress ?? '7.0.4',
    storage: seed.storage ?? 'hpos',
    options: startingOptions(seed.options),
    taxRates: new Map(rates.map((rate) => [rate.id, rate])),
    taxClasses: new Map([
      ['standard', 'Standard rate'],
      ...Object.entries(seed.taxClasses ?? TAX_CLASSES),
    ]),
    statuses: new Map(Object.entries({ ...STATUSES, ...seed.statuses })),
    gateways: [...(seed.gateways ?? gateways())],
    zones: seed.zones ?? ZONES,
    products: new Map(),
    customers: new Map(),
    coupons: new Map(),
    orders: new Map(),
    refunds: new Map(),
    webhooks: new Map(),
    keys: new Map(),
    ids: {
      post: seed.firstId ?? 10,
      // The first user is the owner.
      user: 2,
      item: 1,
      meta: 1,
      note: 1,
      rate: rates.length + 1,
      webhook: 1,
      key: 1,
    },
  };
}

/** Fills a shop with what it sells, and to whom. */
export function fillShop(scene: Scene, seed: ShopSeed): void {
  for (const product of seed.products ?? []) addProduct(scene, product);
  for (const coupon of seed.coupons ?? []) addCoupon(scene, coupon);
  for (const customer of seed.customers ?? []) addCustomer(scene, customer);
}

function rateOf(seed: SeedRate, id: number): TaxRate {
  return {
    id,
    country: seed.country,
    state: '',
    postcodes: seed.postcodes ?? [],
    cities: [],
    percent: amountOf(seed.rate),
    name: seed.name,
    priority: seed.priority ?? 1,
    isCompound: seed.isCompound ?? false,
    isForShipping: seed.isForShipping ?? true,
    order: 0,
    taxClass: seed.taxClass ?? '',
  };
}
