import type { LaneFlow } from '../ports/lane-flow.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import { present } from '../lib/assert.ts';
import { gather } from '../lib/gather.ts';
import { encodeJson } from '../lib/json.ts';
import type { CallCount, CallLimit, Turn } from '../ports/call-limit.ts';
import type { LaneHold, LaneStore, StoredBooks } from '../ports/store.ts';
import type { FileContent } from '../ports/target.ts';
import { readCredit } from './credit-sales.ts';
import type { Database, Db } from './db.ts';
import { gatherDays, isRefunded, readOrderStanding } from './sales-days.ts';
import { readDue, type DueAsked } from './due-deliveries.ts';
import { readLinks } from './links.ts';
import { settlementWriter } from './settlement-writer.ts';

/**
 * The lanes' side of the store, on one database. What several lanes ask for at the same time is
 * asked of the database once.
 */
export function laneStore(database: Database): LaneStore {
  const { db, pool } = database;
  const takeLane = gather((asked: readonly Taking[]) => takeLanes(pool, asked));
  const leaveLane = gather((holds: readonly LaneHold[]) => leaveLanes(pool, holds));
  const flowsOf = gather((laneIds: readonly string[]) => readFlows(db, laneIds));
  const dueOf = gather((asked: readonly DueAsked[]) => readDue(pool, asked));
  const booksOf = gather((asked: readonly BooksAsked[]) => readBooks(pool, asked));
  const nextDue = gather((laneIds: readonly string[]) => nextDueMs(db, laneIds));
  const countCalls = gather((counted: readonly Counted[]) => addCalls(pool, counted));
  return {
    takeLane: (laneId, by) => takeLane({ laneId, ...by }),
    leaveLane,
    readFlows: flowsOf,
    readDue: (laneId, options) => dueOf({ laneId, ...options }),
    readCredit: (delivery) => readCredit(pool, delivery),
    readOrderStanding: (delivery) => readOrderStanding(db, delivery),
    isRefunded: (delivery) => isRefunded(db, delivery),
    gatherDays: (hold, nowMs) => gatherDays(db, hold, nowMs),
    readLinks: (connectionId, keys) => readLinks(pool, connectionId, keys),
    settle: settlementWriter(pool),
    nextDueMs: nextDue,
    readBooks: (connectionId, known) => booksOf({ connectionId, known }),
    writeBooks: (connectionId, books) => writeBooks(db, connectionId, books),
    readExtract: (documentId) => readExtract(db, documentId),
    readAttachment: (documentId, number) => readAttachment(db, documentId, number),
    markConnection: async (id, state, reason) => {
      await db
        .updateTable('connection')
        .set({ state, state_reason: encodeJson(reason) })
        .where('id', '=', id)
        .execute();
    },
    reserveCalls: (limit, want, unused) => reserveCalls(pool, limit, { want, unused }),
    blockCalls: async (limit, waitMs) => {
      const { key, requests, perMs } = limit;
      await sql`select block_calls(${key}, ${requests}, ${perMs}, ${Math.ceil(waitMs)})`.execute(
        db,
      );
    },
    countCalls: (connectionId, counted) => countCalls({ connectionId, ...counted }),
  };
}

type Taking = {
  readonly laneId: string;
  readonly workerId: string;
  readonly lookAfterMs: number;
};

async function takeLanes(pool: pg.Pool, asked: readonly Taking[]): Promise<LaneHold[]> {
  // In the order of their ids, as all who lock several lanes do: else they could lock each other.
  const { rows } = await pool.query<{ place: string; fence: string }>({
    name: 'take-lanes',
    text: `select place, take_lane(lane, worker, look_after) as fence
             from (select * from unnest($1::bigint[], $2::text[], $3::integer[])
                     with ordinality as asked(lane, worker, look_after, place)
                    order by lane, place) asked`,
    values: [
      asked.map((one) => one.laneId),
      asked.map((one) => one.workerId),
      asked.map((one) => one.lookAfterMs),
    ],
  });
  const fences = new Map(rows.map((row) => [Number(row.place), row.fence]));
  return asked.map(({ laneId }, index) => ({
    laneId,
    fence: present(fences.get(index + 1), `lane ${laneId}`),
  }));
}

async function leaveLanes(pool: pg.Pool, holds: readonly LaneHold[]): Promise<void[]> {
  await pool.query({
    name: 'leave-lanes',
    text: `with held as materialized (
             select l.id
               from lane l
               join unnest($1::bigint[], $2::bigint[]) as h(id, fence) using (id, fence)
              order by l.id for update of l)
           update lane set worker = null from held where lane.id = held.id`,
    values: [holds.map((hold) => hold.laneId), holds.map((hold) => hold.fence)],
  });
  return holds.map(() => undefined);
}

