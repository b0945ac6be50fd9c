import { sql } from 'kysely';
import type { Document } from '../domain/document/document.ts';
import { serialOf, type ReportSerial } from '../domain/document/report-numbers.ts';
import type { SerialGap } from '../ports/store.ts';
import type { Db } from './db.ts';

/** Numbers that can follow each other have the same key. */
export function seriesKey({ store, register, number }: ReportSerial): string {
  return [store, register, number.series].join('\n');
}

type GapRow = { readonly file_id: string; readonly after: Document; readonly before: Document };

/**
 * Looks from each number that files have brought to the next one known on either side, whichever
 * file that one came in. An unreadable report is missing too.
 *
 * @param limit - most that are told of one file
 */
export async function numberGaps(
  db: Db,
  fileIds: readonly string[],
  limit: number,
): Promise<SerialGap[]> {
  const { rows } = await sql<GapRow>`
    with fresh as (
      select connection_id, series, serial, max(file_id) as file_id from document
       where file_id = any(${fileIds}) and series is not null
       group by connection_id, series, serial
    ), side as (
      select f.file_id, f.connection_id, f.series, f.serial as after,
             (select min(k.serial) from document k
               where k.connection_id = f.connection_id and k.series = f.series
                 and k.serial > f.serial) as before
        from fresh f
       union
      select f.file_id, f.connection_id, f.series,
             (select max(k.serial) from document k
               where k.connection_id = f.connection_id and k.series = f.series
                 and k.serial < f.serial),
             f.serial
        from fresh f
    ), gap as (
      -- Two files that are read together may each have brought one side of it.
      select max(file_id) as file_id, connection_id, series, after, before from side
       where before - after > 1
       group by connection_id, series, after, before
    ), told as (
      select *, row_number() over (partition by file_id order by series, after) as place from gap
    )
    select file_id,
           (select k.body from document k
             where k.connection_id = t.connection_id and k.series = t.series
               and k.serial = t.after limit 1) as after,
           (select k.body from document k
             where k.connection_id = t.connection_id and k.series = t.series
               and k.serial = t.before limit 1) as before
      from told t
     where place <= ${limit}
     order by file_id, place
  `.execute(db);
  return rows.flatMap((row) => {
    const [after, before] = [serialOf(row.after), serialOf(row.before)];
    return after === null || before === null ? [] : [{ fileId: row.file_id, after, before }];
  });
}
