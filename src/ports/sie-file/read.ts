import type { SieDiagnostic, SieDiagnosticCode } from '../../domain/sie/diagnostics.ts';
import type { SieHeader, SieVoucher } from '../../domain/sie/model.ts';
import { streamSie, type SieOutcome } from '../../domain/sie/reader.ts';
import { NumberSeries } from '../../domain/document/report-numbers.ts';
import { stableJson } from '../../lib/json.ts';
import type { Problem, ProblemCode, Reading } from '../source.ts';
import { boundProblems, problemAt, rejected, PROBLEMS_MAX } from '../problem.ts';
import { fingerprint, PrintIndex } from '../../lib/print-index.ts';
import { SIE_MEDIA_TYPE, writeVoucher } from './extract.ts';
import {
  companyOf,
  numberOf,
  readVoucher,
  type SieWriter,
  type VoucherOutcome,
} from './vouchers.ts';

/** Vouchers of one file: a year of 500 stores. Each leaves some 200 bytes behind. */
const VOUCHERS_MAX = 200_000;
/** Series of numbers that are looked through for gaps, a kilobyte each. */
const SERIES_MAX = 10_000;
/** Gaps in numbers told of one file. */
const GAP_NOTICES_MAX = 100;

/** Reads the vouchers of a SIE file for import (4I) that another system has written. */
export async function* readSieVouchers(
  bytes: AsyncIterable<Uint8Array>,
  writer: SieWriter,
): AsyncGenerator<Reading> {
  const file = new SieFile(writer);
  for await (const item of streamSie(bytes)) {
    if (item.kind === 'diagnostic') file.note(item.diagnostic);
    if (item.kind === 'record') file.addRecord(item.record);
    if (item.kind === 'voucher') yield* file.addVoucher(item.voucher, item.line);
    if (item.kind === 'end') yield* file.finish(item.outcome);
    if (file.isOver) return;
  }
}

/** What a reader's finding means for booking; what is not here does not touch the figures. */
const PROBLEM_OF: Partial<Record<SieDiagnosticCode, ProblemCode>> = {
  'bad-amount': 'not-a-number',
  'missing-amount': 'not-a-number',
  'amount-decimals': 'not-a-number',
  'missing-voucher-date': 'field-empty',
  'bad-voucher-date': 'not-a-date',
  'missing-account': 'field-empty',
  'voucher-unclosed': 'markup',
  'braces-missing': 'markup',
  'list-unclosed': 'markup',
  'list-misplaced': 'markup',
  'line-too-long': 'record-too-long',
  'voucher-too-long': 'over-limit',
  'control-character': 'not-text',
};

/** Findings for which nothing in the file is to be trusted. */
const FATAL: Partial<Record<SieDiagnosticCode, ProblemCode>> = {
  'not-sie': 'format-unknown',
  'sie-5': 'format-unknown',
  'checksum-differs': 'checksum-differs',
  'checksum-unfinished': 'file-truncated',
};

class SieFile {
  /** Whether the last reading has been given. */
  isOver = false;
  readonly #writer: SieWriter;
  readonly #seen = new PrintIndex();
  readonly #series = new Map<string, NumberSeries>();
  readonly #strayRows: Problem[] = [];
  #header: Partial<SieHeader> = {};
  readonly #fatal: Problem[] = [];
  #findings: SieDiagnostic[] = [];
  #lastLine = 0;
  /** Whether the latest voucher lacked its end or its rows, as the last one of a cut file does. */
  #lastIsOpen = false;
  #vouchers = 0;
  #repeated = 0;

  constructor(writer: SieWriter) {
    this.#writer = writer;
  }

  note(finding: SieDiagnostic): void {
    const { code, line } = finding;
    if (code === 'row-outside-voucher' && this.#strayRows.length <= PROBLEMS_MAX) {
      this.#strayRows.push(problemOf(finding, 'header-missing'));
    }
    const fatal = FATAL[code];
    if (fatal !== undefined) this.#fatal.push(problemOf(finding, fatal));
    const isKept = PROBLEM_OF[code] !== undefined && this.#findings.length < PROBLEMS_MAX;
    if (isKept) this.#findings.push(finding);
    if (code === 'voucher-unclosed' || code === 'empty-voucher') this.#lastLine = line;
  }

  addRecord(record: { readonly kind: string; readonly part?: Partial<SieHeader> }): void {
    if (record.part !== undefined) this.#header = { ...this.#header, ...record.part };
  }

