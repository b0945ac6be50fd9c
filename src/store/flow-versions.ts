import type { Json } from '../lib/json.ts';
import type { Db } from './db.ts';

/** The rules of a flow from a moment on, until the next. */
export type FlowVersion = {
  readonly flowId: string;
  readonly atMs: number;
  readonly mode: string;
  readonly choices: Json;
  readonly startDate: string | null;
  readonly fourEyesMinor: string | null;
};

/** Every rule that a company's flows have had, the oldest first. */
export async function flowVersions(db: Db, companyId: string): Promise<readonly FlowVersion[]> {
  const rows = await db
    .selectFrom('flow_version')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    flowId: row.flow_id,
    atMs: row.at.getTime(),
    mode: row.mode,
    choices: row.choices,
    startDate: row.start_date,
    fourEyesMinor: row.four_eyes_minor,
  }));
}
