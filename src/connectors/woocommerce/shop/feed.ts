import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Json } from '../../../lib/json.ts';
import { readJsonValues } from '../../../lib/json-values.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Feed, FeedPage } from '../../../ports/feed.ts';
import { DEPTH_MAX, ORDER_BYTES_MAX } from '../limits.ts';
import type { ShopClient } from './client.ts';

/** As many as WooCommerce gives at once. */
const PAGE = 100;
/** Within a second that fills pages, how far one reaches into the one before it. */
const STEP = PAGE / 2;
/**
 * How far back each look begins. An order may be dated before it can be seen: its checkout was
 * still being written. Measured in the shop's own time, so that our clock does not matter.
 */
const OVERLAP_SECONDS = 120;

const cursorSchema = z.object({
  /** Orders changed after this are asked for; GMT without a zone: see `instant`. */
  after: z.string(),
  /** How many of them have been passed over: only where one second fills a page. */
  offset: z.number().int().min(0),
  /** The latest change that was seen. */
  latest: z.string(),
  /** What has been told of those that may come again: a hash by id, with when each had changed. */
  told: z.record(z.string(), z.tuple([z.string(), z.string()])),
});

type Cursor = z.infer<typeof cursorSchema>;

/** What is read of an order or product to fetch it; it is kept as it came. */
const seenSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  date_modified_gmt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  refunds: z.array(z.unknown()).nullish(),
});

type Seen = { readonly id: string; readonly changed: string; readonly text: string };

/**
 * Orders of a shop as they change, with their refunds, oldest change first.
 *
 * Each look begins a little before where the last one ended and leaves out what it has told: of
 * orders that change in the same second, or are seen late, none is missed. Within a look the next
 * page begins one second before the last order of this one, never at a page number: orders that
 * change meanwhile move to the end, and those behind them would be passed over.
 */
export function orderFeed(shop: ShopClient): Feed {
  return changesFeed(shop, { path: '/orders', name: 'orders', whole: withRefunds });
}

/** What of a shop is asked for by what has changed. */
type Changing = {
  readonly path: '/orders' | '/products';
  /** What files are called that hold some of it. */
  readonly name: string;
  /** One of them with what belongs to it, as it is kept. */
  readonly whole: (shop: ShopClient, id: string, text: string) => Promise<string>;
};

/** What has changed in a list of the shop: see `orderFeed`. */
export function changesFeed(shop: ShopClient, { path, name, whole }: Changing): Feed {
  return {
    next: async (cursor, since) => {
      const from = cursor === null ? firstCursor(since) : cursorSchema.parse(cursor);
      const page = await changedAfter(shop, path, from);
      const fresh: string[] = [];
      const told: Cursor['told'] = { ...from.told };
      for (const { id, changed, text } of page) {
        const hash = hashOf(text);
        if (told[id]?.[0] === hash) continue;
        told[id] = [hash, changed];
        fresh.push(await whole(shop, id, text));
      }
      const next = cursorBehind(from, page, told);
      return {
        file: fileOf(name, fresh, next),
        cursor: next as Json,
        isMore: page.length === PAGE,
      };
    },
  };
}

function firstCursor(since: string): Cursor {
  // A day begins up to fourteen hours earlier in a shop than in Greenwich.
  const after = instant(Date.parse(`${since}T00:00:00Z`) - 14 * 3_600_000);
  return { after, offset: 0, latest: after, told: {} };
}

async function changedAfter(
  shop: ShopClient,
  path: Changing['path'],
  { after, offset }: Cursor,
): Promise<readonly Seen[]> {
  const answer = await shop.get(path, {
    modified_after: after,
    dates_are_gmt: 'true',
    orderby: 'modified',
    order: 'asc',
    status: 'any',
    per_page: String(PAGE),
    ...(offset > 0 ? { offset: String(offset) } : {}),
  });
  const seen: Seen[] = [];
  const limits = { bytesMax: ORDER_BYTES_MAX, depthMax: DEPTH_MAX };
  for await (const item of readJsonValues(Readable.from([Buffer.from(answer ?? '[]')]), limits)) {
    if (item.kind !== 'value') throw notList(path, item.kind);
    const { text } = item.value;
    const order = seenSchema.safeParse(parse(text));
    if (!order.success) throw notList(path, order.error.issues[0]?.path.join('.') ?? 'JSON');
    seen.push({ id: order.data.id, changed: order.data.date_modified_gmt, text });
  }
  return seen;
}

/** The order and its refunds in one: what was given back is told apart from what was bought. */
async function withRefunds(shop: ShopClient, id: string, text: string): Promise<string> {
  const { refunds } = seenSchema.parse(parse(text));
  if (refunds === null || refunds === undefined || refunds.length === 0) return text;
  const told = await shop.get(`/orders/${id}/refunds`, { per_page: String(PAGE) });
  return `{"order":${text},"refunds":${told ?? '[]'}}`;
}

/** Where to go on. */
function cursorBehind(from: Cursor, page: readonly Seen[], told: Cursor['told']): Cursor {
  const last = page.at(-1)?.changed ?? from.latest;
  const latest = last > from.latest ? last : from.latest;
  const isFull = page.length === PAGE;
  const after = isFull ? back(last, 1) : back(latest, OVERLAP_SECONDS);
  // Later by text is later in time: both are written alike.
  const forgets = back(latest, OVERLAP_SECONDS);
  const kept = Object.entries(told).filter(([, [, changed]]) => changed > forgets);
  const isStuck = isFull && after <= from.after;
  return {
    after: isStuck ? from.after : after,
    offset: isStuck ? from.offset + STEP : 0,
    latest,
    told: Object.fromEntries(kept),
  };
}

/** Named by what it holds: the same page that is asked for twice is the same file. */
function fileOf(what: string, fresh: readonly string[], { latest }: Cursor): FeedPage['file'] {
  if (fresh.length === 0) return null;
  const name = `${what}-until-${latest.replaceAll(':', '')}.json`;
  return { name, bytes: Buffer.from(`[${fresh.join(',\n')}]`) };
}

function back(at: string, seconds: number): string {
  return instant(Date.parse(`${at}Z`) - seconds * 1_000);
}

/**
 * A moment as the filter takes it: in GMT, to the second and **without a zone**. With a zone or
 * parts of a second WooCommerce reads it as the shop's own time and passes over hours of orders.
 */
function instant(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // The schema says that it is no order.
  }
}

function notList(path: string, what: string): ConnectorError {
  return new ConnectorError(`The shop’s list of ${path.slice(1)} cannot be read (${what}).`, {
    kind: 'unanswered',
  });
}
