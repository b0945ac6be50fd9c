import { sql } from 'kysely';
import { sha256 } from '../lib/json.ts';
import type { Db } from './db.ts';

const INSERT_ROWS_MAX = 500;

/**
 * One delivery per new document and flow. A version that follows another takes its place while
 * that one is not on its way; else it comes after it.
 *
 * @returns the lanes that have something to do
 */
export async function makeDeliveries(trx: Db, fileId: string): Promise<string[]> {
  const fresh = await trx
    .selectFrom('document as d')
    .innerJoin('flow as f', 'f.source_id', 'd.connection_id')
    .select([
      'd.id',
      'd.company_id',
      'd.key',
      'd.version',
      'f.id as flow_id',
      'f.target_id',
      'f.mode',
    ])
    .where('d.file_id', '=', fileId)
    .orderBy('d.business_date')
    .orderBy('d.id')
    .execute();
  if (fresh.length === 0) return [];
  const before = await previousDeliveries(trx, fileId);
  for (let at = 0; at < fresh.length; at += INSERT_ROWS_MAX) {
    await trx
      .insertInto('delivery')
      .values(
        fresh.slice(at, at + INSERT_ROWS_MAX).map((row) => ({
          company_id: row.company_id,
          flow_id: row.flow_id,
          lane_id: row.target_id,
          document_id: row.id,
          key: deliveryKey(row),
          state: row.mode === 'review' ? ('review' as const) : ('waiting' as const),
          follows: before.get(`${row.flow_id} ${row.key}`) ?? null,
        })),
      )
      .execute();
  }
  await supersede(trx, [...before.values()]);
  return [...new Set(fresh.map((row) => row.target_id))];
}

/**
 * Made of what the outside world knows of the document, not of our row ids: a hub that was set up
 * anew finds in the ledger what the one before it booked.
 */
function deliveryKey(of: { readonly key: string; readonly version: number }): string {
  return `bb${sha256(`${of.key}\n${of.version}`).slice(0, 24)}`;
}

/** The latest delivery of each document that this file brings a new version of. */
async function previousDeliveries(trx: Db, fileId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ flow_id: string; key: string; id: string }>`
    select distinct on (dl.flow_id, old.key) dl.flow_id, old.key, dl.id
      from document fresh
      join document old on old.connection_id = fresh.connection_id and old.key = fresh.key
                       and old.version < fresh.version
      join delivery dl on dl.document_id = old.id
     where fresh.file_id = ${fileId}
     order by dl.flow_id, old.key, old.version desc
  `.execute(trx);
  return new Map(rows.map((row) => [`${row.flow_id} ${row.key}`, row.id]));
}

async function supersede(trx: Db, deliveries: readonly string[]): Promise<void> {
  if (deliveries.length === 0) return;
  await trx
    .updateTable('delivery')
    .set({ state: 'skipped', reason: 'superseded', ended_at: new Date() })
    .where('id', 'in', deliveries)
    .where('state', 'in', ['review', 'waiting', 'held'])
    // What has a step done stands in the ledger in part: it is finished, then corrected.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('step')
            .select('step.seq')
            .whereRef('step.delivery_id', '=', 'delivery.id')
            .where('step.state', '<>', 'waiting'),
        ),
      ),
    )
    .execute();
}
