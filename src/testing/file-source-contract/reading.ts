import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refKey } from '../../domain/document/source-ref.ts';
import type { Document } from '../../domain/document/document.ts';
import { present } from '../../lib/assert.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/connector.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Http } from '../../ports/http.ts';
import type { FileSource, IncomingFile, Problem, Reading } from '../../ports/source.ts';
import type { FilesUnderTest } from './trial.ts';

/** A reading that is a document. */
export type DocumentReading = Extract<Reading, { readonly kind: 'document' }>;

/** Where a run of bytes is cut: sizes of its pieces, used over and over. */
export type Cuts = readonly number[];

const WHOLE: Cuts = [Number.MAX_SAFE_INTEGER];

/** A source that reads files needs neither network nor login. */
const NO_HTTP: Http = {
  send: async () => {
    throw new ConnectorError('A file is read without the network.', { kind: 'bug' });
  },
};
const NO_CLOCK: Clock = { nowMs: () => 0, sleep: async () => undefined };
const NO_LOGIN: Credentials = { current: async () => ({}), refresh: async (stale) => stale };

/** Opens the source with settings that nobody may change. */
export function openSource({ connector, trial }: FilesUnderTest): FileSource {
  const settings = deepFreeze(connector.settings.parse(trial.settings));
  const context = { settings, http: NO_HTTP, clock: NO_CLOCK, credentials: NO_LOGIN };
  const { files } = connector.open(context);
  return present(files, `a source of files in ${connector.id}`);
}

export function fixtureOf({ folder }: FilesUnderTest, file: string): Uint8Array {
  return readFileSync(join(folder, 'fixtures', file));
}

/** All readings of a file whose bytes arrive in pieces. @throws what the source throws */
export async function readAll(
  source: FileSource,
  bytes: Uint8Array,
  cuts: Cuts = WHOLE,
): Promise<readonly Reading[]> {
  return Array.fromAsync(source.read(fileOf(bytes, cuts)));
}

export function fileOf(bytes: Uint8Array, cuts: Cuts = WHOLE): IncomingFile {
  return { name: 'any', open: () => inPieces(bytes, cuts) };
}

/** The documents that the hub would book: those that nothing later in the file takes back. */
export function standing(readings: readonly Reading[]): readonly DocumentReading[] {
  if (readings.at(-1)?.kind === 'rejected') return [];
  const taken = new Set(readings.flatMap((r) => (r.kind === 'unreadable' ? [r.id] : [])));
  return readings.flatMap((reading) =>
    reading.kind === 'document' && !taken.has(refKey(reading.document.ref)) ? [reading] : [],
  );
}

/** All problems of all readings. */
export function problemsOf(readings: readonly Reading[]): readonly Problem[] {
  return readings.flatMap((reading) =>
    reading.kind === 'unreadable' || reading.kind === 'rejected' ? reading.problems : [],
  );
}

export function documentsByRef(readings: readonly Reading[]): ReadonlyMap<string, Document> {
  return new Map(standing(readings).map(({ document }) => [refKey(document.ref), document]));
}

/** What must hold of the readings of any bytes at all. */
export function checkReadings(readings: readonly Reading[], bytes: Uint8Array): void {
  const lines = bytes.filter((byte) => byte === 10 || byte === 13).length + 1;
  const before = readings.slice(0, -1);
  assert.ok(readings.length > 0, 'a file always has a reading');
  assert.ok(!before.some((r) => r.kind === 'rejected'), 'a file is rejected at its end');
  for (const reading of readings) {
    if (reading.kind !== 'unreadable' && reading.kind !== 'rejected') continue;
    assert.ok(reading.problems.length > 0, 'what cannot be read says why');
    for (const problem of reading.problems) checkPlace(problem, lines);
  }
  const refs = readings.flatMap((r) => (r.kind === 'document' ? [refKey(r.document.ref)] : []));
  assert.equal(new Set(refs).size, refs.length, 'each document is read once');
}

function checkPlace({ code, line, column, facts }: Problem, lines: number): void {
  assert.equal(line === null, column === null, `${code}: a place is a line and a column`);
  if (line === null || column === null) return;
  // The lines of an entry are not those of the archive that it is packed in.
  const last = facts['entry'] === undefined ? lines : Infinity;
  assert.ok(line >= 1 && line <= last, `${code}: line ${line} of ${lines}`);
  assert.ok(column >= 1, `${code}: column ${column}`);
}

async function* inPieces(bytes: Uint8Array, cuts: Cuts): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, cuts[turn % cuts.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
