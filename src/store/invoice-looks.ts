import { sql } from 'kysely';
import { encodeJson } from '../lib/json.ts';
import type { InvoicePage } from '../ports/invoices.ts';
import type { Database, Db } from './db.ts';

/** A delivery's own part of the keys of its writes: see `deliveryKey`. */
const KEY_CHARS = 26;

/** A ledger whose invoices are to be looked at. */
export type InvoiceLookDue = {
  readonly connectionId: string;
  /** Its own mark of the last look; null: it was never looked at. */
  readonly seen: string | null;
};

/**
 * Takes the ledgers that are due, of those that something goes back from. Whoever takes one does
 * it; a process that dies meanwhile leaves it to the next time.
 */
export async function takeInvoiceLooks(
  db: Db,
  everyMs: number,
): Promise<readonly InvoiceLookDue[]> {
  const { rows } = await sql<{ connection_id: string; seen: string | null }>`
    with ledgers as (
      select distinct f.source_id as id
        from flow f join connection c on c.id = f.source_id
       where f.is_return and c.state = 'ready'
    )
    insert into invoice_look (connection_id, due_at)
    select id, clock_timestamp() + ${everyMs} * interval '1 ms' from ledgers
        on conflict (connection_id) do update set due_at = excluded.due_at
     where invoice_look.due_at <= clock_timestamp()
    returning connection_id, seen
  `.execute(db);
  return rows.map((row) => ({ connectionId: row.connection_id, seen: row.seen }));
}

/**
 * Has the invoices of a ledger looked at soon: so long from now at the latest, however many times
 * it is asked for. A ledger that nobody is told of is not looked at.
 */
export async function hurryInvoiceLook(
  db: Db,
  connectionId: string,
  withinMs: number,
): Promise<void> {
  const soon = sql<Date>`clock_timestamp() + ${withinMs} * interval '1 ms'`;
  await db
    .updateTable('invoice_look')
    .set({ due_at: sql`least(due_at, ${soon})` })
    .where('connection_id', '=', connectionId)
    .execute();
}

/**
 * Notes how invoices stand that deliveries of the ledger have made, with the mark behind them: both
 * or neither. Invoices of others are nobody's business here.
 */
export async function keepInvoiceStates(
  { db }: Pick<Database, 'db'>,
  connectionId: string,
  { invoices, mark }: InvoicePage,
): Promise<void> {
  const ours = invoices.filter(({ key }) => key.length >= KEY_CHARS);
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into untold (delivery_id, payment)
      select distinct on (d.id) d.id, told.payment
        from unnest(${ours.map(({ key }) => key.slice(0, KEY_CHARS))}::text[],
                    ${ours.map(({ payment }) => encodeJson(payment))}::jsonb[])
             as told(key, payment)
        join delivery d on d.lane_id = ${connectionId} and d.key = told.key and d.state = 'done'
        join flow f on f.id = d.flow_id
        join flow back on back.source_id = f.target_id and back.target_id = f.source_id
                      and back.is_return
        join document doc on doc.id = d.document_id
       -- One that was credited, for another to take its place, is no news beside that.
       where not exists (
               select from document later
                 join delivery ld on ld.document_id = later.id and ld.flow_id = d.flow_id
                 join step s on s.delivery_id = ld.id and s.state = 'done'
                            and s.write_id like 'invoice-%.in'
                where later.connection_id = doc.connection_id and later.key = doc.key
                  and later.version > doc.version)
       order by d.id
          on conflict (delivery_id) do update set payment = excluded.payment
    `.execute(trx);
    await trx
      .updateTable('invoice_look')
      .set({ seen: mark })
      .where('connection_id', '=', connectionId)
      .execute();
  });
}
