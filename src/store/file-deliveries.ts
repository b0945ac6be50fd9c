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
export async function makeDeliveries(trx: Db, of: DeliveriesOf): Promise<string[]> {
  const query = trx
    .selectFrom('document as d')
    .innerJoin('flow as f', 'f.source_id', 'd.connection_id')
    .select(['d.id', 'd.company_id', 'd.key', 'd.version', 'f.id as flow_id', 'f.target_id'])
    .select('f.mode')
    // What is known of customers before what they bought.
    .orderBy((eb) => eb('d.kind', '<>', 'customer'))
    .orderBy('d.business_date')
    .orderBy('d.id');
  const fresh = await (
    'fileIds' in of
      ? query.where('d.file_id', '=', (eb) => eb.fn.any(eb.val(of.fileIds)))
      : query
          .where('d.id', '=', (eb) => eb.fn.any(eb.val(of.documentIds)))
          .where('f.id', '=', of.flowId)
  ).execute();
  for (const versions of oneAfterAnother(fresh)) {
    for (let at = 0; at < versions.length; at += INSERT_ROWS_MAX) {
      const some = versions.slice(at, at + INSERT_ROWS_MAX);
      const before = await previousDeliveries(trx, some);
      await insertDeliveries(trx, some, before);
      await supersede(trx, [...before.values()]);
    }
  }
  return [...new Set(fresh.map((row) => row.target_id))];
}

/** Documents of files, for every flow of theirs; or some that are for one flow alone. */
type DeliveriesOf =
  | { readonly fileIds: readonly string[] }
  | { readonly documentIds: readonly string[]; readonly flowId: string };

type Fresh = {
  readonly id: string;
  readonly company_id: string;
  readonly key: string;
  readonly version: number;
  readonly flow_id: string;
  readonly target_id: string;
  readonly mode: 'automatic' | 'review';
};

/** Files that are read together may bring two versions of one document: the later one follows. */
function oneAfterAnother(fresh: readonly Fresh[]): Fresh[][] {
  const versions = Map.groupBy(fresh, placeOf);
  const rounds: Fresh[][] = [];
  for (const row of fresh) {
    const earlier = versions.get(placeOf(row))?.filter((one) => one.version < row.version) ?? [];
    (rounds[earlier.length] ??= []).push(row);
  }
  return rounds;
}

function placeOf(of: { readonly flow_id: string; readonly key: string }): string {
  return `${of.flow_id} ${of.key}`;
}

/**
 * A document that another connection of the same system has brought to the same ledger is the same
 * one: it is left alone when it says the same, and a person is asked when it does not.
 */
async function insertDeliveries(
  trx: Db,
  fresh: readonly Fresh[],
  before: ReadonlyMap<string, string>,
): Promise<void> {
  await sql`
    insert into delivery (company_id, flow_id, lane_id, document_id, key, state, follows, refusals,
                          reason, ended_at)
    select d.company_id, d.flow_id, d.lane_id, d.document_id,
           case when exists (select from delivery o where o.lane_id = d.lane_id and o.key = d.key)
                then d.own_key else d.key end,
           case when beside.key is null then d.state
                when beside.is_same then 'skipped' else 'held' end,
           d.follows,
           case when beside.key is null or beside.is_same then '[]'::jsonb
                else jsonb_build_array(jsonb_build_object('code', 'report-overlaps',
                                                          'other', beside.key)) end,
           case when beside.is_same then 'seen' end,
           case when beside.is_same then clock_timestamp() end
      from unnest(${fresh.map((row) => row.company_id)}::bigint[],
                  ${fresh.map((row) => row.flow_id)}::bigint[],
                  ${fresh.map((row) => row.target_id)}::bigint[],
                  ${fresh.map((row) => row.id)}::bigint[],
                  ${fresh.map(deliveryKey)}::text[],
                  ${fresh.map(ownKey)}::text[],
                  ${fresh.map((row) => (row.mode === 'review' ? 'review' : 'waiting'))}::text[],
                  ${fresh.map((row) => before.get(placeOf(row)) ?? null)}::bigint[])
           with ordinality as d(company_id, flow_id, lane_id, document_id, key, own_key, state,
                                follows, place)
      left join lateral (
             select there.key, there.content_hash = here.content_hash as is_same
               from document here
               join flow f on f.target_id = d.lane_id and f.source_id <> here.connection_id
               join document there on there.connection_id = f.source_id and there.key = here.key
               join delivery o on o.flow_id = f.id and o.document_id = there.id
              where here.id = d.document_id and o.state <> 'skipped'
              order by there.version desc
              limit 1) beside on true
     order by d.place
  `.execute(trx);
}

/**
 * Made of what the outside world knows of the document, not of our row ids: a hub that was set up
 * anew finds in the ledger what the one before it booked.
 */
export function deliveryKey(of: { readonly key: string; readonly version: number }): string {
  return `bb${sha256(`${of.key}\n${of.version}`).slice(0, 24)}`;
}

/** The key of a document that another connection has brought as well. */
function ownKey(row: Fresh): string {
  return deliveryKey({ ...row, key: placeOf(row) });
}

/** The latest delivery of each document that these are new versions of. */
async function previousDeliveries(
  trx: Db,
  fresh: readonly Fresh[],
): Promise<ReadonlyMap<string, string>> {
  const later = fresh.filter((row) => row.version > 1).map((row) => row.id);
  if (later.length === 0) return new Map();
  const { rows } = await sql<{ flow_id: string; key: string; id: string }>`
    select distinct on (dl.flow_id, old.key) dl.flow_id, old.key, dl.id
      from document fresh
      join document old on old.connection_id = fresh.connection_id and old.key = fresh.key
                       and old.version < fresh.version
      join delivery dl on dl.document_id = old.id
     where fresh.id = any(${later})
     order by dl.flow_id, old.key, old.version desc
  `.execute(trx);
  return new Map(rows.map((row) => [placeOf(row), row.id]));
}

async function supersede(trx: Db, deliveries: readonly string[]): Promise<void> {
  if (deliveries.length === 0) return;
  // In the order of their ids, as all who lock several do: else they could lock each other.
  await sql`
    with before as materialized (
      select id from delivery where id = any(${deliveries}) order by id for no key update
    )
    update delivery d set state = 'skipped', reason = 'superseded', ended_at = clock_timestamp()
      from before
     where d.id = before.id and d.state in ('review', 'waiting', 'held', 'pending', 'gathering')
       -- What has a step done stands in the ledger in part: it is finished, then corrected.
       and not exists (select from step where step.delivery_id = d.id and step.state <> 'waiting')
  `.execute(trx);
}
