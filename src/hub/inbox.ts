import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
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
