import { sql } from 'kysely';
import { articleWritten } from '../ports/articles.ts';
import type { Database, Db } from './db.ts';
import { makeDeliveries } from './file-deliveries.ts';
import { takeWritten } from './goods-looks.ts';
import type { JobQueue } from './jobs.ts';

/** A flow from a shop to the ledger whose register follows it. */
export type ShopFlow = { readonly id: string; readonly shopId: string };

/** How a shop's article stands in a flow. */
export type ToldArticle = {
  /** Whether its latest version is on its way, or waits for a person. */
  readonly isOpen: boolean;
  /** Whether another article of the shop has come to the ledger with the same number. */
  readonly isShared: boolean;
};

/** How articles stand in a flow, by their documents' keys. */
export async function toldArticles(
  db: Db,
  { id, shopId }: ShopFlow,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ToldArticle>> {
  const { rows } = await sql<{ key: string; is_open: boolean; is_shared: boolean }>`
    select distinct on (doc.key) doc.key,
           coalesce(d.state not in ('done', 'skipped'), false) as is_open,
           exists (select from document o
                     join delivery od on od.document_id = o.id and od.flow_id = ${id}
                    where o.company_id = doc.company_id and o.twin = doc.twin
                      and o.key <> doc.key and od.state <> 'skipped') as is_shared
      from document doc
      left join delivery d on d.document_id = doc.id and d.flow_id = ${id}
     where doc.connection_id = ${shopId} and doc.key = any (${keys})
     order by doc.key, doc.version desc
  `.execute(db);
  return new Map(rows.map((row) => [row.key, { isOpen: row.is_open, isShared: row.is_shared }]));
}

/**
 * Has articles told to the ledger once more, as they are known: each gets a version that says the
 * same as its latest. One that has just changed is told by that.
 */
export async function tellAgain(
  { db }: Pick<Database, 'db'>,
  jobs: JobQueue,
  of: { readonly flow: ShopFlow; readonly keys: readonly string[] },
): Promise<void> {
  const { flow, keys } = of;
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string }>`
      insert into document (company_id, connection_id, kind, key, version, content_hash,
                            business_date, twin, body, doubts, extract, media_type)
      select distinct on (key) company_id, connection_id, kind, key, version + 1,
             split_part(content_hash, '.', 1) || '.' || (version + 1), business_date, twin, body,
             doubts, extract, media_type
        from document
       where connection_id = ${flow.shopId} and key = any (${keys})
       order by key, version desc
          on conflict do nothing
      returning id
    `.execute(trx);
    const documentIds = rows.map(({ id }) => id);
    const lanes = await makeDeliveries(trx, { documentIds, flowId: flow.id });
    if (lanes.length > 0) await jobs.wakeLanes(lanes, trx);
  });
}

/** Counts articles that the ledger has changed or made since the last time. */
export async function countKept({ db }: Pick<Database, 'db'>, flowId: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const written = await takeWritten(trx, { flowId, what: 'articles' });
    const wrote = written.filter(({ data }) => articleWritten.safeParse(data).data?.wrote === true);
    return new Set(wrote.map(({ id }) => id)).size;
  });
}

/** How many articles of a flow are on their way. Those that a person is to look at are not. */
export async function countOnTheirWay(db: Db, flowId: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count
      from flow f
      join delivery d on d.flow_id = f.id and d.company_id = f.company_id
      join document doc on doc.id = d.document_id
     where f.id = ${flowId} and doc.kind = 'article'
       and d.state in ('waiting', 'sending', 'in doubt')
  `.execute(db);
  return Number(rows[0]?.count ?? 0);
}
