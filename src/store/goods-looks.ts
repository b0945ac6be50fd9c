import { sql } from 'kysely';
import type { ArticleCards } from '../domain/document/article-cards.ts';
import type { Document } from '../domain/document/document.ts';
import { contentHash } from '../domain/document/content-hash.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { StockBalance } from '../domain/document/stock-balance.ts';
import { encodeJson, type Json } from '../lib/json.ts';
import type { Db } from './db.ts';
import { makeDeliveries } from './file-deliveries.ts';
import type { JobQueue } from './jobs.ts';

/** What looks compare on both sides of a flow, each by its own: how much there is, and what. */
export type Goods = 'stock' | 'articles';

/** A flow's looks at its goods. */
export type LooksOf = { readonly flowId: string; readonly what: Goods };

/** The documents that looks make. Articles go to a shop by the hundred, to a ledger one by one. */
const KINDS = {
  stock: ['stock-balance'],
  articles: ['article-cards', 'article'],
} as const satisfies Readonly<Record<Goods, readonly Document['kind'][]>>;

/** Articles of a flow that are counted one by one. */
const KNOWN_MAX = 10_000;

/** Where a flow's looks stand. */
export type GoodsLook = {
  /** The master's mark of the latest look; null: all is to be listed. */
  readonly mark: string | null;
  /** When all that there is was listed to its end; null: never. */
  readonly listedAtMs: number | null;
  /** A comparison of everything that was begun, or cut off; null: none. */
  readonly whole: Json | null;
  /** Of how many articles the stock is known; no more than `KNOWN_MAX` are counted. */
  readonly known: number;
};

/** Makes sure that flows are looked at. @returns those that are due */
export async function looksDue(
  db: Db,
  what: Goods,
  flowIds: readonly string[],
): Promise<readonly string[]> {
  if (flowIds.length === 0) return [];
  await sql`
    insert into goods_look (flow_id, company_id, what)
    select id, company_id, ${what} from flow where id = any (${flowIds})
        on conflict do nothing
  `.execute(db);
  const { rows } = await sql<{ flow_id: string }>`
    select flow_id from goods_look
     where flow_id = any (${flowIds}) and what = ${what} and due_at <= clock_timestamp()
       and (held_until is null or held_until <= clock_timestamp())
     order by due_at
  `.execute(db);
  return rows.map((row) => row.flow_id);
}

/** Takes a flow's goods in hand. @returns null when another process has them */
export async function takeLook(
  db: Db,
  { flowId, what }: LooksOf,
  by: { readonly holder: string; readonly forMs: number },
): Promise<GoodsLook | null> {
  const { rows } = await sql<{
    mark: string | null;
    listed_at: Date | null;
    whole: Json | null;
    known: string;
  }>`
    insert into goods_look (flow_id, company_id, what, holder, held_until)
    select id, company_id, ${what}, ${by.holder}, clock_timestamp() + ${by.forMs} * interval '1 ms'
      from flow where id = ${flowId}
        on conflict (flow_id, what) do update
       set holder = excluded.holder, held_until = excluded.held_until
     where goods_look.held_until is null or goods_look.held_until <= clock_timestamp()
        or goods_look.holder = excluded.holder
    returning mark, listed_at, whole,
              (select count(*) from (select from stock_level where flow_id = ${flowId}
                                      limit ${KNOWN_MAX}) few) as known
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { mark, whole, known } = row;
  return { mark, listedAtMs: row.listed_at?.getTime() ?? null, whole, known: Number(known) };
}

/** Lets a flow's goods go, with what came of the look. */
export async function endLook(
  db: Db,
  { flowId, what }: LooksOf,
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
    update goods_look
       set holder = null, held_until = null, trouble = ${trouble}::jsonb,
           due_at = clock_timestamp() + ${end.dueInMs} * interval '1 ms',
           looked_at = clock_timestamp(), mark = coalesce(${end.mark ?? null}, mark),
           listed_at = case when ${end.isListed ?? false} then clock_timestamp() else listed_at end
     where flow_id = ${flowId} and what = ${what} and holder = ${end.holder}
  `.execute(db);
}

