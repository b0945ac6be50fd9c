import { sql } from 'kysely';
import type { Document } from '../domain/document/document.ts';
import { serialOf, type ReportSerial } from '../domain/document/report-numbers.ts';
import type { SerialGap } from '../ports/store.ts';
import type { Db } from './db.ts';

/** Numbers that can follow each other have the same key. */
export function seriesKey({ store, register, number }: ReportSerial): string {
  return [store, register, number.series].join('\n');
}

type GapRow = { readonly after: Document; readonly before: Document };

/**
 * Looks from each number that a file has brought to the next one known on either side, whichever
 * file that one came in. An unreadable report is missing too.
 */
export async function numberGaps(db: Db, fileId: string, limit: number): Promise<SerialGap[]> {
  const { rows } = await sql<GapRow>`
    with fresh as (
      select distinct connection_id, series, serial from document
       where file_id = ${fileId} and series is not null
    ), side as (
      select f.connection_id, f.series, f.serial as after,
             (select min(k.serial) from document k
               where k.connection_id = f.connection_id and k.series = f.series
                 and k.serial > f.serial) as before
        from fresh f
       union
      select f.connection_id, f.series,
             (select max(k.serial) from document k
               where k.connection_id = f.connection_id and k.series = f.series
                 and k.serial < f.serial),
             f.serial
        from fresh f
    )
    select (select k.body from document k
             where k.connection_id = s.connection_id and k.series = s.series
               and k.serial = s.after limit 1) as after,
           (select k.body from document k
             where k.connection_id = s.connection_id and k.series = s.series
               and k.serial = s.before limit 1) as before
      from side s
     where s.before - s.after > 1
     order by s.series, s.after
     limit ${limit}
  `.execute(db);
  return rows.flatMap((row) => {
    const [after, before] = [serialOf(row.after), serialOf(row.before)];
    return after === null || before === null ? [] : [{ after, before }];
  });
}
