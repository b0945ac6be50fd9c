import { readFileSync } from 'node:fs';
import type { SupplierInvoice } from '../../domain/document/supplier-invoice.ts';
import type { Reading } from '../../ports/source.ts';
import {
  problemsOf,
  readAll as readFile,
  standing,
} from '../../testing/file-source-contract/reading.ts';
import { settingsSchema } from './settings.ts';
import { peppolFiles } from './source.ts';

/** Settings as a person may write them: what is left out is as a new connection has it. */
export type TestSettings = Parameters<typeof settingsSchema.parse>[0];

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
  return readFile(source, bytes, [pieceBytes]);
}

/** The only document that stands, an invoice. */
export function onlyInvoice(readings: readonly Reading[]): SupplierInvoice {
  const [first, ...others] = standing(readings);
  if (first?.document.kind === 'supplier-invoice' && others.length === 0) return first.document;
  throw new Error(`expected one invoice: ${JSON.stringify(problemsOf(readings))}`);
}

/** All problems as `code`, or `rule` for a rule that is broken. */
export function rulesBroken(readings: readonly Reading[]): readonly string[] {
  return problemsOf(readings).map(({ code, facts }) => facts['rule'] ?? code);
}
