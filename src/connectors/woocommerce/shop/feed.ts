import { z } from 'zod';
import type { Json } from '../../../lib/json.ts';
import type { Feed, FeedFile, FeedPage } from '../../../ports/feed.ts';
import {
  bundleOf,
  dayBegins,
  hashOf,
  instant,
  PAGE,
  seenAt,
  seenIn,
  type Seen,
} from './bundles.ts';
import type { ShopClient } from './client.ts';
import { findByNumber } from './by-number.ts';

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

/**
 * Orders of a shop as they change, with their refunds, oldest change first.
 *
 * Each look begins a little before where the last one ended and leaves out what it has told: of
 * orders that change in the same second, or are seen late, none is missed. Within a look the next
 * page begins one second before the last order of this one, never at a page number: orders that
 * change meanwhile move to the end, and those behind them would be passed over.
 */
export function orderFeed(shop: ShopClient): Pick<Feed, 'next' | 'one'> {
  const changes = changesFeed(shop, { path: '/orders', name: 'orders', whole: bundleOf });
  return { ...changes, one: (number) => orderByNumber(shop, number) };
}

/** What of a shop is asked for by what has changed. */
type Changing = {
  readonly path: '/orders' | '/products';
  /** What files are called that hold some of it. */
  readonly name: string;
  /** One of them with what belongs to it, as it is kept. */
  readonly whole: (shop: ShopClient, seen: Seen) => Promise<string>;
};

/** What has changed in a list of the shop: see `orderFeed`. */
export function changesFeed(shop: ShopClient, { path, name, whole }: Changing): Pick<Feed, 'next'> {
  return {
    next: async (cursor, since) => {
      const from = cursor === null ? firstCursor(since) : cursorSchema.parse(cursor);
      const page = await changedAfter(shop, path, from);
      const fresh: string[] = [];
      const told: Cursor['told'] = { ...from.told };
      for (const seen of page) {
        const hash = hashOf(seen.text);
        if (told[seen.id]?.[0] === hash) continue;
        told[seen.id] = [hash, seen.changed];
        fresh.push(await whole(shop, seen));
      }
      const next = cursorBehind(from, page, told);
      const seen = page.map(({ id }) => id);
      const isMore = page.length === PAGE;
      return { file: fileOf(name, fresh, next), cursor: next as Json, isMore, seen };
    },
  };
}

function firstCursor(since: string): Cursor {
  const after = dayBegins(since);
  return { after, offset: 0, latest: after, told: {} };
}

function changedAfter(
  shop: ShopClient,
  path: Changing['path'],
  { after, offset }: Cursor,
): Promise<readonly Seen[]> {
  return seenAt(shop, path, {
    modified_after: after,
    dates_are_gmt: 'true',
    orderby: 'modified',
    order: 'asc',
    status: 'any',
    ...(offset > 0 ? { offset: String(offset) } : {}),
  });
}

/** An order that a person names, with its refunds. @returns null when there is none */
async function orderByNumber(shop: ShopClient, number: string): Promise<FeedFile | null> {
  const found = await findByNumber(shop, number);
  if (found === null) return null;
  const bytes = Buffer.from(await bundleOf(shop, seenIn(found.text)));
  return { name: `order-${found.id}.json`, bytes };
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
