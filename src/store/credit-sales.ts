import { sql } from 'kysely';
import type pg from 'pg';
import {
  creditSalesOf,
  type CreditBeside,
  type CreditSale,
  type ReceiptTwice,
} from '../domain/document/credit-sales.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { DueDelivery } from '../ports/store.ts';
import type { Db } from './db.ts';

/** A document that was stored just now, by its place. */
type Stored = {
  readonly connectionId: string;
  readonly key: string;
  readonly version: number;
  readonly document: Document;
};

/** Keeps what new documents say was sold on account. */
export async function keepCreditSales(db: Db, stored: readonly Stored[]): Promise<void> {
  const sales = stored.flatMap((one) => creditSalesOf(one.document).map((sale) => ({ one, sale })));
  if (sales.length === 0) return;
  await sql`
    insert into credit_sale (document_id, connection_id, store, day, register, side, customer,
                             minor)
    select d.id, d.connection_id, s.store, s.day, s.register, s.side, s.customer, s.minor
      from unnest(${sales.map(({ one }) => one.connectionId)}::bigint[],
                  ${sales.map(({ one }) => one.key)}::text[],
                  ${sales.map(({ one }) => one.version)}::integer[],
                  ${sales.map(({ sale }) => sale.store)}::text[],
                  ${sales.map(({ sale }) => sale.day)}::date[],
                  ${sales.map(({ sale }) => sale.register)}::text[],
                  ${sales.map(({ sale }) => sale.side)}::text[],
                  ${sales.map(({ one }) => customerOf(one.document))}::text[],
                  ${sales.map(({ sale }) => String(sale.minor))}::bigint[])
           as s(connection_id, key, version, store, day, register, side, customer, minor)
      join document d using (connection_id, key, version)
  `.execute(db);
}

function customerOf(document: Document): string | null {
  return document.kind === 'credit-purchases' ? document.customer.number : null;
}

/** A document that is about to be planned in a flow. */
type Planned = {
  readonly flow_id: string;
  readonly document_id: string;
  readonly body: Document;
};

type BesideRow = {
  readonly flow_id: string;
  readonly document_id: string;
  readonly store: string;
  readonly day: string;
  readonly register: string;
  readonly side: CreditSale['side'];
  readonly total: string;
  readonly is_booked: boolean;
};

/**
 * Of each document its latest version that is not skipped counts; what is booked of any version is
 * in the ledger.
 */
const BESIDE = /* sql */ `
  with asked as (
    select * from unnest($1::bigint[], $2::bigint[]) as a(flow_id, document_id)
  ), place as (
    select distinct a.flow_id, a.document_id, s.connection_id, s.store, s.day
      from asked a join credit_sale s using (document_id)
  ), day as (
    select distinct flow_id, connection_id, store, day from place
  ), said as (
    select day.*, s.register, s.side, s.minor, d.key, d.version, d.connection_id as source
      from day
      join credit_sale s using (connection_id, store, day)
      join document d on d.id = s.document_id
      join delivery dl on dl.document_id = d.id and dl.flow_id = day.flow_id
     where dl.state <> 'skipped'
  ), summed as (
    select said.flow_id, said.connection_id, said.store, said.day, said.register, said.side,
           sum(said.minor) filter (where not versions.is_old) as total,
           bool_or(versions.is_booked) as is_booked
      from said
     cross join lateral (
             select coalesce(bool_or(o.version > said.version and ol.state <> 'skipped'), false)
                      as is_old,
                    coalesce(bool_or(ol.state in ('sending', 'in doubt', 'done')), false)
                      as is_booked
               from document o
               join delivery ol on ol.document_id = o.id and ol.flow_id = said.flow_id
              where o.connection_id = said.connection_id and o.key = said.key) versions
     group by said.flow_id, said.connection_id, said.store, said.day, said.register, said.side
  )
  select place.flow_id, place.document_id, store, day, register, side, total, is_booked
    from place join summed using (flow_id, connection_id, store, day)
   where total is not null
`;

/**
 * What day reports and receipts say was sold on account on the days of documents: one round trip
 * for all of them, and none when no document has sold anything so.
 *
 * @returns by the document's id within its flow, see `besideKey`
 */
export async function creditBeside(
  pool: pg.Pool,
  planned: readonly Planned[],
): Promise<ReadonlyMap<string, readonly CreditBeside[]>> {
  const selling = planned.filter(({ body }) => creditSalesOf(body).some(hasSold));
  if (selling.length === 0) return new Map();
  const { rows } = await pool.query<BesideRow>({
    name: 'credit-beside',
    text: BESIDE,
    values: [selling.map((one) => one.flow_id), selling.map((one) => one.document_id)],
  });
  const beside = new Map<string, CreditBeside[]>();
  for (const row of rows) {
    const { store, register, side, total, is_booked: isBooked } = row;
    const day = row.day as LocalDate;
    const one = { store, day, register, side, minor: BigInt(total), isBooked };
    beside.set(besideKey(row), [...(beside.get(besideKey(row)) ?? []), one]);
  }
  return beside;
}

