import { sql } from 'kysely';
import type { Period } from '../domain/date.ts';
import { encodeJson } from '../lib/json.ts';
import type { Db } from './db.ts';

/** Keeps what a reconciliation came to, as evidence. It is never changed. @returns its id */
export async function keepReconciliation(
  db: Db,
  made: {
    readonly companyId: string;
    readonly flowId: string;
    readonly period: Period;
    readonly result: { readonly differences: readonly unknown[] };
  },
): Promise<string> {
  const { id } = await db
    .insertInto('reconciliation')
    .values({
      company_id: made.companyId,
      flow_id: made.flowId,
      from_day: made.period.from,
      to_day: made.period.to,
      differences: made.result.differences.length,
      result: encodeJson(made.result),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** One that was kept, its result as JSON text; null when the company has none of this id. */
export async function readReconciliation(
  db: Db,
  { companyId, id }: { readonly companyId: string; readonly id: string },
): Promise<{
  readonly flowId: string;
  readonly from: string;
  readonly to: string;
  readonly madeAtMs: number;
  readonly result: string;
} | null> {
  const row = await db
    .selectFrom('reconciliation')
    .select(['flow_id', 'from_day', 'to_day', 'made_at', sql<string>`result::text`.as('result')])
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { flow_id: flowId, from_day: from, to_day: to, made_at: madeAt, result } = row;
  return { flowId, from, to, madeAtMs: madeAt.getTime(), result };
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
