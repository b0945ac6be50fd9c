import { createHash } from 'node:crypto';
import { z } from 'zod';
import { dayAt } from '../../domain/date.ts';
import { present } from '../../lib/assert.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Feed, FeedFile, KnownSales } from '../../ports/feed.ts';
import { PickupError, type PickupTrouble } from '../../ports/pickup.ts';
import { beginFetched, markFetched, rememberPart } from '../../store/fetched.ts';
import { nudgesOf, takeNudges, type Nudge } from '../../store/hooks.ts';
import { knownSales } from '../../store/known-sales.ts';
import { feedCursor, noteSweep, sweepState, writeFeedCursor } from '../../store/pickups.ts';
import { getConnection, listCompanies } from '../../store/registry.ts';
import { checkHooksDaily } from '../hooks/keep-hooks.ts';
import { giveFile, TAKEN_MAX, type Looked, type Looking } from './looking.ts';

/** What a feed's pick-up says beyond the connection whose it is. */
export const feedSettings = z.object({
  /** What was changed before this day is not asked for. */
  since: z.string().regex(/^\d{4}-\d\d-\d\d$/),
});

/** How often all that is there is compared with all that was told. */
const COMPARE_MS = 24 * 60 * 60_000;

/**
 * Asks a system what is new in it, page by page; then what messages have named and no page showed;
 * and once a day what has changed in silence. A page is kept before the cursor behind it is: cut
 * off in between it is asked for again, and says nothing new then.
 *
 * @throws PickupError when the system cannot be asked
 */
export async function lookFeed(looking: Looking): Promise<Looked> {
  const { hub, pickup } = looking;
  const { db } = hub.database;
  const { since } = feedSettings.parse(pickup.settings);
  const { connectionId } = present(pickup.owner, 'whose a feed is');
  const feed = present(await hub.openFeed(connectionId), `what is asked by ${pickup.name}`);
  const of: OfFeed = { looking, feed, since, known: knownSales(db, connectionId), connectionId };
  const tally = { taken: 0, rejected: 0 };
  const nudges = await nudgesOf(db, pickup.id);
  const { isMore, seen } = await takePages(of, tally);
  await takeNamed(of, { tally, nudges, seen });
  const checked = await checkHooksDaily(hub, connectionId);
  // What was not sent while messages were switched off is not sent any more.
  const isMissed = (checked?.kept?.switchedOn.length ?? 0) > 0;
  const isMoreToCompare = isMore ? false : await compare(of, tally, isMissed);
  return { ...tally, isMore: isMore || isMoreToCompare, note: null };
}

type OfFeed = {
  readonly looking: Looking;
  readonly feed: Feed;
  readonly since: string;
  readonly known: KnownSales;
  readonly connectionId: string;
};
type Tally = { taken: number; rejected: number };

/** What has changed since the latest look. */
async function takePages(
  { looking, feed, since }: OfFeed,
  tally: Tally,
): Promise<{ readonly isMore: boolean; readonly seen: ReadonlySet<string> }> {
  const { hub, pickup, signal } = looking;
  const { db } = hub.database;
  const seen = new Set<string>();
  let cursor = await feedCursor(db, pickup.id);
  let isMore = true;
  for (let asked = 0; isMore && asked < TAKEN_MAX && !signal.aborted; asked += 1) {
    const page = await asking(() => feed.next(cursor, since));
    for (const one of page.seen ?? []) seen.add(one);
    await keep(looking, page.file, tally);
    await writeFeedCursor(db, pickup.id, page.cursor);
    ({ cursor, isMore } = page);
  }
  return { isMore, seen };
}

/** What messages have named and no page has shown. */
async function takeNamed(
  { looking, feed, known }: OfFeed,
  of: {
    readonly tally: Tally;
    readonly nudges: readonly Nudge[];
    readonly seen: ReadonlySet<string>;
  },
): Promise<void> {
  const named = of.nudges.map(({ object }) => object).filter((object) => !of.seen.has(object));
  if (feed.look !== undefined && named.length > 0) {
    const look = feed.look.bind(feed);
    await keep(looking, await asking(() => look(named, known)), of.tally);
  }
  await takeNudges(looking.hub.database.db, looking.pickup.id, of.nudges);
}

/** Compares what is there with what was told, when that was done last a day ago. */
async function compare(
  { looking, feed, known, since, connectionId }: OfFeed,
  tally: Tally,
  isAsked: boolean,
): Promise<boolean> {
  const { hub, pickup, signal } = looking;
  const { db } = hub.database;
  if (feed.sweep === undefined) return false;
  const sweep = feed.sweep.bind(feed);
  const nowMs = hub.clock.nowMs();
  const before = await sweepState(db, pickup.id);
  if (!isAsked && nowMs - (before.sweptAtMs ?? 0) < COMPARE_MS) return false;
  const { companyId } = await getConnection(db, connectionId);
  const company = present(
    (await listCompanies(db)).find(({ id }) => id === companyId),
    'the company of a feed',
  );
  const today = dayAt(new Date(nowMs), company.timeZone);
  let { cursor } = before;
  let concern: PickupTrouble | null = null;
  for (let asked = 0; asked < TAKEN_MAX && !signal.aborted; asked += 1) {
    const page = await asking(() => sweep(known, { cursor, since, today }));
    await keep(looking, page.file, tally);
    concern ??= page.concern;
    const end = page.isMore ? null : { atMs: hub.clock.nowMs(), concern };
    await noteSweep(db, pickup.id, { cursor: page.cursor, end });
    if (!page.isMore) return false;
    cursor = page.cursor;
  }
  return true;
}

/** Asks once, to see whether a system lets itself be asked. Nothing is kept. @throws PickupError */
export async function tryFeed(feed: Feed, since: string): Promise<void> {
  await asking(() => feed.next(null, since));
}

async function keep(looking: Looking, file: FeedFile | null, tally: Tally): Promise<void> {
  if (file === null) return;
  const { name, bytes } = file;
  const { db } = looking.hub.database;
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const given = await giveFile(looking, { name, open });
  if (given.kind === 'nobodys') return; // Cannot be: a feed is of one connection.
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const place = `${name} ${sha256}`;
  const fetchedId = await beginFetched(db, { pickupId: looking.pickup.id, place });
  await rememberPart(db, { fetchedId, part: 0, name, fileId: given.fileId, sha256 });
  await markFetched(db, fetchedId, { state: 'left' });
  tally.taken += 1;
  tally.rejected += given.isRejected ? 1 : 0;
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof ConnectorError)) throw cause;
    throw new PickupError(troubleOf(cause), { cause });
  }
}

/** What a connector says of a failed call, as something that is in the way of fetching. */
function troubleOf({ failure, message: why }: ConnectorError): PickupTrouble {
  switch (failure.kind) {
    case 'busy':
      return { code: 'busy', facts: { why, seconds: String(Math.ceil(failure.waitMs / 1_000)) } };
    case 'reconnect':
      return { code: 'keys-refused', facts: { why } };
    case 'setup':
      return { code: 'set-up-there', facts: { why } };
    case 'unreachable':
    case 'unanswered':
    case 'bug':
      return { code: 'failed', facts: { why } };
  }
}
