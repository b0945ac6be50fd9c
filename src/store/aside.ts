import { sql } from 'kysely';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Db } from './db.ts';
import type { JobQueue } from './jobs.ts';

/** How many deliveries wait, or were left out, for one reason. */
export type AsideCount = {
  readonly state: 'pending' | 'gathering' | 'gathered' | 'skipped';
  readonly code: RefusalCode;
  /** Facts of the reason that the count is by, such as what an order waits for; else empty. */
  readonly about: string;
  readonly count: number;
};

/**
 * What is nobody's turn, counted by its reason: orders that wait, orders that were left out. What
 * came again without a change is not told.
 */
export async function countAside(db: Db, companyId: string): Promise<readonly AsideCount[]> {
  const { rows } = await sql<Omit<AsideCount, 'count'> & { count: string }>`
    select d.state, coalesce(d.refusals -> 0 ->> 'code', 'day-not-over') as code,
           concat_ws(' ', d.refusals -> 0 ->> 'until', d.refusals -> 0 ->> 'status',
                     d.refusals -> 0 ->> 'as', d.refusals -> 0 ->> 'by',
                     case when d.refusals -> 0 ->> 'code' in ('order-waits-for-you',
                                                              'method-not-booked')
                          then d.refusals -> 0 ->> 'method' end) as about,
           count(*) as count
      from delivery d
     where d.company_id = ${companyId}
       and (d.state in ('pending', 'gathering', 'gathered')
            or d.state = 'skipped' and d.reason is null and d.refusals <> '[]'
               and not d.refusals @> '[{"code": "order-unchanged"}]')
     group by 1, 2, 3
     order by d.state = 'skipped', count(*) desc, 2, 3
  `.execute(db);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/**
 * Plans again what waits in a flow, or was left out by a choice: the choices have changed.
 *
 * @returns how many
 */
export async function planAsideAgain(
  db: Db,
  jobs: Pick<JobQueue, 'wakeLanes' | 'notify'>,
  flowId: string,
): Promise<number> {
  const moved = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ lane_id: string }>`
      with aside as materialized (
        select d.id
          from delivery d
         where d.flow_id = ${flowId}
           and (d.state in ('pending', 'gathering')
                or d.state = 'skipped' and d.reason is null
                   and d.refusals -> 0 ->> 'code' = any(${BY_CHOICE}))
           and not exists (select from delivery later where later.follows = d.id)
         order by d.id for no key update
      ), again as (
        update delivery d
           set state = 'waiting', due_at = clock_timestamp(), refusals = '[]', ended_at = null
          from aside where d.id = aside.id
        returning d.id, d.lane_id
      ), told as (
        insert into journal (delivery_id, event, detail)
        select id, 'again', 'the choices have changed' from again
      )
      select lane_id from again
    `.execute(trx);
    await jobs.wakeLanes([...new Set(rows.map((row) => row.lane_id))], trx);
    return rows.length;
  });
  await jobs.notify();
  return moved;
}

/** Reasons that another choice may do away with. */
const BY_CHOICE = ['before-start-date', 'booked-elsewhere', 'method-not-booked', 'order-left-out'];

/** How many wait, and how many are left out. */
export function sumAside(counts: readonly AsideCount[]): {
  readonly waiting: number;
  readonly leftOut: number;
} {
  const total = (some: readonly AsideCount[]): number =>
    some.reduce((sum, { count }) => sum + count, 0);
  const left = counts.filter(({ state }) => state === 'skipped');
  return { waiting: total(counts) - total(left), leftOut: total(left) };
}
