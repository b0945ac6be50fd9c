import { sql } from 'kysely';
import { parseQuantity, type Hundredths, type StockWay } from '../domain/stock.ts';
import type { Db } from './db.ts';

/** Files older than this say nothing of what is sold today. */
const FILES_DAYS = 90;

/** What has been sold of an article in shops, and is not in the ledger's count. */
export type Sold = {
  readonly quantity: Hundredths;
  /** The ledger is just learning of some of it: its count may know already. */
  readonly isMoving: boolean;
};

/** Orders that count as sold. One that is open has not been taken from every shop's count. */
const COUNTED: Readonly<Record<StockWay, readonly string[]>> = {
  // Too much leaves too little to be sold: the careful side.
  'to-shop': ['open', 'accepted', 'shipped', 'unknown'],
  // Here it is what has certainly left the shop's count that is to be left in the ledger's.
  'to-ledger': ['accepted', 'shipped', 'unknown'],
};

type Row = {
  readonly sku: string;
  readonly is_moving: boolean;
  readonly latest: readonly string[] | null;
  readonly known: readonly string[] | null;
};

/**
 * What shops have sold that their ledger's count does not know: orders that have come and are not
 * delivered there, or have become more since they were.
 *
 * @param since - when the ledger was asked: what was delivered after that it did not know then
 */
export async function soldBeside(
  db: Db,
  of: {
    readonly ledgerId: string;
    /** Flows whose orders the ledger takes from its count. */
    readonly flowIds: readonly string[];
    readonly way: StockWay;
    readonly since: Date;
  },
): Promise<ReadonlyMap<string, Sold>> {
  const { rows } = await sql<Row>`
    with moving as (
      select distinct doc.connection_id, doc.key
        from delivery d
        join document doc on doc.id = d.document_id and doc.kind = 'order'
        join flow f on f.id = d.flow_id and not f.is_return
       where d.lane_id = ${of.ledgerId} and d.flow_id = any (${of.flowIds})
         and (d.state in ('review', 'waiting', 'sending', 'in doubt', 'held', 'pending',
                          'gathering', 'gathered')
              or d.ended_at >= ${of.since} and d.state in ('done', 'skipped'))
         and (f.start_date is null or doc.business_date >= f.start_date)
    ), latest as (
      select distinct on (m.connection_id, m.key) m.connection_id, m.key, doc.body,
             d.state = 'sending' or d.ended_at >= ${of.since} as is_moving
        from moving m
        join document doc on doc.connection_id = m.connection_id and doc.key = m.key
        join delivery d on d.document_id = doc.id and d.lane_id = ${of.ledgerId}
       order by m.connection_id, m.key, doc.version desc
    ), known as (
      select distinct on (m.connection_id, m.key) m.connection_id, m.key, doc.body
        from moving m
        join document doc on doc.connection_id = m.connection_id and doc.key = m.key
        join delivery d on d.document_id = doc.id and d.lane_id = ${of.ledgerId}
       where d.state = 'done' and d.ended_at < ${of.since}
       order by m.connection_id, m.key, doc.version desc
    ), lines as (
      select l.connection_id, l.key, line ->> 'sku' as sku, l.is_moving,
             array_agg(line ->> 'quantity') as latest
        from latest l cross join lateral jsonb_array_elements(l.body -> 'lines') line
       where l.body ->> 'state' = any (${COUNTED[of.way]}) and line ->> 'sku' <> ''
       group by 1, 2, 3, 4
    )
    select n.sku, n.is_moving, n.latest,
           (select array_agg(line ->> 'quantity')
              from known k cross join lateral jsonb_array_elements(k.body -> 'lines') line
             where k.connection_id = n.connection_id and k.key = n.key
               and line ->> 'sku' = n.sku) as known
      from lines n
  `.execute(db);
  const sold = new Map<string, Sold>();
  for (const { sku, is_moving: moves, latest, known } of rows) {
    const more = Math.max(0, sumOf(latest) - sumOf(known));
    const before = sold.get(sku) ?? { quantity: 0, isMoving: false };
    const isMoving = before.isMoving || (moves && more !== 0);
    sold.set(sku, { quantity: before.quantity + more, isMoving });
  }
  return sold;
}

function sumOf(quantities: readonly string[] | null): Hundredths {
  return (quantities ?? []).reduce((sum, text) => sum + (parseQuantity(text) ?? 0), 0);
}

/** Whether something has come from a ledger's shops that nobody has been able to read. */
export async function hasUnreadSales(db: Db, ledgerId: string): Promise<boolean> {
  const { rows } = await sql`
    select from flow s
      join received_file f on f.connection_id = s.source_id
     where s.target_id = ${ledgerId} and not s.is_return and f.set_aside_by is null
       and f.received_at > now() - ${FILES_DAYS} * interval '1 day'
       and (f.state in ('arriving', 'received')
            or exists (select from reading r
                        where r.file_id = f.id and r.kind = 'unreadable'
                          and not exists (select from document d
                                           where d.connection_id = f.connection_id
                                             and d.key = r.key)))
     limit 1
  `.execute(db);
  return rows.length > 0;
}
