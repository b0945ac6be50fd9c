import { sql } from 'kysely';
import type { Document, DocumentKind } from '../domain/document/document.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';
import type { DeliveryState } from '../ports/store.ts';
import type { Db } from './db.ts';

/** A document in a list, with what has become of it. */
export type ListedDocument = {
  readonly id: string;
  readonly document: Document;
  readonly version: number;
  readonly receivedAtMs: number;
  readonly source: string;
  /** null: no flow takes it. */
  readonly state: DeliveryState | null;
  readonly deliveryId: string | null;
  readonly label: string | null;
  readonly vouchers: readonly Voucher[];
  readonly draft: readonly VoucherRow[];
};

/** Which documents are asked for; each that is given narrows. */
export type DocumentSearch = {
  readonly companyId: string;
  /** Text in its key, voucher number or names. */
  readonly text?: string;
  readonly states?: readonly DeliveryState[];
  readonly kinds?: readonly DocumentKind[];
  readonly from?: string;
  readonly to?: string;
  readonly connectionId?: string;
  readonly fileId?: string;
  readonly ids?: readonly string[];
  /** The id after which the list goes on. */
  readonly before?: string;
  readonly limit: number;
};

type Row = {
  readonly id: string;
  readonly body: Document;
  readonly version: number;
  readonly received_at: Date;
  readonly source: string;
  readonly state: DeliveryState | null;
  readonly delivery_id: string | null;
  readonly label: string | null;
  readonly vouchers: readonly Voucher[] | null;
  readonly draft: readonly VoucherRow[] | null;
};

/** Documents, newest first, a page at a time: as quick at the end as at the beginning. */
export async function searchDocuments(
  db: Db,
  search: DocumentSearch,
): Promise<readonly ListedDocument[]> {
  const { rows } = await sql<Row>`
    select doc.id, doc.body, doc.version, doc.received_at, c.name as source,
           d.id as delivery_id, d.state, d.label, d.vouchers, d.draft
      ${matching(search, 'delivery')}
       and (${search.before ?? null}::bigint is null or doc.id < ${search.before ?? null})
     order by doc.id desc
     limit ${search.limit}
  `.execute(db);
  return rows.map((row) => ({
    id: row.id,
    document: row.body,
    version: row.version,
    receivedAtMs: row.received_at.getTime(),
    source: row.source,
    state: row.state,
    deliveryId: row.delivery_id,
    label: row.label,
    vouchers: row.vouchers ?? [],
    draft: row.draft ?? [],
  }));
}

/** What has become of a document, and texts, are looked at one by one: nobody waits for more. */
export const COUNTED_MAX = 10_000;

/**
 * How many there are in all, whatever the page.
 *
 * @returns `isLeast` when there are more than were counted
 */
export async function countDocuments(
  db: Db,
  search: DocumentSearch,
): Promise<{ readonly count: number; readonly isLeast: boolean }> {
  const isLookedAt = search.states !== undefined || isText(search);
  const { rows } = await sql<{ n: string }>`
    select count(*) as n
      from (select 1 ${matching(search, isLookedAt ? 'delivery' : 'document')}
             ${isLookedAt ? sql`limit ${COUNTED_MAX + 1}` : sql``}) as found
  `.execute(db);
  const count = Number(rows[0]?.n ?? 0);
  const isLeast = isLookedAt && count > COUNTED_MAX;
  return { count: isLeast ? COUNTED_MAX : count, isLeast };
}

/** The newest delivery stands for a document that goes into several ledgers. */
function matching(search: DocumentSearch, by: 'document' | 'delivery') {
  const { companyId, states, kinds, from, to, connectionId, fileId, ids } = search;
  return sql`
      from document doc
      join connection c on c.id = doc.connection_id
      ${by === 'document' ? sql`` : NEWEST}
     where doc.company_id = ${companyId}
       ${states === undefined ? sql`` : inStates(companyId, states)}
       and (${kinds ?? null}::text[] is null or doc.kind = any(${kinds ?? null}::text[]))
       and (${from ?? null}::date is null or doc.business_date >= ${from ?? null}::date)
       and (${to ?? null}::date is null or doc.business_date <= ${to ?? null}::date)
       and (${connectionId ?? null}::bigint is null or doc.connection_id = ${connectionId ?? null})
       and (${fileId ?? null}::bigint is null or doc.file_id = ${fileId ?? null})
       ${ids === undefined ? sql`` : sql`and doc.id = any(${ids}::bigint[])`}
       ${isText(search) ? withText(search) : sql``}`;
}

const NEWEST = sql`
      left join lateral (select * from delivery e where e.document_id = doc.id
                          order by e.id desc limit 1) d on true`;

/** Few of many documents are open: those are found by an index that holds no others. */
function inStates(companyId: string, states: readonly DeliveryState[]) {
  const isOpen = states.every((state) => state !== 'done' && state !== 'skipped');
  const open = sql`
       and doc.id in (select document_id from delivery
                       where company_id = ${companyId} and state not in ('done', 'skipped')
                         and state = any(${states}::text[]))`;
  return sql`and d.state = any(${states}::text[]) ${isOpen ? open : sql``}`;
}

function isText({ text }: DocumentSearch): boolean {
  return (text?.trim() ?? '') !== '';
}

function withText({ text }: DocumentSearch) {
  const like = `%${(text ?? '').trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql`
       and (doc.key ilike ${like} or d.label ilike ${like}
            or doc.body #>> '{supplier,name}' ilike ${like}
            or doc.body #>> '{customer,name}' ilike ${like})`;
}
