import { sql } from 'kysely';
import type { Db } from './db.ts';

/** How far the documents of a file have come. */
export type FileProgress = {
  readonly documents: number;
  readonly booked: number;
  /** They wait for a person. */
  readonly held: number;
  readonly open: number;
  readonly skipped: number;
};

export async function countOfFile(
  db: Db,
  companyId: string,
  fileId: string,
): Promise<FileProgress> {
  const { rows } = await sql<Record<keyof FileProgress, string>>`
    select count(distinct doc.id) as documents,
           count(*) filter (where d.state = 'done') as booked,
           count(*) filter (where d.state in ('held', 'review')) as held,
           count(*) filter (where d.state in ('waiting', 'sending', 'in doubt')) as open,
           count(*) filter (where d.state = 'skipped') as skipped
      from document doc left join delivery d on d.document_id = doc.id
     where doc.file_id = ${fileId} and doc.company_id = ${companyId}
  `.execute(db);
  const [row] = rows;
  return {
    documents: Number(row?.documents),
    booked: Number(row?.booked),
    held: Number(row?.held),
    open: Number(row?.open),
    skipped: Number(row?.skipped),
  };
}
