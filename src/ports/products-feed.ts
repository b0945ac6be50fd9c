import { z } from 'zod';
import type { Json } from '../lib/json.ts';
import type { Clock } from './clock.ts';
import type { Feed, FeedPage } from './feed.ts';

const cursorSchema = z.object({
  turn: z.enum(['orders', 'products']),
  orders: z.json().nullable(),
  products: z.json().nullable(),
  /** When all products that had changed had been told; 0: not yet. */
  toldAtMs: z.number().default(0),
});

/** A page of a shop's products, of those that have changed since the cursor; null: of all. */
export type ProductPages = (cursor: Json | null) => Promise<Omit<FeedPage, 'seen'>>;

/**
 * Orders, and behind them products. Each goes on from where it was: what an order needs to be
 * booked never waits for a register of twenty thousand products.
 *
 * Products are asked for more rarely: thousands that somebody has touched in one go come again in
 * each look, or all are listed to see which have changed.
 */
export function withProducts<Orders extends Pick<Feed, 'next'>>(
  orders: Orders,
  products: ProductPages,
  { clock, everyMs }: { readonly clock: Pick<Clock, 'nowMs'>; readonly everyMs: number },
): Orders & Required<Pick<Feed, 'again'>> {
  return {
    ...orders,
    next: async (cursor: Json | null, since: string): Promise<FeedPage> => {
      const at = placeOf(cursor);
      if (at.turn === 'orders') {
        const page = await orders.next(at.orders, since);
        const isDue = clock.nowMs() - at.toldAtMs >= everyMs;
        const turn = page.isMore || !isDue ? 'orders' : 'products';
        const isMore = page.isMore || isDue;
        return { ...page, cursor: { ...at, orders: page.cursor, turn }, isMore };
      }
      const page = await products(at.products);
      // After each page of products it is the orders' turn again.
      const toldAtMs = page.isMore ? at.toldAtMs : clock.nowMs();
      return { ...page, cursor: { ...at, products: page.cursor, turn: 'orders', toldAtMs } };
    },
    again: products,
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
