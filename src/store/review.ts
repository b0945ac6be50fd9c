import { sql } from 'kysely';
import type { Db } from './db.ts';

/** Which deliveries that wait for approval are asked for; each that is given narrows. */
export type ReviewQuery = {
  readonly companyId: string;
  readonly flowId?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
};

/** What waits for approval, by flow and kind of document. */
export type ReviewGroup = {
  readonly flowId: string;
  readonly kind: string;
  readonly count: number;
};

/** The ids of what waits for approval, oldest day first, and how many there are. */
export async function listReview(
  db: Db,
  query: ReviewQuery,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const { companyId, flowId, kind, from, to, limit } = query;
  const { rows } = await sql<{ id: string; total: string }>`
    select d.id, count(*) over () as total
      from delivery d
      join document doc on doc.id = d.document_id
     where d.company_id = ${companyId} and d.state = 'review'
       and (${flowId ?? null}::bigint is null or d.flow_id = ${flowId ?? null})
       and (${kind ?? null}::text is null or doc.kind = ${kind ?? null})
       and (${from ?? null}::date is null or doc.business_date >= ${from ?? null}::date)
       and (${to ?? null}::date is null or doc.business_date <= ${to ?? null}::date)
     order by doc.business_date, d.id
     limit ${limit}
  `.execute(db);
  return { ids: rows.map(({ id }) => id), total: Number(rows[0]?.total ?? 0) };
}

/** All that waits for approval, in groups that can be chosen. */
export async function reviewGroups(db: Db, companyId: string): Promise<readonly ReviewGroup[]> {
  const { rows } = await sql<{ flow_id: string; kind: string; n: string }>`
    select d.flow_id, doc.kind, count(*) as n
      from delivery d
      join document doc on doc.id = d.document_id
     where d.company_id = ${companyId} and d.state = 'review'
     group by d.flow_id, doc.kind
     order by d.flow_id, doc.kind
  `.execute(db);
  return rows.map((row) => ({ flowId: row.flow_id, kind: row.kind, count: Number(row.n) }));
}

/** How many of some deliveries stand in each state. */
export async function statesOfDeliveries(
  db: Db,
  of: { readonly companyId: string; readonly ids: readonly string[] },
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ state: string; n: string }>`
    select state, count(*) as n
      from delivery
     where company_id = ${of.companyId} and id = any(${of.ids}::bigint[])
     group by state
  `.execute(db);
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
}
