import type { Desk } from './desk.ts';
import { newVariant, type VariantSeed } from './product-seed.ts';
import type { Article, Product } from './product.ts';
import { ShopRefusal } from './shop.ts';

/** What is set anew; what is absent stays. Amounts in öre. */
export type ProductChange = {
  readonly texts?: Partial<Product['texts']>;
  readonly priceOre?: number;
  readonly beforePriceOre?: number;
  readonly purchasePriceOre?: number;
  readonly rate?: number;
  /** An absolute number: what was sold meanwhile is lost from it. There is no other way. */
  readonly stock?: number;
  readonly weight?: number;
  readonly visible?: boolean;
  readonly disableMinusqty?: boolean;
  readonly images?: readonly string[];
  /** By id or article number; those that are not there are made. */
  readonly variants?: readonly (VariantSeed & { readonly hidden?: boolean })[];
};

/** Price, stock, weight and GTIN of a variant are its own; all else is the product's. */
export function changeArticle(desk: Desk, article: Article, change: ProductChange): void {
  const { product, variant } = article;
  const { texts, images, variants, stock, priceOre, weight, ...rest } = change;
  if (variant) {
    variant.stock = stock ?? variant.stock;
    variant.priceOre = priceOre ?? variant.priceOre;
    variant.weight = weight ?? variant.weight;
    variant.gtin = texts?.gtin ?? variant.gtin;
  } else {
    product.stock = stock ?? product.stock;
    product.priceOre = priceOre ?? product.priceOre;
    product.weight = weight ?? product.weight;
  }
  Object.assign(product, rest);
  product.isRateTold ||= change.rate !== undefined;
  product.texts = { ...product.texts, ...textsFor(article, texts ?? {}) };
  product.images = images ?? product.images;
  for (const seed of variants ?? []) syncVariant(desk, product, seed);
  product.modifiedMs = desk.nowMs;
  desk.tell('product.update', product.id);
}

/** @throws ShopRefusal when it is not there */
export function removeProduct(desk: Desk, id: number): void {
  if (!desk.shop.products.delete(id)) throw new ShopRefusal('product not found');
  desk.tell('product.delete', id);
}

/** The article number of a product with variants is not that of the one that is named by it. */
function textsFor(
  { variant }: Article,
  texts: Partial<Product['texts']>,
): Partial<Product['texts']> {
  if (!variant) return texts;
  const { sku: _sku, gtin: _gtin, ...others } = texts;
  return others;
}

function syncVariant(
  { shop }: Desk,
  product: Product,
  seed: VariantSeed & { readonly hidden?: boolean },
): void {
  const known = product.variants.find(
    (one) => one.id === seed.id || (seed.sku !== undefined && one.sku === seed.sku),
  );
  const fresh = newVariant(shop, { ...(known && { id: known.id }), ...seed });
  if (!known) {
    product.variants.push(fresh);
    return;
  }
  known.sku = seed.sku ?? known.sku;
  known.stock = seed.stock ?? known.stock;
  known.priceOre = fresh.priceOre ?? known.priceOre;
  known.weight = seed.weight ?? known.weight;
  known.hidden = seed.hidden ?? known.hidden;
}
