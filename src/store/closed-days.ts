import type { LocalDate } from '../domain/date.ts';
import type { ClosedDays } from '../domain/document/expected-reports.ts';
import type { Db } from './db.ts';

/** Closed days as they stand in a company's calendar. */
export type CalendarEntry = ClosedDays & {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
};

export async function addClosedDays(
  db: Db,
  companyId: string,
  entries: readonly Omit<CalendarEntry, 'id'>[],
): Promise<void> {
  const rows = entries.map(({ store, register, from, to, weekdays, reason, by }) => {
    const days = { from_day: from, to_day: to, weekdays: [...weekdays] };
    return { company_id: companyId, store, register, ...days, reason, by_whom: by };
  });
  if (rows.length > 0) await db.insertInto('closed_days').values(rows).execute();
}

/** A company's calendar, in the order of its days. */
export async function listClosedDays(db: Db, companyId: string): Promise<readonly CalendarEntry[]> {
  const rows = await db
    .selectFrom('closed_days')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('from_day')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    store: row.store,
    register: row.register,
    from: row.from_day as LocalDate,
    to: row.to_day as LocalDate | null,
    weekdays: row.weekdays,
    reason: row.reason,
    by: row.by_whom,
  }));
}

/** Takes entries out of a company's calendar. @returns the ids of those that stood there */
export async function removeClosedDays(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await db
    .deleteFrom('closed_days')
    .where('company_id', '=', companyId)
    .where('id', '=', (eb) => eb.fn.any(eb.val(ids)))
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
