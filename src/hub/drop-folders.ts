import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentKind } from '../domain/document/document.ts';
import type { IntakeResult } from '../engine/intake.ts';
import { noteDropResult } from '../store/drop-results.ts';
import { getConnection, ownershipStamp } from '../store/registry.ts';
import { watchedFolders, watchFolder } from '../store/watched-folders.ts';
import type { IncomingFile } from '../ports/source.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';
import { ownerOfFile } from './owner-of-file.ts';

const LOOK_MS = 1_000;
/** Where files go once they are kept: never deleted. */
const TAKEN = 'taken';
const REJECTED = 'rejected';

/**
 * Takes files that are dropped into a connection's folder, and those in the inbox of the whole hub
 * by the store that they are of. A file of a store that nobody has connected waits there.
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
type Seen = {
  readonly size: number;
  readonly isKept: boolean;
  /** Nobody's as yet: not asked about again before something that owners go by has changed. */
  readonly waitsFor?: string;
};

async function look(hub: Hub, seen: Map<string, Seen>): Promise<void> {
  for (const { connectionId, path } of await watchedFolders(hub.database.db)) {
    await lookInto(hub, seen, { folder: path, whose: async () => connectionId, stamp: '' });
  }
  const { inbox } = hub.config;
  if (inbox === undefined) return;
  const whose = (file: IncomingFile) => ownerOfFile(hub, file);
  const stamp = await ownershipStamp(hub.database.db);
  await lookInto(hub, seen, { folder: inbox, whose, stamp });
}

async function lookInto(
  hub: Hub,
  seen: Map<string, Seen>,
  { folder, whose, stamp }: Omit<Dropped, 'name'>,
): Promise<void> {
  await tried(hub, folder, async () => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith('.')) continue;
      const dropped = { folder, name: entry.name, whose, stamp };
      await tried(hub, join(folder, entry.name), () => lookAt(hub, seen, dropped));
    }
  });
}

/** A folder or file that cannot be read does not keep the others from being taken. */
async function tried(hub: Hub, path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    hub.log.warn({ path, error: String(error) }, 'what was dropped could not be taken yet');
  }
}

type Dropped = {
  readonly folder: string;
  readonly name: string;
  /** The connection whose a file is; null when it is nobody's as yet. */
  readonly whose: (file: IncomingFile) => Promise<string | null>;
  /** As of which settings and stores that is. */
  readonly stamp: string;
};

async function lookAt(hub: Hub, seen: Map<string, Seen>, dropped: Dropped): Promise<void> {
  const file = join(dropped.folder, dropped.name);
  const { size } = await stat(file);
  const before = seen.get(file);
  const isSettled = before?.size === size;
  // It is in the hub and could not be moved aside: taking it once more would only fill the disk.
  if (isSettled && before.isKept) return;
  if (isSettled && before.waitsFor === dropped.stamp) return;
  seen.set(file, { size, isKept: false });
  if (!isSettled) return;
  const { name } = dropped;
  const connectionId = await dropped.whose({ name, open: () => createReadStream(file) });
  if (connectionId === null) {
    seen.set(file, { size, isKept: false, waitsFor: dropped.stamp });
    if (before.waitsFor === undefined) hub.log.warn({ file }, 'a dropped file is nobody’s');
    return;
  }
  const bytes = createReadStream(file);
  const result = await hub.takeFile({ connectionId, name, via: 'folder', bytes });
  if (await isAnswered(hub, connectionId, name)) {
    const { folder } = dropped;
    await noteDropResult(hub.database.db, { fileId: result.fileId, folder });
  }
  seen.set(file, { size, isKept: true });
  await moveAside(dropped, result);
  seen.delete(file);
  hub.log.info({ file: name, result: result.kind, fileId: result.fileId }, 'took a dropped file');
}

/** Documents that a ledger gives numbers, which their senders want back. */
const NUMBERED: ReadonlySet<DocumentKind> = new Set(['sales-invoice', 'quote']);

/** Files of ready vouchers, whose senders want to know what they are called in the ledger. */
const SIE = /\.(si|se|sie)$/i;

/** Whether a file of a connection is answered by a file of results. */
async function isAnswered(hub: Hub, connectionId: string, name: string): Promise<boolean> {
  const { connector } = await getConnection(hub.database.db, connectionId);
  const gives = hub.connectors.get(connector)?.gives ?? [];
  return gives.some((kind) => {
    return NUMBERED.has(kind) || (kind === 'ready-voucher' && SIE.test(name));
  });
}

async function moveAside({ folder, name }: Dropped, result: IntakeResult): Promise<void> {
  const aside = join(folder, result.kind === 'rejected' ? REJECTED : TAKEN);
  await mkdir(aside, { recursive: true });
  await rename(join(folder, name), join(aside, `${result.fileId}-${name}`));
}
