import { z } from 'zod';
import { jsonIn } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { shopProductSchema, type QbShopProduct } from '../wire.ts';
import type { ShopClient } from './client.ts';

export type { QbShopProduct };

/** As many products as the API gives at once. */
export const PRODUCTS_PAGE = 500;

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
