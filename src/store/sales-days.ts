import { sql } from 'kysely';
import { gatherSales, type GatheredSale } from '../domain/document/gather-sales.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { SalesDay } from '../domain/document/sales-day.ts';
import type { OrderStanding } from '../domain/posting/sale-timing.ts';
import { contentHash } from '../domain/document/content-hash.ts';
import { encodeJson } from '../lib/json.ts';
import type { DueDelivery, LaneHold } from '../ports/store.ts';
import type { Db } from './db.ts';
import { deliveryKey } from './file-deliveries.ts';

/** Where the order of a refund stands in the refund's flow. */
export async function readOrderStanding(
  db: Db,
  { documentId, flowId }: Pick<DueDelivery, 'documentId' | 'flowId'>,
): Promise<OrderStanding | null> {
  const { rows } = await sql<{ standing: OrderStanding | null }>`
    select order_standing(${flowId}, connection_id, body -> 'of' -> 'ref') as standing
      from document where id = ${documentId}
  `.execute(db);
  return rows[0]?.standing ?? null;
}

/** Whether anything given back of an order is booked in its flow. */
export async function isRefunded(
  db: Db,
  { documentId, flowId }: Pick<DueDelivery, 'documentId' | 'flowId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from document o
      join document r on r.connection_id = o.connection_id and r.kind = 'refund'
                     and r.business_date >= o.business_date
                     and r.body -> 'of' -> 'ref' = o.body -> 'ref'
      join delivery d on d.document_id = r.id and d.flow_id = ${flowId}
     where o.id = ${documentId} and d.state in ('sending', 'in doubt', 'gathered', 'done')
     limit 1
  `.execute(db);
  return rows.length > 0;
}

type Place = {
  readonly company_id: string;
  readonly flow_id: string;
  readonly connection_id: string;
};

type Row = Place & { readonly id: string } & Pick<GatheredSale, 'document' | 'vouchers'>;

/** Most that share a voucher's document: more than any shop sells in a day. */
const GATHERED_MAX = 20_000;

/**
 * Makes documents of what waits for the end of its day. One transaction, under the lane's fence:
 * cut short, nothing has happened, and the next turn does it.
 */
export async function gatherDays(db: Db, hold: LaneHold, nowMs: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows: ours } = await sql`
      select 1 from lane where id = ${hold.laneId} and fence = ${hold.fence} for share
    `.execute(trx);
    if (ours.length === 0) return 0;
    const { rows } = await sql<Row>`
      select d.id, d.company_id, d.flow_id, doc.connection_id, doc.body as document, d.vouchers
        from delivery d join document doc on doc.id = d.document_id
       where d.lane_id = ${hold.laneId} and d.state = 'gathering'
         and d.due_at <= to_timestamp(${nowMs} / 1000.0)
         and not exists (select from delivery o
                          where o.lane_id = d.lane_id and o.flow_id = d.flow_id
                            and o.state = 'waiting'
                            and o.due_at <= to_timestamp(${nowMs} / 1000.0))
       order by d.id limit ${GATHERED_MAX}
         for no key update of d
    `.execute(trx);
    const flows = Map.groupBy(rows, (row) => row.flow_id);
    let made = 0;
    for (const members of flows.values()) {
      for (const day of gatherSales(members)) {
        await makeDay(trx, hold, day);
        made += 1;
      }
    }
    return made;
  });
}

async function makeDay(
  trx: Db,
  { laneId }: LaneHold,
  { members, day }: { readonly members: readonly Row[]; readonly day: Omit<SalesDay, 'ref'> },
): Promise<void> {
  const [first] = members;
  if (first === undefined) return;
  const { system, account } = first.document.ref;
  const ordinal = 1 + (await madeBefore(trx, first, { system, account, date: day.date }));
  const ref = { system, account, id: `day:${day.date}:${ordinal}` };
  const document: SalesDay = { ...day, ref, ordinal };
  const body = encodeJson(document);
  const key = refKey(ref);
  const { rows } = await sql<{ id: string }>`
    with doc as (
      insert into document (company_id, connection_id, kind, key, version, content_hash,
                            business_date, body, doubts, extract, media_type)
      values (${first.company_id}, ${first.connection_id}, ${day.kind}, ${key}, 1,
              ${contentHash(document, [])}, ${day.date}, ${body}::jsonb, '[]',
              ${Buffer.from(body)}, 'application/json')
      returning id)
    insert into delivery (company_id, flow_id, lane_id, document_id, key, state, due_at)
    select ${first.company_id}, ${first.flow_id}, ${laneId}, doc.id,
           ${deliveryKey({ key, version: 1 })}, 'waiting', to_timestamp(0)
      from doc
    returning id
  `.execute(trx);
  const within = rows[0]?.id ?? null;
  await sql`
    with gone as (
      update delivery set state = 'gathered', refusals = '[]', within = ${within}
       where id = any(${members.map(({ id }) => id)})
      returning id)
    insert into journal (delivery_id, event, detail) select id, 'gathered', ${key} from gone
  `.execute(trx);
}

/** How many documents of a day there are in a connection. */
async function madeBefore(
  trx: Db,
  { connection_id: connection }: Place,
  of: { readonly system: string; readonly account: string; readonly date: string },
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from document
     where connection_id = ${connection} and kind = 'sales-day' and business_date = ${of.date}
       and body -> 'ref' ->> 'system' = ${of.system}
       and body -> 'ref' ->> 'account' = ${of.account}
  `.execute(trx);
  return Number(rows[0]?.count ?? 0);
}
