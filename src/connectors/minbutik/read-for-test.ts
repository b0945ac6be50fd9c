import { readFileSync } from 'node:fs';
import type { DayReport } from '../../domain/document/day-report.ts';
import type { Problem, Reading } from '../../ports/source.ts';
import {
  problemsOf,
  readAll as readFile,
  standing,
} from '../../testing/file-source-contract/reading.ts';
import { settingsSchema } from './settings.ts';
import { minButikFiles } from './source.ts';

/** What tests give as settings; the rest is as a new connection has it. */
export type TestSettings = Parameters<typeof settingsSchema.parse>[0];

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
  return readFile(source, bytes, [pieceBytes]);
}

/** The only document that stands, a day report. */
export function onlyReport(readings: readonly Reading[]): DayReport {
  const [first, ...others] = standing(readings);
  if (first?.document.kind === 'day-report' && others.length === 0) return first.document;
  throw new Error(`expected one day report: ${JSON.stringify(problemsIn(readings))}`);
}

/** All problems of all readings, as `code line:column`. */
export function problemsIn(readings: readonly Reading[]): readonly string[] {
  return problemsOf(readings).map((problem) => placed(problem));
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
