import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hub } from './hub.ts';

const LOOK_MS = 1_000;
/** Where files go once they are kept: never deleted. */
const TAKEN = 'taken';
const REJECTED = 'rejected';

/** Looks into the drop folders until it is stopped. */
export type FolderWatch = { stop(): Promise<void> };

/**
 * Takes files that are dropped into a connection's folder.
 *
 * A file is taken when it has stopped growing between two looks. It is moved aside after it is
 * kept; a crash in between takes it a second time, when it is seen and left alone.
 */
export function watchFolders(hub: Hub): FolderWatch {
  const stop = new AbortController();
  const sizes = new Map<string, number>();
  const loop = (async () => {
    while (!stop.signal.aborted) {
      try {
        await look(hub, sizes);
      } catch (error) {
        hub.log.warn({ error: String(error) }, 'a drop folder could not be looked into');
      }
      await hub.clock.sleep(LOOK_MS, stop.signal);
    }
  })();
  return {
    stop: async () => {
      stop.abort();
      await loop;
    },
  };
}

/** Sets the folder of a connection; an empty path ends it. */
export async function setDropFolder(hub: Hub, connectionId: string, path: string): Promise<void> {
  const { db } = hub.database;
  if (path === '') {
    await db.deleteFrom('drop_folder').where('connection_id', '=', connectionId).execute();
    return;
  }
  await mkdir(path, { recursive: true });
  await db
    .insertInto('drop_folder')
    .values({ connection_id: connectionId, path })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ path }))
    .execute();
}

async function look(hub: Hub, sizes: Map<string, number>): Promise<void> {
  const folders = await hub.database.db.selectFrom('drop_folder').selectAll().execute();
  for (const { connection_id, path } of folders) {
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith('.')) continue;
      const file = join(path, entry.name);
      const { size } = await stat(file);
      const isSettled = sizes.get(file) === size;
      sizes.set(file, size);
      if (!isSettled) continue;
      sizes.delete(file);
      await takeDropped(hub, { connectionId: connection_id, folder: path, name: entry.name });
    }
  }
}

async function takeDropped(
  hub: Hub,
  dropped: { readonly connectionId: string; readonly folder: string; readonly name: string },
): Promise<void> {
  const { connectionId, folder, name } = dropped;
  const bytes = createReadStream(join(folder, name));
  const result = await hub.takeFile({ connectionId, name, via: 'folder', bytes });
  const aside = join(folder, result.kind === 'rejected' ? REJECTED : TAKEN);
  await mkdir(aside, { recursive: true });
  await rename(join(folder, name), join(aside, `${result.fileId}-${name}`));
  hub.log.info({ file: name, result: result.kind, fileId: result.fileId }, 'took a dropped file');
}
