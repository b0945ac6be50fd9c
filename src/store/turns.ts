import type { PoolClient } from 'pg';
import type { Database } from './db.ts';

/** Classes of the advisory locks by which one process at a time does something. */
export const TURN = { reading: 7_201, schedule: 7_203 } as const;

/** What is locked: a class, and an id in it. */
type Place = { readonly turn: keyof typeof TURN; readonly id: string };

/**
 * Does something when its turn has come. The turn ends with the process, however that ends. It
 * keeps a connection: see `Database.keeping`.
 */
export async function inTurn<T>(
  { pool }: Database,
  place: Place,
  act: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1, $2)', keysOf(place));
    return await act();
  } finally {
    // Also ends the lock when `act` failed; a lost connection has ended it already.
    client.release(await unlock(client, place));
  }
}

/** Does something unless another process does it now. @returns null then */
export async function ifOurTurn<T>(
  { pool }: Database,
  place: Place,
  act: () => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  let isOurs = false;
  try {
    const text = 'select pg_try_advisory_lock($1, $2) as is_ours';
    const { rows } = await client.query<{ is_ours: boolean }>(text, keysOf(place));
    isOurs = rows[0]?.is_ours === true;
    return isOurs ? await act() : null;
  } finally {
    client.release(isOurs ? await unlock(client, place) : undefined);
  }
}

function keysOf({ turn, id }: Place): unknown[] {
  return [TURN[turn], Number(id)];
}

/** @returns an error when the session is not fit for the pool any more */
async function unlock(client: PoolClient, place: Place): Promise<Error | undefined> {
  try {
    await client.query('select pg_advisory_unlock($1, $2)', keysOf(place));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
