import type { KeptFile } from '../ports/store.ts';
import type { Hub } from './hub.ts';

/** Reads a kept file later. It may take a while; after a crash the next start takes it up. */
export function readSoon(hub: Hub, file: KeptFile): void {
  hub.readKept(file).catch((error: unknown) => {
    hub.log.error({ fileId: file.fileId, error: String(error) }, 'a file could not be read yet');
  });
}
