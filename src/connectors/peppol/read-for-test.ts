import { readFileSync } from 'node:fs';
import type { SupplierInvoice } from '../../domain/document/supplier-invoice.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import type { Problem, Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { peppolFiles } from './source.ts';

/** Settings as a person may write them: what is left out is as a new connection has it. */
export type TestSettings = Parameters<typeof settingsSchema.parse>[0];

type DocumentReading = Extract<Reading, { readonly kind: 'document' }>;

/** A file out of `fixtures`. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

/** All readings of a file that arrives in pieces of at most `pieceBytes`. */
export async function readAll(
  content: string | Uint8Array,
  settings: TestSettings = {},
  pieceBytes = 1_000_000,
): Promise<readonly Reading[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = peppolFiles(settingsSchema.parse(settings));
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

/** The only document that stands, an invoice. */
export function onlyInvoice(readings: readonly Reading[]): SupplierInvoice {
  const [first, ...others] = standing(readings);
  if (first?.document.kind === 'supplier-invoice' && others.length === 0) return first.document;
  throw new Error(`expected one invoice: ${JSON.stringify(problemsOf(readings))}`);
}

/** All problems of all readings. */
export function problemsOf(readings: readonly Reading[]): readonly Problem[] {
  return readings.flatMap((reading) =>
    reading.kind === 'unreadable' || reading.kind === 'rejected' ? reading.problems : [],
  );
}

/** All problems as `code`, or `rule` for a rule that is broken. */
export function rulesBroken(readings: readonly Reading[]): readonly string[] {
  return problemsOf(readings).map(({ code, facts }) => facts['rule'] ?? code);
}
