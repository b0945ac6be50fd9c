import type { InvoiceMode } from '../../../domain/document/customer.ts';
import type { SourceRef } from '../../../domain/document/source-ref.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isBlank, RowCheck } from '../csv/row-check.ts';
import { isSumWord } from '../csv/sum-word.ts';
import { CREDIT_BYTES_MAX, CREDIT_ROWS_MAX, LINE_CHARS_MAX, STRAYS_MAX } from '../limits.ts';
import { boundProblems, problemAt, rejected, PROBLEMS_MAX } from '../../../ports/problem.ts';
import type { Terms } from '../terms.ts';
import type { Line } from '../text/lines.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import { CSV_MEDIA_TYPE, type CsvText } from '../tidy/csv.ts';
import { collectPurchases } from './document.ts';
import { placeInRow } from '../csv/header.ts';
import { cellsOf, readCreditHeader, type CreditHeader } from './fields.ts';
import { HeldRows, type HeldRow } from './held-rows.ts';
import { creditIdOf, creditRefOf, readPurchaseIdentity } from './identity.ts';
import type { PurchaseIdentity } from './identity.ts';
import { Receipts } from './receipts.ts';
import { readPurchaseRow, type PurchaseRow } from './row-reader.ts';
import { Suspicions } from './suspicions.ts';

/**
 * Reads credit purchases. The first line that is not blank is the header.
 *
 * @param modes - customers who are invoiced otherwise than the settings say
 */
export async function* readCreditCsv(
  csv: CsvText,
  terms: Terms,
  modes: ReadonlyMap<string, InvoiceMode>,
): AsyncGenerator<Reading> {
  let file: CreditFile | null = null;
  for await (const batch of csv.lines) {
    for (const line of batch) {
      if (isBlank(line.text)) continue;
      const header = file === null ? readCreditHeader(line.text, line.number) : null;
      if (header !== null) file = new CreditFile(header, { terms, modes, ...csv });
      const problems = header === null ? (file?.take(line) ?? []) : header.problems;
      if (problems.length > 0) return yield rejected(...problems);
    }
  }
  if (file !== null) yield* file.finish();
}

/** The rows of one document, and what elsewhere in the file is doubtful about it. */
type Group = {
  readonly ref: SourceRef;
  readonly id: string;
  readonly rows: HeldRow[];
  readonly problems: Problem[];
};

/** The rows of a file under its header, held until its end. */
class CreditFile {
  readonly #header: CreditHeader;
  readonly #terms: Terms;
  readonly #modes: ReadonlyMap<string, InvoiceMode>;
  readonly #records: CsvRecords;
  readonly #check: RowCheck;
  readonly #held = new HeldRows();
  readonly #groups = new Map<string, Group>();
  readonly #receipts = new Receipts<Group>();
  readonly #suspicions = new Suspicions();
  readonly #sumLines: number[] = [];

  constructor(
    header: CreditHeader,
    of: {
      readonly terms: Terms;
      readonly modes: ReadonlyMap<string, InvoiceMode>;
      readonly isDamaged: boolean;
    },
  ) {
    this.#header = header;
    this.#terms = of.terms;
    this.#modes = of.modes;
    // A field of this format holds no line break: an open quote swallows no rows.
    this.#records = new CsvRecords(header.style, 1);
    this.#check = new RowCheck(header.columns, of.isDamaged);
  }

