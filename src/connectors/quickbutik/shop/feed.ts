import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Json, jsonIn } from '../../../lib/json.ts';
import { readJsonValues } from '../../../lib/json-values.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Feed, FeedFile, FeedPage } from '../../../ports/feed.ts';
import { DEPTH_MAX, ORDER_BYTES_MAX } from '../limits.ts';
import { taxRates } from './articles.ts';
import type { ShopClient } from './client.ts';
import {
  afterChanges,
  afterSweep,
  cursorSchema,
  firstCursor,
  remembered,
  sweepBegins,
  type Cursor,
  type Passed,
} from './cursor.ts';

/** Orders asked for at once: some hundred kilobytes. The API gives up to a thousand. */
const PAGE = 250;
/** A page with fewer is the last. Should the API give less than is asked for, it is still more. */
const PAGE_MIN = 50;
/** How far a page reaches into the one before: orders that are deleted move others forward. */
const REACH = 10;
/** Orders that hooks name are asked for one by one: so many in a look, whoever sends the hooks. */
const NAMED_MAX = 50;
/** How often a shop is asked: a day's orders come each time. */
const EVERY_SECONDS = 300;

/** What is read of an order to fetch it; it is kept as it came. */
const seenSchema = z.looseObject({
  order_id: z.union([z.number(), z.string()]).transform(String),
  date_created: z.string(),
});

type Seen = { readonly id: string; readonly created: string; readonly text: string };

/**
 * Orders of a shop as they change.
 *
 * The API lets itself be asked for orders whose **status** has changed, and does not say when it
 * did. So it is asked by our own clock with a day's overlap, and what has been told is left out by
 * its hash. Refunds and edits change no status, as far as is known: each week, the orders of some
 * months are looked through for what they say now. Both go on where they were cut off.
 */
export function orderFeed(shop: ShopClient, clock: Pick<Clock, 'nowMs'>): Feed {
  return {
    everySeconds: EVERY_SECONDS,
    next: (cursor, since) => {
      const now = Math.floor(clock.nowMs() / 1_000);
      const from = cursor === null ? firstCursor(since, now) : cursorSchema.parse(cursor);
      return from.phase === 'sweep' ? sweepPage(shop, from, since) : changesPage(shop, from, now);
    },
    look: (objects) => namedOrders(shop, objects),
    // What people call an order is its id.
    one: (number) => namedOrders(shop, [number]),
  };
}

/** Orders that hooks have named and no page has shown. What is not there is nobody's order. */
async function namedOrders(shop: ShopClient, ids: readonly string[]): Promise<FeedFile | null> {
  const there: Seen[] = [];
  for (const id of [...new Set(ids)].slice(0, NAMED_MAX)) {
    there.push(...(await orders(shop, { order_id: id })).filter((one) => one.id === id));
  }
  return fileOf(shop, there);
}

async function changesPage(shop: ShopClient, from: Cursor, now: number): Promise<FeedPage> {
  const { told, offset } = from;
  const since = { from_status_date: String(from.from) };
  const page = await orders(shop, { ...since, sort_order: 'asc', offset: String(offset) });
  const fresh = page.filter(({ id, text }) => told[id] !== hashOf(text));
  const next = afterChanges(from, passed(page), now);
  return pageOf(shop, { page, fresh, next });
}

/** The latest orders first: new ones push the others back, and none of them past us. */
async function sweepPage(shop: ShopClient, from: Cursor, since: string): Promise<FeedPage> {
  const { told, sweep } = from;
  const { begun, offset } = sweep ?? { begun: from.swept, offset: 0 };
  const page = await orders(shop, { sort_order: 'desc', offset: String(offset) });
  const first = sweepBegins(begun);
  const inside = page.filter(({ created }) => created >= first);
  // What was sold before anybody was interested is told only when it has been told already.
  const fresh = inside.filter(({ id, created, text }) => {
    return (created >= since || id in told) && told[id] !== hashOf(text);
  });
  const { step, isLast } = passed(page);
  const isOver = isLast || inside.length < page.length;
  const next = afterSweep(from, { step, isLast: isOver }, inside.at(-1)?.id ?? '');
  return pageOf(shop, { page, fresh, next });
}

function passed({ length }: readonly Seen[]): Passed {
  return { step: length - REACH, isLast: length < PAGE_MIN };
}

async function pageOf(
  shop: ShopClient,
  of: { readonly page: readonly Seen[]; readonly fresh: readonly Seen[]; readonly next: Cursor },
): Promise<FeedPage> {
  const { page, fresh, next } = of;
  const hashes = Object.fromEntries(fresh.map(({ id, text }) => [id, hashOf(text)]));
  return {
    file: await fileOf(shop, fresh),
    cursor: { ...next, told: remembered({ ...next.told, ...hashes }) } as Json,
    isMore: next.phase === 'sweep' || next.begun !== null,
    seen: page.map(({ id }) => id),
  };
}

/** Orders with the rates that their articles have now. */
async function fileOf(shop: ShopClient, told: readonly Seen[]): Promise<FeedFile | null> {
  const [first, last] = [told[0]?.id, told.at(-1)?.id];
  if (first === undefined) return null;
  const bundles = await taxRates(shop, told);
  const name = `orders-${first === last ? first : `${first}-${last}`}.json`;
  return { name, bytes: Buffer.from(`[${bundles.join(',\n')}]`) };
}

/** Orders in full, as they came. */
export async function orders(
  shop: ShopClient,
  query: Readonly<Record<string, string>>,
): Promise<readonly Seen[]> {
  const details = { include_details: 'true', apps_load: 'true' };
  const by = { order_by: 'order_id', limit: String(PAGE) };
  const answer = await shop.get('/orders', { ...details, ...by, ...query });
  const seen: Seen[] = [];
  const limits = { bytesMax: ORDER_BYTES_MAX, depthMax: DEPTH_MAX };
  // A list, or an order by itself.
  for await (const item of readJsonValues(Readable.from([Buffer.from(answer ?? '[]')]), limits)) {
    if (item.kind !== 'value') throw notOrders(item.kind);
    const { text } = item.value;
    const order = seenSchema.safeParse(jsonIn(text));
    if (!order.success) throw notOrders(order.error.issues[0]?.path.join('.') || 'JSON');
    seen.push({ id: order.data.order_id, created: order.data.date_created, text });
  }
  return seen;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 10);
}

function notOrders(what: string): ConnectorError {
  return new ConnectorError(`The shop’s list of orders cannot be read (${what}).`, {
    kind: 'unanswered',
  });
}
