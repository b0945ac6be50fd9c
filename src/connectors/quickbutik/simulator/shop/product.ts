/** Fields of a product that are plain text, by their names on the wire. */
export const PRODUCT_TEXTS = [
  'title',
  'sku',
  'qty_location',
  'description',
  'category_name',
  'supplier_name',
  'supplier_sku',
  'gtin',
  'datafield_1',
  'datafield_2',
  'datafield_3',
  'seo_title',
  'seo_description',
] as const;

type ProductText = (typeof PRODUCT_TEXTS)[number];

/** What is sold. Amounts include VAT, in öre, but for the purchase price. */
export type Product = {
  readonly id: number;
  texts: Record<ProductText, string>;
  priceOre: number;
  beforePriceOre: number;
  purchasePriceOre: number;
  /** Hundredths of a per cent, as it stands now: Quickbutik keeps no history of it. */
  rate: number;
  /** False: nobody has entered a rate, and clients are told none. */
  isRateTold: boolean;
  /** Set as an absolute number, by the shop and by clients alike. */
  stock: number;
  /** Grams. */
  weight: number;
  visible: boolean;
  /** True: it cannot be bought when there are too few. */
  disableMinusqty: boolean;
  images: readonly string[];
  modifiedMs: number;
  readonly variants: Variant[];
  /** What a bundle consists of; null for what is no bundle. */
  bundle: Bundle | null;
  metadata: Map<string, string>;
};

export type Variant = {
  readonly id: number;
  sku: string;
  stock: number;
  /** Null: that of the product. */
  priceOre: number | null;
  weight: number | null;
  gtin: string;
  hidden: boolean;
  /** `Färg: Svart`. */
  readonly values: readonly { readonly field: string; readonly value: string }[];
};

export type Bundle = {
  /** Whose price the customer pays: the bundle's own, or its components', the bundle being free. */
  readonly priced: 'bundle' | 'components';
  readonly components: readonly Component[];
};

export type Component = {
  readonly productId: number;
  readonly variantId: number;
  readonly title: string;
  readonly variant: string;
  /** Pieces in one bundle. */
  readonly qty: number;
  readonly sku: string;
  readonly priceOre: number;
};

/** What a line of an order or an item of a request means: a product, and one of its variants. */
export type Article = { readonly product: Product; readonly variant: Variant | null };

/** @returns null when there is none, `ambiguous` when several have that article number */
export function articleBySku(
  products: Iterable<Product>,
  sku: string,
): Article | 'ambiguous' | null {
  const found: Article[] = [];
  for (const product of products) {
    if (product.texts.sku === sku && product.variants.every((one) => one.sku !== sku)) {
      found.push({ product, variant: null });
    }
    for (const variant of product.variants) {
      if (variant.sku === sku) found.push({ product, variant });
    }
  }
  const [first = null] = found;
  return found.length > 1 ? 'ambiguous' : first;
}

/** @param variantId 0 for the product itself */
export function articleById(
  products: ReadonlyMap<number, Product>,
  productId: number,
  variantId: number,
): Article | null {
  const product = products.get(productId);
  if (!product) return null;
  if (variantId === 0) return { product, variant: null };
  const variant = product.variants.find((one) => one.id === variantId);
  return variant ? { product, variant } : null;
}

export function articleSku({ product, variant }: Article): string {
  return variant?.sku || product.texts.sku;
}

export function articlePriceOre({ product, variant }: Article): number {
  return variant?.priceOre ?? product.priceOre;
}

/** `Svart`, or `Svart, Stor` for several options. */
export function variantText(variant: Variant | null): string {
  return (variant?.values ?? []).map(({ value }) => value).join(', ');
}

/** Takes from the stock, or puts back when `pieces` is negative. A bundle is its components. */
export function takeStock(
  products: ReadonlyMap<number, Product>,
  article: Article,
  pieces: number,
): void {
  const { product, variant } = article;
  if (product.bundle === null) {
    (variant ?? product).stock -= pieces;
    return;
  }
  for (const component of product.bundle.components) {
    const part = articleById(products, component.productId, component.variantId);
    if (part) (part.variant ?? part.product).stock -= pieces * component.qty;
  }
}
