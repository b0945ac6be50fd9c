import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { CsvRecord } from './records.ts';

/** Control characters, which no text has; and U+FFFD, which damaged UTF-8 turns into. */
const CONTROL = /[^\P{Cc}\t\n\x7f-\x9f]/u;
const CONTROL_OR_DAMAGED = /[^\P{Cc}\t\n\x7f-\x9f]|\ufffd/u;

/** The end-of-file mark of old DOS programs. */
const CTRL_Z = '\x1a';

/** Finds what is wrong with a row whatever its fields mean. */
export class RowCheck {
  readonly #columns: number;
  readonly #unwanted: RegExp;

  /**
   * @param columns - the fields that the header has
   * @param isDamaged - whether the file holds bytes that its encoding does not allow
   */
  constructor(columns: number, isDamaged: boolean) {
    this.#columns = columns;
    this.#unwanted = isDamaged ? CONTROL_OR_DAMAGED : CONTROL;
  }

  problemsOf(record: CsvRecord): readonly Problem[] {
    const { fields, text, line } = record;
    const problems: Problem[] = [];
    const at = text.search(this.#unwanted);
    if (at >= 0) problems.push(notText(text, at, line));
    if (record.problem !== null) return [...problems, record.problem];
    if (fields.length < this.#columns) problems.push(this.#wrongCount('too-few-fields', record));
    // Also when those too many are empty: a delimiter inside a text has then moved the amounts.
    if (fields.length > this.#columns) problems.push(this.#wrongCount('too-many-fields', record));
    return problems;
  }

  /** @returns a problem when the file ends in this row before all its fields have come */
  cutOff(record: CsvRecord): Problem | null {
    const isShort = record.fields.length < this.#columns;
    if (!isShort || record.ended) return null;
    const place = { line: record.line, column: record.text.length + 1 };
    return problemAt('file-truncated', place, { found: record.text });
  }

  #wrongCount(code: ProblemCode, { text, line, fields }: CsvRecord): Problem {
    const facts = { found: String(fields.length), expected: String(this.#columns) };
    return problemAt(code, { line, column: text.length + 1 }, facts);
  }
}

function notText(text: string, at: number, line: number): Problem {
  const code = text.codePointAt(at) ?? 0;
  const found = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return problemAt('not-text', { line, column: at + 1 }, { found });
}

/** Whether a line holds nothing. */
export function isBlank(text: string): boolean {
  return text === '' || text === CTRL_Z || text.trim() === '';
}
