import { readFileSync } from 'node:fs';
import type { AccountStatement } from '../../domain/document/account-statement.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import type { Reading } from '../../ports/source.ts';
import { readAll as readFile, standing } from '../../testing/file-source-contract/reading.ts';
import { settingsSchema } from './settings.ts';
import { camtFiles } from './source.ts';

/** Settings as a person may write them: what is left out is as a new connection has it. */
export type TestSettings = Parameters<typeof settingsSchema.parse>[0];

/** A file out of `fixtures`. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

/** All readings of a file that arrives in pieces of at most `pieceBytes`. */
export async function readAll(
  content: string | Uint8Array,
  settings: TestSettings = {},
  pieceBytes = 1_000_000,
): Promise<readonly Reading[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = camtFiles(settingsSchema.parse(settings));
  return readFile(source, bytes, [pieceBytes]);
}

/** The statements that stand. */
export function statementsOf(readings: readonly Reading[]): readonly AccountStatement[] {
  return standing(readings).flatMap(({ document }) =>
    document.kind === 'account-statement' ? [document] : [],
  );
}

/** `day opening → closing: kind amount code [reference]` of each, entries apart by commas. */
export function told(readings: readonly Reading[]): readonly string[] {
  return statementsOf(readings).map(({ date, opening, closing, entries }) => {
    const list = entries.map(({ kind, amount, code, reference }) =>
      [kind, formatMoney(amount), code, reference].filter(Boolean).join(' '),
    );
    return `${date} ${balance(opening)} → ${balance(closing)}: ${list.join(', ')}`;
  });
}

function balance(amount: Money | null): string {
  return amount === null ? '?' : formatMoney(amount);
}