/** Notes how far a comparison of everything has come; null: it is over. */
export async function noteWhole(db: Db, of: LooksOf, whole: Json | null): Promise<void> {
  await sql`
    update goods_look set whole = ${whole === null ? null : encodeJson(whole)}::jsonb
     where flow_id = ${of.flowId} and what = ${of.what}
  `.execute(db);
}

/** Why flows' goods are not written, of those that something is in the way of. */
export async function lookTroubles(
  db: Db,
  what: Goods,
  companyId: string,
): Promise<ReadonlyMap<string, Json>> {
  const { rows } = await sql<{ flow_id: string; trouble: Json }>`
    select flow_id, trouble from goods_look
     where company_id = ${companyId} and what = ${what} and trouble is not null
  `.execute(db);
  return new Map(rows.map((row) => [row.flow_id, row.trouble]));
}

/**
 * Whether something of a flow is on its way, or waits to be looked at. Until it has arrived, or is
 * known not to, nobody can say what will stand there.
 */
export async function isUnderway(db: Db, { flowId, what }: LooksOf): Promise<boolean> {
  const { rows } = await sql`
    select from delivery d join document doc on doc.id = d.document_id
     where d.flow_id = ${flowId} and doc.kind = any (${KINDS[what]})
       and d.state in ('review', 'waiting', 'sending', 'in doubt')
     limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Whether it is time, now and then, to look again for what was not there. */
export async function isTimeToForget(
  trx: Db,
  { flowId, what }: LooksOf,
  everyMs: number,
): Promise<boolean> {
  const { rows } = await sql`
    update goods_look set forgot_at = clock_timestamp()
     where flow_id = ${flowId} and what = ${what}
       and (forgot_at is null
            or forgot_at <= clock_timestamp() - ${everyMs} * interval '1 ms')
    returning flow_id
  `.execute(trx);
  return rows.length > 0;
}

/** What a write of a delivery came to, and its document; data is null where nothing was written. */
export type Written = { readonly id: string; readonly data: unknown; readonly body: unknown };

/** What deliveries that have ended since the last time have written, oldest first. */
export async function takeWritten(trx: Db, { flowId, what }: LooksOf): Promise<readonly Written[]> {
  const { rows } = await sql<Written>`
    select d.id, s.remote -> 'data' as data, doc.body
      from goods_look l
      join delivery d on d.flow_id = l.flow_id and d.id > l.told_until and d.state = 'done'
      join document doc on doc.id = d.document_id and doc.kind = any (${KINDS[what]})
      left join step s on s.delivery_id = d.id and s.remote is not null
     where l.flow_id = ${flowId} and l.what = ${what}
     order by d.id, s.seq
  `.execute(trx);
  await sql`
    update goods_look set told_until = greatest(told_until, ${rows.at(-1)?.id ?? '0'})
     where flow_id = ${flowId} and what = ${what}
  `.execute(trx);
  return rows;
}

/** A flow whose goods are looked at, and the connection that is asked what is to be. */
export type LookedFlow = {
  readonly id: string;
  readonly companyId: string;
  readonly masterId: string;
};

/** Keeps documents that a look has made, with their deliveries. */
export async function deliverMade(
  trx: Db,
  jobs: JobQueue,
  of: {
    readonly flow: LookedFlow;
    readonly documents: readonly (StockBalance | ArticleCards)[];
  },
): Promise<void> {
  const { flow, documents } = of;
  if (documents.length === 0) return;
  const made = await trx
    .insertInto('document')
    .values(documents.map((one) => rowOf(flow, one)))
    .returning('id')
    .execute();
  const documentIds = made.map(({ id }) => id);
  const lanes = await makeDeliveries(trx, { documentIds, flowId: flow.id });
  await jobs.wakeLanes(lanes, trx);
}

function rowOf({ companyId, masterId }: LookedFlow, document: StockBalance | ArticleCards) {
  const body = encodeJson(document);
  return {
    company_id: companyId,
    connection_id: masterId,
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
