import { z } from 'zod';
import { ConnectorError } from '../../../ports/errors.ts';
import { orderSchema } from '../wire.ts';
import type { ShopClient } from './client.ts';

/** Articles asked for at once. The API gives five hundred, but their numbers are the address. */
const ASKED = 100;

const text = z.union([z.string(), z.number()]).transform(String);
const articleSchema = z.looseObject({ id: text, tax_rate: text.nullish() });
/** One article is an object by itself, several are a list. */
const articlesSchema = z.union([z.array(articleSchema), articleSchema.transform((one) => [one])]);

/**
 * Orders with the VAT rates that their articles have in the shop now: orders tell no rate, and one
 * that is fetched soon after it was made is taxed by these.
 *
 * @returns each order as it came, in an envelope with the rates that are known
 */
export async function taxRates(
  shop: ShopClient,
  orders: readonly { readonly text: string }[],
): Promise<readonly string[]> {
  const articles = orders.map(({ text: order }) => articlesIn(order));
  const all = [...new Set(articles.flat())];
  const rates = new Map<string, string>();
  for (let at = 0; at < all.length; at += ASKED) {
    for (const [id, rate] of await ratesOf(shop, all.slice(at, at + ASKED))) rates.set(id, rate);
  }
  return orders.map(({ text: order }, i) => {
    const own = (articles[i] ?? []).flatMap((id) => {
      const rate = rates.get(id);
      return rate === undefined ? [] : [[id, rate] as const];
    });
    return `{"order":${order},"taxRates":${JSON.stringify(Object.fromEntries(own))}}`;
  });
}

/** Numbers of the articles of an order, and of those that its bundles hold. */
function articlesIn(order: string): readonly string[] {
  const read = orderSchema.safeParse(JSON.parse(order));
  // What is wrong with it is told by whoever reads it.
  const products = read.success ? read.data.products : [];
  const all = products.flatMap((product) => {
    return [product, ...(product.app?.productpackages ?? [])].map(({ product_id: id }) => id);
  });
  return [...new Set(all)].filter((id) => /^[1-9]\d*$/.test(id));
}

async function ratesOf(
  shop: ShopClient,
  ids: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const query = { product_id: ids.join(','), include_details: 'true', limit: String(ASKED) };
  const answer = await shop.get('/products', query);
  if (answer === null) return []; // They have been deleted since.
  const read = articlesSchema.safeParse(JSON.parse(answer));
  if (!read.success) {
    const what = read.error.issues[0]?.path.join('.') || 'JSON';
    throw new ConnectorError(`The shop’s list of articles cannot be read (${what}).`, {
      kind: 'unanswered',
    });
  }
  return read.data.flatMap(({ id, tax_rate: rate }) => {
    return rate === null || rate === undefined ? [] : [[id, rate] as const];
  });
}
