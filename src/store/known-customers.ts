import { sql } from 'kysely';
import type { Customer, InvoiceMode } from '../domain/document/customer.ts';
import type { Db } from './db.ts';

/** The customers of a connection as their cards came last, by the time they came. */
export async function knownCustomers(db: Db, connectionId: string): Promise<readonly Customer[]> {
  const { rows } = await sql<{ body: Customer }>`
    select body
      from (select distinct on (key) id, body from document
             where connection_id = ${connectionId} and kind = 'customer'
             order by key, version desc) latest
     order by id
  `.execute(db);
  return rows.map((row) => row.body);
}

/**
 * How often customers are invoiced, where their cards say so: by number. Of two stores that say it
 * of one customer, the later counts.
 */
export async function invoiceModes(
  db: Db,
  connectionId: string,
): Promise<ReadonlyMap<string, InvoiceMode>> {
  const { rows } = await sql<{ number: string; mode: InvoiceMode | null }>`
    select body -> 'customer' ->> 'number' as number, body ->> 'invoiceMode' as mode
      from (select distinct on (key) id, body from document
             where connection_id = ${connectionId} and kind = 'customer'
             order by key, version desc) latest
     order by id
  `.execute(db);
  return new Map(rows.flatMap(({ number, mode }) => (mode === null ? [] : [[number, mode]])));
}
