import { sql } from 'kysely';
import type { Db } from './db.ts';

/** Where the balances of a flow's customers are put, and when. */
export type BalanceReturn = {
  readonly flowId: string;
  readonly companyId: string;
  readonly folder: string;
  /** Of the company's day: `04:00`. */
  readonly times: readonly string[];
  /** null: not yet. */
  readonly returnedAtMs: number | null;
  /** Whether purchases have been taken in or invoiced since, or customers' cards have come. */
  readonly isStale: boolean;
};

/** Sets where a flow's balances go; an empty folder ends it. */
export async function setBalanceReturn(
  db: Db,
  of: { readonly flowId: string; readonly folder: string; readonly times: readonly string[] },
): Promise<void> {
  const { flowId, folder, times } = of;
  if (folder === '') {
    await db.deleteFrom('balance_return').where('flow_id', '=', flowId).execute();
    return;
  }
  const row = { folder, times: [...times] };
  await db
    .insertInto('balance_return')
    .values({ flow_id: flowId, ...row })
    .onConflict((conflict) => conflict.column('flow_id').doUpdateSet(row))
    .execute();
}

export async function balanceReturns(db: Db): Promise<readonly BalanceReturn[]> {
  const { rows } = await sql<{
    flow_id: string;
    company_id: string;
    folder: string;
    times: string[];
    returned_at: Date | null;
    is_stale: boolean;
  }>`
    select r.flow_id, f.company_id, r.folder, r.times, r.returned_at,
           exists (select from delivery d join document doc on doc.id = d.document_id
                    where d.flow_id = r.flow_id and doc.kind in ('credit-purchases', 'customer')
                      and greatest(d.created_at, d.ended_at) > r.returned_at) as is_stale
      from balance_return r join flow f on f.id = r.flow_id
     order by r.flow_id
  `.execute(db);
  return rows.map((row) => ({
    flowId: row.flow_id,
    companyId: row.company_id,
    folder: row.folder,
    times: row.times,
    returnedAtMs: row.returned_at?.getTime() ?? null,
    isStale: row.is_stale,
  }));
}

/** Notes from when the balances are that were put there. */
export async function noteReturned(db: Db, flowId: string, atMs: number): Promise<void> {
  await db
    .updateTable('balance_return')
    .set({ returned_at: new Date(atMs) })
    .where('flow_id', '=', flowId)
    .execute();
}