/**
 * The customer's other documents that hold a receipt of this one: the receipt's number, its day and
 * the other document.
 */
const TWICE = /* sql */ `
  with asked as (
    select a.flow_id, d.id as document_id, d.connection_id, d.key, d.body
      from unnest($1::bigint[], $2::bigint[]) as a(flow_id, document_id)
      join document d on d.id = a.document_id
  ), other as (
    select distinct a.flow_id, a.document_id, o.id, o.key, o.body
      from asked a
      join credit_sale mine on mine.document_id = a.document_id
      join credit_sale s on s.connection_id = mine.connection_id and s.store = mine.store
                        and s.day = mine.day and s.customer = mine.customer
      join document o on o.id = s.document_id and o.key <> a.key
      join delivery dl on dl.document_id = o.id and dl.flow_id = a.flow_id
     where dl.state in ('sending', 'in doubt', 'done')
  )
  select a.flow_id, a.document_id, min(other.key) as other, bought ->> 'receipt' as receipt,
         bought ->> 'date' as day
    from asked a
    join other using (flow_id, document_id)
   cross join jsonb_array_elements(a.body -> 'purchases') bought
   where other.body -> 'purchases' @> jsonb_build_array(jsonb_build_object(
           'receipt', bought -> 'receipt', 'date', bought -> 'date',
           'register', bought -> 'register'))
   group by a.flow_id, a.document_id, bought ->> 'receipt', bought ->> 'date'
`;

type TwiceRow = {
  readonly flow_id: string;
  readonly document_id: string;
  readonly other: string;
  readonly receipt: string;
  readonly day: LocalDate;
};

/**
 * Receipts of documents that the customer has been invoiced for in another document, as when it is
 * by receipt now and was by month before.
 *
 * @returns by the document's id within its flow, see `besideKey`
 */
export async function receiptsTwice(
  pool: pg.Pool,
  planned: readonly Planned[],
): Promise<ReadonlyMap<string, readonly ReceiptTwice[]>> {
  const buying = planned.filter(({ body }) => body.kind === 'credit-purchases');
  if (buying.length === 0) return new Map();
  const { rows } = await pool.query<TwiceRow>({
    name: 'receipts-twice',
    text: TWICE,
    values: [buying.map((one) => one.flow_id), buying.map((one) => one.document_id)],
  });
  const groups = Map.groupBy(rows, besideKey);
  return new Map(
    [...groups].map(([key, group]) => [
      key,
      group.map(({ receipt, day, other }) => ({ receipt, day, other })),
    ]),
  );
}

/** Receipts always count: what they come to may be what is wrong. */
function hasSold({ side, minor }: CreditSale): boolean {
  return side === 'receipts' || minor !== 0n;
}

/** What `creditBeside` knows a document by. */
export function besideKey(of: { readonly flow_id: string; readonly document_id: string }): string {
  return `${of.flow_id} ${of.document_id}`;
}

/**
 * Lets documents be planned again that wait because two sides differ, now that files have brought
 * something of the same store and day.
 *
 * @returns the lanes that have something to do
 */
export async function planCreditAgain(trx: Db, fileIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ lane_id: string }>`
    with day as (
      select distinct s.connection_id, s.store, s.day
        from credit_sale s join document d on d.id = s.document_id
       where d.file_id = any(${fileIds})
    ), touched as materialized (
      -- Those that are being planned as well: who holds one with what was known before waits for
      -- us, and looks again after that.
      select dl.id, dl.state = 'held' and dl.refusals @> '[{"code":"credit-differs"}]' as is_held
        from delivery dl
       where dl.state in ('waiting', 'held')
         and dl.document_id in (select s.document_id
                                  from day join credit_sale s using (connection_id, store, day))
       -- In the order of their ids, as all who lock several do: else they could lock each other.
       order by dl.id for no key update
    ), moved as (
      update delivery dl
         set state = 'waiting', due_at = clock_timestamp(), refusals = '[]', draft = '[]',
             reason = null
        from touched where dl.id = touched.id and touched.is_held
      returning dl.id, dl.lane_id
    ), told as (
      insert into journal (delivery_id, event, detail)
      select id, 'resolved', 'again: more has come of the same day' from moved
    )
    select distinct lane_id from moved
  `.execute(trx);
  return rows.map((row) => row.lane_id);
}

/** What both sides say now of the days of one delivery. */
export async function readCredit(
  pool: pg.Pool,
  { flowId: flow_id, documentId: document_id, document: body }: DueDelivery,
): Promise<readonly CreditBeside[]> {
  const asked = { flow_id, document_id, body };
  return (await creditBeside(pool, [asked])).get(besideKey(asked)) ?? [];
}
