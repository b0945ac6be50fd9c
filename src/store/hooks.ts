import { sql, type Selectable } from 'kysely';
import { encodeJson, sha256 } from '../lib/json.ts';
import type { PickupTrouble } from '../ports/pickup.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import type { ConnectionPlace, SecretBox } from './secret-box.ts';

/** Where a connection's system sends its messages, and how that goes. */
export type Hook = {
  readonly place: ConnectionPlace;
  readonly heard: number;
  readonly forged: number;
  readonly heardAtMs: number | null;
  readonly checkedAtMs: number | null;
  readonly createdAtMs: number;
  /** Messages have come since the latest check that were not signed as they should be. */
  readonly isSecretWrong: boolean;
  readonly trouble: PickupTrouble | null;
  /** What the system had switched off the latest time it had. */
  readonly mended: HookMended | null;
};

/** Messages that a system had stopped sending, and that it sends again. */
export type HookMended = { readonly atMs: number; readonly topics: readonly string[] };

/** The unguessable part of an address, and what messages to it are signed with. */
export type HookSecrets = { readonly token: string; readonly secret: string };

/** Gives a connection an address for messages, unless it has one. */
export async function addHook(
  db: Db,
  box: SecretBox,
  { place, secrets }: { readonly place: ConnectionPlace; readonly secrets: HookSecrets },
): Promise<void> {
  await db
    .insertInto('hook')
    .values({
      connection_id: place.connectionId,
      company_id: place.companyId,
      token_sha256: sha256(secrets.token),
      secrets: box.seal(place, secrets),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @returns null when the connection has no address for messages */
export async function findHook(db: Db, connectionId: string): Promise<Hook | null> {
  const row = await hooks(db).where('connection_id', '=', connectionId).executeTakeFirst();
  return row === undefined ? null : asHook(row);
}

/** Whose an address is. @returns null when it is nobody's */
export async function hookOfToken(db: Db, token: string): Promise<Hook | null> {
  const row = await hooks(db).where('token_sha256', '=', sha256(token)).executeTakeFirst();
  return row === undefined ? null : asHook(row);
}

export async function hookSecrets(
  db: Db,
  box: SecretBox,
  { place }: Pick<Hook, 'place'>,
): Promise<HookSecrets> {
  const { secrets } = await db
    .selectFrom('hook')
    .select('secrets')
    .where('connection_id', '=', place.connectionId)
    .executeTakeFirstOrThrow();
  const { token = '', secret = '' } = box.open(place, secrets);
  return { token, secret };
}

/** Counts a message that came. */
export async function countHeard(
  db: Db,
  connectionId: string,
  { isForged, atMs }: { readonly isForged: boolean; readonly atMs: number },
): Promise<void> {
  await db
    .updateTable('hook')
    .set((eb) =>
      isForged
        ? { forged: eb('forged', '+', '1') }
        : { heard: eb('heard', '+', '1'), heard_at: new Date(atMs) },
    )
    .where('connection_id', '=', connectionId)
    .execute();
}

/** Whether files of a connection have been fetched since its system was told to send messages. */
export async function hasFetchedSince(db: Db, hook: Hook): Promise<boolean> {
  const row = await db
    .selectFrom('received_file')
    .select('id')
    .where('connection_id', '=', hook.place.connectionId)
    .where('via', '=', 'feed')
    .where('received_at', '>', new Date(hook.createdAtMs))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes what a check of the system's messages came to. */
export async function noteHookCheck(
  db: Db,
  connectionId: string,
  check: {
    readonly atMs: number;
    readonly trouble: PickupTrouble | null;
    /** null: none of which anybody has to be told. */
    readonly mended: HookMended | null;
    readonly forged: number;
  },
): Promise<void> {
  const { atMs, trouble, mended, forged } = check;
  await db
    .updateTable('hook')
    .set({
      checked_at: new Date(atMs),
      trouble: trouble === null ? null : encodeJson(trouble),
      forged_then: String(forged),
      mended: mended === null ? null : encodeJson(mended),
    })
    .where('connection_id', '=', connectionId)
    .execute();
}

/** Forgets a connection's address: what is still sent there is nobody's. */
export async function endHook(db: Db, connectionId: string): Promise<void> {
  await db.deleteFrom('hook').where('connection_id', '=', connectionId).execute();
}

/** Objects that messages have named and that wait to be looked at; more are found by sweeps. */
const NUDGES_MAX = 1_000;

/**
 * Has a connection's system looked at soon, and the object that a message named above all. However
 * many come while a look is under way, one more look follows.
 *
 * @param at.afterLookMs - so long after the latest look at the earliest
 */
export async function nudgeFeed(
  db: Db,
  connectionId: string,
  {
    object,
    ...at
  }: { readonly object: string | null; readonly nowMs: number; readonly afterLookMs: number },
): Promise<void> {
  const now = new Date(at.nowMs);
  const gap = sql`${at.afterLookMs}::integer * interval '1 millisecond'`;
  await sql`
    with feed as (
      select id from pickup
       where connection_id = ${connectionId} and kind = 'feed' and ended_at is null
    ), named as (
      insert into nudge (pickup_id, object)
      select id, ${object}::text from feed
       where ${object}::text is not null
         and (select count(*) from nudge n where n.pickup_id = feed.id) < ${NUDGES_MAX}
      on conflict (pickup_id, object) do update set stamp = nudge.stamp + 1
    )
    update pickup set nudged = true,
           due_at = least(due_at, case when trouble is null then
             greatest(${now}::timestamptz, looked_at + ${gap})
             else due_at end)
     where id in (select id from feed) and not nudged
  `.execute(db);
}

/** An object that messages have named since it was looked at last. */
export type Nudge = { readonly object: string; readonly stamp: number };

export async function nudgesOf(db: Db, pickupId: string): Promise<readonly Nudge[]> {
  return db
    .selectFrom('nudge')
    .select(['object', 'stamp'])
    .where('pickup_id', '=', pickupId)
    .orderBy('object')
    .execute();
}

/** These have been looked at; those named again meanwhile stay. */
export async function takeNudges(
  db: Db,
  pickupId: string,
  nudges: readonly Nudge[],
): Promise<void> {
  const objects = nudges.map((one) => one.object);
  const stamps = nudges.map((one) => one.stamp);
  await sql`
    delete from nudge n
     using unnest(${objects}::text[], ${stamps}::integer[]) as seen(object, stamp)
     where n.pickup_id = ${pickupId} and n.object = seen.object and n.stamp = seen.stamp
  `.execute(db);
}

function hooks(db: Db) {
  return db
    .selectFrom('hook')
    .select(['connection_id', 'company_id', 'heard', 'forged', 'heard_at', 'checked_at'])
    .select(['forged_then', 'trouble', 'mended', 'created_at']);
}

function asHook(row: Omit<Selectable<Schema['hook']>, 'secrets' | 'token_sha256'>): Hook {
  const forged = Number(row.forged);
  return {
    place: { companyId: row.company_id, connectionId: row.connection_id },
    heard: Number(row.heard),
    forged,
    heardAtMs: row.heard_at?.getTime() ?? null,
    checkedAtMs: row.checked_at?.getTime() ?? null,
    createdAtMs: row.created_at.getTime(),
    isSecretWrong: forged > Number(row.forged_then),
    trouble: row.trouble as PickupTrouble | null, // Written by `noteHookCheck`.
    mended: row.mended as HookMended | null,
  };
}
