import { InvariantError } from '../../../lib/assert.ts';
import type { Problem } from '../../../ports/source.ts';
import { columnOfField, type CsvStyle } from '../../../lib/csv-fields.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isBlank, RowCheck } from '../csv/row-check.ts';
import { isSumWord } from '../csv/sum-word.ts';
import { FIELD_LINES_MAX, LINE_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Draft } from '../report/draft.ts';
import { Gatherer } from '../report/gatherer.ts';
import { foundDrafts, type Found } from '../report/settle.ts';
import type { RowContent } from '../report/row.ts';
import type { Terms } from '../terms.ts';
import { CSV_MEDIA_TYPE, type CsvText } from '../tidy/csv.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import { checkDraft } from './checks.ts';
import { isComment, seekHeader } from './header-search.ts';
import type { Layout } from './layout.ts';
import { identifyLongRow, readLongRow } from './long-row.ts';
import type { ProfileCells } from './row.ts';
import { isStatement, type Profile } from './schema.ts';
import { StatementFile } from '../statement/file.ts';
import { SumRows } from './sum-rows.ts';
import type { Using } from './using.ts';
import { isWanted } from './wanted.ts';
import { readWideRow } from './wide-row.ts';

/** A profile and how the fields of the file at hand are told apart. */
export type ProfileCsv = { readonly profile: Profile; readonly style: CsvStyle };

/**
 * Reads a CSV file by a profile: a report on each row (wide), a line of one (long), or an entry of
 * an account statement.
 */
export async function* readProfileCsv(
  csv: CsvText,
  { profile, style }: ProfileCsv,
  terms: Terms,
): AsyncGenerator<Found> {
  const records = new CsvRecords(style, FIELD_LINES_MAX);
  let file: ProfileFile | StatementFile | null = null;
  for await (const batch of csv.lines) {
    for (const line of batch) {
      const record = records.add(line);
      if (record === null) continue;
      if (record.kind === 'broken') return yield reject([record.problem]);
      if (file !== null) {
        const problems = file.take(record);
        if (problems.length > 0) return yield reject(problems);
        continue;
      }
      const found = seekHeader(profile, record);
      if (found.kind === 'none') return yield reject([missing(record.line, found.lacking)]);
      if (found.kind === 'not-yet') continue;
      if (found.layout.problems.length > 0) return yield reject(found.layout.problems);
      const using = { style, terms, isDamaged: csv.isDamaged, header: found.record.text };
      file = isStatement(profile)
        ? new StatementFile(found.layout, using)
        : new ProfileFile(found.layout, using);
    }
    if (file !== null) yield* foundDrafts(file.takeClosed());
  }
  const open = records.end();
  if (open !== null) return yield reject([open.problem]);
  if (file !== null) yield* file.finish();
}

function reject(problems: readonly Problem[]): Found {
  return { kind: 'rejected', problems };
}

function missing(line: number, lacking: readonly string[]): Problem {
  return problemAt('column-missing', { line, column: 1 }, { field: lacking.join(', ') });
}

/** A row that is held: where it stands in the file, and in its report's extract. */
type HeldText = { readonly text: string; readonly line: number; readonly rowInExtract: number };

/** The rows of a file under its header. */
class ProfileFile {
  readonly #layout: Layout;
  readonly #using: Using;
  readonly #before: string;
  readonly #check: RowCheck;
  readonly #sums: SumRows;
  readonly #gatherer: Gatherer;
  readonly #isWide: boolean;
  #drafts: Draft[] = [];
  #isStopped = false;
  #dataRows = 0;
  #skippedRows = 0;

