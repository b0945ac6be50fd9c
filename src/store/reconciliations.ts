import type { Period } from '../domain/date.ts';
import { encodeJson } from '../lib/json.ts';
import type { Db } from './db.ts';

/** Keeps what a reconciliation came to, as evidence. It is never changed. */
export async function keepReconciliation(
  db: Db,
  made: {
    readonly companyId: string;
    readonly flowId: string;
    readonly period: Period;
    readonly result: { readonly differences: readonly unknown[] };
  },
): Promise<void> {
  await db
    .insertInto('reconciliation')
    .values({
      company_id: made.companyId,
      flow_id: made.flowId,
      from_day: made.period.from,
      to_day: made.period.to,
      differences: made.result.differences.length,
      result: encodeJson(made.result),
    })
    .execute();
}

/** What earlier reconciliations of a company came to, the newest first. */
export async function listReconciliations(
  db: Db,
  companyId: string,
  limit: number,
): Promise<
  readonly {
    readonly id: string;
    readonly flowId: string;
    readonly from: string;
    readonly to: string;
    readonly differences: number;
    readonly madeAtMs: number;
  }[]
> {
  const rows = await db
    .selectFrom('reconciliation')
    .select(['id', 'flow_id', 'from_day', 'to_day', 'differences', 'made_at'])
    .where('company_id', '=', companyId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, flowId: row.flow_id, from: row.from_day, to: row.to_day },
    ...{ differences: row.differences, madeAtMs: row.made_at.getTime() },
  }));
}
