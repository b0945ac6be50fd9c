import { z } from 'zod';
import type { ShopClient } from './client.ts';

/** By what an order is known in the shop: its id, and the number that plugins may give it. */
const namedSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  number: z
    .union([z.number(), z.string(), z.null()])
    .transform((v) => String(v ?? ''))
    .default(''),
});

/** An order by its id, and its JSON as it came. */
type Named = { readonly id: string; readonly text: string };

/**
 * The order of a number. Without a plugin that numbers orders its own way the number is the id; the
 * shop's search looks at ids and names, so what it finds is held against the number.
 *
 * @returns null when there is none
 */
export async function findByNumber(shop: ShopClient, number: string): Promise<Named | null> {
  const isId = /^\d{1,18}$/.test(number);
  const byId = isId ? await orderOf(shop, number) : null;
  if (byId?.number === number) return byId;
  const answer = await shop.get('/orders', { search: number, status: 'any', per_page: '100' });
  const list: unknown = JSON.parse(answer ?? '[]');
  for (const one of Array.isArray(list) ? list : []) {
    const { data } = namedSchema.safeParse(one);
    // Alone it comes as it is kept: the list's own text is not taken apart.
    if (data?.number === number) return orderOf(shop, data.id);
  }
  return byId;
}

async function orderOf(
  shop: ShopClient,
  id: string,
): Promise<(Named & { readonly number: string }) | null> {
  const text = await shop.get(`/orders/${id}`);
  const { data } = namedSchema.safeParse(text === null ? null : JSON.parse(text));
  return text === null || data === undefined ? null : { ...data, text };
}
