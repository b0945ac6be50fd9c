import { encodeJson } from '../lib/json.ts';
import type { ConnectionReason } from '../ports/connection-reason.ts';
import type { Db } from './db.ts';

/** Lets a connection rest, or ends its rest. @returns whether it was otherwise before */
export async function setPaused(db: Db, connectionId: string, isPaused: boolean): Promise<boolean> {
  const [from, to] = isPaused ? (['ready', 'paused'] as const) : (['paused', 'ready'] as const);
  const { numUpdatedRows } = await db
    .updateTable('connection')
    .set({ state: to, state_reason: null })
    .where('id', '=', connectionId)
    .where('state', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Ends the wait of a connection for a person. One whose login was renewed waits no more already.
 *
 * @returns whether it is ready: it has a login, and nobody lets it rest
 */
export async function endWait(db: Db, connectionId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connection')
    .set({ state: 'ready', state_reason: null })
    .where('id', '=', connectionId)
    .where('state', '<>', 'paused')
    .where('secrets', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets the login of a connection. What it has brought, and what is booked, stays. */
export async function forgetLogin(
  db: Db,
  connectionId: string,
  reason: ConnectionReason,
): Promise<void> {
  await db
    .updateTable('connection')
    .set((eb) => ({
      secrets: null,
      secrets_version: eb('secrets_version', '+', 1),
      state: 'setup',
      state_reason: encodeJson(reason),
    }))
    .where('id', '=', connectionId)
    .execute();
}
