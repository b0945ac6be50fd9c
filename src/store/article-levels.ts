import { sql } from 'kysely';
import type { ArticleCards } from '../domain/document/article-cards.ts';
import { productsWritten } from '../ports/products.ts';
import type { Database, Db } from './db.ts';
import { deliverMade, isTimeToForget, takeWritten, type LookedFlow } from './goods-looks.ts';
import type { JobQueue } from './jobs.ts';

/** What a shop lacks, or has twice, instead of the hash of a card. */
export type NotTold = 'absent' | 'twice';

/** What is known of an article in a flow. */
export type KnownArticle = {
  readonly number: string;
  /** What the ledger's list said of it. */
  readonly seen: string;
  readonly place: string | null;
  /** A hash of the card, or why there is nothing to tell: see `NotTold`. */
  readonly wanted: string;
  /** null: it is on its way, or to be compared. */
  readonly told: string | null;
};

/** What is known of these articles, by number. */
export async function readArticles(
  db: Db,
  flowId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, KnownArticle>> {
  const { rows } = await sql<KnownArticle>`
    select number, seen, place, wanted, told from article_level
     where flow_id = ${flowId} and number = any (${numbers})
  `.execute(db);
  return new Map(rows.map((row) => [row.number, row]));
}

/**
 * Keeps what a look found, with the documents of what is to be told and their deliveries: all of it
 * or nothing.
 */
export async function keepArticles(
  { db }: Pick<Database, 'db'>,
  jobs: JobQueue,
  kept: {
    readonly flow: LookedFlow;
    readonly levels: readonly KnownArticle[];
    readonly documents: readonly ArticleCards[];
  },
): Promise<void> {
  const { flow, levels, documents } = kept;
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into article_level (flow_id, company_id, number, seen, place, wanted, told)
      select ${flow.id}, ${flow.companyId}, l.*
        from unnest(${levels.map((one) => one.number)}::text[],
                    ${levels.map((one) => one.seen)}::text[],
                    ${levels.map((one) => one.place)}::text[],
                    ${levels.map((one) => one.wanted)}::text[],
                    ${levels.map((one) => one.told)}::text[]) as l
          on conflict (flow_id, number) do update
         set seen = excluded.seen, place = excluded.place, wanted = excluded.wanted,
             told = excluded.told
    `.execute(trx);
    await deliverMade(trx, jobs, { flow, documents });
  });
}

/**
 * Notes which cards have arrived since the last time. What the shop did not take is not told again
 * before it says something else.
 *
 * @returns how many products the shop has changed or made
 */
export async function countTold({ db }: Pick<Database, 'db'>, flowId: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const numbers = new Set<string>();
    const moved = new Set<string>();
    let wrote = 0;
    for (const { data, body } of await takeWritten(trx, { flowId, what: 'articles' })) {
      for (const { number } of (body as ArticleCards).cards) numbers.add(number);
      const read = productsWritten.safeParse(data);
      wrote += read.data?.wrote ?? 0;
      for (const number of read.data?.moved ?? []) moved.add(number);
    }
    await sql`
      update article_level
         set told = case when number = any (${[...moved]}) then null else wanted end
       where flow_id = ${flowId} and number = any (${[...numbers]})
    `.execute(trx);
    return wrote;
  });
}

/** Forgets what was told: every card is compared again. */
export async function forgetTold(db: Db, flowId: string): Promise<void> {
  await sql`update article_level set told = null where flow_id = ${flowId}`.execute(db);
}

/** Forgets, now and then, what the shop lacked or had twice: it is looked for again. */
export async function forgetNotTold(
  { db }: Pick<Database, 'db'>,
  flowId: string,
  everyMs: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await isTimeToForget(trx, { flowId, what: 'articles' }, everyMs))) return;
    await sql`
      update article_level set told = null
       where flow_id = ${flowId} and told in ('absent', 'twice')
    `.execute(trx);
  });
}
