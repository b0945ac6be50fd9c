import { z } from 'zod';
import type { Json } from '../../../lib/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Feed } from '../../../ports/feed.ts';
import type { Seen } from './bundles.ts';
import type { ShopClient } from './client.ts';
import { changesFeed, orderFeed } from './feed.ts';

/** Variations given at once; a product with more than `PAGES_MAX` of these is not read whole. */
const PAGE = 100;
const PAGES_MAX = 20;
/** Products are wanted whenever they were changed: before there was any shop. */
const EVER = '2001-01-01';

const cursorSchema = z.object({
  turn: z.enum(['orders', 'products']),
  orders: z.json().nullable(),
  products: z.json().nullable(),
  /** When all products that had changed had been told; 0: not yet. */
  toldAtMs: z.number().default(0),
});

const variableSchema = z.looseObject({ type: z.string() });

/**
 * Orders, and behind them products. Each goes on from where it was: what an order needs to be
 * booked never waits for a register of twenty thousand products.
 *
 * Products are asked for more rarely: thousands that a plugin has touched in one go stay within the
 * reach of each look until another product changes.
 */
export function withProducts(
  shop: ShopClient,
  { clock, everyMs }: { readonly clock: Pick<Clock, 'nowMs'>; readonly everyMs: number },
): Pick<Feed, 'next'> {
  const orders = orderFeed(shop);
  const products = changesFeed(shop, { path: '/products', name: 'products', whole });
  return {
    next: async (cursor, since) => {
      const at = placeOf(cursor);
      if (at.turn === 'orders') {
        const page = await orders.next(at.orders, since);
        const isDue = clock.nowMs() - at.toldAtMs >= everyMs;
        const turn = page.isMore || !isDue ? 'orders' : 'products';
        const isMore = page.isMore || isDue;
        return { ...page, cursor: { ...at, orders: page.cursor, turn }, isMore };
      }
      const { seen: _ofProducts, ...page } = await products.next(at.products, EVER);
      // After each page of products it is the orders' turn again.
      const toldAtMs = page.isMore ? at.toldAtMs : clock.nowMs();
      return { ...page, cursor: { ...at, products: page.cursor, turn: 'orders', toldAtMs } };
    },
  };
}

type Place = {
  readonly turn: 'orders' | 'products';
  readonly orders: Json | null;
  readonly products: Json | null;
  readonly toldAtMs: number;
};

/** A cursor of before products were asked for is one of orders. */
function placeOf(cursor: Json | null): Place {
  const read = cursorSchema.safeParse(cursor);
  if (read.success) return read.data;
  return { turn: 'orders', orders: cursor, products: null, toldAtMs: 0 };
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
