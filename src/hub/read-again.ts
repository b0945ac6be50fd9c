import type { IntakeResult } from '../engine/intake.ts';
import type { IncomingFile } from '../ports/source.ts';
import { reopenFile, type WaitingFile } from '../store/waiting-files.ts';
import type { Hub } from './hub.ts';

/** What became of a file that was read again; null: it is as unreadable as before. */
export type ReadAgain = { readonly file: WaitingFile; readonly result: IntakeResult | null };

/**
 * Reads files again that could not be read, or not in full, by the settings that their connections
 * have now. What was booked of them is left alone.
 */
export async function readFilesAgain(
  hub: Hub,
  files: readonly WaitingFile[],
): Promise<readonly ReadAgain[]> {
  const results: ReadAgain[] = [];
  for (const file of files) {
    const result = file.state === 'rejected' ? await reread(hub, file) : await retake(hub, file);
    results.push({ file, result });
  }
  return results;
}

async function reread(hub: Hub, file: WaitingFile): Promise<IntakeResult> {
  // When another process has reopened it already, both wait for the same turn to read it.
  await reopenFile(hub.database.db, file.fileId);
  return hub.readKept(file);
}

/**
 * A file of which documents stand in the books already is not undone: it is taken in once more, as
 * if it had been handed in again, when more of it can be read than before.
 */
async function retake(hub: Hub, file: WaitingFile): Promise<IntakeResult | null> {
  const { connectionId, name, via, fileId } = file;
  const open = (): AsyncIterable<Uint8Array> => hub.intake.openFile(fileId);
  const still = await unreadableIn(hub, connectionId, { name, open });
  if (still >= file.unreadable) return null;
  return hub.takeFile({ connectionId, name, via, bytes: open() });
}

async function unreadableIn(hub: Hub, connectionId: string, file: IncomingFile): Promise<number> {
  const source = await hub.openSource(connectionId);
  let unreadable = 0;
  for await (const reading of source.read(file)) {
    if (reading.kind === 'rejected') return Infinity;
    if (reading.kind === 'unreadable') unreadable += 1;
  }
  return unreadable;
}
