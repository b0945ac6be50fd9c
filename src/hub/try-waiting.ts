import { dayAt } from '../domain/date.ts';
import { attemptRead } from '../engine/attempt.ts';
import type { HealthItem } from '../ports/health.ts';
import { addAudit } from '../store/audit.ts';
import { endWait } from '../store/connection-state.ts';
import { listCompanies, listConnections, type Connection } from '../store/registry.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';

const HOUR_MS = 60 * 60_000;

/** Once an hour, asks the ledgers that have refused our login whether they take it again. */
export function tryWaiting(hub: Hub): KeptUp {
  const failed = 'connections that wait could not be tried';
  return keepDoing(hub, { everyMs: HOUR_MS, failed }, () => tryEndedLogins(hub));
}

/**
 * Tries each login that a ledger has refused. One that was refused while the ledger was out of
 * order is taken again, and no person is needed; any other waits on, for the reason it had.
 */
export async function tryEndedLogins(hub: Hub): Promise<void> {
  const { db } = hub.database;
  for (const company of await listCompanies(db)) {
    const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
    for (const connection of await listConnections(db, company.id)) {
      const takes = hub.connectors.get(connection.connector)?.takes.length ?? 0;
      if (connection.state !== 'reconnect' || takes === 0) continue;
      const { target } = await hub.openTarget(connection.id);
      const read = await attemptRead(() => target.readBooks({ from: today, to: today }));
      if (read.kind !== 'answered') continue;
      await goOn(hub, connection, 'the hub');
      hub.log.info({ connectionId: connection.id }, 'a login that was refused is taken again');
    }
  }
}

/**
 * Ends the wait of a ledger that was just looked at, when what it waited for is mended: its login,
 * or whatever else the look calls a problem.
 *
 * @returns whether it waits no more
 */
export async function endWaitIfWell(
  hub: Hub,
  connection: Connection,
  { items, by }: { readonly items: readonly HealthItem[]; readonly by: string },
): Promise<boolean> {
  const { state } = connection;
  if (state !== 'reconnect' && state !== 'setup') return false;
  const problems = items.filter((one) => one.state === 'problem');
  const isWell =
    state === 'reconnect'
      ? problems.every(({ item }) => item !== 'connection')
      : problems.length === 0;
  return isWell && (await goOn(hub, connection, by));
}

/** @returns whether it is ready */
async function goOn(hub: Hub, connection: Connection, by: string): Promise<boolean> {
  const { id, companyId, name } = connection;
  const isReady = await hub.database.db.transaction().execute(async (trx) => {
    if (!(await endWait(trx, id))) return false;
    const about = { connection: name };
    await addAudit(trx, { by, companyId, act: 'connection.recovered', about });
    return true;
  });
  if (!isReady) return false;
  await hub.jobs.wakeLane(id);
  await hub.jobs.notify();
  return true;
}
