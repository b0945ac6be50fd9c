import { present } from '../../lib/assert.ts';
import type { Pickup } from '../../ports/pickup.ts';
import { findFeed, findPickup, savePickup } from '../../store/pickups.ts';
import { getConnection } from '../../store/registry.ts';
import type { Hub } from '../hub.ts';
import { feedSettings, tryFeed } from './look-feed.ts';

/** How often a system is asked, unless it or somebody says otherwise. */
const EVERY_SECONDS = 60;

/** What a person may say of a feed. */
export type FeedWishes = {
  /** Absent: as before; today the first time. */
  readonly since?: string;
  readonly everySeconds?: number;
};

/**
 * Sees to it that a connection's system is asked what is new, where it can be asked. Asked from an
 * earlier day than before, it begins anew: what has been told is known, and not booked twice.
 *
 * @param today - in the company's own zone
 * @returns null when its system cannot be asked, or its connection has no address
 */
export async function keepFeed(
  hub: Hub,
  connectionId: string,
  { since, everySeconds, today }: FeedWishes & { readonly today: string },
): Promise<Pickup | null> {
  const { db } = hub.database;
  const feed = await hub.openFeed(connectionId);
  if (feed === null) return null;
  const connection = await getConnection(db, connectionId);
  const before = await findFeed(db, connectionId);
  const earlier = before === null ? null : feedSettings.parse(before.settings).since;
  const { companyId } = connection;
  return savePickup(db, hub.box, {
    name: before?.name ?? (await freeName(hub, connection)),
    kind: 'feed',
    owner: { companyId, connectionId },
    everySeconds: everySeconds ?? before?.everySeconds ?? feed.everySeconds ?? EVERY_SECONDS,
    settings: { since: since ?? earlier ?? today },
    secrets: {}, // Its login is the connection's.
    isAnew: since !== undefined && earlier !== null && since < earlier,
  });
}

/** Asks a feed's system once and keeps nothing. @throws PickupError saying what is in the way */
export async function tryPickupFeed(hub: Hub, pickup: Pickup): Promise<void> {
  const { connectionId } = present(pickup.owner, 'whose a feed is');
  const feed = present(await hub.openFeed(connectionId), `what is asked by ${pickup.name}`);
  await tryFeed(feed, feedSettings.parse(pickup.settings).since);
}

/** Connections of several companies bear the same name; pick-ups are told apart by theirs. */
async function freeName(
  hub: Hub,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<string> {
  return (await findPickup(hub.database.db, name)) === null ? name : `${name}-${id}`;
}
