import { sql } from 'kysely';
import type { LocalDate } from '../domain/date.ts';
import type { Settlement } from '../domain/document/sale.ts';
import { isZero, sum, type Currency, type Money } from '../domain/money.ts';
import type { KnownSale, KnownSales } from '../ports/feed.ts';
import type { Db } from './db.ts';

type Row = {
  readonly kind: KnownSale['kind'];
  readonly ref: string;
  readonly date: LocalDate;
  readonly of: string | null;
  readonly state: KnownSale['state'];
  readonly source_state: string | null;
  readonly currency: Currency;
  readonly settlements: readonly Settlement[];
  readonly total: Money;
};

/** What has been read of a connection's orders and refunds. */
export function knownSales(db: Db, connectionId: string): KnownSales {
  const latest = sql`
    select distinct on (key) kind, business_date as date, body #>> '{ref,id}' as ref,
           body #>> '{of,ref,id}' as of, body ->> 'state' as state,
           body ->> 'sourceState' as source_state, body ->> 'currency' as currency,
           body -> 'settlements' as settlements, body -> 'total' as total
      from document where connection_id = ${connectionId} and kind in ('order', 'refund')`;
  return {
    since: async (day) => {
      const { rows } = await sql<Row>`
        ${latest} and business_date >= ${day} order by key, version desc
      `.execute(db);
      return rows.map(asSale);
    },
    family: async (id) => {
      const { rows } = await sql<Row>`
        ${latest} and (body #>> '{of,ref,id}' = ${id} or body #>> '{ref,id}' = ${id})
         order by key, version desc
      `.execute(db);
      return rows.map(asSale);
    },
    source: async (ref) => {
      const { rows } = await sql<{ extract: Buffer }>`
        select extract from document
         where connection_id = ${connectionId} and kind in ('order', 'refund')
           and body #>> '{ref,id}' = ${ref}
         order by version desc limit 1
      `.execute(db);
      return rows[0]?.extract ?? null;
    },
  };
}

function asSale(row: Row): KnownSale {
  const { kind, ref, date, of, state, source_state: sourceState, currency } = row;
  const others = row.settlements.filter(({ means }) => means === 'other');
  const payable = sum(
    others.map(({ amount }) => amount),
    currency,
  );
  const about = { kind, ref, date, of, state, sourceState };
  return { ...about, payable, isZero: isZero(row.total) && others.length === 0 };
}
