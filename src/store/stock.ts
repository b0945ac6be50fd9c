import { sql } from 'kysely';
import type { StockBalance } from '../domain/document/stock-balance.ts';
import type { Hundredths } from '../domain/stock.ts';
import { stockWritten, type StockLeft } from '../ports/stock.ts';
import type { Database, Db } from './db.ts';
import { deliverMade, isTimeToForget, takeWritten, type LookedFlow } from './goods-looks.ts';
import type { JobQueue } from './jobs.ts';

/** What was left alone for these is compared again. */
const PASSES: ReadonlySet<string> = new Set<StockLeft>(['moved', 'stale']);

/** What is known of an article in a flow. */
export type KnownLevel = {
  readonly number: string;
  readonly has: Hundredths;
  readonly sold: Hundredths;
  readonly told: Hundredths | null;
  readonly place: string | null;
  readonly isCounted: boolean | null;
};

/** Notes in the levels what deliveries that have ended since have written. */
export async function countWritten({ db }: Pick<Database, 'db'>, flowId: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const of = { flowId, what: 'stock' } as const;
    const told = new Map<string, number | null>();
    for (const { data } of await takeWritten(trx, of)) {
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
    return told.size;
  });
}

/** Of so many that are still to be written a comparison reads at once. */
const UNSETTLED_MAX = 400;

/**
 * What is known of these articles, of all of which something was sold the last time, and of the
 * next that are still to be written.
 */
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
     union
    (select number, has, sold, told, place, is_counted from stock_level
      where flow_id = ${flowId} and told is null and place is not null
      order by number limit ${UNSETTLED_MAX})
  `.execute(db);
  return new Map(
    rows.map(({ number, place, ...row }) => {
      const told = row.told === null ? null : Number(row.told);
      const counts = { has: Number(row.has), sold: Number(row.sold), told };
      return [number, { number, place, ...counts, isCounted: row.is_counted }];
    }),
  );
}

/** How many articles stand otherwise, as far as is known, and are still to be written. */
export async function countUnsettled(
  { db }: Pick<Database, 'db'>,
  flowId: string,
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from stock_level
     where flow_id = ${flowId} and told is null and place is not null
  `.execute(db);
  return Number(rows[0]?.count);
}

/**
 * Keeps what a look found, with the documents of what is to be written and their deliveries: all of
 * it or nothing.
 */
export async function keepStock(
  { db }: Pick<Database, 'db'>,
  jobs: JobQueue,
  kept: {
    readonly flow: LookedFlow;
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
    await deliverMade(trx, jobs, { flow, documents });
  });
}

/** Forgets, now and then, which articles were not there: they are looked for again. */
export async function forgetAbsent(
  { db }: Pick<Database, 'db'>,
  flowId: string,
  everyMs: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await isTimeToForget(trx, { flowId, what: 'stock' }, everyMs))) return;
    await sql`
      update stock_level set told = null where flow_id = ${flowId} and place is null
    `.execute(trx);
  });
}
