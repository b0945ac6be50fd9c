import { createHash } from 'node:crypto';
import { contentHash } from '../domain/document/content-hash.ts';
import { documentDate } from '../domain/document/document.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { Notice } from '../domain/refusal.ts';
import { decodeJson, encodeJson, type Json } from '../lib/json.ts';
import {
  CHUNK_BYTES,
  type FileOutcome,
  type FileRead,
  type IntakeStore,
  type StagedDocument,
  type StagedReading,
} from '../ports/store.ts';
import type { FileSource, Problem, Reading } from '../ports/source.ts';

/** What a file came to: documents, or why none of it counts. */
export type IntakeResult =
  | ({ readonly kind: 'read' } & FileOutcome & {
        readonly notices: readonly Notice[];
        readonly guess: Readonly<Record<string, string>>;
      })
  | { readonly kind: 'rejected'; readonly fileId: string; readonly problems: readonly Problem[] }
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
  readonly via: 'command' | 'upload' | 'folder';
  readonly bytes: AsyncIterable<Uint8Array>;
};

/** Documents stored in one transaction while a file is read. */
const STAGE_MAX = 200;
/** Gaps in report numbers told of one file. Nobody reads more. */
const GAPS_MAX = 100;

/**
 * Takes a file in: keeps its bytes unchanged, then reads it. When this returns, the bytes are on
 * disk whatever happens next; the caller may acknowledge.
 *
 * @returns the id of the kept file, and of an earlier one with the same bytes
 */
export async function keepFile(
  store: IntakeStore,
  arriving: Arriving,
): Promise<{ readonly fileId: string; readonly sameAs: string | null }> {
  const { connectionId, name, via } = arriving;
  const pieces = inPieces(arriving.bytes);
  const { value: first = new Uint8Array() } = await pieces.next();
  if (first.byteLength < CHUNK_BYTES) {
    const sha256 = createHash('sha256').update(first).digest('hex');
    return store.keepWhole({ connectionId, name, via, bytes: first, sha256 });
  }
  return keepInPieces(store, { connectionId, name, via, first, pieces });
}

async function keepInPieces(
  store: IntakeStore,
  file: Omit<Arriving, 'bytes'> & {
    readonly first: Uint8Array;
    readonly pieces: AsyncIterable<Uint8Array>;
  },
): Promise<{ readonly fileId: string; readonly sameAs: string | null }> {
  const { connectionId, name, via, first, pieces } = file;
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
  return { fileId, sameAs };
}

/**
 * Reads a kept file into documents, all or nothing: its deliveries are made, and its lanes woken,
 * in the transaction that says that it was read. After a crash it is read again to the same end.
 */
export async function readKeptFile(
  store: IntakeStore,
  source: FileSource,
  file: { readonly fileId: string; readonly connectionId: string; readonly name: string },
): Promise<IntakeResult> {
  const { fileId, connectionId, name } = file;
  return store.withReadingTurn(connectionId, async () => {
    const before = await store.beginReading(fileId);
    if (before !== null) return asRead(fileId, before);
    const batch = new Batch(store, fileId);
    const incoming = { name, open: () => store.openFile(fileId) };
    for await (const reading of source.read(incoming)) {
      if (reading.kind === 'rejected') {
        await store.rejectFile(fileId, plain(reading.problems));
        return { kind: 'rejected', fileId, problems: reading.problems };
      }
      await batch.add(reading);
    }
    await batch.flush();
    await batch.tellGaps();
    const outcome = await store.commitFile(fileId, batch.guess);
    return { kind: 'read', ...outcome, notices: batch.notices, guess: batch.guess };
  });
}

/** Another process has read the file while it waited for its turn. */
function asRead(fileId: string, before: FileRead): IntakeResult {
  if (before.kind === 'read') return { kind: 'read', ...before.outcome, notices: [], guess: {} };
  const problems = before.problems as unknown as readonly Problem[];
  return { kind: 'rejected', fileId, problems };
}

/** Keeps and reads a file. A file with the same bytes as an earlier one is kept and not read. */
export async function takeFile(
  store: IntakeStore,
  source: FileSource,
  arriving: Arriving,
): Promise<IntakeResult> {
  const { fileId, sameAs } = await keepFile(store, arriving);
  const { connectionId, name } = arriving;
  const result = await readKeptFile(store, source, { fileId, connectionId, name });
  if (sameAs === null || result.kind !== 'read' || result.documents > 0) return result;
  return { kind: 'seen', fileId, sameAs, seen: result.seen };
}

/** Readings on their way into the database, a bounded number at a time. */
class Batch {
  readonly notices: Notice[] = [];
  guess: Readonly<Record<string, string>> = {};
  readonly #store: IntakeStore;
  readonly #fileId: string;
  #documents: StagedDocument[] = [];
  #readings: StagedReading[] = [];

  constructor(store: IntakeStore, fileId: string) {
    this.#store = store;
    this.#fileId = fileId;
  }

  async add(reading: Exclude<Reading, { readonly kind: 'rejected' }>): Promise<void> {
    if (reading.kind === 'guess') this.guess = { ...this.guess, ...reading.facts };
    if (reading.kind === 'notice' && reading.notice.code !== 'report-number-gap') {
      this.#addNotice(reading.notice);
    }
    if (reading.kind === 'unreadable') {
      const detail = plain(reading.problems);
      this.#readings.push({ kind: 'unreadable', key: reading.id, detail });
    }
    if (reading.kind === 'document') this.#documents.push(staged(reading));
    if (this.#documents.length + this.#readings.length >= STAGE_MAX) await this.flush();
  }

  async flush(): Promise<void> {
    const documents = this.#documents;
    this.#documents = [];
    const found = await this.#store.stage(this.#fileId, documents);
    for (const [index, as] of found.entries()) {
      const key = documents[index]?.key ?? '';
      if (as === 'seen') this.#readings.push({ kind: 'seen', key, detail: null });
    }
    await this.#store.stageReadings(this.#fileId, this.#readings);
    this.#readings = [];
  }

  /** What a file alone shows as missing may have come in another one, and the other way about. */
  async tellGaps(): Promise<void> {
    for (const { after, before } of await this.#store.numberGaps(this.#fileId, GAPS_MAX)) {
      const { store, register } = after;
      const missing = before.number.count - after.number.count - 1;
      const between = { after: after.number.text, before: before.number.text, missing };
      this.#addNotice({ code: 'report-number-gap', store, register, ...between });
    }
    await this.flush();
  }

  #addNotice(notice: Notice): void {
    this.notices.push(notice);
    this.#readings.push({ kind: 'notice', key: notice.code, detail: plain(notice) });
  }
}

function staged(reading: Extract<Reading, { readonly kind: 'document' }>): StagedDocument {
  const { document, doubts, extract, mediaType } = reading;
  return {
    document,
    key: refKey(document.ref),
    contentHash: contentHash(document, doubts),
    businessDate: documentDate(document),
    doubts,
    extract,
    mediaType,
  };
}

function plain(value: unknown): Json {
  return decodeJson(encodeJson(value)) as Json;
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
