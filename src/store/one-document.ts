import { sql } from 'kysely';
import type { Document } from '../domain/document/document.ts';
import type { Decision } from '../domain/refusal.ts';
import type { Json } from '../lib/json.ts';
import type { Db } from './db.ts';
import { listDeliveries, readJournal, type DeliveryView } from './deliveries.ts';

/** A document with everything that is known of it. */
export type WholeDocument = {
  readonly id: string;
  readonly document: Document;
  readonly key: string;
  readonly version: number;
  readonly source: string;
  readonly connectionId: string;
  readonly receivedAtMs: number;
  readonly mediaType: string;
  readonly extractSize: number;
  readonly file: { readonly id: string; readonly name: string; readonly via: string } | null;
  /** The other versions of the same document, by number. */
  readonly versions: readonly { readonly id: string; readonly version: number }[];
  readonly deliveries: readonly DocumentDelivery[];
};

/** One of a document's ways into a ledger. */
export type DocumentDelivery = {
  readonly delivery: DeliveryView;
  readonly target: string;
  readonly decisions: readonly {
    readonly decision: Decision;
    readonly by: string;
    readonly atMs: number;
    readonly isTakenBack: boolean;
  }[];
  readonly steps: readonly {
    readonly seq: number;
    readonly call: string;
    readonly state: 'waiting' | 'sending' | 'in doubt' | 'done';
    readonly attempt: number;
    readonly input: Json;
    readonly remote: Json | null;
  }[];
  readonly journal: Awaited<ReturnType<typeof readJournal>>;
};

/** @returns null when the company has no document of this id */
export async function readDocument(
  db: Db,
  of: { readonly companyId: string; readonly id: string },
): Promise<WholeDocument | null> {
  const { rows } = await sql<{
    id: string;
    body: Document;
    key: string;
    version: number;
    source: string;
    connection_id: string;
    received_at: Date;
    media_type: string;
    extract_size: number;
    file_id: string | null;
    file_name: string | null;
    file_via: string | null;
    versions: WholeDocument['versions'];
  }>`
    select doc.id, doc.body, doc.key, doc.version, c.name as source, c.id as connection_id,
           doc.received_at,
           doc.media_type, octet_length(doc.extract) as extract_size,
           f.id as file_id, f.name as file_name, f.via as file_via,
           (select jsonb_agg(jsonb_build_object('id', v.id::text, 'version', v.version)
                             order by v.version)
              from document v
             where v.connection_id = doc.connection_id and v.key = doc.key) as versions
      from document doc
      join connection c on c.id = doc.connection_id
      left join received_file f on f.id = doc.file_id
     where doc.id = ${of.id} and doc.company_id = ${of.companyId}
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const file =
    row.file_id === null
      ? null
      : { id: row.file_id, name: row.file_name ?? '', via: row.file_via ?? '' };
  return {
    ...{ id: row.id, document: row.body, key: row.key, version: row.version, file },
    ...{ source: row.source, receivedAtMs: row.received_at.getTime(), versions: row.versions },
    ...{ mediaType: row.media_type, extractSize: row.extract_size },
    connectionId: row.connection_id,
    deliveries: await deliveriesOf(db, of.companyId, row.id),
  };
}

async function deliveriesOf(
  db: Db,
  companyId: string,
  documentId: string,
): Promise<readonly DocumentDelivery[]> {
  const found = await db
    .selectFrom('delivery as d')
    .innerJoin('connection as c', 'c.id', 'd.lane_id')
    .select(['d.id', 'c.name'])
    .where('d.document_id', '=', documentId)
    .where('d.company_id', '=', companyId)
    .orderBy('d.id')
    .execute();
  const targets = new Map(found.map((row) => [row.id, row.name]));
  const views = await listDeliveries(db, { companyId, ids: [...targets.keys()] });
  return Promise.all(
    views.map(async (delivery) => ({
      delivery,
      target: targets.get(delivery.id) ?? '',
      decisions: await decisionsOf(db, delivery.id),
      steps: await stepsOf(db, delivery.id),
      journal: await readJournal(db, delivery.id),
    })),
  );
}

async function decisionsOf(db: Db, deliveryId: string): Promise<DocumentDelivery['decisions']> {
  const rows = await db
    .selectFrom('decision')
    .select(['decision', 'by_whom', 'at', 'taken_back_at'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    decision: row.decision as unknown as Decision,
    by: row.by_whom,
    atMs: row.at.getTime(),
    isTakenBack: row.taken_back_at !== null,
  }));
}

async function stepsOf(db: Db, deliveryId: string): Promise<DocumentDelivery['steps']> {
  return db
    .selectFrom('step')
    .select(['seq', 'call', 'state', 'attempt', 'input', 'remote'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('seq')
    .execute();
}

/** The bytes that a document was read from; null when the company has no such document. */
export async function readDocumentBytes(
  db: Db,
  of: { readonly companyId: string; readonly id: string },
): Promise<{ readonly bytes: Buffer; readonly mediaType: string } | null> {
  const row = await db
    .selectFrom('document')
    .select(['extract', 'media_type'])
    .where('id', '=', of.id)
    .where('company_id', '=', of.companyId)
    .executeTakeFirst();
  return row === undefined ? null : { bytes: row.extract, mediaType: row.media_type };
}
