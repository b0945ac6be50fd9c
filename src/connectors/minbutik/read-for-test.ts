import { readFileSync } from 'node:fs';
import type { DayReport } from '../../domain/document/day-report.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import type { Problem, Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { minButikFiles } from './source.ts';

/** What tests give as settings; the rest is as a new connection has it. */
export type TestSettings = Parameters<typeof settingsSchema.parse>[0];

type DocumentReading = Extract<Reading, { readonly kind: 'document' }>;

/** A file out of `fixtures`. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

/** A profile out of `fixtures`. */
export function fixtureProfile(name: string): Record<string, unknown> {
  const profile: Record<string, unknown> = JSON.parse(fixture(name).toString('utf8'));
  return profile;
}

/** All readings of a file that arrives in pieces of at most `pieceBytes`. */
export async function readAll(
  content: string | Uint8Array,
  settings: TestSettings = {},
  pieceBytes = 1_000_000,
): Promise<readonly Reading[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = minButikFiles(settingsSchema.parse(settings));
  return Array.fromAsync(source.read({ name: 'any', open: () => inPieces(bytes, pieceBytes) }));
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The documents that the hub would book: those that nothing later in the file takes back. */
export function standing(readings: readonly Reading[]): readonly DocumentReading[] {
  if (readings.at(-1)?.kind === 'rejected') return [];
  const taken = new Set(readings.flatMap((r) => (r.kind === 'unreadable' ? [r.id] : [])));
  return readings.flatMap((reading) =>
    reading.kind === 'document' && !taken.has(refKey(reading.document.ref)) ? [reading] : [],
  );
}

/** The only document that stands, a day report. */
export function onlyReport(readings: readonly Reading[]): DayReport {
  const [first, ...others] = standing(readings);
  if (first?.document.kind === 'day-report' && others.length === 0) return first.document;
  throw new Error(`expected one day report: ${JSON.stringify(problemsIn(readings))}`);
}

/** All problems of all readings, as `code line:column`. */
export function problemsIn(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap((reading) =>
    reading.kind === 'unreadable' || reading.kind === 'rejected'
      ? reading.problems.map((p) => placed(p))
      : [],
  );
}

/** The ids of unreadable reports. */
export function unreadableIds(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap((reading) => (reading.kind === 'unreadable' ? [reading.id] : []));
}

/** `tender KORT 9231050`: a line in few words. */
export function linesOfReport({ lines }: DayReport): readonly string[] {
  return lines.map((line) => `${line.kind} ${line.code} ${line.gross.minor}`);
}

function placed({ code, line, column }: Problem): string {
  return line === null ? code : `${code} ${line}:${column}`;
}