  /** @returns why the whole file is to be rejected; none mostly */
  take(line: Line): readonly Problem[] {
    const record = this.#records.add(line);
    if (record === null) return [];
    if (record.kind === 'broken') return [record.problem];
    const cutOff = this.#check.cutOff(record) ?? this.#cutInAmount(record);
    if (cutOff !== null) return [cutOff];
    const { fields, text } = record;
    if (text === this.#header.text || fields.every((field) => field === '')) return [];
    if (isSumWord(cellsOf(fields, this.#header).record)) {
      if (this.#sumLines.length < SUM_LINES_TOLD) this.#sumLines.push(record.line);
      return [];
    }
    if (this.#held.isFull) return [tooMany('rows / bytes', FILE_LIMIT, record.line)];
    this.#hold(record);
    if (!this.#suspicions.areTooMany) return [];
    return [tooMany('damaged rows', String(STRAYS_MAX), record.line)];
  }

  *finish(): Generator<Reading> {
    if (this.#held.count === 0) {
      return yield rejected(problemAt('file-empty', null, { found: this.#header.text }));
    }
    let repeated = 0;
    for (const group of this.#groups.values()) {
      const { reading, ...told } = this.#readingOf(group);
      repeated += told.repeated;
      yield reading;
    }
    const facts = {
      ...(this.#sumLines.length > 0 ? { sumRowsLeftOut: this.#sumLines.join(', ') } : {}),
      ...(repeated > 0 ? { repeatedRows: String(repeated) } : {}),
    };
    if (Object.keys(facts).length > 0) yield { kind: 'guess', facts };
  }

  #hold(record: CsvRecord): void {
    const { text, line, fields } = record;
    const place = placeInRow({ text, line }, this.#header);
    const identity = readPurchaseIdentity(cellsOf(fields, this.#header), this.#terms);
    const group = this.#groupOf(identity, line);
    group.rows.push(this.#held.add(text, line));
    const found = this.#check.problemsOf(record);
    const [damage] = found;
    if (damage !== undefined) this.#suspicions.addDamaged(fields, damage);
    if (identity.faults.length > 0) {
      const [problem] = this.#read(text, line).problems;
      if (problem !== undefined) this.#suspicions.addUnread(identity, problem);
    }
    const contradicted = this.#receipts.claim(identity, group, place);
    if (contradicted === null) return;
    for (const one of new Set([contradicted.owner, group])) {
      if (one.problems.length < PROBLEMS_MAX) one.problems.push(contradicted.problem);
    }
  }

  #groupOf(identity: PurchaseIdentity, line: number): Group {
    const mode = this.#modes.get(identity.customer) ?? this.#terms.creditInvoices;
    const ref = creditRefOf(identity, mode);
    const id = creditIdOf(ref, line);
    const known = this.#groups.get(id);
    if (known !== undefined) return known;
    const group = { ref, id, rows: [], problems: [] };
    this.#groups.set(id, group);
    return group;
  }

  #readingOf({ ref, id, rows, problems }: Group): {
    readonly reading: Reading;
    readonly repeated: number;
  } {
    const read = rows.map((held) => this.#read(this.#held.textOf(held), held.line));
    const { document, repeated, ...told } = collectPurchases(read, ref, this.#terms.currency);
    const suspected = read.flatMap(({ identity }) => this.#suspicions.about(identity));
    const all = eachOnce([...told.problems, ...problems, ...suspected]);
    if (document === null || all.length > 0) {
      return { reading: { kind: 'unreadable', id, problems: boundProblems(all) }, repeated: 0 };
    }
    const extract = this.#held.extract(`${BYTE_ORDER_MARK}${this.#header.text}\n`, rows);
    const reading = { document, doubts: [], extract, mediaType: CSV_MEDIA_TYPE };
    return { reading: { kind: 'document', ...reading }, repeated };
  }

  /** Reads a row that was held: the same text again, so it is a record again. */
  #read(text: string, line: number): PurchaseRow {
    const tooLong = text.length >= LINE_CHARS_MAX;
    const record = this.#records.add({ text, number: line, ended: true, tooLong });
    const fields = record?.kind === 'record' ? record.fields : [];
    const found = record?.kind === 'record' ? this.#check.problemsOf(record) : [];
    const place = placeInRow({ text, line }, this.#header);
    return readPurchaseRow({ cells: cellsOf(fields, this.#header), place, found }, this.#terms);
  }

  /**
   * A file that ends without a line break may end inside an amount, and no control total tells: it
   * is taken for whole only when its last amount has its two decimals.
   */
  #cutInAmount({ ended, fields, text, line }: CsvRecord): Problem | null {
    const { at, columns } = this.#header;
    const isAmountLast = at.vat === columns - 1 || at.gross === columns - 1;
    if (ended || !isAmountLast || TWO_DECIMALS.test(fields.at(-1) ?? '')) return null;
    return problemAt('file-truncated', { line, column: text.length + 1 }, { found: text });
  }
}

const TWO_DECIMALS = /[.,]\d\d-?$/;
const SUM_LINES_TOLD = 20;
const FILE_LIMIT = `${CREDIT_ROWS_MAX} / ${CREDIT_BYTES_MAX}`;

/** A row that spoils its own document is also among the rows that may be its. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  const byPlace = new Map(problems.map((one) => [`${one.code} ${one.line} ${one.column}`, one]));
  return [...byPlace.values()];
}

function tooMany(what: string, limit: string, line: number): Problem {
  return problemAt('over-limit', { line, column: 1 }, { what, limit });
}