  *addVoucher(voucher: SieVoucher, line: number): Generator<Reading> {
    this.#vouchers += 1;
    this.#lastIsOpen = this.#lastLine === line;
    const own = this.#findings.filter((finding) => finding.line >= line);
    this.#findings = [];
    const problems = own.flatMap((finding) => {
      const code = PROBLEM_OF[finding.code];
      return code === undefined ? [] : [problemOf(finding, code)];
    });
    const company = companyOf(this.#header, this.#writer);
    const outcome = readVoucher({ voucher, line }, company, problems);
    const reading = this.#readingOf(outcome, { voucher, line });
    if (reading !== null) yield reading;
    this.isOver = reading?.kind === 'rejected';
  }

  *finish(outcome: SieOutcome): Generator<Reading> {
    this.isOver = true;
    const fatal = this.#fatalProblems(outcome);
    if (fatal.length > 0) {
      yield rejected(...fatal);
      return;
    }
    const [first] = this.#strayRows;
    if (first !== undefined) {
      const id = `${this.#writer.system}/line ${first.line ?? 0}`;
      yield { kind: 'unreadable', id, problems: boundProblems(this.#strayRows) };
    }
    yield* this.#gaps();
    if (this.#repeated > 0) {
      yield { kind: 'guess', facts: { repeatedReports: String(this.#repeated) } };
    }
  }

  #fatalProblems({ type, encoding }: SieOutcome): readonly Problem[] {
    if (this.#fatal.length > 0) return this.#fatal;
    if (this.#lastIsOpen) {
      const place = { line: this.#lastLine, column: 1 };
      return [problemAt('file-truncated', place, { found: '#VER', expected: '}' })];
    }
    if (this.#vouchers === 0 && this.#strayRows.length === 0) {
      return [problemAt('file-empty', null, { expected: '#VER' })];
    }
    // Year balances are of a ledger's export, whose vouchers are in a ledger already.
    const found = `SIE ${type ?? '?'}, ${encoding}`;
    return type === '4I' ? [] : [problemAt('format-unknown', null, { found, expected: '4I' })];
  }

  #readingOf(
    outcome: VoucherOutcome,
    at: { readonly voucher: SieVoucher; readonly line: number },
  ): Reading | null {
    const { id } = outcome;
    const isRead = outcome.kind === 'voucher';
    const print = isRead ? fingerprint(stableJson(outcome.voucher)) : null;
    const earlier = this.#seen.find(id);
    if (earlier !== null && print !== null && earlier.print === print) {
      this.#repeated += 1;
      return null;
    }
    const place = { line: at.line, column: 1 };
    if (earlier !== null) {
      const [found, expected] = [String(at.line), String(earlier.firstLine)];
      const facts = { field: id, found, expected };
      const conflict = problemAt('identity-differs', place, facts);
      const problems = isRead ? [conflict] : [conflict, ...outcome.problems];
      return { kind: 'unreadable', id, problems: boundProblems(problems) };
    }
    if (this.#seen.size >= VOUCHERS_MAX) {
      const facts = { what: 'vouchers in a file', limit: String(VOUCHERS_MAX) };
      return rejected(problemAt('over-limit', place, facts));
    }
    this.#seen.remember(id, { print, firstLine: at.line, lastLine: at.line });
    this.#addNumber(at.voucher);
    if (!isRead) return { ...outcome, problems: boundProblems(outcome.problems) };
    const extract = writeVoucher(at.voucher, this.#header);
    const document = outcome.voucher;
    return { kind: 'document', document, doubts: [], extract, mediaType: SIE_MEDIA_TYPE };
  }

  #addNumber(voucher: SieVoucher): void {
    const { series, number } = numberOf(voucher);
    const known = this.#series.get(series);
    if (known === undefined && this.#series.size >= SERIES_MAX) return;
    const numbers = known ?? new NumberSeries();
    numbers.add(number);
    this.#series.set(series, numbers);
  }

  #gaps(): readonly Reading[] {
    const { account } = companyOf(this.#header, this.#writer);
    const notices = [...this.#series].flatMap(([register, numbers]) =>
      numbers.gaps().map((gap): Reading => ({
        kind: 'notice',
        notice: { code: 'report-number-gap', store: account, register, ...gap },
      })),
    );
    return notices.slice(0, GAP_NOTICES_MAX);
  }
}

function problemOf({ line, code, message }: SieDiagnostic, as: ProblemCode): Problem {
  const place = line === 0 ? null : { line, column: 1 };
  return problemAt(as, place, { finding: code, found: message });
}
