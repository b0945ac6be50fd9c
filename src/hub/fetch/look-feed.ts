import { createHash } from 'node:crypto';
import { z } from 'zod';
import { present } from '../../lib/assert.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Feed, FeedPage } from '../../ports/feed.ts';
import { PickupError, type PickupTrouble } from '../../ports/pickup.ts';
import { beginFetched, markFetched, rememberPart } from '../../store/fetched.ts';
import { feedCursor, writeFeedCursor } from '../../store/pickups.ts';
import { giveFile, TAKEN_MAX, type Looked, type Looking } from './looking.ts';

/** What a feed's pick-up says beyond the connection whose it is. */
export const feedSettings = z.object({
  /** What was changed before this day is not asked for. */
  since: z.string().regex(/^\d{4}-\d\d-\d\d$/),
});

/**
 * Asks a system what is new in it, page by page. A page is kept before the cursor behind it is:
 * cut off in between it is asked for again, and says nothing new then.
 *
 * @throws PickupError when the system cannot be asked
 */
export async function lookFeed(looking: Looking): Promise<Looked> {
  const { hub, pickup, signal } = looking;
  const { db } = hub.database;
  const { since } = feedSettings.parse(pickup.settings);
  const { connectionId } = present(pickup.owner, 'whose a feed is');
  const feed = present(await hub.openFeed(connectionId), `what is asked by ${pickup.name}`);
  let cursor = await feedCursor(db, pickup.id);
  let [taken, rejected, isMore] = [0, 0, true];
  for (let asked = 0; isMore && asked < TAKEN_MAX && !signal.aborted; asked += 1) {
    const page = await nextPage(feed, cursor, since);
    if (page.file !== null) {
      const isRejected = await keep(looking, page.file);
      taken += 1;
      rejected += isRejected ? 1 : 0;
    }
    await writeFeedCursor(db, pickup.id, page.cursor);
    ({ cursor, isMore } = page);
  }
  return { taken, rejected, isMore, note: null };
}

/** Asks once, to see whether a system lets itself be asked. Nothing is kept. @throws PickupError */
export async function tryFeed(feed: Feed, since: string): Promise<void> {
  await nextPage(feed, null, since);
}

/** @returns whether no part of it could be read */
async function keep(
  looking: Looking,
  { name, bytes }: NonNullable<FeedPage['file']>,
): Promise<boolean> {
  const { db } = looking.hub.database;
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const given = await giveFile(looking, { name, open });
  if (given.kind === 'nobodys') return false; // Cannot be: a feed is of one connection.
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const place = `${name} ${sha256}`;
  const fetchedId = await beginFetched(db, { pickupId: looking.pickup.id, place });
  await rememberPart(db, { fetchedId, part: 0, name, fileId: given.fileId, sha256 });
  await markFetched(db, fetchedId, { state: 'left' });
  return given.isRejected;
}

async function nextPage(
  feed: Feed,
  cursor: Parameters<Feed['next']>[0],
  since: string,
): Promise<FeedPage> {
  try {
    return await feed.next(cursor, since);
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
