import { createHash } from 'node:crypto';
import { CHUNK_BYTES, type IntakeStore, type KeptFile, type Via } from '../ports/store.ts';
import type { FileResult } from './reading.ts';

/** What a file that was taken in came to. */
export type IntakeResult =
  | FileResult
  /** The very same bytes were read before. */
  | {
      readonly kind: 'seen';
      readonly fileId: string;
      readonly sameAs: string;
      /** Documents in it, all of them seen before. */
      readonly seen: number;
    };

/** A file on its way in. */
export type Arriving = {
  readonly connectionId: string;
  readonly name: string;
  readonly via: Via;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** A file that was kept. */
export type Kept = {
  readonly file: KeptFile;
  /** An earlier file with the same bytes that was read. */
  readonly sameAs: string | null;
};

/**
 * Takes a file in: keeps its bytes unchanged. When this returns, they are on disk whatever happens
 * next; the caller may acknowledge.
 */
export async function keepFile(store: IntakeStore, arriving: Arriving): Promise<Kept> {
  const { connectionId, name, via } = arriving;
  const pieces = inPieces(arriving.bytes);
  const { value: first = new Uint8Array() } = await pieces.next();
  if (first.byteLength === CHUNK_BYTES) return keepInPieces(store, arriving, { first, pieces });
  const sha256 = createHash('sha256').update(first).digest('hex');
  const whole = { connectionId, name, via, bytes: first, sha256 };
  const { fileId, sameAs } = await store.keepWhole(whole);
  return { file: { fileId, connectionId, name, size: first.byteLength }, sameAs };
}

async function keepInPieces(
  store: IntakeStore,
  { connectionId, name, via }: Arriving,
  of: { readonly first: Uint8Array; readonly pieces: AsyncIterable<Uint8Array> },
): Promise<Kept> {
  const { first, pieces } = of;
  const fileId = await store.beginFile({ connectionId, name, via });
  const hash = createHash('sha256').update(first);
  let size = first.byteLength;
  let seq = 1;
  try {
    await store.appendChunk(fileId, 0, first);
    for await (const chunk of pieces) {
      hash.update(chunk);
      size += chunk.byteLength;
      await store.appendChunk(fileId, seq, chunk);
      seq += 1;
    }
  } catch (error) {
    // Whoever sends it was not answered and sends it again: half a file is of no use to anyone.
    await store.forgetFile(fileId).catch(() => undefined); // The first error is what counts.
    throw error;
  }
  const sameAs = await store.completeFile(fileId, { sha256: hash.digest('hex'), size });
  return { file: { fileId, connectionId, name, size }, sameAs };
}

/**
 * Keeps and reads a file. Nothing new in a file with the same bytes as an earlier one is no news.
 *
 * @param read - reads it when it is kept
 */
export async function takeFile(
  store: IntakeStore,
  arriving: Arriving,
  read: (file: KeptFile) => Promise<FileResult>,
): Promise<IntakeResult> {
  const { file, sameAs } = await keepFile(store, arriving);
  const result = await read(file);
  if (sameAs === null || result.kind !== 'read' || result.documents > 0) return result;
  return { kind: 'seen', fileId: file.fileId, sameAs, seen: result.seen };
}

/** Joins small pieces and cuts large ones, so that each is `CHUNK_BYTES` long but the last. */
async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    for (let at = 0; at < piece.byteLength;) {
      const part = piece.subarray(at, at + CHUNK_BYTES - size);
      held.push(part);
      size += part.byteLength;
      at += part.byteLength;
      if (size < CHUNK_BYTES) continue;
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
