import type { Problem } from '../../../ports/source.ts';
import { columnOfField } from '../../../lib/csv-fields.ts';
import type { CsvRecord } from '../csv/records.ts';
import { isBlank, RowCheck } from '../csv/row-check.ts';
import { isSumWord } from '../csv/sum-word.ts';
import { problemAt } from '../../../ports/problem.ts';
import { isComment } from '../profile/header-search.ts';
import type { Layout } from '../profile/layout.ts';
import type { ProfileCells } from '../profile/row.ts';
import { SumRows } from '../profile/sum-rows.ts';
import type { Using } from '../profile/using.ts';
import { isWanted } from '../profile/wanted.ts';
import type { Found } from '../report/settle.ts';
import { StatementBook } from './book.ts';
import { readStatementRow } from './row.ts';

/** The rows of an account statement under its header. */
export class StatementFile {
  readonly #layout: Layout;
  readonly #using: Using;
  readonly #check: RowCheck;
  readonly #sums: SumRows;
  readonly #book: StatementBook;
  #isStopped = false;
  #dataRows = 0;
  #leftOut = 0;

  constructor(layout: Layout, using: Using) {
    const { terms, header } = using;
    this.#layout = layout;
    this.#using = using;
    this.#check = new RowCheck(layout.columns.names.length, using.isDamaged);
    this.#sums = new SumRows(layout, terms.currency);
    const { order } = layout.profile;
    this.#book = new StatementBook({ currency: terms.currency, order, header });
  }

  /** @returns why the whole file is to be rejected; none mostly */
  take(record: CsvRecord): readonly Problem[] {
    const { profile } = this.#layout;
    const { text, fields } = record;
    if (isBlank(text) || text === this.#using.header || isComment(profile, text)) return [];
    if (fields.every((field) => field.trim() === '')) return [];
    const cells = this.#cellsOf(record);
    const isStop = profile.input.stop_at?.test(text) ?? false;
    if (isStop) this.#isStopped = true;
    const isSum = isSumWord(fields.find((field) => field.trim() !== '') ?? '');
    if (isSum) return this.#sums.compare(cells);
    if (isStop) return [];
    const cutOff = this.#check.cutOff(record);
    if (cutOff !== null) return [cutOff];
    const row = isWanted(cells, this.#layout) ? readStatementRow(cells, this.#reading()) : null;
    if (row === null) {
      this.#leftOut += 1;
      this.#sums.leaveOut();
      return [];
    }
    // A row with data behind the end of the data: nobody may lose it silently.
    if (this.#isStopped) return row.problems.length > 0 ? [] : [behindTheEnd(record)];
    this.#dataRows += 1;
    this.#sums.add(cells);
    const problems = [...this.#check.problemsOf(record), ...row.problems];
    const refused = this.#book.add({ ...row, problems }, text);
    return refused === null ? [] : [refused];
  }

  /** Nothing before the end of the file: a day may go on, and an order shows at the end. */
  takeClosed(): readonly never[] {
    return [];
  }

  *finish(): Generator<Found> {
    if (this.#dataRows === 0 && this.#leftOut === 0) {
      const problem = problemAt('file-empty', null, { found: this.#using.header });
      yield { kind: 'rejected', problems: [problem] };
      return;
    }
    for (const reading of this.#book.readings()) yield { kind: 'reading', reading };
    if (this.#leftOut > 0) {
      yield { kind: 'remark', facts: { rowsLeftOut: String(this.#leftOut) } };
    }
  }

  #reading() {
    return { layout: this.#layout, terms: this.#using.terms };
  }

  #cellsOf({ fields, text, line }: CsvRecord): ProfileCells {
    const columnOf = (index: number): number => columnOfField(text, index, this.#using.style);
    return { cells: fields, place: { line, columnOf } };
  }
}

function behindTheEnd({ line, text }: CsvRecord): Problem {
  return problemAt('unknown-value', { line, column: 1 }, { field: 'stop_at', found: text });
}
