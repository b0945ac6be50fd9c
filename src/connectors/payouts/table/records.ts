import { isFault, splitFields, type CsvStyle } from '../../../lib/csv-fields.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { RECORD_LINES_MAX, ROWS_MAX } from '../limits.ts';

/** A row of a file, and the line that it begins on. */
export type FileRecord = {
  readonly fields: readonly string[];
  /** To the letter, without its line break. */
  readonly text: string;
  readonly line: number;
};

/** Lines of a file with the number that each has in it. */
export type NumberedLine = { readonly text: string; readonly number: number };

/** The lines of a text. A line break behind the last one begins no other. */
export function linesOf(text: string): readonly NumberedLine[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => ({ text: line, number: i + 1 }));
}

/**
 * Cuts lines into rows. A fault of quotes ends it: nobody knows which rows an open quote has
 * swallowed, and so which payout they were of.
 */
export function recordsOf(
  lines: readonly NumberedLine[],
  style: CsvStyle,
): readonly FileRecord[] | Problem {
  const records: FileRecord[] = [];
  for (let at = 0; at < lines.length;) {
    const read = recordAt(lines, at, style);
    if ('code' in read) return read;
    if (read.record !== null) records.push(read.record);
    if (records.length > ROWS_MAX) {
      return problemAt('over-limit', null, { what: 'rows', limit: String(ROWS_MAX) });
    }
    at = read.next;
  }
  return records;
}

/** `record` is null for a line of blanks and delimiters only. */
type RecordRead = { readonly record: FileRecord | null; readonly next: number };

function recordAt(
  lines: readonly NumberedLine[],
  at: number,
  style: CsvStyle,
): RecordRead | Problem {
  const line = lines[at]?.number ?? 1;
  let text = '';
  for (let count = 1; count <= RECORD_LINES_MAX; count += 1) {
    const next = lines[at + count - 1];
    if (next === undefined) break;
    text = count === 1 ? next.text : `${text}\n${next.text}`;
    const cut = splitFields(text, style);
    if (!isFault(cut)) {
      const fields = cut.map((field) => field.trim());
      const isBlank = fields.every((field) => field === '');
      return { record: isBlank ? null : { fields, text, line }, next: at + count };
    }
    if (cut.fault === 'stray') {
      const place = { line, column: cut.column };
      return problemAt('quote-open', place, { found: text.slice(cut.column - 1) });
    }
  }
  return problemAt('quote-open', { line, column: 1 }, { found: text });
}
