import type { Problem } from '../../../ports/source.ts';
import { isBlank, TextCheck } from '../csv/not-text.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isSumWord } from '../csv/sum-word.ts';
import { problemAt } from '../problem.ts';
import type { Draft } from '../report/draft.ts';
import { Gatherer } from '../report/gatherer.ts';
import { foundDrafts, type Found } from '../report/settle.ts';
import type { Terms } from '../terms.ts';
import type { Line } from '../text/lines.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import { cellsOf, placeOf, readTidyHeader, type TidyHeader } from './header.ts';
import { TidyRowReader } from './row-reader.ts';

/** The media type of an extract of CSV rows. */
export const CSV_MEDIA_TYPE = 'text/csv; charset=utf-8';

/** A CSV file as it is read: its lines, and whether bytes of it were no text. */
export type CsvText = {
  readonly lines: AsyncIterable<readonly Line[]>;
  readonly isDamaged: boolean;
};

/** Reads tidy day reports, CSV version 1. The first line that is not blank is the header. */
export async function* readTidyCsv(csv: CsvText, terms: Terms): AsyncGenerator<Found> {
  let file: TidyFile | null = null;
  for await (const batch of csv.lines) {
    for (const line of batch) {
      if (isBlank(line.text)) continue;
      const header = file === null ? readTidyHeader(line.text, line.number) : null;
      if (header !== null) file = new TidyFile(header, { terms, isDamaged: csv.isDamaged });
      const problems = header === null ? (file?.take(line) ?? []) : header.problems;
      if (problems.length > 0) return yield { kind: 'rejected', problems };
    }
    if (file !== null) yield* foundDrafts(file.takeClosed());
  }
  if (file !== null) yield* file.finish();
}

/** The rows of a file under its header. */
class TidyFile {
  readonly #header: TidyHeader;
  readonly #records: CsvRecords;
  readonly #rows: TidyRowReader;
  readonly #gatherer: Gatherer;
  readonly #check: TextCheck;
  readonly #sumLines: number[] = [];
  #dataRows = 0;

  constructor(
    header: TidyHeader,
    { terms, isDamaged }: { readonly terms: Terms; readonly isDamaged: boolean },
  ) {
    this.#header = header;
    // A field of this format holds no line break: an open quote swallows no rows.
    this.#records = new CsvRecords(header.style, 1);
    this.#rows = new TidyRowReader(terms);
    this.#gatherer = new Gatherer(`${BYTE_ORDER_MARK}${header.text}\n`, CSV_MEDIA_TYPE);
    this.#check = new TextCheck(isDamaged);
  }

  /** @returns why the whole file is to be rejected; none mostly */
  take(line: Line): readonly Problem[] {
    const record = this.#records.add(line);
    if (record === null) return [];
    return record.kind === 'broken' ? [record.problem] : this.#takeRecord(record);
  }

  takeClosed(): readonly Draft[] {
    return this.#gatherer.takeClosed();
  }

  *finish(): Generator<Found> {
    if (this.#dataRows === 0) {
      const problem = problemAt('file-empty', null, { found: this.#header.text });
      return yield { kind: 'rejected', problems: [problem] };
    }
    yield* foundDrafts(this.#gatherer.finish());
    if (this.#sumLines.length > 0) {
      yield { kind: 'remark', facts: { sumRowsLeftOut: this.#sumLines.join(', ') } };
    }
  }

  #takeRecord(record: CsvRecord): readonly Problem[] {
    const { fields, text, line } = record;
    const lacking = this.#header.columns - fields.length;
    if (lacking > 0 && !record.ended) return [this.#countProblem('file-truncated', record)];
    const isHeaderAgain = text === this.#header.text;
    if (isHeaderAgain || fields.every((field) => field === '')) return [];
    const cells = cellsOf(fields, this.#header);
    if (isSumWord(cells.record)) {
      if (this.#sumLines.length < SUM_LINES_TOLD) this.#sumLines.push(line);
      return [];
    }
    const problems = this.#problemsOf(record);
    const row = this.#rows.read(cells, placeOf(text, line, this.#header), problems);
    this.#gatherer.add(row, text);
    this.#dataRows += 1;
    return [];
  }

  #problemsOf(record: CsvRecord): readonly Problem[] {
    const notText = this.#check.check(record.text, record.line);
    const problems = notText === null ? [] : [notText];
    if (record.problem !== null) return [...problems, record.problem];
    const beyond = record.fields.slice(this.#header.columns);
    if (record.fields.length < this.#header.columns) {
      problems.push(this.#countProblem('too-few-fields', record));
    } else if (beyond.some((field) => field.trim() !== '')) {
      problems.push(this.#countProblem('too-many-fields', record));
    }
    return problems;
  }

  #countProblem(
    code: 'file-truncated' | 'too-few-fields' | 'too-many-fields',
    { text, line, fields }: CsvRecord,
  ): Problem {
    const place = { line, column: text.length + 1 };
    const expected = String(this.#header.columns);
    return problemAt(code, place, { found: String(fields.length), expected });
  }
}

const SUM_LINES_TOLD = 20;
