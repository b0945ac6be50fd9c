import { stableJson } from '../lib/json.ts';
import { ConnectorError } from '../ports/errors.ts';
import { forgetLogin, setPaused } from '../store/connection-state.ts';
import { endHook } from '../store/hooks.ts';
import { endPickup, listPickups } from '../store/pickups.ts';
import {
  addConnection,
  changeSettings,
  claimAccounts,
  getConnection,
  listConnections,
  type Company,
  type Connection,
} from '../store/registry.ts';
import { listWaitingFiles } from '../store/waiting-files.ts';
import { setDropFolder } from './drop-folders.ts';
import { removeHooks } from './hooks/keep-hooks.ts';
import type { Hub } from './hub.ts';
import { readFilesAgain, type ReadAgain } from './read-again.ts';

/** What a person says of a connection. */
export type ConnectionWishes = {
  readonly connector: string;
  readonly name: string;
  /** As the connector's schema has read them. */
  readonly settings: unknown;
  /** Store numbers whose files belong here. */
  readonly stores: readonly string[];
  /** A folder that files are dropped into; empty ends it; absent: as before. */
  readonly folder?: string;
};

/** What it came to. */
export type ConnectionSetUp = {
  readonly connection: Connection;
  /** Stores that belong to another company: their takings would be booked twice. */
  readonly taken: readonly string[];
  /** Files that could not be read before, and were read again by the new settings. */
  readonly readAgain: readonly ReadAgain[];
};

/** Adds the connection of this name, or changes how it is connected. */
export async function setUpConnection(
  hub: Hub,
  company: Company,
  wishes: ConnectionWishes,
): Promise<ConnectionSetUp> {
  const { db } = hub.database;
  const { name, connector, settings, stores, folder } = wishes;
  const all = await listConnections(db, company.id);
  const before = all.find((one) => one.name === name);
  const companyId = company.id;
  const connection = before ?? (await addConnection(db, { companyId, connector, name, settings }));
  const waiting = await listWaitingFiles(db, { companyId, connectionId: connection.id });
  await changeSettings(db, connection.id, settings);
  const taken = await claimAccounts(db, connection, stores);
  if (taken.length > 0) return { connection, taken, readAgain: [] };
  if (folder !== undefined) await setDropFolder(hub, connection.id, folder);
  const isChanged = stableJson(before?.settings) !== stableJson(settings);
  const readAgain = isChanged ? await readFilesAgain(hub, waiting) : [];
  return { connection, taken, readAgain };
}

/** Lets a connection rest: nothing is fetched from it, nothing sent to it; or ends its rest. */
export async function restConnection(hub: Hub, connectionId: string, isPaused: boolean) {
  const isChanged = await setPaused(hub.database.db, connectionId, isPaused);
  if (!isChanged || isPaused) return;
  await hub.jobs.wakeLane(connectionId);
  await hub.jobs.notify();
}

/**
 * Ends a connection's login: its messages and what is fetched for it end with it. What it brought
 * and what is booked stays as it is, and it can be connected anew.
 */
export async function disconnect(hub: Hub, connectionId: string, by: string): Promise<void> {
  const { db } = hub.database;
  try {
    await removeHooks(hub, connectionId);
  } catch (error) {
    // A system that cannot be asked goes on sending to an address that is nobody's any more.
    if (!(error instanceof ConnectorError)) throw error;
    await endHook(db, connectionId);
  }
  const nowMs = hub.clock.nowMs();
  const theirs = (await listPickups(db)).filter(
    ({ owner }) => owner?.connectionId === connectionId,
  );
  for (const { id } of theirs) await endPickup(db, id, nowMs);
  await setDropFolder(hub, connectionId, '');
  const { name } = await getConnection(db, connectionId);
  await forgetLogin(db, connectionId, { code: 'disconnected', facts: { name, by } });
}
