import { sql } from 'kysely';
import type { Db } from './db.ts';

/** How many wait for each reason, the commonest first. */
export async function heldReasons(
  db: Db,
  companyId: string,
): Promise<readonly { readonly code: string; readonly count: number }[]> {
  const { rows } = await sql<{ code: string; n: string }>`
    select coalesce(refusals -> 0 ->> 'code', 'review') as code, count(*) as n
      from delivery
     where company_id = ${companyId} and state in ('held', 'review')
     group by 1
     order by n desc, code
  `.execute(db);
  return rows.map(({ code, n }) => ({ code, count: Number(n) }));
}

/** Calls that a connection made in the latest window of its limit. */
export async function callsInWindow(
  db: Db,
  of: { readonly connectionId: string; readonly perMs: number; readonly nowMs: number },
): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n
      from call_window w cross join unnest(w.granted_ms) as at_ms
     where w.key = ${`connection ${of.connectionId}`}
       and at_ms > ${of.nowMs - of.perMs} and at_ms <= ${of.nowMs}
  `.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** What an account came to at the end of a day, since the first day that is looked at. */
export type AccountDay = { readonly account: string; readonly day: string; readonly minor: string };

/**
 * What was booked on the accounts where means of payment wait to be paid out, summed day by day: an
 * account whose money comes in goes back to nothing.
 */
export async function clearingDays(
  db: Db,
  { companyId, from }: { readonly companyId: string; readonly from: string },
): Promise<readonly AccountDay[]> {
  const { rows } = await sql<AccountDay>`
    with booked as (
      select v.voucher ->> 'date' as day, r.line ->> 'account' as account,
             split_part(r.line ->> 'role', '/', 1) as role,
             (r.line #>> '{amount,minor}')::bigint as minor
        from delivery d
       cross join jsonb_array_elements(d.vouchers) as v(voucher)
       cross join jsonb_array_elements(v.voucher -> 'rows') as r(line)
       where d.company_id = ${companyId} and d.state = 'done'
         -- Booked before its day is what is invoiced ahead: by a month at most.
         and d.ended_at >= ${from}::date - interval '1 month'
         and v.voucher ->> 'date' >= ${from}
    ), clearing as (
      select distinct account from booked
       where role in ('payment', 'tender.card', 'tender.swish', 'transfer')
    ), by_day as (
      select account, day, sum(minor) as minor
        from booked join clearing using (account)
       group by account, day
    )
    select account, day, sum(minor) over (partition by account order by day)::text as minor
      from by_day
     order by account, day
  `.execute(db);
  return rows;
}
