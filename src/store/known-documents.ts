import type { Document } from '../domain/document/document.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { KnownDocument } from '../ports/store.ts';
import type { Db } from './db.ts';
import { sql } from 'kysely';
import type { WriteResults } from '../domain/plan.ts';

/** What is known of a document in a flow: its versions, and what the latest booked one became. */
export async function knownDocument(
  db: Db,
  of: { readonly flowId: string; readonly key: string },
): Promise<KnownDocument | null> {
  const rows = await db
    .selectFrom('document as doc')
    .innerJoin('flow as f', 'f.source_id', 'doc.connection_id')
    .leftJoin('delivery as d', (join) =>
      join.onRef('d.document_id', '=', 'doc.id').onRef('d.flow_id', '=', 'f.id'),
    )
    .select(['doc.content_hash', 'd.state', 'd.label', 'd.vouchers', 'doc.body'])
    .select(
      sql<WriteResults | null>`(select jsonb_object_agg(s.write_id, s.remote) from step s
         where s.delivery_id = d.id and s.remote is not null)`.as('results'),
    )
    .where('f.id', '=', of.flowId)
    .where('doc.key', '=', of.key)
    .orderBy('doc.version', 'desc')
    .execute();
  if (rows.length === 0) return null;
  const done = rows.filter((row) => row.state === 'done' && row.label !== null);
  const [latest] = done;
  // An order becomes what it becomes over several versions, of which some make nothing.
  const booked = done.find((row) => (row.vouchers as readonly unknown[]).length > 0) ?? latest;
  const results = Object.assign({}, ...done.toReversed().map((row) => row.results ?? {}));
  return {
    hashes: rows.map((row) => row.content_hash),
    booked:
      booked === undefined || latest === undefined
        ? null
        : {
            label: booked.label ?? '',
            vouchers: booked.vouchers as unknown as readonly Voucher[],
            history: done
              .toReversed()
              .flatMap((row) => row.vouchers as unknown as readonly Voucher[]),
            document: latest.body as unknown as Document,
            results: results as WriteResults,
          },
  };
}

/**
 * Another document on its way to a ledger, or in it, that is the same invoice.
 *
 * @returns its key; null when there is none
 */
export async function knownTwin(
  db: Db,
  of: {
    readonly companyId: string;
    readonly laneId: string;
    readonly twin: string;
    readonly key: string;
  },
): Promise<string | null> {
  const row = await db
    .selectFrom('document as doc')
    .innerJoin('delivery as d', 'd.document_id', 'doc.id')
    .select('doc.key')
    .where('doc.company_id', '=', of.companyId)
    .where('doc.twin', '=', of.twin)
    .where('doc.key', '<>', of.key)
    .where('d.lane_id', '=', of.laneId)
    .where('d.state', '<>', 'skipped')
    .orderBy('doc.key')
    .executeTakeFirst();
  return row?.key ?? null;
}
