import type { Problem } from '../../../ports/source.ts';
import { placeInRow } from '../csv/header.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isBlank, RowCheck } from '../csv/row-check.ts';
import { isSumWord } from '../csv/sum-word.ts';
import { LINE_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Draft } from '../report/draft.ts';
import type { Identity } from '../report/identity.ts';
import { Gatherer } from '../report/gatherer.ts';
import type { RowContent } from '../report/row.ts';
import { foundDrafts, type Found } from '../report/settle.ts';
import type { Terms } from '../terms.ts';
import type { Line } from '../text/lines.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import { cellsOf, readTidyHeader, type TidyHeader } from './header.ts';
import { isHeadLetter, TidyRowReader } from './row-reader.ts';
import { SameReport } from './same-report.ts';

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
  readonly #check: RowCheck;
  readonly #same: SameReport;
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
    this.#same = new SameReport(header);
    this.#check = new RowCheck(header.columns, isDamaged);
    this.#gatherer = new Gatherer({
      before: `${BYTE_ORDER_MARK}${header.text}\n`,
      mediaType: CSV_MEDIA_TYPE,
      readRow: (text, line) => this.#readRow(text, line),
    });
  }

  /** @returns why the whole file is to be rejected; none mostly */
  take(line: Line): readonly Problem[] {
    const identity = this.#same.identityOf(line);
    if (identity !== null) {
      this.#hold(identity, { isHead: isHeadLetter(line.text[0]), ...line });
      return [];
    }
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
    const cutOff = this.#check.cutOff(record);
    if (cutOff !== null) return [cutOff];
    const isHeaderAgain = text === this.#header.text;
    if (isHeaderAgain || fields.every((field) => field === '')) return [];
    const cells = cellsOf(fields, this.#header);
    if (isSumWord(cells.record)) {
      if (this.#sumLines.length < SUM_LINES_TOLD) this.#sumLines.push(line);
      return [];
    }
    const identity = this.#rows.identify(cells);
    this.#same.remember(text, identity);
    this.#hold(identity, { isHead: isHeadLetter(cells.record), text, number: line });
    return [];
  }

  #hold(
    identity: Identity,
    row: { readonly isHead: boolean; readonly text: string; readonly number: number },
  ): void {
    this.#gatherer.add({ identity, isHead: row.isHead, text: row.text, line: row.number });
    this.#dataRows += 1;
  }

  /** Reads a row that was held: the same text again, so it is a record again. */
  #readRow(text: string, line: number): RowContent {
    const tooLong = text.length >= LINE_CHARS_MAX;
    const record = this.#records.add({ text, number: line, ended: true, tooLong });
    const fields = record?.kind === 'record' ? record.fields : [];
    const problems = record?.kind === 'record' ? this.#check.problemsOf(record) : [];
    return this.#rows.read(
      cellsOf(fields, this.#header),
      placeInRow({ text, line }, this.#header),
      problems,
    );
  }
}

const SUM_LINES_TOLD = 20;
