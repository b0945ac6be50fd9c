import { fetchNow, type LookEnd } from '../../src/hub/fetch/fetch-files.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { findPickup, listPickups } from '../../src/store/pickups.ts';
import { addCompany, addConnection, claimAccounts } from '../../src/store/registry.ts';
import { command, type Ended } from './command.ts';
import type { Stage } from './stage.ts';

/** Longest that a hub with a quick clock sleeps. */
const NAP_MS = 20;

/** A hub that does not wait as long as a real one between two looks. */
export function quick(stage: Stage, laterMs: () => number = () => 0): Hub {
  const { clock } = stage.hub;
  return {
    ...stage.hub,
    clock: {
      nowMs: () => clock.nowMs() + laterMs(),
      sleep: (ms, signal) => clock.sleep(Math.min(ms, NAP_MS), signal),
    },
  };
}

/** Looks into a pick-up now. */
export async function fetchFrom(hub: Hub, name: string): Promise<LookEnd> {
  const pickup = await findPickup(hub.database.db, name);
  if (pickup === null) throw new Error(`nothing is fetched from ${name}`);
  return fetchNow(hub, pickup);
}

/** A `bokbro` command with a secret in its environment. */
export async function commandWith(
  stage: Stage,
  secret: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<Ended> {
  const names = Object.entries(secret).map(([name, value]) => {
    process.env[`BOKBRO_SECRET_${name}`] = value;
    return `BOKBRO_SECRET_${name}`;
  });
  try {
    return await command(stage, ...argv);
  } finally {
    for (const name of names) delete process.env[name];
  }
}

/** Adds a company whose store is connected. */
export async function addStore(stage: Stage, store: string): Promise<void> {
  const { db } = stage.hub.database;
  const seed = { name: `Butik ${store} AB`, country: 'SE', language: 'sv' } as const;
  const { id: companyId } = await addCompany(db, seed);
  const about = { companyId, connector: 'minbutik', name: 'minbutik' };
  const connection = await addConnection(db, { ...about, settings: { stores: [store] } });
  await claimAccounts(db, connection, [store]);
}

/** Files that were received, as `company name via state`, in their order. */
export async function received(stage: Stage): Promise<readonly string[]> {
  const rows = await stage.hub.database.db
    .selectFrom('received_file as f')
    .innerJoin('company as c', 'c.id', 'f.company_id')
    .select(['c.name as company', 'f.name', 'f.via', 'f.state'])
    .orderBy('f.id')
    .execute();
  return rows.map(({ company, name, via, state }) => `${company} ${name} ${via} ${state}`);
}

/** Ends everything that is fetched, so that the next test begins with nothing. */
export async function forgetPlaces(stage: Stage): Promise<void> {
  for (const { name } of await listPickups(stage.hub.database.db)) {
    await command(stage, 'fetch', 'remove', name);
  }
}
