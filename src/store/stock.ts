import { sql } from 'kysely';
import { contentHash } from '../domain/document/content-hash.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { StockBalance } from '../domain/document/stock-balance.ts';
import type { Hundredths } from '../domain/stock.ts';
import { encodeJson, type Json } from '../lib/json.ts';
import { stockWritten, type StockLeft } from '../ports/stock.ts';
import type { Database, Db } from './db.ts';
import { makeDeliveries } from './file-deliveries.ts';
import type { JobQueue } from './jobs.ts';

/** What was left alone for these is compared again. */
const PASSES: ReadonlySet<string> = new Set<StockLeft>(['moved', 'stale']);

/** Articles of a flow that are counted one by one. */
const KNOWN_MAX = 10_000;

/** Where a flow's looks stand. */
export type StockLook = {
  /** The master's mark of the latest look; null: all is to be listed. */
  readonly mark: string | null;
  /** When all that there is was listed to its end; null: never. */
  readonly listedAtMs: number | null;
  /** A comparison of everything that was begun, or cut off; null: none. */
  readonly whole: Json | null;
  /** How many articles are known; no more than `KNOWN_MAX` are counted. */
  readonly known: number;
};

/** What is known of an article in a flow. */
export type KnownLevel = {
  readonly number: string;
  readonly has: Hundredths;
  readonly sold: Hundredths;
  readonly told: Hundredths | null;
  readonly place: string | null;
  readonly isCounted: boolean | null;
};

/** Makes sure that flows which keep stock are looked at. @returns those that are due */
export async function stockDue(db: Db, flowIds: readonly string[]): Promise<readonly string[]> {
  if (flowIds.length === 0) return [];
  await sql`
    insert into stock_look (flow_id, company_id)
    select id, company_id from flow where id = any (${flowIds})
        on conflict do nothing
  `.execute(db);
  const { rows } = await sql<{ flow_id: string }>`
    select flow_id from stock_look
     where flow_id = any (${flowIds}) and due_at <= clock_timestamp()
       and (held_until is null or held_until <= clock_timestamp())
     order by due_at
  `.execute(db);
  return rows.map((row) => row.flow_id);
}

/** Takes a flow's stock in hand. @returns null when another process has it */
export async function takeStockLook(
  db: Db,
  flowId: string,
  by: { readonly holder: string; readonly forMs: number },
): Promise<StockLook | null> {
  const { rows } = await sql<{
    mark: string | null;
    listed_at: Date | null;
    whole: Json | null;
    known: string;
  }>`
    insert into stock_look (flow_id, company_id, holder, held_until)
    select id, company_id, ${by.holder}, clock_timestamp() + ${by.forMs} * interval '1 ms'
      from flow where id = ${flowId}
        on conflict (flow_id) do update
       set holder = excluded.holder, held_until = excluded.held_until
     where stock_look.held_until is null or stock_look.held_until <= clock_timestamp()
        or stock_look.holder = excluded.holder
    returning mark, listed_at, whole,
              (select count(*) from (select from stock_level where flow_id = ${flowId}
                                      limit ${KNOWN_MAX}) few) as known
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { mark, whole, known } = row;
  return { mark, listedAtMs: row.listed_at?.getTime() ?? null, whole, known: Number(known) };
}

/** Lets a flow's stock go, with what came of the look. */
export async function endStockLook(
  db: Db,
  flowId: string,
  end: {
    readonly holder: string;
    readonly dueInMs: number;
    readonly trouble: Json | null;
    /** Absent: as before. */
    readonly mark?: string;
    readonly isListed?: boolean;
  },
): Promise<void> {
  const trouble = end.trouble === null ? null : encodeJson(end.trouble);
  await sql`
    update stock_look
       set holder = null, held_until = null, trouble = ${trouble}::jsonb,
           due_at = clock_timestamp() + ${end.dueInMs} * interval '1 ms',
           looked_at = clock_timestamp(), mark = coalesce(${end.mark ?? null}, mark),
           listed_at = case when ${end.isListed ?? false} then clock_timestamp() else listed_at end
     where flow_id = ${flowId} and holder = ${end.holder}
  `.execute(db);
}

/** Notes how far a comparison of everything has come; null: it is over. */
export async function noteWhole(db: Db, flowId: string, whole: Json | null): Promise<void> {
  await sql`
    update stock_look set whole = ${whole === null ? null : encodeJson(whole)}::jsonb
     where flow_id = ${flowId}
  `.execute(db);
}

/** Why flows' stock is not written, of those that something is in the way of. */
export async function stockTroubles(db: Db, companyId: string): Promise<ReadonlyMap<string, Json>> {
  const { rows } = await sql<{ flow_id: string; trouble: Json }>`
    select flow_id, trouble from stock_look
     where company_id = ${companyId} and trouble is not null
  `.execute(db);
  return new Map(rows.map((row) => [row.flow_id, row.trouble]));
}

/**
 * Whether quantities of a flow are on their way. Until they have arrived, or are known not to,
 * nobody can say what will stand there.
 */
export async function isStockUnderway(db: Db, flowId: string): Promise<boolean> {
  const { rows } = await sql`
    select from delivery d join document doc on doc.id = d.document_id
     where d.flow_id = ${flowId} and doc.kind = 'stock-balance'
       and d.state in ('waiting', 'sending', 'in doubt')
     limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Notes in the levels what deliveries that have ended since have written. */
export async function countWritten({ db }: Pick<Database, 'db'>, flowId: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; data: unknown }>`
      select d.id, s.remote -> 'data' as data
        from stock_look l
        join delivery d on d.flow_id = l.flow_id and d.id > l.told_until and d.state = 'done'
        join document doc on doc.id = d.document_id and doc.kind = 'stock-balance'
        join step s on s.delivery_id = d.id and s.remote is not null
       where l.flow_id = ${flowId}
       order by d.id, s.seq
    `.execute(trx);
    const told = new Map<string, number | null>();
    for (const { data } of rows) {
      const read = stockWritten.safeParse(data);
      for (const [number, quantity] of read.data?.written ?? []) told.set(number, quantity);
      for (const [number, why, to] of read.data?.left ?? []) {
        // What the system refuses is not tried again before it is to be something else.
        told.set(number, PASSES.has(why) ? null : to);
      }
    }
    await sql`
      update stock_level l set told = w.told
        from unnest(${[...told.keys()]}::text[], ${[...told.values()]}::bigint[]) as w(number, told)
       where l.flow_id = ${flowId} and l.number = w.number
    `.execute(trx);
    await sql`
      update stock_look set told_until = greatest(told_until, ${rows.at(-1)?.id ?? '0'})
       where flow_id = ${flowId}
    `.execute(trx);
    return told.size;
  });
}

