import { sql } from 'kysely';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { DeliveryState } from '../ports/store.ts';
import type { Db } from './db.ts';

/** What a system has pushed. */
export type Push = {
  /** The sender's own: the same for as long as it means the same. */
  readonly key: string;
  readonly contentHash: string;
  readonly documentKey: string;
  /** What the sender calls it. */
  readonly externalId: string;
};

/**
 * Notes what was pushed to a connection, each once for its key.
 *
 * @returns the keys that stand for just this; the others stand for something else already
 */
export async function notePushes(
  db: Db,
  connectionId: string,
  pushes: readonly Push[],
): Promise<ReadonlySet<string>> {
  if (pushes.length === 0) return new Set();
  const { rows } = await sql<{ key: string; content_hash: string }>`
    with sent as (
      select * from unnest(${pushes.map((one) => one.key)}::text[],
                           ${pushes.map((one) => one.contentHash)}::text[],
                           ${pushes.map((one) => one.documentKey)}::text[],
                           ${pushes.map((one) => one.externalId)}::text[])
             as s(key, content_hash, document_key, external_id)
    ), made as (
      insert into push (connection_id, key, content_hash, document_key, external_id)
      select ${connectionId}, key, content_hash, document_key, external_id
        from sent
       order by key -- as all who note several do: else they could lock each other
      on conflict do nothing
      returning key, content_hash
    )
    select key, content_hash from made
    union all
    select p.key, p.content_hash
      from push p
      join sent on sent.key = p.key
     where p.connection_id = ${connectionId}
  `.execute(db);
  const noted = new Map(rows.map((row) => [row.key, row.content_hash]));
  // Those that another request is just inserting are not seen: they are there when we ask again.
  const unseen = pushes.filter(({ key }) => !noted.has(key));
  const later = await notePushes(db, connectionId, unseen);
  const same = pushes.filter(({ key, contentHash }) => noted.get(key) === contentHash);
  return new Set([...same.map(({ key }) => key), ...later]);
}

/** What was pushed under a key. @returns null when nothing was */
export async function findPush(
  db: Db,
  of: { readonly connectionId: string; readonly key: string },
): Promise<Pick<Push, 'documentKey' | 'externalId'> | null> {
  const row = await db
    .selectFrom('push')
    .select(['document_key', 'external_id'])
    .where('connection_id', '=', of.connectionId)
    .where('key', '=', of.key)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { documentKey: row.document_key, externalId: row.external_id };
}

/** How far a document that was pushed has come in one flow. */
export type PushedDelivery = {
  readonly state: DeliveryState;
  /** The connector of the ledger that it goes to. */
  readonly target: string;
  readonly label: string | null;
  readonly reason: string | null;
  readonly refusals: readonly Refusal[];
  readonly notices: readonly Notice[];
  /** What its writes have made in the target, in their order. */
  readonly made: readonly {
    readonly write: string;
    readonly call: string;
    readonly id: string;
    readonly label: string;
    /** What the invoice is paid by, where the ledger tells. */
    readonly ocr: string | null;
    /** What it is, where that is something else than its write says: an order, not an invoice. */
    readonly what: string | null;
  }[];
};

/**
 * How far the newest versions of some documents have come, by their keys; nothing of those that
 * nothing takes anywhere. A version that says what the one before says has come as far as that one.
 */
export async function pushedDeliveries(
  db: Db,
  of: { readonly connectionId: string; readonly documentKeys: readonly string[] },
): Promise<ReadonlyMap<string, readonly PushedDelivery[]>> {
  if (of.documentKeys.length === 0) return new Map();
  const { rows } = await sql<PushedDelivery & { key: string }>`
    with recursive newest as (
      select distinct on (key) key, id
        from document
       where connection_id = ${of.connectionId} and key = any(${of.documentKeys})
       order by key, version desc
    ), come as (
      select newest.key, d.id as asked, d.id, d.state, d.reason, d.follows, 0 as back
        from newest
        join delivery d on d.document_id = newest.id
      union all
      select come.key, come.asked, d.id, d.state, d.reason, d.follows, come.back + 1
        from come
        join delivery d on d.id = come.follows
       where come.state = 'skipped' and come.reason = 'unchanged'
    ), standing as (
      select distinct on (asked) key, asked, id from come order by asked, back desc
    )
    select standing.key, d.state, target.connector as target, d.label, d.reason, d.refusals,
           d.notices,
           coalesce((select json_agg(json_build_object('write', s.write_id, 'call', s.call,
                                                       'id', s.remote ->> 'id',
                                                       'label', s.remote ->> 'label',
                                                       'ocr', s.remote #>> '{data,ocr}',
                                                       'what', s.remote #>> '{data,what}')
                                     order by s.seq)
                       from step s
                      where s.delivery_id = d.id and s.remote is not null), '[]') as made
      from standing
      join delivery d on d.id = standing.id
      join connection target on target.id = d.lane_id
     order by standing.asked
  `.execute(db);
  return Map.groupBy(rows, ({ key }) => key);
}
