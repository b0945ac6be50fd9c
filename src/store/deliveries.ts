import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Document } from '../domain/document/document.ts';
import type { Voucher, VoucherRow } from '../domain/posting/voucher.ts';
import type { Decision, Notice, Refusal } from '../domain/refusal.ts';
import { encodeJson } from '../lib/json.ts';
import type { DeliveryState } from '../ports/store.ts';
import { addAudit } from './audit.ts';
import type { Db } from './db.ts';
import type { JobQueue } from './jobs.ts';
import type { Schema } from './schema.ts';

/** A delivery as people see it. */
export type DeliveryView = {
  readonly id: string;
  readonly flowId: string;
  readonly laneId: string;
  readonly state: DeliveryState;
  readonly document: Document;
  readonly documentId: string;
  readonly version: number;
  readonly refusals: readonly Refusal[];
  readonly draft: readonly VoucherRow[];
  readonly notices: readonly Notice[];
  readonly vouchers: readonly Voucher[];
  readonly label: string | null;
  readonly reason: string | null;
  /** The delivery of the day whose voucher it shares; null: it has its own. */
  readonly within: string | null;
};

/** Which deliveries are asked for. */
export type DeliveryQuery = {
  readonly companyId: string;
  readonly states?: readonly DeliveryState[];
  readonly from?: string;
  readonly to?: string;
  readonly flowId?: string;
  readonly ids?: readonly string[];
  /** Of documents that these files have brought. */
  readonly fileIds?: readonly string[];
  /** The oldest days, so many deliveries. */
  readonly first?: number;
  /** So many after this id, in the order of their ids: for more than fits in memory. */
  readonly page?: { readonly after: string; readonly limit: number };
};

/** Deliveries of a company, by day of the document. */
export async function listDeliveries(db: Db, query: DeliveryQuery): Promise<DeliveryView[]> {
  let select = db
    .selectFrom('delivery as d')
    .innerJoin('document as doc', 'doc.id', 'd.document_id')
    .select([
      ...(['d.id', 'd.flow_id', 'd.lane_id', 'd.state', 'd.refusals', 'd.draft'] as const),
      ...(['d.notices', 'd.vouchers', 'd.label', 'd.reason', 'd.document_id'] as const),
      'd.within',
      ...(['doc.body', 'doc.version'] as const),
    ])
    .where('d.company_id', '=', query.companyId);
  if (query.states !== undefined) select = select.where('d.state', 'in', query.states);
  if (query.from !== undefined) select = select.where('doc.business_date', '>=', query.from);
  if (query.to !== undefined) select = select.where('doc.business_date', '<=', query.to);
  if (query.flowId !== undefined) select = select.where('d.flow_id', '=', query.flowId);
  if (query.ids !== undefined) select = select.where('d.id', 'in', [...query.ids, '-1']);
  if (query.fileIds !== undefined) {
    select = select.where('doc.file_id', 'in', [...query.fileIds, '-1']);
  }
  const { page, first } = query;
  if (first !== undefined) select = select.limit(first);
  const ordered =
    page === undefined
      ? select.orderBy('doc.business_date').orderBy('d.id')
      : select.where('d.id', '>', page.after).orderBy('d.id').limit(page.limit);
  const rows = await ordered.execute();
  return rows.map((row) => ({
    id: row.id,
    flowId: row.flow_id,
    laneId: row.lane_id,
    state: row.state,
    document: row.body as unknown as Document,
    documentId: row.document_id,
    version: row.version,
    refusals: row.refusals as unknown as readonly Refusal[],
    draft: row.draft as unknown as readonly VoucherRow[],
    notices: row.notices as unknown as readonly Notice[],
    vouchers: row.vouchers as unknown as readonly Voucher[],
    label: row.label,
    reason: row.reason,
    within: row.within,
  }));
}

/** What people have decided about a delivery, in their order. */
export async function decisionsOf(db: Db, deliveryId: string): Promise<readonly Decision[]> {
  const rows = await db
    .selectFrom('decision')
    .select('decision')
    .where('delivery_id', '=', deliveryId)
    .orderBy('id')
    .execute();
  return rows.map(({ decision }) => decision as unknown as Decision);
}

