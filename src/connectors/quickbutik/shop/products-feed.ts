import { Readable } from 'node:stream';
import { z } from 'zod';
import { readJsonValues } from '../../../lib/json-values.ts';
import { type Json, jsonIn } from '../../../lib/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Feed, FeedPage } from '../../../ports/feed.ts';
import { DEPTH_MAX, ORDER_BYTES_MAX } from '../limits.ts';
import type { ShopClient } from './client.ts';
import { PRODUCTS_PAGE } from './products.ts';

/**
 * How far back changes are told again: `date_modified` has no time zone, and nobody says how late a
 * change shows. What has been told is known by its content.
 */
const OVERLAP_MS = 24 * 60 * 60_000;
const EVER = '2001-01-01 00:00:00';

const placeSchema = z.object({ mark: z.string(), offset: z.number().int(), latest: z.string() });

const cursorSchema = z.object({
  turn: z.enum(['orders', 'products']),
  orders: z.json().nullable(),
  products: placeSchema.nullable(),
  /** When all products had been told; 0: not yet. */
  toldAtMs: z.number(),
});

const seenSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  date_modified: z.string().default(''),
});

type Cursor = Omit<z.infer<typeof cursorSchema>, 'orders'> & { readonly orders: Json | null };
type Place = z.infer<typeof placeSchema>;

/**
 * Orders, and behind them products: what an order needs never waits for a register. The API has no
 * asking for what has changed, so all products are listed, and those told that say that they have.
 */
export function withProducts(
  orders: Feed,
  shop: ShopClient,
  { clock, everyMs }: { readonly clock: Pick<Clock, 'nowMs'>; readonly everyMs: number },
): Feed {
  return {
    ...orders,
    next: async (cursor, since) => {
      const at = placeOf(cursor);
      if (at.turn === 'orders') {
        const page = await orders.next(at.orders, since);
        const isDue = clock.nowMs() - at.toldAtMs >= everyMs;
        const turn = page.isMore || !isDue ? 'orders' : 'products';
        const isMore = page.isMore || isDue;
        return { ...page, cursor: { ...at, orders: page.cursor, turn } as Json, isMore };
      }
      const { file, place, isMore } = await productPage(shop, at.products ?? FIRST);
      // After each page of products it is the orders' turn again.
      const toldAtMs = isMore ? at.toldAtMs : clock.nowMs();
      const next: Cursor = {
        ...at,
        products: place,
        turn: isMore ? 'products' : 'orders',
        toldAtMs,
      };
      return { file, cursor: next as Json, isMore };
    },
  };
}

const FIRST: Place = { mark: EVER, offset: 0, latest: EVER };

/** A cursor of before products were asked for is one of orders. */
function placeOf(cursor: Json | null): Cursor {
  const read = cursorSchema.safeParse(cursor);
  return read.success ? read.data : { turn: 'orders', orders: cursor, products: null, toldAtMs: 0 };
}

async function productPage(
  shop: ShopClient,
  { mark, offset, latest }: Place,
): Promise<Pick<FeedPage, 'file' | 'isMore'> & { readonly place: Place }> {
  const query = { offset: String(offset), limit: String(PRODUCTS_PAGE), include_details: 'true' };
  const answer = await shop.get('/products', query);
  const told: string[] = [];
  let [count, newest] = [0, latest];
  const limits = { bytesMax: ORDER_BYTES_MAX, depthMax: DEPTH_MAX };
  for await (const item of readJsonValues(Readable.from([Buffer.from(answer ?? '[]')]), limits)) {
    const seen = seenSchema.safeParse(item.kind === 'value' ? jsonIn(item.value.text) : null);
    if (!seen.success || item.kind !== 'value') {
      const says = `${shop.host} gave a list of products that cannot be read.`;
      throw new ConnectorError(says, { kind: 'unanswered' });
    }
    count += 1;
    const { date_modified: changed } = seen.data;
    if (changed > newest) newest = changed;
    // One that does not say when it was changed may have been.
    if (changed === '' || changed >= mark) told.push(`{"product":${item.value.text}}`);
  }
  const isMore = count === PRODUCTS_PAGE;
  const place = isMore
    ? { mark, offset: offset + PRODUCTS_PAGE, latest: newest }
    : { mark: before(newest), offset: 0, latest: newest };
  const name = `products-${offset}-until-${newest.replaceAll(/\D/g, '')}.json`;
  const file = told.length === 0 ? null : { name, bytes: Buffer.from(`[${told.join(',\n')}]`) };
  return { file, place, isMore };
}

/** A day before, in the form that the shop writes times in: it sorts as text. */
function before(latest: string): string {
  const atMs = Date.parse(`${latest.replace(' ', 'T')}Z`);
  if (Number.isNaN(atMs)) return EVER;
  return new Date(atMs - OVERLAP_MS).toISOString().slice(0, 19).replace('T', ' ');
}
