import type { Problem } from '../../../ports/source.ts';
import { LINE_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Line } from '../text/lines.ts';
import { isFault, splitFields, type CsvStyle } from '../../../lib/csv-fields.ts';

/** A row of a CSV file: one line, or a few when a quoted field runs over line breaks. */
export type CsvRecord = {
  readonly kind: 'record';
  /** Cut without regard to quotes when these are wrong: good for finding the row's report. */
  readonly fields: readonly string[];
  /** The row to the letter, without its line break. */
  readonly text: string;
  /** The line it begins on. */
  readonly line: number;
  /** Whether a line break followed. */
  readonly ended: boolean;
  /** Why the fields are not to be trusted. */
  readonly problem: Problem | null;
};

/** The file cannot be read on: nobody knows which rows an open quote has swallowed. */
export type CsvBroken = { readonly kind: 'broken'; readonly problem: Problem };

/** Makes rows of lines. */
export class CsvRecords {
  readonly #style: CsvStyle;
  readonly #linesMax: number;
  /** A row whose quote was open at the end of its last line. */
  #open: { text: string; line: number; lines: number } | null = null;

  /** @param linesMax - lines that one row may run over; 1 where fields hold no line break */
  constructor(style: CsvStyle, linesMax: number) {
    this.#style = style;
    this.#linesMax = linesMax;
  }

  /** @returns null when the row goes on in the next line */
  add(line: Line): CsvRecord | CsvBroken | null {
    const open = this.#open;
    const text = open === null ? line.text : `${open.text}\n${line.text}`;
    const begins = open?.line ?? line.number;
    const lines = (open?.lines ?? 0) + 1;
    const cut = splitFields(text, this.#style);
    const base = { kind: 'record', text, line: begins, ended: line.ended } as const;
    if (!isFault(cut)) {
      this.#open = null;
      const problem = line.tooLong ? tooLong(begins) : null;
      return { ...base, fields: cut, problem };
    }
    const place = { line: begins, column: cut.column };
    const problem = problemAt('quote-open', place, { found: text.slice(cut.column - 1) });
    if (cut.fault === 'stray' && lines === 1) {
      return { ...base, fields: text.split(this.#style.delimiter), problem };
    }
    const mayGoOn = cut.fault === 'open' && line.ended && lines < this.#linesMax;
    if (!mayGoOn || text.length > LINE_CHARS_MAX) return { kind: 'broken', problem };
    this.#open = { text, line: begins, lines };
    return null;
  }

  /** @returns null when no row was left open */
  end(): CsvBroken | null {
    if (this.#open === null) return null;
    const { line, text } = this.#open;
    const problem = problemAt('quote-open', { line, column: 1 }, { found: text });
    return { kind: 'broken', problem };
  }
}

function tooLong(line: number): Problem {
  const limit = String(LINE_CHARS_MAX);
  return problemAt('record-too-long', { line, column: LINE_CHARS_MAX + 1 }, { limit });
}
