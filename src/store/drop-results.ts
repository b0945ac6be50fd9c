import { sql } from 'kysely';
import type { Db } from './db.ts';

/** A dropped file whose results are to be written beside it. */
export type DropResult = {
  readonly fileId: string;
  readonly companyId: string;
  readonly connectionId: string;
  readonly folder: string;
  readonly name: string;
  /** Hash of the results as they were written last; null: not yet. */
  readonly written: string | null;
  /** Why nothing of the file could be read; none when it was. */
  readonly state: string;
};

/** A result that nobody has settled for so long is not looked at any more. */
const OPEN_DAYS_MAX = 90;
const OPEN_MAX = 200;

export async function noteDropResult(
  db: Db,
  of: { readonly fileId: string; readonly folder: string },
): Promise<void> {
  await sql`
    insert into drop_result (file_id, company_id, connection_id, folder, name)
    select id, company_id, connection_id, ${of.folder}, name
      from received_file
     where id = ${of.fileId}
    on conflict do nothing
  `.execute(db);
}

/** Those that are not final, oldest first. */
export async function openDropResults(db: Db): Promise<readonly DropResult[]> {
  const { rows } = await sql<DropResult>`
    select r.file_id as "fileId", r.company_id as "companyId", r.connection_id as "connectionId",
           r.folder, r.name, r.written, f.state
      from drop_result r
      join received_file f on f.id = r.file_id
     where not r.is_final and r.taken_at > now() - make_interval(days => ${OPEN_DAYS_MAX})
     order by r.file_id
     limit ${OPEN_MAX}
  `.execute(db);
  return rows;
}

export async function settleDropResult(
  db: Db,
  of: { readonly fileId: string; readonly written: string; readonly isFinal: boolean },
): Promise<void> {
  await db
    .updateTable('drop_result')
    .set({ written: of.written, is_final: of.isFinal })
    .where('file_id', '=', of.fileId)
    .execute();
}
