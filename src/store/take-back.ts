import { sql } from 'kysely';
import { addAudit } from './audit.ts';
import type { Db } from './db.ts';

/**
 * Takes decisions back about which nothing has been done yet: the deliveries are what they were.
 * One whose intent is on disk, or is being written at this moment, is on its way: a lane records
 * nothing about a delivery that is not in the state it was read in.
 *
 * @returns the ids that are; the others are on their way, or were not decided
 */
export async function takeBack(
  db: Db,
  act: { readonly companyId: string; readonly ids: readonly string[]; readonly by: string },
): Promise<readonly string[]> {
  const { companyId, ids, by } = act;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string }>`
      with decided as (
        select id, before_decision as before
          from delivery d
         where company_id = ${companyId} and id = any(${ids}::bigint[])
           and before_decision is not null
           and state in ('skipped', 'waiting')
           and not exists (select from delivery later where later.follows = d.id)
           and not exists (select from step s where s.delivery_id = d.id and s.state <> 'waiting')
         for no key update skip locked
      ), back as (
        update delivery d
           set state = before ->> 'state', refusals = before -> 'refusals',
               draft = before -> 'draft', reason = before ->> 'reason', ended_at = null,
               before_decision = null
          from decided where decided.id = d.id
      ), withdrawn as (
        update decision c set taken_back_at = now()
          from decided
         where c.delivery_id = decided.id and c.at >= (before ->> 'at')::timestamptz
      ), told as (
        insert into journal (delivery_id, event, detail)
        select id, 'resolved', ${`taken back (${by})`} from decided
      )
      select id from decided order by id
    `.execute(trx);
    const taken = rows.map((row) => row.id);
    if (taken.length > 0) {
      await addAudit(trx, { by, companyId, act: 'held.take-back', about: { ids: taken } });
    }
    return taken;
  });
}
