import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import { encodeJson, type Json } from '../lib/json.ts';
import type { Secrets } from '../ports/connector.ts';
import { PickupError, type Pickup, type PickupTrouble } from '../ports/pickup.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import type { SecretBox } from './secret-box.ts';

/** What a person decides about a pick-up. */
export type PickupSeed = Pick<Pickup, 'name' | 'kind' | 'owner' | 'everySeconds'> & {
  readonly settings: object;
  readonly secrets: Secrets;
  /** A feed forgets where it stood. Absent: it goes on there. */
  readonly isAnew?: boolean;
};

/** Adds a pick-up, or changes the one of that name and has it looked into at once. */
export async function savePickup(db: Db, box: SecretBox, seed: PickupSeed): Promise<Pickup> {
  return db.transaction().execute(async (trx) => {
    const companyId = seed.owner?.companyId ?? null;
    const row = {
      kind: seed.kind,
      company_id: companyId,
      connection_id: seed.owner?.connectionId ?? null,
      settings: encodeJson(seed.settings),
      every_seconds: seed.everySeconds,
      due_at: new Date(0),
      failures: 0,
      trouble: null,
      note: null,
      // Whoever looks into it just now does so as it stood before: what comes of that is not noted.
      held_by: null,
      held_until: null,
      ...(seed.isAnew === true ? { cursor: null } : {}),
    };
    const before = await openPickups(trx).where('name', '=', seed.name).executeTakeFirst();
    const { id } =
      before ??
      (await trx
        .insertInto('pickup')
        // Its seal needs its id: it is sealed below, in the same transaction.
        .values({ ...row, name: seed.name, secrets: Buffer.alloc(0) })
        .returning('id')
        .executeTakeFirstOrThrow());
    const secrets = box.seal({ companyId, pickupId: id }, seed.secrets);
    const saved = await trx
      .updateTable('pickup')
      .set({ ...row, secrets })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return asPickup(saved);
  });
}

export async function listPickups(db: Db): Promise<readonly Pickup[]> {
  return (await openPickups(db).orderBy('name').execute()).map(asPickup);
}

export async function findPickup(db: Db, name: string): Promise<Pickup | null> {
  const row = await openPickups(db).where('name', '=', name).executeTakeFirst();
  return row === undefined ? null : asPickup(row);
}

