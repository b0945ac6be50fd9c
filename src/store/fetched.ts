import { sql } from 'kysely';
import { encodeJson, storableText } from '../lib/json.ts';
import type { FetchedState, PassedReason } from '../ports/pickup.ts';
import type { Db } from './db.ts';

/** A file or mail at a pick-up, where it stands there. */
export type FoundThere = {
  readonly pickupId: string;
  /** Path, size and time of a file; UIDVALIDITY and UID of a mail. */
  readonly place: string;
  readonly messageId?: string | null;
  readonly sender?: string | null;
  readonly subject?: string | null;
};

/** What is known of something that was found before. */
export type KnownThere = {
  readonly id: string;
  readonly place: string;
  readonly state: Exclude<FetchedState, 'gone'>;
  /** When it is looked at again while it is open. */
  readonly askAtMs: number | null;
};

/** What is known of what stands at these places now. */
export async function knownThere(
  db: Db,
  pickupId: string,
  places: readonly string[],
): Promise<ReadonlyMap<string, KnownThere>> {
  const rows = await db
    .selectFrom('fetched')
    .select(['id', 'place', 'state', 'ask_at'])
    .where('pickup_id', '=', pickupId)
    .where('place', '=', (eb) => eb.fn.any(eb.val([...places])))
    .where('state', '<>', 'gone')
    .execute();
  return new Map(
    rows.map(({ id, place, state, ask_at }) => [
      place,
      { id, place, state: state as KnownThere['state'], askAtMs: ask_at?.getTime() ?? null },
    ]),
  );
}

/** Begins what is kept of a find; begun before, it goes on. @returns its id */
export async function beginFetched(db: Db, found: FoundThere): Promise<string> {
  const text = (value: string | null | undefined): string | null =>
    value == null ? null : storableText(value);
  const about = {
    message_id: text(found.messageId),
    sender: text(found.sender),
    subject: text(found.subject),
  };
  const { id } = await db
    .insertInto('fetched')
    .values({ pickup_id: found.pickupId, place: found.place, state: 'open', ...about })
    .onConflict((conflict) =>
      conflict
        .columns(['pickup_id', 'place'])
        // As the index says it: with a parameter it is not known to be the same.
        .where(sql<boolean>`state <> 'gone'`)
        .doUpdateSet(about),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Says how it stands with a find. */
export async function markFetched(
  db: Db,
  id: string,
  as: {
    readonly state: FetchedState;
    readonly reason?: PassedReason;
    readonly askAtMs?: number;
  },
): Promise<void> {
  await db
    .updateTable('fetched')
    .set({
      state: as.state,
      reason: as.reason === undefined ? null : encodeJson(as.reason),
      ask_at: as.askAtMs === undefined ? null : new Date(as.askAtMs),
    })
    .where('id', '=', id)
    .execute();
}

/** One file of a find: kept under a file's id, or not taken for a reason. */
export type FetchedPart = {
  readonly fetchedId: string;
  readonly part: number;
  readonly name: string;
} & ({ readonly sha256: string; readonly fileId: string } | { readonly reason: PassedReason });

/** Remembers a part, after it was kept. */
export async function rememberPart(db: Db, one: FetchedPart): Promise<void> {
  const became =
    'fileId' in one
      ? { sha256: one.sha256, file_id: one.fileId, reason: null }
      : { sha256: null, file_id: null, reason: encodeJson(one.reason) };
  await db
    .insertInto('fetched_part')
    .values({
      fetched_id: one.fetchedId,
      part: one.part,
      name: storableText(one.name),
      ...became,
    })
    .onConflict((conflict) => conflict.columns(['fetched_id', 'part']).doUpdateSet(became))
    .execute();
}

/**
 * The file that the same bytes of the same mail became before: it was delivered twice, or its
 * folder has new numbers (UIDVALIDITY). Looked for by its bytes as well, since there are programs
 * that give all their mails one Message-ID.
 *
 * @returns null when it is new
 */
export async function keptBefore(
  db: Db,
  of: {
    readonly pickupId: string;
    readonly fetchedId: string;
    readonly messageId: string | null;
    readonly sha256: string;
  },
): Promise<string | null> {
  const row = await db
    .selectFrom('fetched as f')
    .innerJoin('fetched_part as p', 'p.fetched_id', 'f.id')
    .select('p.file_id')
    .where('f.pickup_id', '=', of.pickupId)
    .where('p.sha256', '=', of.sha256)
    .where((eb) =>
      of.messageId === null
        ? eb('f.id', '=', of.fetchedId)
        : eb.or([eb('f.id', '=', of.fetchedId), eb('f.message_id', '=', of.messageId)]),
    )
    .orderBy('p.file_id')
    .executeTakeFirst();
  return row?.file_id ?? null;
}

/** What was not taken and stands there no more is nobody's concern any longer. */
export async function noteGone(
  db: Db,
  pickupId: string,
  placesThere: readonly string[],
): Promise<void> {
  await db
    .updateTable('fetched')
    .set({ state: 'gone' })
    .where('pickup_id', '=', pickupId)
    .where('state', 'in', ['open', 'passed'])
    .where((eb) => eb.not(eb('place', '=', eb.fn.any(eb.val([...placesThere])))))
    .execute();
}

/** Has what was passed looked at once more, as when a limit was raised. @returns how many */
export async function askAgain(db: Db, pickupId: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('fetched')
    .set({ state: 'open', ask_at: null })
    .where('pickup_id', '=', pickupId)
    .where('state', 'in', ['open', 'passed'])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** What a pick-up has brought so far, and what a person should look at there. */
export type PickupTally = {
  readonly pickupId: string;
  readonly files: number;
  readonly open: number;
  readonly passed: number;
};

export async function tallyFetched(db: Db): Promise<ReadonlyMap<string, PickupTally>> {
  const { rows } = await sql<{ id: string; files: string; open: string; passed: string }>`
    select u.id,
           (select count(*) from fetched f join fetched_part p on p.fetched_id = f.id
             where f.pickup_id = u.id and p.file_id is not null) as files,
           (select count(*) from fetched f where f.pickup_id = u.id and f.state = 'open') as open,
           (select count(*) from fetched f
             where f.pickup_id = u.id and f.state = 'passed') as passed
      from pickup u where u.ended_at is null
  `.execute(db);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        pickupId: row.id,
        files: Number(row.files),
        open: Number(row.open),
        passed: Number(row.passed),
      },
    ]),
  );
}

