import { sql } from 'kysely';
import type { Db } from './db.ts';

/** Balances that are kept for tills that fetch them, and when they are made. */
export type SnapshotPlan = {
  readonly flowId: string;
  readonly companyId: string;
  /** Of the company's day: `04:00`. */
  readonly times: readonly string[];
  /** null: not yet. */
  readonly madeAtMs: number | null;
  /** Whether purchases have been taken in or invoiced since. */
  readonly isStale: boolean;
};

/** What customers owed at a moment, as the till reads it. */
export type KeptSnapshot = {
  readonly madeAtMs: number;
  /** With its offset from UTC: `2026-05-03T04:00:00+02:00`. */
  readonly asOf: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** Keeps the balances of a flow's customers from now on; without times, no more. */
export async function planSnapshots(
  db: Db,
  flowId: string,
  times: readonly string[] | null,
): Promise<void> {
  if (times === null) {
    await db.deleteFrom('balance_snapshot').where('flow_id', '=', flowId).execute();
    return;
  }
  await db
    .insertInto('balance_snapshot')
    .values({ flow_id: flowId, times: [...times] })
    .onConflict((conflict) => conflict.column('flow_id').doUpdateSet({ times: [...times] }))
    .execute();
}

export async function snapshotPlans(db: Db): Promise<readonly SnapshotPlan[]> {
  const { rows } = await sql<{
    flow_id: string;
    company_id: string;
    times: string[];
    made_at: Date | null;
    is_stale: boolean;
  }>`
    select s.flow_id, f.company_id, s.times, s.made_at,
           exists (select from delivery d join document doc on doc.id = d.document_id
                    where d.flow_id = s.flow_id and doc.kind = 'credit-purchases'
                      and greatest(d.created_at, d.ended_at) > s.made_at) as is_stale
      from balance_snapshot s join flow f on f.id = s.flow_id
     order by s.flow_id
  `.execute(db);
  return rows.map((row) => ({
    flowId: row.flow_id,
    companyId: row.company_id,
    times: row.times,
    madeAtMs: row.made_at?.getTime() ?? null,
    isStale: row.is_stale,
  }));
}

/** Keeps a snapshot in the place of the one before. */
export async function keepSnapshot(db: Db, flowId: string, snapshot: KeptSnapshot): Promise<void> {
  await db
    .updateTable('balance_snapshot')
    .set({
      made_at: new Date(snapshot.madeAtMs),
      as_of: snapshot.asOf,
      name: snapshot.name,
      media_type: snapshot.mediaType,
      bytes: Buffer.from(snapshot.bytes),
    })
    .where('flow_id', '=', flowId)
    .execute();
}

/**
 * The snapshots that are kept for a source connection, one for each ledger it flows into: `null`
 * in the place of one that has not been made yet.
 */
export async function findSnapshots(
  db: Db,
  connectionId: string,
): Promise<readonly { readonly target: string; readonly snapshot: KeptSnapshot | null }[]> {
  const rows = await db
    .selectFrom('balance_snapshot as s')
    .innerJoin('flow as f', 'f.id', 's.flow_id')
    .innerJoin('connection as c', 'c.id', 'f.target_id')
    .select(['c.name as target', 's.made_at', 's.as_of', 's.name', 's.media_type', 's.bytes'])
    .where('f.source_id', '=', connectionId)
    .orderBy('f.id')
    .execute();
  return rows.map(({ target, made_at, as_of, name, media_type, bytes }) => {
    if (made_at === null || bytes === null) return { target, snapshot: null };
    const about = { asOf: as_of ?? '', name: name ?? '', mediaType: media_type ?? '' };
    return { target, snapshot: { madeAtMs: made_at.getTime(), ...about, bytes } };
  });
}
