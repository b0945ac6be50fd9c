import { sql } from 'kysely';
import type pg from 'pg';
import type { Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Decision, Refusal } from '../domain/refusal.ts';
import { present } from '../lib/assert.ts';
import { encodeJson, type Json } from '../lib/json.ts';
import type {
  CallCount,
  CallLimit,
  DueDelivery,
  LaneFlow,
  LaneHold,
  LaneStore,
  Predecessor,
  StoredBooks,
  StoredStep,
} from '../ports/store.ts';
import type { FileContent, Remote } from '../ports/target.ts';
import type { Database, Db } from './db.ts';
import { SettlementWriter } from './settlement-writer.ts';

/** The lanes' side of the store, on one database. */
export function laneStore(database: Database): LaneStore & { readonly writer: SettlementWriter } {
  const { db, pool } = database;
  const writer = new SettlementWriter(pool);
  return {
    writer,
    takeLane: (laneId, by) => takeLane(pool, laneId, by),
    leaveLane: (hold) => leaveLane(pool, hold),
    readFlows: (laneId) => readFlows(db, laneId),
    readDue: (laneId, options) => readDue(pool, laneId, options),
    settle: (hold, settlement) => writer.settle(hold, settlement),
    nextDueMs: (laneId) => nextDueMs(db, laneId),
    readBooks: (connectionId) => readBooks(db, connectionId),
    writeBooks: (connectionId, books) => writeBooks(db, connectionId, books),
    readExtract: (documentId) => readExtract(db, documentId),
    markConnection: async (id, state, reason) => {
      await db
        .updateTable('connection')
        .set({ state, state_reason: reason })
        .where('id', '=', id)
        .execute();
    },
    reserveCalls: (limit, want) => reserveCalls(pool, limit, want),
    blockCalls: async (limit, waitMs) => {
      const { key, requests, perMs } = limit;
      await sql`select block_calls(${key}, ${requests}, ${perMs}, ${Math.ceil(waitMs)})`.execute(
        db,
      );
    },
    countCalls: (connectionId, counted) => countCalls(db, connectionId, counted),
  };
}

async function takeLane(
  pool: pg.Pool,
  laneId: string,
  by: { readonly workerId: string; readonly lookAfterMs: number },
): Promise<LaneHold> {
  const { rows } = await pool.query<{ fence: string }>('select take_lane($1, $2, $3) as fence', [
    laneId,
    by.workerId,
    by.lookAfterMs,
  ]);
  return { laneId, fence: present(rows[0]?.fence, `lane ${laneId}`) };
}

async function leaveLane(pool: pg.Pool, hold: LaneHold): Promise<void> {
  await pool.query('update lane set worker = null where id = $1 and fence = $2', [
    hold.laneId,
    hold.fence,
  ]);
}

async function readFlows(db: Db, laneId: string): Promise<LaneFlow[]> {
  const rows = await db
    .selectFrom('flow as f')
    .innerJoin('company as c', 'c.id', 'f.company_id')
    .select(['f.id', 'c.time_zone', 'c.country', 'c.language', 'f.choices', 'f.start_date'])
    .where('f.target_id', '=', laneId)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    timeZone: row.time_zone,
    country: row.country,
    language: row.language,
    choices: row.choices,
    startDate: row.start_date as LocalDate | null,
  }));
}

type DueRow = {
  readonly id: string;
  readonly key: string;
  readonly state: 'waiting' | 'in doubt';
  readonly attempts: number;
  readonly flow_id: string;
  readonly document_id: string;
  readonly body: Document;
  readonly doubts: readonly Refusal[];
  readonly decisions: readonly Decision[] | null;
  readonly steps: readonly StepJson[] | null;
  readonly follows: PredecessorJson | null;
  readonly overlaps: string | null;
};

type StepJson = {
  readonly seq: number;
  readonly write_id: string;
  readonly key: string;
  readonly call: string;
  readonly input: Json;
  readonly state: StoredStep['state'];
  readonly attempt: number;
  readonly looks: number;
  readonly deadline_ms: number;
  readonly remote: Remote | null;
};

type PredecessorJson = {
  readonly id: string;
  readonly state: Predecessor['state'];
  readonly due_ms: number;
  readonly label: string | null;
  readonly vouchers: readonly Voucher[];
};

