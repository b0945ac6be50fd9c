import { z } from 'zod';
import { jsonIn } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { shopProductSchema, type QbShopProduct } from '../wire.ts';
import type { ShopClient } from './client.ts';

export type { QbShopProduct };

/** As many products as the API gives at once. */
export const PRODUCTS_PAGE = 500;

/** Products asked for by their ids at once: these are the address. */
const ASKED = 100;

/** One product is an object by itself, several are a list, and none are 404. */
const productsSchema = z.union([
  z.array(shopProductSchema),
  shopProductSchema.transform((one) => [one]),
]);

/** Products as the shop tells them, in full. */
export async function productsIn(
  shop: ShopClient,
  query: Readonly<Record<string, string>>,
): Promise<readonly QbShopProduct[]> {
  const answer = await shop.get('/products', { ...query, include_details: 'true' });
  if (answer === null) return [];
  const read = productsSchema.safeParse(jsonIn(answer));
  if (read.success) return read.data;
  const what = read.error.issues[0]?.path.join('.') || 'JSON';
  const says = `${shop.host} gave a list of products that cannot be read (${what}).`;
  throw new ConnectorError(says, { kind: 'unanswered' });
}

/** All products of the shop, page by page. */
export async function allProducts(shop: ShopClient): Promise<readonly QbShopProduct[]> {
  const all: QbShopProduct[] = [];
  for (let offset = 0; ; offset += PRODUCTS_PAGE) {
    const query = { offset: String(offset), limit: String(PRODUCTS_PAGE) };
    const products = await productsIn(shop, query);
    all.push(...products);
    if (products.length < PRODUCTS_PAGE) return all;
  }
}

/** The products that lie at these places, or whose variants do. */
export async function productsAt(
  shop: ShopClient,
  places: readonly string[],
): Promise<readonly QbShopProduct[]> {
  const ids = [...new Set(places.map((place) => idsOf(place).product_id))];
  const products: QbShopProduct[] = [];
  for (let at = 0; at < ids.length; at += ASKED) {
    const some = ids.slice(at, at + ASKED);
    const query = { product_id: some.join(','), limit: String(ASKED) };
    products.push(...(await productsIn(shop, query)));
  }
  return products;
}

/** Something that is sold by a number of its own. */
export type QbArticle = {
  /** Never empty. */
  readonly number: string;
  readonly place: string;
  readonly stock: string;
  readonly price: string;
  readonly gtin: string;
  readonly isVariant: boolean;
};

/** What a product is sold as: itself, or each of its variants. */
export function articlesOf(product: QbShopProduct): readonly QbArticle[] {
  const { id, variants, sku, stock, price, gtin } = product;
  const own = { place: `product:${id}`, sku, stock, price, gtin, isVariant: false };
  const all =
    variants.length === 0
      ? [own]
      : variants.map((variant) => ({
          place: `variant:${id}/${variant.id}`,
          ...{ sku: variant.sku, stock: variant.qty, gtin: variant.gtin, isVariant: true },
          // What a variant does not say is the product's.
          price: variant.price || price,
        }));
  return all.flatMap(({ sku: own, ...rest }) => {
    const number = own.trim();
    return number === '' ? [] : [{ number, ...rest }];
  });
}

/** `product:310`, `variant:310/4401` */
export function idsOf(place: string): {
  readonly product_id: string;
  readonly variant_id?: string;
} {
  const [product_id = '', variant_id] = place.replace(/^\w+:/, '').split('/');
  return variant_id === undefined ? { product_id } : { product_id, variant_id };
}
