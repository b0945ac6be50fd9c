import { sql } from 'kysely';
import type { Decision } from '../domain/refusal.ts';
import { encodeJson, stableJson } from '../lib/json.ts';
import type { Db } from './db.ts';

/** The amounts above which two people let a flow's documents go, by flow. */
export async function fourEyesOf(db: Db, companyId: string): Promise<ReadonlyMap<string, bigint>> {
  const rows = await db
    .selectFrom('flow')
    .select(['id', 'four_eyes_minor'])
    .where('company_id', '=', companyId)
    .where('four_eyes_minor', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, four_eyes_minor: minor }) => [id, BigInt(minor ?? 0)]));
}

/** Sets the amount above which two people let a document go; null: one is enough. */
export async function setFourEyes(db: Db, flowId: string, minor: bigint | null): Promise<void> {
  await db
    .updateTable('flow')
    .set({ four_eyes_minor: minor === null ? null : String(minor) })
    .where('id', '=', flowId)
    .execute();
}

/** The first of two people who let a document go. */
export type Approval = { readonly by: string; readonly atMs: number };

/** Who has let these deliveries go as the first of two. */
export async function approvalsOf(
  db: Db,
  deliveryIds: readonly string[],
): Promise<ReadonlyMap<string, Approval>> {
  const rows = await db
    .selectFrom('approval')
    .select(['delivery_id', 'by_whom', 'at'])
    .where('delivery_id', '=', (eb) => eb.fn.any(eb.val(deliveryIds)))
    .execute();
  return new Map(rows.map((row) => [row.delivery_id, { by: row.by_whom, atMs: row.at.getTime() }]));
}

/**
 * Lets a delivery go on behalf of one of two people.
 *
 * @returns `second`: somebody else has decided the same before, and now both have. `first`: this is
 *   the first; who decides otherwise than the first takes their place
 */
export async function approve(
  db: Db,
  act: {
    readonly companyId: string;
    readonly deliveryId: string;
    readonly decision: Decision | null;
    readonly by: string;
  },
): Promise<'first' | 'second'> {
  const { companyId, deliveryId, decision, by } = act;
  return db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('approval')
      .select(['decision', 'by_whom'])
      .where('delivery_id', '=', deliveryId)
      .forUpdate()
      .executeTakeFirst();
    const isSame = before !== undefined && stableJson(before.decision) === stableJson(decision);
    if (isSame && before.by_whom !== by) {
      await trx.deleteFrom('approval').where('delivery_id', '=', deliveryId).execute();
      return 'second';
    }
    const written = encodeJson(decision);
    await sql`
      insert into approval (delivery_id, company_id, decision, by_whom)
      values (${deliveryId}, ${companyId}, ${written}::jsonb, ${by})
      on conflict (delivery_id) do update
         set decision = excluded.decision, by_whom = excluded.by_whom, at = now()
    `.execute(trx);
    return 'first';
  });
}
