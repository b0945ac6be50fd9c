import type { FileSource, IncomingFile } from '../ports/source.ts';
import { ownerOf } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/**
 * The connection whose a file is: that of the store which all its documents are of.
 *
 * @returns null when no system knows the file, its store is nobody's, or it is of several
 */
export async function ownerOfFile(hub: Hub, file: IncomingFile): Promise<string | null> {
  for (const { id, gives } of hub.connectors.values()) {
    if (gives.length === 0) continue;
    const accounts = await accountsIn(hub.openLoose(id), file);
    if (accounts.length === 0) continue;
    return ownerOf(hub.database.db, id, accounts);
  }
  return null;
}

/** The stores or companies whose documents stand in a file; none when it cannot be trusted. */
async function accountsIn(source: FileSource, file: IncomingFile): Promise<readonly string[]> {
  const accounts = new Set<string>();
  for await (const reading of source.read(file)) {
    if (reading.kind === 'rejected') return [];
    if (reading.kind === 'document') accounts.add(reading.document.ref.account);
  }
  return [...accounts];
}
