import type { Db } from './db.ts';

/** A folder whose files belong to a connection. */
export type WatchedFolder = { readonly connectionId: string; readonly path: string };

/** Sets the folder of a connection; null ends it. */
export async function watchFolder(
  db: Db,
  connectionId: string,
  path: string | null,
): Promise<void> {
  if (path === null) {
    await db.deleteFrom('drop_folder').where('connection_id', '=', connectionId).execute();
    return;
  }
  await db
    .insertInto('drop_folder')
    .values({ connection_id: connectionId, path })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ path }))
    .execute();
}

export async function watchedFolders(db: Db): Promise<readonly WatchedFolder[]> {
  const rows = await db.selectFrom('drop_folder').selectAll().execute();
  return rows.map((row) => ({ connectionId: row.connection_id, path: row.path }));
}
