import { contentHash } from '../../../domain/document/content-hash.ts';
import { refKey } from '../../../domain/document/source-ref.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { CsvRecords, type CsvRecord } from '../csv/records.ts';
import { isBlank, RowCheck } from '../csv/row-check.ts';
import { isSumWord } from '../csv/sum-word.ts';
import { REPORTS_PER_FILE_MAX } from '../limits.ts';
import { boundProblems, problemAt, rejected } from '../../../ports/problem.ts';
import type { Terms } from '../terms.ts';
import type { Line } from '../text/lines.ts';
import { BYTE_ORDER_MARK } from '../text/survey.ts';
import { CSV_MEDIA_TYPE, type CsvText } from '../tidy/csv.ts';
import { invoiceFrom } from './document.ts';
import { placeInRow } from '../csv/header.ts';
import { cellsOf, readInvoiceHeader, type InvoiceHeader } from './fields.ts';
import { invoiceIdOf, invoiceRefOf, readInvoiceIdentity } from './identity.ts';
import { readInvoiceRow } from './row-reader.ts';

/** Reads the chain's invoices, each a row. The first line that is not blank is the header. */
export async function* readInvoiceCsv(csv: CsvText, terms: Terms): AsyncGenerator<Reading> {
  let file: InvoiceFile | null = null;
  for await (const batch of csv.lines) {
    for (const line of batch) {
      if (isBlank(line.text)) continue;
      const header = file === null ? readInvoiceHeader(line.text, line.number) : null;
      if (header !== null) file = new InvoiceFile(header, { terms, isDamaged: csv.isDamaged });
      const readings = header === null ? (file?.take(line) ?? []) : faultsOf(header);
      yield* readings;
      if (readings.at(-1)?.kind === 'rejected') return;
    }
  }
  if (file !== null) yield* file.finish();
}

function faultsOf({ problems }: InvoiceHeader): readonly Reading[] {
  return problems.length === 0 ? [] : [rejected(...problems)];
}

/** The rows of a file under its header: each is an invoice by itself, and is let go of. */
class InvoiceFile {
  readonly #header: InvoiceHeader;
  readonly #terms: Terms;
  readonly #records: CsvRecords;
  readonly #check: RowCheck;
  /** What each invoice said when it stood in the file first. */
  readonly #seen = new Map<string, { readonly hash: string; readonly line: number }>();
  readonly #sumLines: number[] = [];
  #rows = 0;

  constructor(
    header: InvoiceHeader,
    { terms, isDamaged }: { readonly terms: Terms; readonly isDamaged: boolean },
  ) {
    this.#header = header;
    this.#terms = terms;
    // A field of this format holds no line break: an open quote swallows no rows.
    this.#records = new CsvRecords(header.style, 1);
    this.#check = new RowCheck(header.columns, isDamaged);
  }

  take(line: Line): readonly Reading[] {
    const record = this.#records.add(line);
    if (record === null) return [];
    if (record.kind === 'broken') return [rejected(record.problem)];
    const cutOff = this.#check.cutOff(record) ?? this.#cutInField(record);
    if (cutOff !== null) return [rejected(cutOff)];
    const { fields, text } = record;
    if (text === this.#header.text || fields.every((field) => field === '')) return [];
    this.#rows += 1;
    if (isSumWord(fields[0] ?? '')) {
      if (this.#sumLines.length < SUM_LINES_TOLD) this.#sumLines.push(record.line);
      return [];
    }
    if (this.#rows <= REPORTS_PER_FILE_MAX) return [...this.#read(record)];
    const facts = { what: 'invoices', limit: String(REPORTS_PER_FILE_MAX) };
    return [rejected(problemAt('over-limit', { line: record.line, column: 1 }, facts))];
  }

  *finish(): Generator<Reading> {
    if (this.#rows === 0) {
      yield rejected(problemAt('file-empty', null, { found: this.#header.text }));
    } else if (this.#sumLines.length > 0) {
      yield { kind: 'guess', facts: { sumRowsLeftOut: this.#sumLines.join(', ') } };
    }
  }

  *#read(record: CsvRecord): Generator<Reading> {
    const { text, line, fields } = record;
    const { currency, chain } = this.#terms;
    const cells = cellsOf(fields, this.#header);
    const place = placeInRow({ text, line }, this.#header);
    const identity = readInvoiceIdentity(cells, this.#terms);
    const found = this.#check.problemsOf(record);
    const { row, problems } = readInvoiceRow({ cells, place }, currency);
    const isCredit = row === null ? cells.gross.includes('-') : row.gross.minor < 0n;
    const ref = invoiceRefOf(identity, isCredit);
    const faults = identity.faults.map(({ field, ...facts }) => {
      const at = { line, column: place.columnOf(field) };
      const code = facts.found.trim() === '' ? 'field-empty' : 'unknown-value';
      return problemAt(code, at, { field, ...facts });
    });
    // With a row that is cut wrongly no field is trusted: what they hold is not told.
    const all = found.length > 0 ? found : [...faults, ...problems];
    if (row === null || all.length > 0) {
      const id = invoiceIdOf(ref, found.length > 0 ? '' : identity.number, line);
      yield { kind: 'unreadable', id, problems: boundProblems(all) };
      return;
    }
    const { number } = identity;
    const document = invoiceFrom(row, { ref, number, chain, currency });
    const id = refKey(ref);
    const hash = contentHash(document, []);
    const before = this.#seen.get(id);
    if (before !== undefined) {
      if (before.hash !== hash) yield contradiction(id, place, before.line);
      return;
    }
    this.#seen.set(id, { hash, line });
    const extract = Buffer.from(`${BYTE_ORDER_MARK}${this.#header.text}\n${text}\n`, 'utf8');
    yield { kind: 'document', document, doubts: [], extract, mediaType: CSV_MEDIA_TYPE };
  }

  /**
   * A file that ends without a line break may end inside a field. Only an amount that is compared
   * with a sum tells that nothing of it is lacking.
   */
  #cutInField({ ended, fields, text, line }: CsvRecord): Problem | null {
    const { at, columns } = this.#header;
    const isSumLast = at.gross === columns - 1 && TWO_DECIMALS.test(fields.at(-1) ?? '');
    if (ended || isSumLast) return null;
    return problemAt('file-truncated', { line, column: text.length + 1 }, { found: text });
  }
}

const TWO_DECIMALS = /[.,]\d\d-?$/;
const SUM_LINES_TOLD = 20;

/** The same invoice with other figures: nobody knows which of the two is right. */
function contradiction(
  id: string,
  place: { readonly line: number; columnOf(field: 'invoice_no'): number },
  before: number,
): Reading {
  const at = { line: place.line, column: place.columnOf('invoice_no') };
  const facts = { field: 'invoice_no', found: id, expected: `line ${before}` };
  return { kind: 'unreadable', id, problems: [problemAt('identity-differs', at, facts)] };
}
