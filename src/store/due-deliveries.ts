import type pg from 'pg';
import type { AttachedFile, LeftOutWhy } from '../domain/document/attached-file.ts';
import type { Document } from '../domain/document/document.ts';
import type { WriteResults } from '../domain/plan.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Decision, Notice, Refusal } from '../domain/refusal.ts';
import { present } from '../lib/assert.ts';
import type { Json } from '../lib/json.ts';
import type { DueDelivery, Predecessor, StoredStep } from '../ports/store.ts';
import type { Remote } from '../ports/target.ts';
import { NO_PAYMENTS } from '../domain/document/payments.ts';
import { bookedPayouts, paymentsBeside } from './payments.ts';
import { besideKey, creditBeside, receiptsTwice } from './credit-sales.ts';

type DueRow = {
  readonly place: string;
  readonly id: string;
  readonly key: string;
  readonly state: 'waiting' | 'in doubt';
  readonly attempts: number;
  readonly flow_id: string;
  readonly document_id: string;
  readonly company_id: string;
  readonly body: Document;
  readonly doubts: readonly Refusal[];
  readonly decisions: readonly Decision[] | null;
  readonly notices: readonly Notice[];
  readonly steps: readonly StepJson[] | null;
  readonly follows: PredecessorJson | null;
  readonly of: PredecessorJson | null;
  readonly overlaps: string | null;
  readonly attachments: readonly AttachmentJson[] | null;
};

type AttachmentJson = {
  readonly number: number;
  readonly name: string;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly why: LeftOutWhy | null;
};

type StepJson = {
  readonly seq: number;
  readonly write_id: string;
  readonly key: string;
  readonly call: string;
  readonly input: Json;
  readonly state: StoredStep['state'];
  readonly attempt: number;
  readonly looks: number;
  readonly deadline_ms: number;
  readonly remote: Remote | null;
};

type PredecessorJson = {
  readonly id: string;
  readonly state: Predecessor['state'];
  readonly due_ms: number;
  readonly label: string | null;
  readonly vouchers: readonly Voucher[];
  readonly history: readonly Voucher[];
  readonly results: WriteResults | null;
  readonly document: Document;
};

/** Deliveries `d` that were `asked` for: documents, decisions, steps, predecessors. */
const READ = /* sql */ `
  select asked.place, d.id, d.key, d.state, d.attempts, d.flow_id, d.document_id, doc.company_id,
         doc.body,
         doc.doubts || (
           select coalesce(jsonb_agg(jsonb_build_object(
                    'code', 'shop-setting-changed', 'shop', f.about -> 'shop',
                    'setting', f.about -> 'setting', 'was', f.about -> 'was',
                    'now', f.about -> 'now', 'day', f.about -> 'day') order by f.id), '[]')
             from finding f
            where doc.kind in ('order', 'refund') and f.company_id = doc.company_id
              and f.closed_at is null and f.dismissed_at is null
              and f.about ->> 'kind' = 'shop-setting-changed'
              and f.about ->> 'connection' = doc.connection_id::text
              and (f.about ->> 'holds')::boolean) as doubts,
         d.notices,
         (select jsonb_agg(c.decision order by c.id) from decision c
           where c.delivery_id = d.id and c.taken_back_at is null)
           as decisions,
         (select jsonb_agg(jsonb_build_object(
                   'seq', s.seq, 'write_id', s.write_id, 'key', s.key, 'call', s.call,
                   'input', s.input, 'state', s.state, 'attempt', s.attempt, 'looks', s.looks,
                   'deadline_ms', floor(extract(epoch from s.deadline) * 1000),
                   'remote', s.remote) order by s.seq)
            from step s where s.delivery_id = d.id) as steps,
         standing_before(d.follows) as follows,
         case when doc.kind = 'refund' then standing_before(
           (select max(od.id)
              from document o join delivery od on od.document_id = o.id and od.lane_id = d.lane_id
             where o.connection_id = doc.connection_id
               and o.key = concat_ws('/', doc.body #>> '{of,ref,system}',
                                     doc.body #>> '{of,ref,account}', doc.body #>> '{of,ref,id}')))
         end as of,
         case when doc.kind = 'day-report' then
           (select min(o.key)
              from document o join delivery od on od.document_id = o.id and od.flow_id = d.flow_id
             where o.connection_id = doc.connection_id and o.business_date = doc.business_date
               and o.kind = doc.kind and od.state <> 'skipped'
               and o.body ->> 'storeNumber' = doc.body ->> 'storeNumber'
               and (o.body ->> 'register' = 'ALL') <> (doc.body ->> 'register' = 'ALL'))
         when doc.twin is not null then
           (select min(o.key)
              from document o join delivery od on od.document_id = o.id and od.lane_id = d.lane_id
             where o.company_id = doc.company_id and o.twin = doc.twin
               and (o.connection_id, o.key) <> (doc.connection_id, doc.key)
               -- The one that came first is booked; it is not asked about because of the second.
               and (od.state in ('sending', 'in doubt', 'done')
                    or od.state <> 'skipped' and od.id < d.id))
         end as overlaps,
         (select jsonb_agg(jsonb_build_object(
                   'number', a.number, 'name', a.name, 'mediaType', a.media_type,
                   'size', octet_length(a.bytes), 'why', a.left_out) order by a.number)
            from attachment a where a.document_id = d.document_id) as attachments
`;

