import { sql } from 'kysely';
import type { LocalDate, Period } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { ReportDay } from '../domain/document/expected-reports.ts';
import { serialOf } from '../domain/document/report-numbers.ts';
import type { SerialGap } from '../ports/store.ts';
import type { Db } from './db.ts';

/** The days on which a company's tills have reported. */
export async function reportDays(
  db: Db,
  companyId: string,
  period: Period,
): Promise<readonly ReportDay[]> {
  const { rows } = await sql<{ store: string; register: string; day: string }>`
    select distinct body ->> 'storeNumber' as store, body ->> 'register' as register,
           business_date as day
      from document
     where company_id = ${companyId} and kind = 'day-report'
       and business_date between ${period.from} and ${period.to}
  `.execute(db);
  return rows.map((row) => ({ ...row, day: row.day as LocalDate }));
}

/** A gap, and the day of the report after it. */
export type OpenGap = SerialGap & { readonly day: LocalDate };

type GapRow = {
  readonly file_id: string;
  readonly after: Document;
  readonly before: Document;
  readonly business_date: string;
};

/** The gaps in a company's report numbers that are open now, beside reports of a period. */
export async function openGaps(
  db: Db,
  companyId: string,
  period: Period,
): Promise<readonly OpenGap[]> {
  const { rows } = await sql<GapRow>`
    with numbered as (
      select distinct on (connection_id, series, serial)
             connection_id, series, serial, body, file_id, business_date
        from document
       where company_id = ${companyId} and series is not null
       order by connection_id, series, serial, version desc
    ), pair as (
      select *, lag(serial) over w as serial_before, lag(body) over w as body_before
        from numbered
      window w as (partition by connection_id, series order by serial)
    )
    select file_id, body_before as after, body as before, business_date
      from pair
     where serial - serial_before > 1 and business_date between ${period.from} and ${period.to}
     order by business_date, series
  `.execute(db);
  return rows.flatMap((row) => {
    const [after, before] = [serialOf(row.after), serialOf(row.before)];
    if (after === null || before === null) return [];
    return [{ fileId: row.file_id, after, before, day: row.business_date as LocalDate }];
  });
}