/** How many deliveries of a company are open in these states: what has ended is not read. */
export async function countInStates(
  db: Db,
  companyId: string,
  states: readonly Exclude<DeliveryState, 'done' | 'skipped'>[],
): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from delivery
     where company_id = ${companyId} and state not in ('done', 'skipped')
       and state = any(${states}::text[])
  `.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** How many deliveries of a company stand in each state. */
export async function countDeliveries(
  db: Db,
  companyId: string,
): Promise<Readonly<Record<DeliveryState, number>>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', ({ fn }) => fn.countAll<string>().as('count')])
    .where('company_id', '=', companyId)
    .groupBy('state')
    .execute();
  const counts = {
    review: 0,
    waiting: 0,
    sending: 0,
    'in doubt': 0,
    held: 0,
    pending: 0,
    gathering: 0,
    gathered: 0,
    done: 0,
    skipped: 0,
  };
  for (const row of rows) counts[row.state] = Number(row.count);
  return counts;
}

/** What a person does with a delivery that waits for them. */
export type Resolution =
  /** Plan it again: with a decision, or because something was mended meanwhile. */
  | { readonly kind: 'again'; readonly decision: Decision | null }
  /** It will not be booked by the hub. */
  | { readonly kind: 'skip'; readonly why: string };

/**
 * Settles held deliveries, approves those in review, and takes up those that were skipped.
 *
 * @returns the ids that were waiting for a person; the others had moved on
 */
export async function resolveDeliveries(
  db: Db,
  jobs: JobQueue,
  act: {
    readonly companyId: string;
    readonly ids: readonly string[];
    readonly resolution: Resolution;
    readonly by: string;
    /** Nothing is done about it for so long: it can be taken back. At once when absent. */
    readonly afterMs?: number;
  },
): Promise<readonly string[]> {
  const { companyId, ids, resolution, by, afterMs = 0 } = act;
  if (ids.length === 0) return [];
  const moved = await db.transaction().execute(async (trx) => {
    const rows = await trx
      .updateTable('delivery')
      .set(
        resolution.kind === 'skip'
          ? {
              ...{ state: 'skipped', reason: resolution.why, ended_at: new Date() },
              before_decision: AS_IT_WAS,
            }
          : {
              // What may have arrived is looked for, not sent anew.
              state: sql<'waiting' | 'in doubt'>`case when exists (
                select from step where step.delivery_id = delivery.id
                   and step.state in ('sending', 'in doubt')) then 'in doubt' else 'waiting' end`,
              due_at: new Date(Date.now() + afterMs),
              before_decision: AS_IT_WAS,
              ended_at: null,
              reason: null,
              refusals: '[]',
              draft: '[]',
            },
      )
      .where('company_id', '=', companyId)
      .where('id', 'in', ids)
      .where((eb) =>
        eb.or([
          eb('state', 'in', ['held', 'review']),
          ...(resolution.kind === 'again' ? [isSkippedForNow(eb)] : []),
          eb('state', 'in', ['pending', 'gathering']),
        ]),
      )
      .returning(['id', 'lane_id'])
      .execute();
    for (const row of rows) await noteDecision(trx, { ...row, companyId, resolution, by });
    const about = { ids: rows.map((row) => row.id), resolution };
    if (rows.length > 0) await addAudit(trx, { by, companyId, act: 'held.settle', about });
    const lanes = [...new Set(rows.map((row) => row.lane_id))];
    if (resolution.kind === 'again') {
      // What was mended in the ledger must be seen.
      await trx
        .deleteFrom('books')
        .where('connection_id', 'in', [...lanes, '-1'])
        .execute();
      await jobs.wakeLanes(lanes, trx);
    }
    return rows.map((row) => row.id);
  });
  await jobs.notify();
  return moved;
}

/** What a delivery is, to be put back if the decision is taken back. */
const AS_IT_WAS = sql<string>`jsonb_build_object(
  'state', state, 'refusals', refusals, 'draft', draft, 'reason', reason, 'at', now())`;

/** Skipped, and no later version of the document has come: a person may think again. */
function isSkippedForNow(eb: ExpressionBuilder<Schema, 'delivery'>): Expression<SqlBool> {
  const later = eb
    .selectFrom('delivery as later')
    .select('later.id')
    .whereRef('later.follows', '=', 'delivery.id');
  return eb.and([eb('state', '=', 'skipped'), eb.not(eb.exists(later))]);
}

async function noteDecision(
  trx: Db,
  made: {
    readonly id: string;
    readonly companyId: string;
    readonly resolution: Resolution;
    readonly by: string;
  },
): Promise<void> {
  const { resolution } = made;
  const what = resolution.kind === 'skip' ? `skipped: ${resolution.why}` : 'again';
  await trx
    .insertInto('journal')
    .values({ delivery_id: made.id, event: 'resolved', detail: `${what} (${made.by})` })
    .execute();
  if (resolution.kind === 'skip' || resolution.decision === null) return;
  await trx
    .insertInto('decision')
    .values({
      company_id: made.companyId,
      delivery_id: made.id,
      decision: encodeJson(resolution.decision),
      by_whom: made.by,
    })
    .execute();
}

/** What happened to a delivery, in order. */
export async function readJournal(
  db: Db,
  deliveryId: string,
): Promise<
  readonly {
    readonly event: string;
    readonly seq: number | null;
    readonly attempt: number | null;
    readonly detail: string | null;
    readonly at: Date;
  }[]
> {
  return db
    .selectFrom('journal')
    .select(['event', 'seq', 'attempt', 'detail', 'at'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('id')
    .execute();
}