/** What is known of these articles, and of all of which something was sold the last time. */
export async function readLevels(
  db: Db,
  flowId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, KnownLevel>> {
  const { rows } = await sql<{
    number: string;
    has: string;
    sold: string;
    told: string | null;
    place: string | null;
    is_counted: boolean | null;
  }>`
    select number, has, sold, told, place, is_counted from stock_level
     where flow_id = ${flowId} and (number = any (${numbers}) or sold <> 0)
  `.execute(db);
  return new Map(
    rows.map(({ number, place, ...row }) => {
      const told = row.told === null ? null : Number(row.told);
      const counts = { has: Number(row.has), sold: Number(row.sold), told };
      return [number, { number, place, ...counts, isCounted: row.is_counted }];
    }),
  );
}

/**
 * Keeps what a look found, with the documents of what is to be written and their deliveries: all of
 * it or nothing.
 */
export async function keepStock(
  { db }: Pick<Database, 'db'>,
  jobs: JobQueue,
  kept: {
    readonly flow: {
      readonly id: string;
      readonly companyId: string;
      readonly masterId: string;
    };
    readonly levels: readonly KnownLevel[];
    readonly documents: readonly StockBalance[];
  },
): Promise<void> {
  const { flow, levels, documents } = kept;
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into stock_level (flow_id, company_id, number, has, sold, told, place, is_counted)
      select ${flow.id}, ${flow.companyId}, l.*
        from unnest(${levels.map((one) => one.number)}::text[],
                    ${levels.map((one) => one.has)}::bigint[],
                    ${levels.map((one) => one.sold)}::bigint[],
                    ${levels.map((one) => one.told)}::bigint[],
                    ${levels.map((one) => one.place)}::text[],
                    ${levels.map((one) => one.isCounted)}::boolean[]) as l
          on conflict (flow_id, number) do update
         set has = excluded.has, sold = excluded.sold, told = excluded.told,
             place = excluded.place,
             is_counted = coalesce(excluded.is_counted, stock_level.is_counted)
    `.execute(trx);
    if (documents.length === 0) return;
    const made = await trx
      .insertInto('document')
      .values(documents.map((one) => rowOf(flow, one)))
      .returning('id')
      .execute();
    const documentIds = made.map(({ id }) => id);
    const lanes = await makeDeliveries(trx, { documentIds, flowId: flow.id });
    await jobs.wakeLanes(lanes, trx);
  });
}

function rowOf(
  flow: { readonly companyId: string; readonly masterId: string },
  document: StockBalance,
) {
  const body = encodeJson(document);
  return {
    company_id: flow.companyId,
    connection_id: flow.masterId,
    kind: document.kind,
    key: refKey(document.ref),
    version: 1,
    content_hash: contentHash(document, []),
    business_date: document.date,
    body,
    doubts: '[]',
    extract: Buffer.from(body),
    media_type: 'application/json',
  };
}

/** The database's own time: what it says of when deliveries ended is compared with it. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]?.now ?? new Date(0);
}

/** Forgets, now and then, which articles were not there: they are looked for again. */
export async function forgetAbsent(
  { db }: Pick<Database, 'db'>,
  flowId: string,
  everyMs: number,
): Promise<void> {
  await sql`
    with due as (
      update stock_look set forgot_at = clock_timestamp()
       where flow_id = ${flowId}
         and (forgot_at is null
              or forgot_at <= clock_timestamp() - ${everyMs} * interval '1 ms')
      returning flow_id
    )
    update stock_level l set told = null from due
     where l.flow_id = due.flow_id and l.place is null
  `.execute(db);
}
