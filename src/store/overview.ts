import { sql } from 'kysely';
import type { DeliveryState } from '../ports/store.ts';
import type { Db } from './db.ts';

/** Where a company stands, in figures. */
export type CompanyFigures = {
  readonly id: string;
  readonly name: string;
  readonly language: 'sv' | 'nb' | 'en';
  readonly timeZone: string;
  /** Booked in the last day and the last seven: 24 hours each. */
  readonly bookedDay: number;
  readonly bookedWeek: number;
  /** What waits for a person. */
  readonly held: number;
  readonly review: number;
  readonly onTheirWay: number;
  readonly inDoubt: number;
  /** Files of which no part counts, and which nobody has set aside. */
  readonly rejectedFiles: number;
  readonly missing: number;
  readonly brokenConnections: number;
  readonly connections: number;
  readonly lastReceivedAtMs: number | null;
};

type Row = {
  readonly id: string;
  readonly name: string;
  readonly language: CompanyFigures['language'];
  readonly time_zone: string;
  readonly booked_day: string;
  readonly booked_week: string;
  readonly open: Readonly<Partial<Record<DeliveryState, number>>> | null;
  readonly rejected: string;
  readonly missing: string;
  readonly broken: string;
  readonly connections: string;
  readonly last_received: Date | null;
};

/** The figures of companies, by name; null: of every one. */
export async function companyFigures(
  db: Db,
  companyIds: readonly string[] | null,
): Promise<readonly CompanyFigures[]> {
  const { rows } = await sql<Row>`
    select c.id, c.name, c.language, c.time_zone,
           (select count(*) from delivery d where d.company_id = c.id and d.state = 'done'
               and d.ended_at > now() - interval '1 day') as booked_day,
           (select count(*) from delivery d where d.company_id = c.id and d.state = 'done'
               and d.ended_at > now() - interval '7 days') as booked_week,
           (select jsonb_object_agg(state, n)
              from (select state, count(*) as n from delivery d
                     where d.company_id = c.id and d.state not in ('done', 'skipped')
                     group by state) by_state) as open,
           (select count(*) from received_file f where f.company_id = c.id
               and f.state = 'rejected' and f.set_aside_by is null
               and not exists (select from received_file l
                                where l.connection_id = f.connection_id and l.sha256 = f.sha256
                                  and l.id > f.id and l.state <> 'arriving')) as rejected,
           (select count(*) from finding f where f.company_id = c.id and f.closed_at is null
               and f.dismissed_at is null) as missing,
           (select count(*) from connection n where n.company_id = c.id
               and n.state not in ('ready', 'paused')) as broken,
           (select count(*) from connection n where n.company_id = c.id) as connections,
           (select f.received_at from received_file f where f.company_id = c.id
             order by f.id desc limit 1) as last_received
      from company c
     where c.ended_at is null
       and (${companyIds}::bigint[] is null or c.id = any(${companyIds}::bigint[]))
     order by c.name
  `.execute(db);
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, language: row.language, timeZone: row.time_zone },
    bookedDay: Number(row.booked_day),
    bookedWeek: Number(row.booked_week),
    held: row.open?.held ?? 0,
    review: row.open?.review ?? 0,
    onTheirWay: (row.open?.waiting ?? 0) + (row.open?.sending ?? 0),
    inDoubt: row.open?.['in doubt'] ?? 0,
    rejectedFiles: Number(row.rejected),
    missing: Number(row.missing),
    brokenConnections: Number(row.broken),
    connections: Number(row.connections),
    lastReceivedAtMs: row.last_received?.getTime() ?? null,
  }));
}

/** What a company received and booked on each of its last days, oldest first; days of its zone. */
export async function recentDays(
  db: Db,
  of: { readonly companyId: string; readonly timeZone: string; readonly days: number },
): Promise<
  readonly { readonly day: string; readonly received: number; readonly booked: number }[]
> {
  const { companyId, timeZone, days } = of;
  const { rows } = await sql<{ day: string; received: string; booked: string }>`
    select d.day::date as day,
           (select count(*) from document doc
             where doc.company_id = ${companyId} and doc.received_at >= d.begins
               and doc.received_at < d.ends) as received,
           (select count(*) from delivery e
             where e.company_id = ${companyId} and e.state = 'done' and e.ended_at >= d.begins
               and e.ended_at < d.ends) as booked
      from (select day, day at time zone ${timeZone} as begins,
                   (day + interval '1 day') at time zone ${timeZone} as ends
              from generate_series(
                     date_trunc('day', now() at time zone ${timeZone})
                       - ${days - 1} * interval '1 day',
                     date_trunc('day', now() at time zone ${timeZone}),
                     interval '1 day') as day) d
     order by d.day
  `.execute(db);
  return rows.map((row) => ({
    ...row,
    received: Number(row.received),
    booked: Number(row.booked),
  }));
}
