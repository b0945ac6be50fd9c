import { sql } from 'kysely';
import { encodeJson } from '../lib/json.ts';
import type { PickupTrouble } from '../ports/pickup.ts';
import type { Db } from './db.ts';

/** Where the balances of a flow's customers are put, and when. */
export type BalanceReturn = {
  readonly flowId: string;
  readonly companyId: string;
  readonly folder: string;
  /** On the SFTP server of this pick-up; null: on this machine. */
  readonly pickupId: string | null;
  /** Of the company's day: `04:00`. */
  readonly times: readonly string[];
  /** null: not yet. */
  readonly returnedAtMs: number | null;
  /** When and why it did not go well the latest time; null: it did. */
  readonly failed: { readonly atMs: number; readonly trouble: PickupTrouble } | null;
  /** Whether purchases have been taken in or invoiced since, or customers' cards have come. */
  readonly isStale: boolean;
};

/** Sets where a flow's balances go; an empty folder ends it. */
export async function setBalanceReturn(
  db: Db,
  of: {
    readonly flowId: string;
    readonly folder: string;
    readonly times: readonly string[];
    readonly pickupId?: string | null;
  },
): Promise<void> {
  const { flowId, folder, times, pickupId = null } = of;
  if (folder === '') {
    await db.deleteFrom('balance_return').where('flow_id', '=', flowId).execute();
    return;
  }
  const row = {
    folder,
    times: [...times],
    pickup_id: pickupId,
    failed_at: null,
    trouble: null,
  };
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
    pickup_id: string | null;
    returned_at: Date | null;
    failed_at: Date | null;
    trouble: PickupTrouble | null;
    is_stale: boolean;
  }>`
    select r.flow_id, f.company_id, r.folder, r.times, r.pickup_id, r.returned_at, r.failed_at,
           r.trouble,
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
    pickupId: row.pickup_id,
    failed:
      row.failed_at === null || row.trouble === null
        ? null
        : { atMs: row.failed_at.getTime(), trouble: row.trouble },
    returnedAtMs: row.returned_at?.getTime() ?? null,
    isStale: row.is_stale,
  }));
}

/** Notes from when the balances are that were put there. */
export async function noteReturned(db: Db, flowId: string, atMs: number): Promise<void> {
  await db
    .updateTable('balance_return')
    .set({ returned_at: new Date(atMs), failed_at: null, trouble: null })
    .where('flow_id', '=', flowId)
    .execute();
}

/** Notes that balances could not be put there, and why. */
export async function noteNotReturned(
  db: Db,
  flowId: string,
  failed: { readonly atMs: number; readonly trouble: PickupTrouble },
): Promise<void> {
  await db
    .updateTable('balance_return')
    .set({ failed_at: new Date(failed.atMs), trouble: encodeJson(failed.trouble) })
    .where('flow_id', '=', flowId)
    .execute();
}

/** Whether balances are put at a pick-up's server. */
export async function isUsedForBalances(db: Db, pickupId: string): Promise<boolean> {
  const row = await db
    .selectFrom('balance_return')
    .select('flow_id')
    .where('pickup_id', '=', pickupId)
    .executeTakeFirst();
  return row !== undefined;
}