/** One round trip for whole turns of lanes. */
const READ_DUE = /* sql */ `
  ${READ}
    from unnest($1::bigint[], $2::float8[], $3::bigint[], $4::integer[])
         with ordinality as asked(lane, now_ms, after, most, place)
   cross join lateral (
           select *
             from delivery
            where lane_id = asked.lane and state in ('waiting', 'in doubt')
              and due_at <= to_timestamp(asked.now_ms / 1000) and id > asked.after
            order by id
            limit asked.most) d
    join document doc on doc.id = d.document_id
   order by asked.place, d.id
`;

/** Which deliveries a lane asks for. */
export type DueAsked = {
  readonly laneId: string;
  readonly nowMs: number;
  readonly after: string;
  readonly limit: number;
};

/** Deliveries whose turn it is, for each of several lanes, oldest document first. */
export async function readDue(pool: pg.Pool, asked: readonly DueAsked[]): Promise<DueDelivery[][]> {
  const { rows } = await pool.query<DueRow>({
    name: 'read-due',
    text: READ_DUE,
    values: [
      asked.map((one) => one.laneId),
      asked.map((one) => one.nowMs),
      asked.map((one) => one.after),
      asked.map((one) => one.limit),
    ],
  });
  const read = await withBeside(pool, rows);
  const due = Map.groupBy(read, (_, i) => Number(rows[i]?.place));
  return asked.map((_, index) => due.get(index + 1) ?? []);
}

type Paid = Pick<DueDelivery, 'payments' | 'payouts'>;

/** What is known beside payouts and statements: there are few of them, each is asked for alone. */
async function readPaid(
  pool: pg.Pool,
  rows: readonly DueRow[],
): Promise<ReadonlyMap<string, Paid>> {
  const paid = new Map<string, Paid>();
  for (const row of rows) {
    const { body: document, company_id: companyId } = row;
    if (document.kind !== 'payout' && document.kind !== 'account-statement') continue;
    const payments = await paymentsBeside(pool, { companyId, document });
    const payouts = await bookedPayouts(pool, { companyId, document });
    paid.set(besideKey(row), { payments, payouts });
  }
  return paid;
}

const READ_CHOSEN = /* sql */ `
  ${READ}
    from (select 1 as place) asked
   cross join (select * from delivery where id = any($1::bigint[]) and company_id = $2) d
    join document doc on doc.id = d.document_id
   order by doc.business_date, d.id
`;

/** Deliveries as their turn would find them, whatever their state, by day of the document. */
export async function readAllAsDue(
  pool: pg.Pool,
  of: { readonly companyId: string; readonly deliveryIds: readonly string[] },
): Promise<readonly DueDelivery[]> {
  const { rows } = await pool.query<DueRow>(READ_CHOSEN, [of.deliveryIds, of.companyId]);
  return withBeside(pool, rows);
}

/** A delivery as its turn would find it, whatever its state; null when the company has none. */
export async function readAsDue(
  pool: pg.Pool,
  { companyId, deliveryId }: { readonly companyId: string; readonly deliveryId: string },
): Promise<DueDelivery | null> {
  const [due = null] = await readAllAsDue(pool, { companyId, deliveryIds: [deliveryId] });
  return due;
}

/** Deliveries with what other documents say beside them. */
async function withBeside(pool: pg.Pool, rows: readonly DueRow[]): Promise<readonly DueDelivery[]> {
  const [beside, twice] = await Promise.all([creditBeside(pool, rows), receiptsTwice(pool, rows)]);
  const paid = await readPaid(pool, rows);
  return rows.map((row) => {
    const key = besideKey(row);
    const credit = beside.get(key) ?? [];
    const { payments, payouts } = paid.get(key) ?? { payments: NO_PAYMENTS, payouts: [] };
    const known = { credit, receiptsTwice: twice.get(key) ?? [], payments, payouts };
    return { ...dueDelivery(row), ...known };
  });
}

function dueDelivery(
  row: DueRow,
): Omit<DueDelivery, 'credit' | 'receiptsTwice' | 'payments' | 'payouts'> {
  return {
    id: row.id,
    key: row.key,
    state: row.state,
    attempts: row.attempts,
    flowId: row.flow_id,
    documentId: row.document_id,
    document: row.body,
    doubts: row.doubts,
    decisions: row.decisions ?? [],
    notices: row.notices,
    steps: (row.steps ?? []).map(storedStep),
    follows: predecessor(row.follows),
    of: predecessor(row.of),
    overlaps: row.overlaps,
    attachments: (row.attachments ?? []).map(attachedFile),
  };
}

function predecessor(json: PredecessorJson | null): Predecessor | null {
  return json && { ...json, results: json.results ?? {}, dueAtMs: json.due_ms };
}

function attachedFile({ number, name, mediaType, size, why }: AttachmentJson): AttachedFile {
  const about = { number, name };
  if (mediaType === null || size === null) {
    return { ...about, kind: 'left-out', why: present(why, 'a reason') };
  }
  return { ...about, kind: 'file', mediaType, size };
}

function storedStep(row: StepJson): StoredStep {
  return {
    seq: row.seq,
    write: { id: row.write_id, call: row.call, input: row.input },
    key: row.key,
    state: row.state,
    attempt: row.attempt,
    looks: row.looks,
    deadlineMs: row.deadline_ms,
    remote: row.remote,
  };
}