async function readFlows(db: Db, laneIds: readonly string[]): Promise<LaneFlow[][]> {
  const rows = await db
    .selectFrom('flow as f')
    .innerJoin('company as c', 'c.id', 'f.company_id')
    .select([
      'f.target_id',
      'f.id',
      'c.time_zone',
      'c.country',
      'c.language',
      'f.choices',
      'f.start_date',
    ])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('delivery as d')
            .select('d.id')
            .whereRef('d.lane_id', '=', 'f.target_id')
            .where('d.state', '=', 'gathering'),
        )
        .as('gathers'),
    )
    .where('f.target_id', '=', (eb) => eb.fn.any(eb.val(laneIds)))
    .execute();
  const flows = Map.groupBy(rows, (row) => row.target_id);
  return laneIds.map((laneId) =>
    (flows.get(laneId) ?? []).map((row) => ({
      id: row.id,
      timeZone: row.time_zone,
      country: row.country,
      language: row.language,
      choices: row.choices,
      startDate: row.start_date as LocalDate | null,
      gathers: Boolean(row.gathers),
    })),
  );
}

async function nextDueMs(db: Db, laneIds: readonly string[]): Promise<(number | null)[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('connection', 'connection.id', 'delivery.lane_id')
    .select(({ fn }) => ['lane_id', fn.min('due_at').as('at')])
    .where('lane_id', '=', (eb) => eb.fn.any(eb.val(laneIds)))
    .where('delivery.state', 'in', ['waiting', 'in doubt', 'gathering'])
    .where('connection.state', '=', 'ready')
    .groupBy('lane_id')
    .execute();
  const due = new Map(rows.map((row) => [row.lane_id, row.at.getTime()]));
  return laneIds.map((laneId) => due.get(laneId) ?? null);
}

type BooksAsked = { readonly connectionId: string; readonly known: StoredBooks | null };

type BooksRow = {
  readonly connection_id: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly read_at: Date;
  /** null: as it is known already. */
  readonly body: Books | null;
};

async function readBooks(
  pool: pg.Pool,
  asked: readonly BooksAsked[],
): Promise<(StoredBooks | null)[]> {
  const { rows } = await pool.query<BooksRow>({
    name: 'read-books',
    text: `select b.connection_id, b.from_day, b.to_day, b.read_at,
                  case when b.read_at is distinct from to_timestamp(asked.known_ms / 1000)
                       then b.body end as body
             from unnest($1::bigint[], $2::float8[]) as asked(id, known_ms)
             join books b on b.connection_id = asked.id`,
    values: [asked.map((one) => one.connectionId), asked.map((one) => one.known?.readAtMs ?? null)],
  });
  const found = new Map(rows.map((row) => [row.connection_id, row]));
  return asked.map(({ connectionId, known }) => {
    const row = found.get(connectionId);
    if (row === undefined) return null;
    if (row.body === null) return known;
    const period = { from: row.from_day as LocalDate, to: row.to_day as LocalDate };
    return { period, books: row.body, readAtMs: row.read_at.getTime() };
  });
}

async function writeBooks(
  db: Db,
  connectionId: string,
  { period, books }: Omit<StoredBooks, 'readAtMs'>,
): Promise<void> {
  const row = {
    connection_id: connectionId,
    from_day: period.from,
    to_day: period.to,
    body: encodeJson(books),
    read_at: new Date(),
  };
  await db
    .insertInto('books')
    .values(row)
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(row))
    .execute();
}

async function readExtract(db: Db, documentId: string): Promise<FileContent> {
  const row = await db
    .selectFrom('document')
    .select(['extract', 'media_type'])
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow();
  return { bytes: row.extract, mediaType: row.media_type };
}

async function readAttachment(db: Db, documentId: string, number: number): Promise<FileContent> {
  const row = await db
    .selectFrom('attachment')
    .select(['bytes', 'media_type'])
    .where('document_id', '=', documentId)
    .where('number', '=', number)
    .executeTakeFirst();
  const bytes = present(row?.bytes, `the bytes of attachment ${number}`);
  return { bytes, mediaType: present(row?.media_type, 'their kind') };
}

async function reserveCalls(
  pool: pg.Pool,
  limit: CallLimit,
  { want, unused = [] }: { readonly want: number; readonly unused: readonly number[] | undefined },
): Promise<readonly Turn[]> {
  const { rows } = await pool.query<{ granted: string[]; waits: string[] }>({
    name: 'reserve-calls',
    text: 'select granted, waits from reserve_calls($1, $2, $3, $4, $5)',
    values: [limit.key, want, limit.requests, limit.perMs, unused],
  });
  const { granted, waits } = present(rows[0], 'a reservation');
  return granted.map((at, i) => ({ at: Number(at), waitMs: Number(waits[i]) }));
}

type Counted = CallCount & { readonly connectionId: string };

async function addCalls(pool: pg.Pool, counted: readonly Counted[]): Promise<void[]> {
  await pool.query({
    name: 'count-calls',
    text: `insert into call_count (connection_id, day, calls, rate_limited)
           select id, current_date, sum(calls), sum(rate_limited)
             from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as c(id, calls, rate_limited)
            group by id order by id
           on conflict (connection_id, day) do update
              set calls = call_count.calls + excluded.calls,
                  rate_limited = call_count.rate_limited + excluded.rate_limited`,
    values: [
      counted.map((one) => one.connectionId),
      counted.map((one) => one.calls),
      counted.map((one) => one.rateLimited),
    ],
  });
  return counted.map(() => undefined);
}