/** @returns null when there is none of this id, or when it has ended */
export async function getPickup(db: Db, id: string): Promise<Pickup | null> {
  const row = await openPickups(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : asPickup(row);
}

/** Ends a pick-up and forgets its login. What was fetched from it stays as it is. */
export async function endPickup(db: Db, id: string, atMs: number): Promise<void> {
  await db
    .updateTable('pickup')
    .set({ ended_at: new Date(atMs), secrets: null })
    .where('id', '=', id)
    .execute();
}

/**
 * The login of a pick-up.
 *
 * @throws PickupError when it was sealed with another master key
 */
export async function pickupSecrets(db: Db, box: SecretBox, pickup: Pickup): Promise<Secrets> {
  const { secrets } = await db
    .selectFrom('pickup')
    .select('secrets')
    .where('id', '=', pickup.id)
    .executeTakeFirstOrThrow();
  const place = { companyId: pickup.owner?.companyId ?? null, pickupId: pickup.id };
  try {
    return box.open(place, secrets ?? Buffer.alloc(0));
  } catch (cause) {
    throw new PickupError({ code: 'secret-sealed', facts: {} }, { cause });
  }
}

/** By whom a pick-up is held, and until when unless they say that they live. */
export type Hold = { readonly holder: string; readonly untilMs: number };

/**
 * Takes pick-ups to look into that are due and that no living process holds.
 *
 * A hold that has run out while its holder lives does no harm: what two fetch is seen once.
 */
export async function takeDue(
  db: Db,
  { holder, untilMs, nowMs, limit }: Hold & { readonly nowMs: number; readonly limit: number },
): Promise<readonly Pickup[]> {
  const now = new Date(nowMs);
  const rows = await db
    .updateTable('pickup')
    .set({ held_by: holder, held_until: new Date(untilMs), nudged: false })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('pickup')
        .select('id')
        .where('ended_at', 'is', null)
        .where('due_at', '<=', now)
        .where(isNotResting)
        .where((or) => or.or([or('held_until', 'is', null), or('held_until', '<=', now)]))
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();
  return rows.map(asPickup);
}

/** Nothing is fetched for a connection that a person lets rest. */
function isNotResting({ not, exists, selectFrom }: ExpressionBuilder<Schema, 'pickup'>) {
  const paused = selectFrom('connection')
    .select('connection.id')
    .whereRef('connection.id', '=', 'pickup.connection_id')
    .where('connection.state', '=', 'paused');
  return not(exists(paused));
}

/** Takes one pick-up, due or not. @returns false while another living process holds it */
export async function takePickup(
  db: Db,
  id: string,
  { holder, untilMs, nowMs }: Hold & { readonly nowMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('pickup')
    .set({ held_by: holder, held_until: new Date(untilMs), nudged: false })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where((or) => or.or([or('held_until', 'is', null), or('held_until', '<=', new Date(nowMs))]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Says that the holder of a pick-up lives. */
export async function keepHold(db: Db, id: string, { holder, untilMs }: Hold): Promise<void> {
  await db
    .updateTable('pickup')
    .set({ held_until: new Date(untilMs) })
    .where('id', '=', id)
    .where('held_by', '=', holder)
    .execute();
}

/** What a look came to. */
export type LookNote = {
  readonly holder: string;
  readonly atMs: number;
  readonly dueMs: number;
  /** When it is due if it has been told of something meanwhile. */
  readonly nudgedDueMs: number;
  readonly failures: number;
  /** null: it went well. */
  readonly trouble: PickupTrouble | null;
  readonly note: PickupTrouble | null;
};

/** Notes what a look came to, and lets the pick-up go. */
export async function noteLook(db: Db, id: string, look: LookNote): Promise<void> {
  const { trouble, note } = look;
  const due = new Date(look.dueMs);
  // Told of something while it looked: what came after it had passed there is looked at soon.
  const soon = new Date(trouble === null ? look.nudgedDueMs : look.dueMs);
  await db
    .updateTable('pickup')
    .set({
      due_at: sql<Date>`case when nudged then least(${due}::timestamptz, ${soon}::timestamptz)
        else ${due}::timestamptz end`,
      failures: look.failures,
      trouble: trouble === null ? null : encodeJson(trouble),
      ...(note === null ? {} : { note: encodeJson(note) }),
      ...(trouble === null ? { looked_at: new Date(look.atMs) } : {}),
      held_by: null,
      held_until: null,
    })
    .where('id', '=', id)
    .where('held_by', '=', look.holder)
    .execute();
}

/** Where a feed goes on asking; null: from the beginning. */
export async function feedCursor(db: Db, id: string): Promise<Json | null> {
  const { cursor } = await db
    .selectFrom('pickup')
    .select('cursor')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return cursor;
}

/** Notes where to go on. What came before it must be kept by now. */
export async function writeFeedCursor(db: Db, id: string, cursor: Json): Promise<void> {
  await db
    .updateTable('pickup')
    .set({ cursor: encodeJson(cursor) })
    .where('id', '=', id)
    .execute();
}

/** Where a feed's comparison with what it told goes on, and when the latest came to its end. */
export async function sweepState(
  db: Db,
  id: string,
): Promise<{ readonly cursor: Json | null; readonly sweptAtMs: number | null }> {
  const row = await db
    .selectFrom('pickup')
    .select(['sweep', 'swept_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { cursor: row.sweep, sweptAtMs: row.swept_at?.getTime() ?? null };
}

/** Notes where a comparison goes on, or that it has come to its end and what it found. */
export async function noteSweep(
  db: Db,
  id: string,
  swept: {
    readonly cursor: Json;
    /** null: there is more. */
    readonly end: { readonly atMs: number; readonly concern: PickupTrouble | null } | null;
  },
): Promise<void> {
  const { cursor, end } = swept;
  const concern = end?.concern ?? null;
  await db
    .updateTable('pickup')
    .set({
      sweep: encodeJson(cursor),
      ...(end === null
        ? {}
        : {
            swept_at: new Date(end.atMs),
            note: concern === null ? null : encodeJson(concern),
          }),
    })
    .where('id', '=', id)
    .execute();
}

/** The feed of a connection. @returns null when it has none */
export async function findFeed(db: Db, connectionId: string): Promise<Pickup | null> {
  const row = await openPickups(db)
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'feed')
    .executeTakeFirst();
  return row === undefined ? null : asPickup(row);
}

function openPickups(db: Db) {
  return db.selectFrom('pickup').selectAll().where('ended_at', 'is', null);
}

function asPickup(row: Selectable<Schema['pickup']>): Pickup {
  const { company_id: companyId, connection_id: connectionId } = row;
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    owner: companyId === null || connectionId === null ? null : { companyId, connectionId },
    settings: row.settings,
    everySeconds: row.every_seconds,
    failures: row.failures,
    trouble: row.trouble as PickupTrouble | null, // Written by `noteLook`.
    note: row.note as PickupTrouble | null,
    lookedAtMs: row.looked_at?.getTime() ?? null,
  };
}
