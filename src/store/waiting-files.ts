import { sql } from 'kysely';
import type { KeptFile } from '../ports/store.ts';
import type { Problem } from '../ports/source.ts';
import type { Db } from './db.ts';

/** A received file of which something could not be read. */
export type WaitingFile = KeptFile & {
  /** `rejected`: no part of it counts. `unreadable`: some documents of it are in nobody's books. */
  readonly state: 'rejected' | 'unreadable';
  readonly connection: string;
  readonly via: 'command' | 'upload' | 'folder';
  readonly receivedAtMs: number;
  /** How many documents could not be read; 0 when it is rejected. */
  readonly unreadable: number;
  /** Why, of a rejected file all, else of the first documents. */
  readonly problems: readonly Problem[];
};

/** Problems told of one file of which parts are unreadable. */
const PROBLEMS_MAX = 5;

/**
 * The files of companies or connections that wait to become readable, oldest first: rejected ones,
 * and those of which a document is unreadable and has not come in another file since. Of the same
 * bytes the latest counts; what a person has set aside does not.
 */
export async function listWaitingFiles(
  db: Db,
  of: { readonly companyId: string; readonly connectionId?: string },
): Promise<readonly WaitingFile[]> {
  const only = of.connectionId ?? null;
  const { rows } = await sql<{
    id: string;
    connection_id: string;
    connection: string;
    name: string;
    via: WaitingFile['via'];
    size: string;
    state: 'rejected' | 'read';
    received_at: Date;
    problems: readonly Problem[];
    unreadable: string;
    details: readonly (readonly Problem[])[] | null;
  }>`
    select f.id, f.connection_id, c.name as connection, f.name, f.via, f.size, f.state,
           f.received_at, f.problems, u.unreadable, u.details
      from received_file f
      join connection c on c.id = f.connection_id
     cross join lateral (
       select count(*) as unreadable, jsonb_agg(r.detail order by r.id) as details
         from reading r
        where r.file_id = f.id and r.kind = 'unreadable'
          and not exists (select from document d
                           where d.connection_id = f.connection_id and d.key = r.key)
     ) u
     where f.company_id = ${of.companyId} and f.set_aside_by is null
       and (${only}::bigint is null or f.connection_id = ${only})
       and (f.state = 'rejected' or (f.state = 'read' and u.unreadable > 0))
       and not exists (select from received_file l
                        where l.connection_id = f.connection_id and l.sha256 = f.sha256
                          and l.id > f.id and l.state in ('received', 'read', 'rejected'))
     order by f.id
  `.execute(db);
  return rows.map((row) => ({
    fileId: row.id,
    connectionId: row.connection_id,
    connection: row.connection,
    name: row.name,
    via: row.via,
    size: Number(row.size),
    state: row.state === 'rejected' ? 'rejected' : 'unreadable',
    receivedAtMs: row.received_at.getTime(),
    unreadable: Number(row.unreadable),
    problems:
      row.state === 'rejected' ? row.problems : (row.details ?? []).flat().slice(0, PROBLEMS_MAX),
  }));
}

/** Lets a rejected file be read again. @returns false when it is not rejected any more */
export async function reopenFile(db: Db, fileId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('received_file')
    .set({ state: 'received', problems: '[]' })
    .where('id', '=', fileId)
    .where('state', '=', 'rejected')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Sets files aside: a person says that nothing is lost with them. They stay kept.
 *
 * @returns the ids of those that were not set aside before
 */
export async function setFilesAside(
  db: Db,
  of: {
    readonly companyId: string;
    readonly ids: readonly string[];
    readonly by: string;
    readonly why: string;
  },
): Promise<readonly string[]> {
  const rows = await db
    .updateTable('received_file')
    .set({ set_aside_by: of.by, set_aside_why: of.why })
    .where('company_id', '=', of.companyId)
    .where('id', '=', (eb) => eb.fn.any(eb.val(of.ids)))
    .where('set_aside_by', 'is', null)
    .where('state', 'in', ['rejected', 'read'])
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
