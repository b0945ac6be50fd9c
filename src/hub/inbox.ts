import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Nobodys } from '../ports/ownership.ts';
import type { Hub } from './hub.ts';
import { whoseFile } from './owner-of-file.ts';

/** A file in the inbox of the whole hub that is nobody's as yet. */
export type InboxFile = {
  readonly name: string;
  readonly size: number;
  /** When it was last written. */
  readonly sinceMs: number;
  readonly why: Nobodys;
};

/**
 * What waits in the inbox, by name. Files whose store is known are about to be taken, and left out.
 *
 * @returns null when the hub has no inbox, or it cannot be looked into
 */
export async function filesInInbox(hub: Hub): Promise<readonly InboxFile[] | null> {
  const { inbox } = hub.config;
  if (inbox === undefined) return null;
  const entries = await readdir(inbox, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const names = entries.filter((one) => one.isFile() && !one.name.startsWith('.'));
  const waiting: InboxFile[] = [];
  for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(inbox, name);
    const { size, mtimeMs } = await stat(path);
    const owner = await whoseFile(hub, { name, open: () => createReadStream(path) });
    if (owner.kind === 'nobodys') waiting.push({ name, size, sinceMs: mtimeMs, why: owner.why });
  }
  return waiting;
}

/**
 * Puts a file into an inbox, whole or not at all. When this returns it is on disk, beside whatever
 * has the same name.
 *
 * @returns the name under which it lies there
 */
export async function keepInInbox(
  inbox: string,
  file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<string> {
  await mkdir(inbox, { recursive: true });
  const id = randomUUID();
  // The inbox leaves hidden files alone: nobody takes it half-written.
  const half = join(inbox, `.${id}.part`);
  try {
    const handle = await open(half, 'wx');
    try {
      for await (const piece of file.bytes) await handle.appendFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const name = plainName(file.name);
    const names = [name, `${id}-${name}`];
    for (const free of names) {
      if (!(await isLinked(half, join(inbox, free)))) continue;
      await syncFolder(inbox);
      return free;
    }
    throw new Error(`there is a file ${id} in the inbox already`);
  } finally {
    await rm(half, { force: true });
  }
}

/** A name without folders, and not hidden. */
function plainName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken away
  const plain = name.replaceAll(/[/\\\u0000-\u001f]/g, '_').replace(/^\.+/, '_');
  return plain === '' ? 'upload' : Buffer.from(plain).subarray(0, NAME_BYTES_MAX).toString();
}

/** Of 255 that file systems take; what is put before the name must have room. */
const NAME_BYTES_MAX = 180;

/** Gives a file another name; false when something has it. */
async function isLinked(file: string, as: string): Promise<boolean> {
  try {
    await link(file, as);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A name is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders, and writes names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
