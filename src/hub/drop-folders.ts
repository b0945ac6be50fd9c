import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IntakeResult } from '../engine/intake.ts';
import { watchedFolders, watchFolder } from '../store/watched-folders.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';

const LOOK_MS = 1_000;
/** Where files go once they are kept: never deleted. */
const TAKEN = 'taken';
const REJECTED = 'rejected';

/**
 * Takes files that are dropped into a connection's folder.
 *
 * A file is taken when it has stopped growing between two looks. It is moved aside after it is
 * kept; a crash in between takes it a second time, when it is seen and left alone.
 */
export function watchFolders(hub: Hub): KeptUp {
  const seen = new Map<string, Seen>();
  const failed = 'a drop folder could not be looked into';
  return keepDoing(hub, { everyMs: LOOK_MS, failed }, () => look(hub, seen));
}

/** Sets the folder of a connection; an empty path ends it. */
export async function setDropFolder(hub: Hub, connectionId: string, path: string): Promise<void> {
  if (path !== '') await mkdir(path, { recursive: true });
  await watchFolder(hub.database.db, connectionId, path === '' ? null : path);
}

/** A file as it was seen last. */
type Seen = { readonly size: number; readonly isKept: boolean };

async function look(hub: Hub, seen: Map<string, Seen>): Promise<void> {
  for (const { connectionId, path } of await watchedFolders(hub.database.db)) {
    await tried(hub, path, async () => {
      const entries = await readdir(path, { withFileTypes: true });
      for (const entry of entries) {
        if (!entry.isFile() || entry.name.startsWith('.')) continue;
        const dropped = { connectionId, folder: path, name: entry.name };
        await tried(hub, join(path, entry.name), () => lookAt(hub, seen, dropped));
      }
    });
  }
}

/** A folder or file that cannot be read does not keep the others from being taken. */
async function tried(hub: Hub, path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    hub.log.warn({ path, error: String(error) }, 'what was dropped could not be taken yet');
  }
}

type Dropped = { readonly connectionId: string; readonly folder: string; readonly name: string };

async function lookAt(hub: Hub, seen: Map<string, Seen>, dropped: Dropped): Promise<void> {
  const file = join(dropped.folder, dropped.name);
  const { size } = await stat(file);
  const before = seen.get(file);
  const isSettled = before?.size === size;
  // It is in the hub and could not be moved aside: taking it once more would only fill the disk.
  if (isSettled && before.isKept) return;
  seen.set(file, { size, isKept: false });
  if (!isSettled) return;
  const { connectionId, name } = dropped;
  const bytes = createReadStream(file);
  const result = await hub.takeFile({ connectionId, name, via: 'folder', bytes });
  seen.set(file, { size, isKept: true });
  await moveAside(dropped, result);
  seen.delete(file);
  hub.log.info({ file: name, result: result.kind, fileId: result.fileId }, 'took a dropped file');
}

async function moveAside({ folder, name }: Dropped, result: IntakeResult): Promise<void> {
  const aside = join(folder, result.kind === 'rejected' ? REJECTED : TAKEN);
  await mkdir(aside, { recursive: true });
  await rename(join(folder, name), join(aside, `${result.fileId}-${name}`));
}
