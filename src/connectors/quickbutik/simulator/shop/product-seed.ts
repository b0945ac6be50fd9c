import { readOre } from '../wire/amounts.ts';
import {
  articleBySku,
  articlePriceOre,
  PRODUCT_TEXTS,
  variantText,
  type Bundle,
  type Product,
  type Variant,
} from './product.ts';
import { ShopRefusal, type Shop } from './shop.ts';

/** A product as a person enters it. Amounts include VAT but for the purchase price. */
export type ProductSeed = {
  readonly id?: number;
  readonly title: string;
  readonly price: string;
  readonly sku?: string;
  /** Per cent; 25 when absent. Null: nobody has entered one, and it is sold at 25. */
  readonly taxRate?: number | null;
  readonly stock?: number;
  /** Grams. */
  readonly weight?: number;
  readonly beforePrice?: string;
  readonly purchasePrice?: string;
  readonly visible?: boolean;
  readonly disableMinusqty?: boolean;
  readonly images?: readonly string[];
  readonly texts?: Partial<Product['texts']>;
  readonly variants?: readonly VariantSeed[];
  readonly bundle?: BundleSeed;
};

export type VariantSeed = {
  readonly id?: number;
  readonly sku?: string;
  readonly stock?: number;
  readonly price?: string;
  readonly weight?: number;
  /** `{"Färg": "Svart"}`. */
  readonly values?: Readonly<Record<string, string>>;
};

export type BundleSeed = {
  readonly priced?: Bundle['priced'];
  readonly components: readonly {
    readonly sku: string;
    readonly qty: number;
    /** In the bundle; that of the article when absent. */
    readonly price?: string;
    /** What the bundle calls the variant, also where the article has none. */
    readonly variant?: string;
  }[];
};

const USUAL_PERCENT = 25;

/** @throws ShopRefusal when an amount cannot be read, or a component is not there */
export function newProduct(shop: Shop, seed: ProductSeed, nowMs: number): Product {
  const product: Product = {
    id: seed.id ?? takeNumber(shop),
    texts: textsOf(seed),
    priceOre: amountOf(seed.price),
    beforePriceOre: amountOf(seed.beforePrice ?? '0'),
    purchasePriceOre: amountOf(seed.purchasePrice ?? '0'),
    rate: Math.round((seed.taxRate ?? USUAL_PERCENT) * 100),
    isRateTold: seed.taxRate !== null,
    stock: seed.stock ?? 0,
    weight: seed.weight ?? 0,
    visible: seed.visible ?? true,
    disableMinusqty: seed.disableMinusqty ?? false,
    images: seed.images ?? [],
    modifiedMs: nowMs,
    variants: (seed.variants ?? []).map((variant) => newVariant(shop, variant)),
    bundle: seed.bundle === undefined ? null : bundleOf(shop, seed.bundle),
    metadata: new Map(),
  };
  shop.products.set(product.id, product);
  return product;
}

/** False when another product has that number already. */
export function isNumberable(shop: Shop, { id }: ProductSeed): boolean {
  return id === undefined || !shop.products.has(id);
}

export function newVariant(shop: Shop, seed: VariantSeed): Variant {
  const values = Object.entries(seed.values ?? {});
  return {
    id: seed.id ?? takeNumber(shop),
    sku: seed.sku ?? '',
    stock: seed.stock ?? 0,
    priceOre: seed.price === undefined ? null : amountOf(seed.price),
    weight: seed.weight ?? null,
    gtin: '',
    hidden: false,
    values: values.map(([field, value]) => ({ field, value })),
  };
}

function textsOf({ title, sku = '', texts }: ProductSeed): Product['texts'] {
  const empty = Object.fromEntries(PRODUCT_TEXTS.map((name) => [name, '']));
  return { ...(empty as Product['texts']), ...texts, title, sku };
}

function bundleOf(shop: Shop, seed: BundleSeed): Bundle {
  const components = seed.components.map(({ sku, qty, price, variant: text }) => {
    const article = articleBySku(shop.products.values(), sku);
    if (article === null || article === 'ambiguous') {
      throw new ShopRefusal(`a bundle names ${sku}, which is not one article`);
    }
    const { product, variant } = article;
    return {
      productId: product.id,
      variantId: variant?.id ?? 0,
      title: product.texts.title,
      variant: text ?? variantText(variant),
      qty,
      sku,
      priceOre: price === undefined ? articlePriceOre(article) : amountOf(price),
    };
  });
  return { priced: seed.priced ?? 'bundle', components };
}

/** Past those that were given by hand. */
function takeNumber(shop: Shop): number {
  const taken = (id: number): boolean =>
    shop.products.has(id) ||
    [...shop.products.values()].some((one) => one.variants.some((variant) => variant.id === id));
  while (taken(shop.next.product)) shop.next.product += 1;
  shop.next.product += 1;
  return shop.next.product - 1;
}

/** @throws ShopRefusal when it is no amount */
export function amountOf(text: string): number {
  const ore = readOre(text);
  if (ore === null) throw new ShopRefusal(`this is not an amount: ${text}`);
  return ore;
}
