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

/** How far files of a company have come, by their ids. One of nothing has none of anything. */
export async function countOfFiles(
  db: Db,
  companyId: string,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, FileProgress>> {
  const { rows } = await sql<Record<keyof FileProgress | 'file_id', string>>`
    select doc.file_id, count(distinct doc.id) as documents,
           count(*) filter (where d.state = 'done') as booked,
           count(*) filter (where d.state in ('held', 'review')) as held,
           count(*) filter (where d.state in ('waiting', 'sending', 'in doubt')) as open,
           count(*) filter (where d.state = 'skipped') as skipped
      from document doc left join delivery d on d.document_id = doc.id
     where doc.file_id = any (${fileIds}::bigint[]) and doc.company_id = ${companyId}
     group by doc.file_id
  `.execute(db);
  const found = new Map(rows.map((row) => [row.file_id, row]));
  return new Map(
    fileIds.map((id) => {
      const row = found.get(id);
      const count = (name: keyof FileProgress): number => Number(row?.[name] ?? 0);
      return [
        id,
        {
          ...{ documents: count('documents'), booked: count('booked'), held: count('held') },
          ...{ open: count('open'), skipped: count('skipped') },
        },
      ];
    }),
  );
}