  constructor(layout: Layout, using: Using) {
    this.#layout = layout;
    this.#using = using;
    this.#before = `${BYTE_ORDER_MARK}${using.header}\n`;
    this.#check = new RowCheck(layout.columns.names.length, using.isDamaged);
    this.#sums = new SumRows(layout, using.terms.currency);
    this.#isWide = layout.profile.lines.length > 0;
    this.#gatherer = new Gatherer({
      before: this.#before,
      mediaType: CSV_MEDIA_TYPE,
      readRow: (text, line, rowInExtract) => this.#readLong({ text, line, rowInExtract }),
    });
  }

  /** @returns why the whole file is to be rejected; none mostly */
  take(record: CsvRecord): readonly Problem[] {
    const { profile } = this.#layout;
    const { text, fields } = record;
    const isHeaderAgain = text === this.#using.header;
    if (isBlank(text) || isHeaderAgain || isComment(profile, text)) return [];
    if (fields.every((field) => field.trim() === '')) return [];
    const row = this.#rowOf(record);
    const isStop = profile.input.stop_at?.test(text) ?? false;
    if (isStop) this.#isStopped = true;
    if (isSumWord(fields.find((field) => field.trim() !== '') ?? '')) {
      return this.#sums.compare(row);
    }
    if (isStop) return [];
    if (this.#isStopped) return this.#takeAfterEnd(record, row);
    const cutOff = this.#check.cutOff(record);
    if (cutOff !== null) return [cutOff];
    if (!isWanted(row, this.#layout)) {
      this.#skippedRows += 1;
      this.#sums.leaveOut();
      return [];
    }
    this.#dataRows += 1;
    this.#sums.add(row);
    if (this.#isWide) this.#drafts.push(this.#readWide(record, row));
    else this.#gather(record, row);
    return [];
  }

  takeClosed(): readonly Draft[] {
    const drafts = [...this.#drafts, ...this.#gatherer.takeClosed()];
    this.#drafts = [];
    return drafts.map((draft) => this.#checked(draft));
  }

  *finish(): Generator<Found> {
    if (this.#dataRows === 0 && this.#skippedRows === 0) {
      yield reject([problemAt('file-empty', null, { found: this.#using.header })]);
      return;
    }
    yield* foundDrafts(this.takeClosed());
    yield* foundDrafts(this.#gatherer.finish().map((draft) => this.#checked(draft)));
    if (this.#skippedRows > 0) {
      yield { kind: 'remark', facts: { rowsLeftOut: String(this.#skippedRows) } };
    }
  }

  #checked(draft: Draft): Draft {
    return checkDraft(draft, this.#layout.profile, this.#using.terms.currency);
  }

  #rowOf({ fields, text, line }: CsvRecord): ProfileCells {
    const columnOf = (index: number): number => columnOfField(text, index, this.#using.style);
    return { cells: fields, place: { line, columnOf } };
  }

  #readWide(record: CsvRecord, row: ProfileCells): Draft {
    const { terms, header } = this.#using;
    const rowInExtract = header.split('\n').length + 1;
    const report = readWideRow(row, { layout: this.#layout, terms, rowInExtract });
    return {
      ...report,
      problems: [...this.#check.problemsOf(record), ...report.problems],
      extract: Buffer.from(`${this.#before}${record.text}\n`, 'utf8'),
      mediaType: CSV_MEDIA_TYPE,
      firstLine: record.line,
      lastLine: record.line,
    };
  }

  #gather({ text, line }: CsvRecord, row: ProfileCells): void {
    const identity = identifyLongRow(row, { layout: this.#layout, terms: this.#using.terms });
    this.#gatherer.add({ identity, isHead: false, text, line });
  }

  /** Reads a row that was held: the same text again, so it is a record again. */
  #readLong({ text, line, rowInExtract }: HeldText): RowContent {
    const records = new CsvRecords(this.#using.style, FIELD_LINES_MAX);
    const tooLong = text.length >= LINE_CHARS_MAX;
    const record = records.add({ text, number: line, ended: false, tooLong });
    if (record?.kind !== 'record') throw new InvariantError(`row ${line} was read before`);
    const { terms } = this.#using;
    const using = { layout: this.#layout, terms, rowInExtract };
    const content = readLongRow(this.#rowOf(record), using);
    return { ...content, problems: [...this.#check.problemsOf(record), ...content.problems] };
  }

  /** A row with data behind the end of the data: nobody may lose it silently. */
  #takeAfterEnd(record: CsvRecord, row: ProfileCells): readonly Problem[] {
    const isShort = record.fields.length < this.#layout.columns.names.length;
    const identity = identifyLongRow(row, { layout: this.#layout, terms: this.#using.terms });
    if (isShort || identity.broken.length > 0) return [];
    const place = { line: record.line, column: 1 };
    const facts = { field: 'stop_at', found: record.text };
    const draft = this.#readWide(record, row);
    this.#drafts.push({ ...draft, problems: [problemAt('unknown-value', place, facts)] });
    return [];
  }
}
