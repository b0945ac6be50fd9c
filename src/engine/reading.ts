import { contentHash } from '../domain/document/content-hash.ts';
import { documentDate } from '../domain/document/document.ts';
import { refKey } from '../domain/document/source-ref.ts';
import type { Notice } from '../domain/refusal.ts';
import { present } from '../lib/assert.ts';
import { decodeJson, encodeJson, type Json } from '../lib/json.ts';
import type {
  Attachment,
  FileSource,
  IncomingFile,
  KnownBefore,
  Problem,
  Reading,
} from '../ports/source.ts';
import type {
  FileOutcome,
  FileRead,
  IntakeStore,
  KeptFile,
  ReadingStore,
  StagedDocument,
  StagedReading,
} from '../ports/store.ts';

import { noteMode, withModes, type InvoiceModes } from './invoice-modes.ts';

/** What a kept file came to: documents, or why none of it counts. */
export type FileResult =
  | ({ readonly kind: 'read' } & FileOutcome & {
        readonly notices: readonly Notice[];
        readonly guess: Readonly<Record<string, string>>;
      })
  | { readonly kind: 'rejected'; readonly fileId: string; readonly problems: readonly Problem[] };

/** A kept file, and what reads the files of its connection. */
export type Readable = { readonly file: KeptFile; readonly source: FileSource };

/** Documents stored at once, and what they may come to: a day report may have very many lines. */
const STAGE_MAX = 200;
const STAGE_BYTES_MAX = 500_000;
/** Readings of one file that are in memory at once. A small archive may hold very many. */
const WHOLE_MAX = 2_000;
/** Gaps in report numbers told of one file. Nobody reads more. */
const GAPS_MAX = 100;

/**
 * Reads a kept file of any size into documents, all or nothing: its deliveries are made, and its
 * lanes woken, in the transaction that says that it was read. After a crash it is read again to the
 * same end.
 */
export async function readAlone(
  store: IntakeStore,
  { file, source }: Readable,
): Promise<FileResult> {
  const { fileId, name } = file;
  return store.withReadingTurn(file.connectionId, async () => {
    const [before] = await store.beginReading([fileId]);
    if (before) return asRead(fileId, before);
    const read = new FileReadings(file);
    const incoming = { name, open: () => store.openFile(fileId) };
    const known = { invoiceModes: () => store.invoiceModes(file.connectionId) };
    for await (const reading of source.read(incoming, known)) {
      read.add(reading);
      if (read.rejected !== null) return reject(store, fileId, read.rejected);
      if (read.count >= STAGE_MAX || read.bytes >= STAGE_BYTES_MAX) await stage(store, [read]);
    }
    return present((await commit(store, [read])).get(fileId), `file ${fileId}`);
  });
}

/**
 * Reads small files of any connections in one transaction, in the order of their arrival.
 *
 * @returns null for each that somebody else keeps from being read now: it is to be read alone
 * @throws what any of them failed with; then nothing has happened to any of them
 */
export async function readTogether(
  store: IntakeStore,
  files: readonly Readable[],
): Promise<readonly (FileResult | null)[]> {
  const kept = files.map(({ file }) => file);
  return store.readTogether(kept, async (reading, bytes) => {
    const ours = [...new Map(files.map((one) => [one.file.fileId, one])).values()]
      .filter(({ file }) => bytes.has(file.fileId))
      .sort((a, b) => Number(a.file.fileId) - Number(b.file.fileId));
    const before = await reading.beginReading(ours.map(({ file }) => file.fileId));
    const results = new Map<string, FileResult>();
    const reads: FileReadings[] = [];
    for (const [index, { file, source }] of ours.entries()) {
      const { fileId, name } = file;
      const known = before[index];
      const read = new FileReadings(file);
      if (known) results.set(fileId, asRead(fileId, known));
      else {
        const incoming = { name, open: () => once(bytes.get(fileId)) };
        await readWhole({ source, incoming, known: knownTo(reading, file, reads) }, read);
      }
      if (read.rejected !== null) {
        results.set(fileId, await reject(reading, fileId, read.rejected));
      } else if (!known) reads.push(read);
    }
    for (const [fileId, result] of await commit(reading, reads)) results.set(fileId, result);
    return kept.map(({ fileId }) => results.get(fileId) ?? null);
  });
}

/**
 * Nothing of it is stored before its end: a file that is rejected then has left nothing.
 *
 * @throws Error when so much stands in it that it is to be read alone, piece by piece
 */
async function readWhole(
  of: {
    readonly source: FileSource;
    readonly incoming: IncomingFile;
    readonly known: KnownBefore;
  },
  read: FileReadings,
): Promise<void> {
  for await (const reading of of.source.read(of.incoming, of.known)) {
    read.add(reading);
    if (read.rejected !== null) return;
    if (read.count > WHOLE_MAX) throw new Error(`${of.incoming.name} holds more than ${WHOLE_MAX}`);
  }
}

/** What is stored, and what files of the same connection say that are read just before. */
function knownTo(
  store: ReadingStore,
  { connectionId }: KeptFile,
  before: readonly FileReadings[],
): KnownBefore {
  const later: InvoiceModes = new Map();
  for (const read of before.filter((one) => one.connectionId === connectionId)) {
    for (const { document } of read.documents) noteMode(later, document);
  }
  return { invoiceModes: async () => withModes(await store.invoiceModes(connectionId), later) };
}

async function* once(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  yield present(bytes, 'the bytes of the file');
}

