import { readAlone, readTogether, type FileResult } from '../engine/reading.ts';
import { gather } from '../lib/gather.ts';
import type { Log } from '../ports/log.ts';
import type { FileSource } from '../ports/source.ts';
import { CHUNK_BYTES, type IntakeStore, type KeptFile } from '../ports/store.ts';

/** Reads a kept file when its turn has come. */
export type FileReader = (file: KeptFile) => Promise<FileResult>;

/** Small files that are read at once: they are in memory whole, with all that stands in them. */
const TOGETHER_MAX = { files: 100, bytes: CHUNK_BYTES };

/**
 * Reads what was kept: small files, as orders and reports come by the hundred, many to a
 * transaction, and large ones alone.
 *
 * @param open - gives what reads the files of a connection
 */
export function fileReader(
  store: IntakeStore,
  open: (connectionId: string) => Promise<FileSource>,
  log: Log,
): FileReader {
  const readable = async (file: KeptFile) => ({ file, source: await open(file.connectionId) });
  const alone: FileReader = async (file) => readAlone(store, await readable(file));
  const together = async (files: readonly KeptFile[]) => {
    try {
      return await readTogether(store, await Promise.all(files.map(readable)));
    } catch (error) {
      // One of them keeps all from being read: alone, it is the only one that fails.
      log.warn({ files: files.length, error: String(error) }, 'files could not be read together');
      return [];
    }
  };
  const small = gather(async (files: readonly KeptFile[]) => {
    const results = await together(files);
    return files.map((file, index) => results[index] ?? alone(file));
  }, untilTooMuch);
  return (file) => (file.size < CHUNK_BYTES ? small(file) : alone(file));
}

function untilTooMuch(files: readonly KeptFile[]): number {
  let bytes = 0;
  const first = files.findIndex(({ size }) => (bytes += size) > TOGETHER_MAX.bytes);
  return Math.min(first === -1 ? files.length : Math.max(first, 1), TOGETHER_MAX.files);
}
