import type { Notice } from '../domain/refusal.ts';
import type { Problem } from '../ports/source.ts';
import type { Db } from './db.ts';

/** A received file as people see it. */
export type FileView = {
  readonly id: string;
  readonly name: string;
  readonly state: 'arriving' | 'received' | 'read' | 'rejected';
  readonly sha256: string | null;
  readonly size: number;
  readonly problems: readonly Problem[];
};

/** What was read and could not be understood, with its reasons. */
export type UnreadableView = {
  readonly fileId: string;
  readonly fileName: string;
  readonly key: string;
  readonly problems: readonly Problem[];
};

export async function listFiles(db: Db, connectionIds: readonly string[]): Promise<FileView[]> {
  const rows = await db
    .selectFrom('received_file')
    .select(['id', 'name', 'state', 'sha256', 'size', 'problems'])
    .where('connection_id', 'in', [...connectionIds, '-1'])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...row,
    size: Number(row.size),
    problems: row.problems as unknown as readonly Problem[],
  }));
}

/** A file of a company; null when it has none of this id. */
export async function findFile(
  db: Db,
  companyId: string,
  id: string,
): Promise<Omit<FileView, 'size'> | null> {
  const row = await db
    .selectFrom('received_file')
    .select(['id', 'name', 'state', 'sha256', 'problems'])
    .where('id', '=', id)
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...row, problems: row.problems as unknown as readonly Problem[] };
}

/** Files that people have uploaded, the newest first. */
export async function listUploads(
  db: Db,
  companyId: string,
  limit: number,
): Promise<readonly (Omit<FileView, 'size'> & { readonly receivedAtMs: number })[]> {
  const rows = await db
    .selectFrom('received_file')
    .select(['id', 'name', 'state', 'sha256', 'problems', 'received_at'])
    .where('company_id', '=', companyId)
    .where('via', '=', 'upload')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ received_at: at, ...row }) => ({
    ...row,
    receivedAtMs: at.getTime(),
    problems: row.problems as unknown as readonly Problem[],
  }));
}

export async function listUnreadable(
  db: Db,
  connectionIds: readonly string[],
): Promise<UnreadableView[]> {
  const rows = await db
    .selectFrom('reading as r')
    .innerJoin('received_file as f', 'f.id', 'r.file_id')
    .select(['f.id', 'f.name', 'r.key', 'r.detail'])
    .where('f.connection_id', 'in', [...connectionIds, '-1'])
    .where('r.kind', '=', 'unreadable')
    .orderBy('r.id')
    .execute();
  return rows.map((row) => ({
    fileId: row.id,
    fileName: row.name,
    key: row.key,
    problems: row.detail as unknown as readonly Problem[],
  }));
}

/** What was noticed while reading, such as gaps in the numbers of reports. */
export async function listNotices(
  db: Db,
  connectionIds: readonly string[],
): Promise<readonly Notice[]> {
  const rows = await db
    .selectFrom('reading as r')
    .innerJoin('received_file as f', 'f.id', 'r.file_id')
    .select('r.detail')
    .where('f.connection_id', 'in', [...connectionIds, '-1'])
    .where('r.kind', '=', 'notice')
    .orderBy('r.id')
    .execute();
  return rows.map((row) => row.detail as unknown as Notice);
}
