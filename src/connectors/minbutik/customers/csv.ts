import type { Problem, Reading } from '../../../ports/source.ts';
import { stableJson } from '../../../lib/json.ts';
import type { Customer } from '../../../domain/document/customer.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isBlank, RowCheck } from '../csv/row-check.ts';
import { HeldRows, type HeldRow } from '../credit/held-rows.ts';
import { CREDIT_BYTES_MAX, CREDIT_ROWS_MAX } from '../limits.ts';
import { boundProblems, problemAt, rejected } from '../../../ports/problem.ts';
import type { Terms } from '../terms.ts';
import type { Line } from '../text/lines.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import { CSV_MEDIA_TYPE, type CsvText } from '../tidy/csv.ts';
import { placeInRow } from '../csv/header.ts';
import { cellsOf, readCustomerHeader, type CustomerColumn, type CustomerHeader } from './fields.ts';
import { readCustomerRow, type CustomerRow } from './row-reader.ts';

/** Reads customers, one for each row. The first line that is not blank is the header. */
export async function* readCustomersCsv(csv: CsvText, terms: Terms): AsyncGenerator<Reading> {
  let file: CustomersFile | null = null;
  for await (const batch of csv.lines) {
    for (const line of batch) {
      if (isBlank(line.text)) continue;
      const header = file === null ? readCustomerHeader(line.text, line.number) : null;
      if (header !== null) file = new CustomersFile(header, { terms, isDamaged: csv.isDamaged });
      const problems = header === null ? (file?.take(line) ?? []) : header.problems;
      if (problems.length > 0) return yield rejected(...problems);
    }
  }
  if (file !== null) yield* file.finish();
}

/** The rows of a file under its header, held until its end: a customer may stand there twice. */
class CustomersFile {
  readonly #header: CustomerHeader;
  readonly #terms: Terms;
  readonly #records: CsvRecords;
  readonly #check: RowCheck;
  readonly #held = new HeldRows();
  readonly #rows = new Map<string, HeldRow[]>();

  constructor(
    header: CustomerHeader,
    { terms, isDamaged }: { readonly terms: Terms; readonly isDamaged: boolean },
  ) {
    this.#header = header;
    this.#terms = terms;
    // A field of this format holds no line break: an open quote swallows no rows.
    this.#records = new CsvRecords(header.style, 1);
    this.#check = new RowCheck(header.columns, isDamaged);
  }

  /** @returns why the whole file is to be rejected; none mostly */
  take(line: Line): readonly Problem[] {
    const record = this.#records.add(line);
    if (record === null) return [];
    if (record.kind === 'broken') return [record.problem];
    const { fields, text } = record;
    if (!record.ended) return [cutOff(record)];
    if (text === this.#header.text || fields.every((field) => field === '')) return [];
    if (this.#held.isFull) {
      const limit = `${CREDIT_ROWS_MAX} / ${CREDIT_BYTES_MAX}`;
      return [problemAt('over-limit', { line: record.line, column: 1 }, { what: 'rows', limit })];
    }
    const held = this.#held.add(text, record.line);
    const { id } = this.#read(held);
    this.#rows.set(id, [...(this.#rows.get(id) ?? []), held]);
    return [];
  }

  *finish(): Generator<Reading> {
    if (this.#held.count === 0) {
      return yield rejected(problemAt('file-empty', null, { found: this.#header.text }));
    }
    let repeated = 0;
    for (const [id, rows] of this.#rows) {
      yield this.#readingOf(id, rows);
      repeated += rows.length - 1;
    }
    if (repeated > 0) yield { kind: 'guess', facts: { repeatedRows: String(repeated) } };
  }

  #readingOf(id: string, rows: readonly HeldRow[]): Reading {
    const read = rows.map((row) => this.#read(row));
    const [first] = read;
    const document = first?.document ?? null;
    const problems = [
      ...read.flatMap((row) => row.problems),
      ...read.slice(1).flatMap((row) => contradictions(first, row)),
    ];
    if (document === null || problems.length > 0) {
      return { kind: 'unreadable', id, problems: boundProblems(problems) };
    }
    const start = `${BYTE_ORDER_MARK}${this.#header.text}\n`;
    const extract = this.#held.extract(start, rows.slice(0, 1));
    return { kind: 'document', document, doubts: [], extract, mediaType: CSV_MEDIA_TYPE };
  }

  #read(held: HeldRow): CustomerRow {
    const text = this.#held.textOf(held);
    const record = this.#records.add({ text, number: held.line, ended: true, tooLong: false });
    const fields = record?.kind === 'record' ? record.fields : [];
    const found = record?.kind === 'record' ? this.#check.problemsOf(record) : [];
    const place = placeInRow({ text, line: held.line }, this.#header);
    return readCustomerRow({ cells: cellsOf(fields, this.#header), place, found }, this.#terms);
  }
}

/** Without a line break nobody can tell whether the last field is whole: texts end anywhere. */
function cutOff({ line, text }: CsvRecord): Problem {
  return problemAt('file-truncated', { line, column: text.length + 1 }, { found: '' });
}

/** The same customer in two ways is neither. */
function contradictions(first: CustomerRow | undefined, other: CustomerRow): readonly Problem[] {
  const { document, place } = other;
  const before = first?.document ?? null;
  if (before === null || document === null || stableJson(before) === stableJson(document)) {
    return [];
  }
  const field = differingColumn(before, document);
  const at = { line: place.line, column: place.columnOf(field) };
  const expected = `line ${first?.place.line ?? ''}`;
  return [problemAt('identity-differs', at, { field, found: `line ${place.line}`, expected })];
}

/** What is said in two ways; it may be a person's, so it is not told how. */
function differingColumn(a: Customer, b: Customer): CustomerColumn {
  const { customer: x } = a;
  const { customer: y } = b;
  const differs: readonly (readonly [CustomerColumn, unknown, unknown])[] = [
    ['name', x.name, y.name],
    ['org_no', x.orgNumber, y.orgNumber],
    ['street', x.address, y.address],
    ['email', x.email, y.email],
    ['gln', x.gln, y.gln],
    ['peppol_id', x.endpoint, y.endpoint],
    ['credit_limit', a.creditLimit, b.creditLimit],
    ['terms', x.terms, y.terms],
  ];
  const found = differs.find(([, one, two]) => stableJson(one) !== stableJson(two));
  return found?.[0] ?? 'invoice_mode';
}