/** Something at a pick-up that was not taken, as a person sees it. */
export type NotTaken = {
  readonly id: string;
  readonly pickupId: string;
  readonly place: string;
  readonly state: 'open' | 'passed';
  readonly sender: string | null;
  readonly subject: string | null;
  readonly reason: PassedReason | null;
  readonly notedAtMs: number;
  readonly parts: readonly { readonly name: string; readonly reason: PassedReason | null }[];
};

/** The latest that were not taken, newest first. */
export async function listNotTaken(
  db: Db,
  pickupId: string,
  limit: number,
): Promise<readonly NotTaken[]> {
  const { rows } = await sql<{
    id: string;
    place: string;
    state: 'open' | 'passed';
    sender: string | null;
    subject: string | null;
    reason: PassedReason | null;
    noted_at: Date;
    parts: NotTaken['parts'] | null;
  }>`
    select f.id, f.place, f.state, f.sender, f.subject, f.reason, f.noted_at,
           (select jsonb_agg(jsonb_build_object('name', p.name, 'reason', p.reason) order by p.part)
              from fetched_part p where p.fetched_id = f.id) as parts
      from fetched f
     where f.pickup_id = ${pickupId} and f.state in ('open', 'passed')
     order by f.id desc limit ${limit}
  `.execute(db);
  return rows.map(({ noted_at, parts, ...row }) => ({
    ...row,
    pickupId,
    notedAtMs: noted_at.getTime(),
    parts: parts ?? [],
  }));
}

/** Where a received file was fetched. */
export type FileOrigin = {
  readonly pickup: string;
  readonly place: string;
  readonly messageId: string | null;
  readonly sender: string | null;
  readonly name: string;
};

/** @returns null when the file came in another way */
export async function originOf(db: Db, fileId: string): Promise<FileOrigin | null> {
  const row = await db
    .selectFrom('fetched_part as p')
    .innerJoin('fetched as f', 'f.id', 'p.fetched_id')
    .innerJoin('pickup as u', 'u.id', 'f.pickup_id')
    .select(['u.name as pickup', 'f.place', 'f.message_id', 'f.sender', 'p.name'])
    .where('p.file_id', '=', fileId)
    .orderBy('f.id')
    .executeTakeFirst();
  if (row === undefined) return null;
  const { pickup, place, message_id: messageId, sender, name } = row;
  return { pickup, place, messageId, sender, name };
}
