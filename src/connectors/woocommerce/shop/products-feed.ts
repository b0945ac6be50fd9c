import { z } from 'zod';
import { ConnectorError } from '../../../ports/errors.ts';
import type { ProductPages } from '../../../ports/products-feed.ts';
import type { Seen } from './bundles.ts';
import type { ShopClient } from './client.ts';
import { changesFeed } from './feed.ts';

/** Variations given at once; a product with more than `PAGES_MAX` of these is not read whole. */
const PAGE = 100;
const PAGES_MAX = 20;
/** Products are wanted whenever they were changed: before there was any shop. */
const EVER = '2001-01-01';

const variableSchema = z.looseObject({ type: z.string() });

/** Products in the order of their changes, a hundred at a time. */
export function productPages(shop: ShopClient): ProductPages {
  const changes = changesFeed(shop, { path: '/products', name: 'products', whole });
  return async (cursor) => {
    const { seen: _ofProducts, ...page } = await changes.next(cursor, EVER);
    return page;
  };
}

/** A product that is sold in variations has these told with it: no list holds them otherwise. */
async function whole(shop: ShopClient, { id, text }: Seen): Promise<string> {
  const read = variableSchema.safeParse(JSON.parse(text));
  if (!read.success || read.data.type !== 'variable') return text;
  const pages: string[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const query = { per_page: String(PAGE), page: String(page), orderby: 'id', order: 'asc' };
    const told = await shop.get(`/products/${id}/variations`, query);
    const items: unknown = JSON.parse(told ?? '[]');
    if (!Array.isArray(items)) throw notVariations(shop, id);
    if (items.length > 0) pages.push((told ?? '').trim().slice(1, -1));
    if (items.length < PAGE) break;
  }
  return `{"product":${text},"variations":[${pages.join(',')}]}`;
}

function notVariations(shop: ShopClient, id: string): ConnectorError {
  const says = `${shop.host} does not tell the variations of product ${id}.`;
  return new ConnectorError(says, { kind: 'unanswered' });
}
