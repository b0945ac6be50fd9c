import type { CustomerEntry, EntryPart } from '../../../domain/document/customer-entry.ts';
import { SeenDocuments } from '../../../domain/document/seen-documents.ts';
import { refKey } from '../../../domain/document/source-ref.ts';
import { boundProblems, problemAt, rejected } from '../../../ports/problem.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import type { WinnerSettings } from '../settings.ts';
import { RowReader } from './row-reader.ts';
import { beginsAsHead, rowOf, tableOf, type Row, type Table } from './table.ts';

/** What a file is expected to be. */
const EXPECTED = 'Winner: hub.quote.v1, invoice journal (CSV)';

/** A row, and the table that it stands in. */
type TableRow = { readonly table: Table; readonly row: Row };

/** The item lines of each invoice, by its number. */
type LinesOf = ReadonlyMap<string, readonly TableRow[]>;

/**
 * Reads a file of the invoice journal, for dealers whose Winner numbers the invoices itself:
 * headers are invoices and credit notes, registered payments are payments.
 *
 * Several of the four files may stand below each other in one: then item lines divide the invoices
 * of the headers among product groups. Alone they, and calendars, say nothing that is booked: they
 * are known, and passed over.
 */
export function* readJournal(text: string, settings: WinnerSettings): Generator<Reading> {
  const tables: Table[] = [];
  const rows: TableRow[] = [];
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (i > 0 && line.trim() === '') continue;
    const head = i === 0 || beginsAsHead(line) ? tableOf(line) : null;
    if (head !== null) {
      tables.push(head);
      continue;
    }
    const table = tables.at(-1);
    if (table === undefined) {
      const facts = { found: line, expected: EXPECTED };
      return yield rejected(problemAt('format-unknown', { line: 1, column: 1 }, facts));
    }
    const row = rowOf(line, table, i + 1);
    if ('code' in row) return yield rejected(row);
    rows.push({ table, row });
  }
  for (const { kind, profile } of tables) {
    yield { kind: 'guess', facts: { format: `Winner ${kind} (${profile.name})` } };
  }
  const lines = Map.groupBy(
    rows.filter(({ table }) => table.kind === 'lines' && table.rateAt !== -1),
    ({ row }) => row.fields[0] ?? '',
  );
  const seen = new SeenDocuments();
  for (const one of rows) {
    const { kind } = one.table;
    if (kind === 'headers' || kind === 'payments') yield* readEntry(one, { settings, seen, lines });
  }
}

type EntryOf = {
  readonly settings: WinnerSettings;
  readonly seen: SeenDocuments;
  readonly lines: LinesOf;
};

function* readEntry({ table, row }: TableRow, of: EntryOf): Generator<Reading> {
  const { profile, kind, head } = table;
  const { settings, seen } = of;
  const reader = new RowReader(row, { profile, kind, settings });
  const read = kind === 'payments' ? reader.payment() : reader.invoice();
  const lines = kind === 'payments' ? [] : (of.lines.get(read.number) ?? []);
  const divided = partsIn(lines, settings);
  const document: CustomerEntry = lines.length === 0 ? read : { ...read, parts: divided.parts };
  const found = [...reader.problems, ...divided.problems];
  if (found.length > 0) {
    yield { kind: 'unreadable', id: refKey(document.ref), problems: boundProblems(found) };
    return;
  }
  const news = seen.see(document, []);
  if (news === 'same') return;
  if (news === 'new') {
    const extract = Buffer.from(`${head}\n${row.text}\n${linesText(lines)}`);
    yield { kind: 'document', document, doubts: [], extract, mediaType: 'text/csv' };
    return;
  }
  const { id } = document.ref;
  const facts = { field: profile.columns[kind][0] ?? '', found: id, expected: id };
  const problems = [problemAt('identity-differs', { line: row.line, column: 1 }, facts)];
  yield { kind: 'unreadable', id: refKey(document.ref), problems };
}

/** What an invoice has of each product group. */
function partsIn(
  lines: readonly TableRow[],
  settings: WinnerSettings,
): { readonly parts: readonly EntryPart[]; readonly problems: readonly Problem[] } {
  const readers = lines.map(({ table: { profile, kind }, row }) => {
    return new RowReader(row, { profile, kind, settings });
  });
  const parts = readers.map((reader) => reader.line());
  return { parts, problems: readers.flatMap(({ problems }) => problems) };
}

/** The lines as they stand, below the header that they have. */
function linesText(lines: readonly TableRow[]): string {
  return lines
    .map(({ table, row }, i) => {
      const isFirst = lines[i - 1]?.table !== table;
      return `${isFirst ? `${table.head}\n` : ''}${row.text}\n`;
    })
    .join('');
}
