import { sql } from 'kysely';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { DeliveryState } from '../ports/store.ts';
import type { Db } from './db.ts';

/** What a system has pushed. */
export type Push = {
  readonly connectionId: string;
  /** The sender's own: the same for as long as it means the same. */
  readonly key: string;
  readonly contentHash: string;
  readonly documentKey: string;
};

/**
 * Notes that something was pushed, once for its key.
 *
 * @returns false when the key stands for something else already
 */
export async function notePush(db: Db, push: Push): Promise<boolean> {
  const { rows } = await sql<{ content_hash: string }>`
    with made as (
      insert into push (connection_id, key, content_hash, document_key)
      values (${push.connectionId}, ${push.key}, ${push.contentHash}, ${push.documentKey})
      on conflict do nothing
      returning content_hash
    )
    select content_hash from made
    union all
    select content_hash from push
     where connection_id = ${push.connectionId} and key = ${push.key}
  `.execute(db);
  // One that another request is just inserting is not seen: it is there when we ask again.
  const [found] = rows;
  return found === undefined ? notePush(db, push) : found.content_hash === push.contentHash;
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
  }[];
};

/** How far the newest version of a document has come; none when nothing takes it anywhere. */
export async function pushedDeliveries(
  db: Db,
  of: { readonly connectionId: string; readonly documentKey: string },
): Promise<readonly PushedDelivery[]> {
  const { rows } = await sql<PushedDelivery>`
    select d.state, target.connector as target, d.label, d.reason, d.refusals, d.notices,
           coalesce((select json_agg(json_build_object('write', s.write_id, 'call', s.call,
                                                       'id', s.remote ->> 'id',
                                                       'label', s.remote ->> 'label',
                                                       'ocr', s.remote #>> '{data,ocr}')
                                     order by s.seq)
                       from step s
                      where s.delivery_id = d.id and s.remote is not null), '[]') as made
      from delivery d
      join connection target on target.id = d.lane_id
     where d.document_id = (select id from document
                             where connection_id = ${of.connectionId} and key = ${of.documentKey}
                             order by version desc
                             limit 1)
     order by d.id
  `.execute(db);
  return rows;
}