/** One round trip for a whole turn of the lane: documents, decisions, steps and predecessors. */
const READ_DUE = /* sql */ `
  select d.id, d.key, d.state, d.attempts, d.flow_id, d.document_id, doc.body, doc.doubts,
         (select jsonb_agg(c.decision order by c.id) from decision c where c.delivery_id = d.id)
           as decisions,
         (select jsonb_agg(jsonb_build_object(
                   'seq', s.seq, 'write_id', s.write_id, 'key', s.key, 'call', s.call,
                   'input', s.input, 'state', s.state, 'attempt', s.attempt, 'looks', s.looks,
                   'deadline_ms', floor(extract(epoch from s.deadline) * 1000),
                   'remote', s.remote) order by s.seq)
            from step s where s.delivery_id = d.id) as steps,
         (select jsonb_build_object(
                   'id', f.id::text, 'state', f.state, 'label', f.label, 'vouchers', f.vouchers,
                   'due_ms', floor(extract(epoch from f.due_at) * 1000))
            from delivery f where f.id = d.follows) as follows,
         case when doc.kind = 'day-report' then
           (select min(o.key)
              from document o join delivery od on od.document_id = o.id and od.flow_id = d.flow_id
             where o.connection_id = doc.connection_id and o.business_date = doc.business_date
               and o.kind = doc.kind and od.state <> 'skipped'
               and o.body ->> 'storeNumber' = doc.body ->> 'storeNumber'
               and (o.body ->> 'register' = 'ALL') <> (doc.body ->> 'register' = 'ALL'))
         end as overlaps
    from delivery d join document doc on doc.id = d.document_id
   where d.lane_id = $1 and d.state in ('waiting', 'in doubt')
     and d.due_at <= to_timestamp($2::float8 / 1000) and d.id > $3
   order by d.id
   limit $4
`;

async function readDue(
  pool: pg.Pool,
  laneId: string,
  options: { readonly nowMs: number; readonly after: string; readonly limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await pool.query<DueRow>({
    name: 'read-due',
    text: READ_DUE,
    values: [laneId, options.nowMs, options.after, options.limit],
  });
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    state: row.state,
    attempts: row.attempts,
    flowId: row.flow_id,
    documentId: row.document_id,
    document: row.body,
    doubts: row.doubts,
    decisions: row.decisions ?? [],
    steps: (row.steps ?? []).map(storedStep),
    follows: row.follows === null ? null : { ...row.follows, dueAtMs: row.follows.due_ms },
    overlaps: row.overlaps,
  }));
}

function storedStep(row: StepJson): StoredStep {
  return {
    seq: row.seq,
    write: { id: row.write_id, call: row.call, input: row.input },
    key: row.key,
    state: row.state,
    attempt: row.attempt,
    looks: row.looks,
    deadlineMs: row.deadline_ms,
    remote: row.remote,
  };
}

async function nextDueMs(db: Db, laneId: string): Promise<number | null> {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('connection', 'connection.id', 'delivery.lane_id')
    .select(({ fn }) => fn.min('due_at').as('at'))
    .where('lane_id', '=', laneId)
    .where('delivery.state', 'in', ['waiting', 'in doubt'])
    .where('connection.state', '=', 'ready')
    .executeTakeFirst();
  return row?.at?.getTime() ?? null;
}

async function readBooks(db: Db, connectionId: string): Promise<StoredBooks | null> {
  const row = await db
    .selectFrom('books')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    period: { from: row.from_day as LocalDate, to: row.to_day as LocalDate },
    books: row.body as unknown as Books,
    readAtMs: row.read_at.getTime(),
  };
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

async function reserveCalls(
  pool: pg.Pool,
  limit: CallLimit,
  want: number,
): Promise<readonly number[]> {
  const { rows } = await pool.query<{ waits: string[] }>({
    name: 'reserve-calls',
    text: 'select reserve_calls($1, $2, $3, $4) as waits',
    values: [limit.key, want, limit.requests, limit.perMs],
  });
  return present(rows[0], 'a reservation').waits.map(Number);
}

async function countCalls(db: Db, connectionId: string, counted: CallCount): Promise<void> {
  await sql`
    insert into call_count (connection_id, day, calls, rate_limited)
    values (${connectionId}, current_date, ${counted.calls}, ${counted.rateLimited})
    on conflict (connection_id, day) do update
       set calls = call_count.calls + excluded.calls,
           rate_limited = call_count.rate_limited + excluded.rate_limited
  `.execute(db);
}