/** Another process has read the file while it waited for its turn. */
function asRead(fileId: string, before: FileRead): FileResult {
  if (before.kind === 'read') return { kind: 'read', ...before.outcome, notices: [], guess: {} };
  const problems = before.problems as unknown as readonly Problem[];
  return { kind: 'rejected', fileId, problems };
}

async function reject(
  store: ReadingStore,
  fileId: string,
  problems: readonly Problem[],
): Promise<FileResult> {
  await store.rejectFile(fileId, plain(problems));
  return { kind: 'rejected', fileId, problems };
}

async function commit(
  store: ReadingStore,
  reads: readonly FileReadings[],
): Promise<ReadonlyMap<string, FileResult>> {
  if (reads.length === 0) return new Map();
  await stage(store, reads);
  await tellGaps(store, reads);
  const outcomes = await store.commitFiles(reads.map(({ fileId, guess }) => ({ fileId, guess })));
  return new Map(
    reads.map(({ fileId, notices, guess }, index) => {
      const outcome = present(outcomes[index], `what file ${fileId} came to`);
      return [fileId, { kind: 'read', ...outcome, notices, guess }];
    }),
  );
}

async function stage(store: ReadingStore, reads: readonly FileReadings[]): Promise<void> {
  const documents = reads.flatMap((read) => read.takeDocuments());
  const byFile = new Map(reads.map((read) => [read.fileId, read]));
  for (let at = 0; at < documents.length; at += STAGE_MAX) {
    const some = documents.slice(at, at + STAGE_MAX);
    const found = await store.stage(some);
    for (const [index, { fileId, key }] of some.entries()) {
      if (found[index] === 'seen') byFile.get(fileId)?.addSeen(key);
    }
  }
  const readings = reads.flatMap((read) => read.takeReadings());
  if (readings.length > 0) await store.stageReadings(readings);
}

/** What a file alone shows as missing may have come in another one, and the other way about. */
async function tellGaps(store: ReadingStore, reads: readonly FileReadings[]): Promise<void> {
  const byFile = new Map(reads.map((read) => [read.fileId, read]));
  const gaps = await store.numberGaps([...byFile.keys()], GAPS_MAX);
  for (const { fileId, after, before } of gaps) {
    const { store: shop, register } = after;
    const missing = before.number.count - after.number.count - 1;
    const between = { after: after.number.text, before: before.number.text, missing };
    const notice: Notice = { code: 'report-number-gap', store: shop, register, ...between };
    byFile.get(fileId)?.addNotice(notice);
  }
  if (gaps.length > 0) await stage(store, reads);
}

/** Readings of a file on their way into the database. */
class FileReadings {
  readonly fileId: string;
  readonly notices: Notice[] = [];
  guess: Readonly<Record<string, string>> = {};
  /** Why no part of the file counts; null while it does. */
  rejected: readonly Problem[] | null = null;
  readonly connectionId: string;
  /** Documents that the file gives in two ways: they are neither. */
  readonly #contested = new Set<string>();
  #documents: StagedDocument[] = [];
  #bytes = 0;
  #readings: StagedReading[] = [];

  constructor({ fileId, connectionId }: KeptFile) {
    this.fileId = fileId;
    this.connectionId = connectionId;
  }

  /** How many wait to be stored. */
  get count(): number {
    return this.#documents.length + this.#readings.length;
  }

  /** Those that wait to be stored. */
  get documents(): readonly StagedDocument[] {
    return this.#documents.filter(({ key }) => !this.#contested.has(key));
  }

  /** What the documents that wait come to, by their parts of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  add(reading: Reading): void {
    switch (reading.kind) {
      case 'rejected':
        this.rejected = reading.problems;
        return;
      case 'guess':
        this.guess = { ...this.guess, ...reading.facts };
        return;
      case 'notice':
        // Gaps are looked for over all files.
        if (reading.notice.code !== 'report-number-gap') this.addNotice(reading.notice);
        return;
      case 'unreadable':
        this.#contested.add(reading.id);
        this.#addReading('unreadable', reading.id, plain(reading.problems));
        return;
      case 'document':
        this.#documents.push(this.#staged(reading));
        this.#bytes += reading.extract.byteLength + bytesIn(reading.attachments ?? []);
    }
  }

  addNotice(notice: Notice): void {
    this.notices.push(notice);
    this.#addReading('notice', notice.code, plain(notice));
  }

  addSeen(key: string): void {
    this.#addReading('seen', key, null);
  }

  takeDocuments(): StagedDocument[] {
    const documents = [...this.documents];
    this.#documents = [];
    this.#bytes = 0;
    return documents;
  }

  takeReadings(): StagedReading[] {
    const readings = this.#readings;
    this.#readings = [];
    // What is contested by these is taken back in the database.
    this.#contested.clear();
    return readings;
  }

  #addReading(kind: StagedReading['kind'], key: string, detail: Json): void {
    this.#readings.push({ fileId: this.fileId, kind, key, detail });
  }

  #staged(reading: Extract<Reading, { readonly kind: 'document' }>): StagedDocument {
    const { document, doubts, extract, mediaType, attachments = [] } = reading;
    return {
      fileId: this.fileId,
      connectionId: this.connectionId,
      document,
      key: refKey(document.ref),
      contentHash: contentHash(document, doubts),
      businessDate: documentDate(document),
      doubts,
      extract,
      mediaType,
      ...(attachments.length === 0 ? {} : { attachments }),
    };
  }
}

function bytesIn(attachments: readonly Attachment[]): number {
  return attachments.reduce(
    (sum, one) => sum + (one.kind === 'file' ? one.bytes.byteLength : 0),
    0,
  );
}

function plain(value: unknown): Json {
  return decodeJson(encodeJson(value)) as Json;
}
