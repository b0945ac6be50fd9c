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
