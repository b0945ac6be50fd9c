import { sql } from 'kysely';
import type { Db } from './db.ts';

/** An order as people name it, and its deliveries. */
export type FoundOrder = {
  readonly connectionId: string;
  readonly connection: string;
  /** Of the latest version: one for each flow. */
  readonly deliveryIds: readonly string[];
};

/** The orders of a company that have this number, or this id in their shop. */
export async function findOrders(
  db: Db,
  of: {
    readonly companyId: string;
    readonly number: string;
    /** Only of these connections. */
    readonly connectionIds: readonly string[];
  },
): Promise<readonly FoundOrder[]> {
  const { rows } = await sql<{ id: string; name: string; deliveries: readonly string[] }>`
    select c.id, c.name,
           (select coalesce(jsonb_agg(d.id::text order by d.id), '[]')
              from delivery d where d.document_id = doc.id) as deliveries
      from (select distinct on (connection_id, key) id, connection_id
              from document
             where company_id = ${of.companyId} and kind = 'order'
               and connection_id = any(${of.connectionIds})
               and (body ->> 'number' = ${of.number} or body -> 'ref' ->> 'id' = ${of.number})
             order by connection_id, key, version desc) doc
      join connection c on c.id = doc.connection_id
     order by doc.id
  `.execute(db);
  return rows.map(({ id, name, deliveries }) => {
    return { connectionId: id, connection: name, deliveryIds: deliveries };
  });
}
