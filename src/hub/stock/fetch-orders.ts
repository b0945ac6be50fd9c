import { PickupError } from '../../ports/pickup.ts';
import { findFeed } from '../../store/pickups.ts';
import type { Connection } from '../../store/registry.ts';
import { fetchNow } from '../fetch/fetch-files.ts';
import type { Hub } from '../hub.ts';

/** Looks in a row, each of which takes thousands of orders. */
const LOOKS_MAX = 50;
/** How long another process may be looking just now, and how often it is asked whether it is. */
const HELD_MAX = 40;
const HELD_MS = 250;

/**
 * Has everything that shops have sold up to now, so that nothing of it is sold again.
 *
 * @throws PickupError when a shop cannot be asked, or has told more than can be taken
 */
export async function fetchOrders(hub: Hub, shops: readonly Connection[]): Promise<void> {
  for (const shop of shops) await fetchOf(hub, shop);
}

async function fetchOf(hub: Hub, { id, name }: Connection): Promise<void> {
  const pickup = await findFeed(hub.database.db, id);
  let held = 0;
  for (let looks = 0; pickup !== null && looks < LOOKS_MAX;) {
    const end = await fetchNow(hub, pickup);
    if (end.kind === 'failed') throw new PickupError(end.trouble);
    if (end.kind === 'looked') {
      if (!end.isMore) return;
      looks += 1;
      continue;
    }
    held += 1;
    if (held > HELD_MAX) break;
    await hub.clock.sleep(HELD_MS);
  }
  const why = `the orders of ${name} have not all been fetched yet`;
  throw new PickupError({ code: 'failed', facts: { why } });
}
