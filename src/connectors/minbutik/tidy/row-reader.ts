import type { DayReportLine } from '../../../domain/document/day-report.ts';
import type { Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { parsePercent, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import type { RowPlace } from '../csv/header.ts';
import { FIELD_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Identity } from '../report/identity.ts';
import { IDENTITY_FIELDS, readIdentity, type ReadIdentity } from '../report/identity-reader.ts';
import {
  carriesVat,
  isLineKind,
  isSilent,
  makeLine,
  RECORDS_OF_KIND,
  type LineKind,
} from '../report/line.ts';
import type { ReportHead, RowContent } from '../report/row.ts';
import { readAmount, readCount, readDay, STANDARD_DECIMALS } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { KeptTexts } from '../text/kept-texts.ts';
import type { TidyCells, TidyField } from './fields.ts';

const NO_PROBLEMS: readonly Problem[] = [];
const NO_DOUBTS: readonly Refusal[] = [];

/**
 * Reads rows of the tidy day report, from CSV and from its XML twin alike.
 *
 * All problems of a row are found, not the first one only.
 */
export class TidyRowReader {
  readonly #terms: Terms;
  readonly #texts = new KeptTexts();
  #last: { readonly cells: TidyCells; readonly read: ReadIdentity } | null = null;
  #problems: Problem[] = [];

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** Which report a row belongs to. What is wrong with that is told by `read`. */
  identify(cells: TidyCells): Identity {
    return this.#identityOf(cells).identity;
  }

  /** @param found - problems that the row had before its fields were looked at */
  read(
    cells: TidyCells,
    place: RowPlace<TidyField>,
    found: readonly Problem[] = NO_PROBLEMS,
  ): RowContent {
    this.#problems = [...found];
    for (const { code, ...facts } of this.#identityOf(cells).faults) this.#tell(code, facts, place);
    const isWhole = found.length === 0;
    const isHead = isHeadLetter(cells.record);
    const head = isHead && isWhole ? this.#readHead(cells, place) : null;
    const line = isHead || !isWhole ? null : this.#readLine(cells, place);
    return { head, line, problems: this.#problems, doubts: NO_DOUBTS };
  }

  /** Rows of a report mostly follow each other: the same texts give the same object. */
  #identityOf(cells: TidyCells): ReadIdentity {
    const last = this.#last;
    if (last !== null && IDENTITY_FIELDS.every((field) => last.cells[field] === cells[field])) {
      return last.read;
    }
    const read = readIdentity(cells, { stores: this.#terms.stores, readDay });
    this.#last = { cells, read };
    return read;
  }

  #readHead(cells: TidyCells, place: RowPlace<TidyField>): ReportHead {
    const kind = cells.kind.trim().toLowerCase();
    if (kind !== '' && kind !== 'day_report') {
      this.#tell('unknown-value', { field: 'kind', found: kind, expected: 'day_report' }, place);
    }
    const gross = this.#amountIn('gross', cells, place);
    const vat = this.#amountIn('vat', cells, place);
    const receipts = this.#countIn(cells, place);
    return {
      control: { ...(gross === null ? {} : { gross }), ...(vat === null ? {} : { vat }) },
      receipts,
    };
  }

  #readLine(cells: TidyCells, place: RowPlace<TidyField>): DayReportLine | null {
    const kind = this.#kindIn(cells, place);
    const rate = this.#rateIn(cells, place);
    const gross = this.#amountIn('gross', cells, place);
    const vat = this.#amountIn('vat', cells, place);
    const code = this.#textIn('code', cells, place);
    const label = this.#textIn('label', cells, place);
    if (kind === null) return null;
    if (gross === null) {
      const isNeeded = kind !== 'info' && cells.gross.trim() === '';
      if (isNeeded) this.#tell('field-empty', { field: 'gross', kind }, place);
      return null;
    }
    if (!carriesVat(kind) && kind !== 'info' && vat !== null && vat.minor !== 0n) {
      const found = cells.vat;
      this.#tell('unknown-value', { field: 'vat', kind, found, expected: '0' }, place);
      return null;
    }
    const line = makeLine(kind, { code, label, rate, gross, vat }, this.#terms);
    return isSilent(line) ? null : line;
  }

  #kindIn(cells: TidyCells, place: RowPlace<TidyField>): LineKind | null {
    const record = cells.record.trim().toUpperCase();
    const kinds = KINDS_OF_RECORD.get(record);
    if (kinds === undefined) {
      const expected = 'H, S, A, T, P, R, D, I';
      this.#tell('unknown-value', { field: 'record', found: cells.record, expected }, place);
      return null;
    }
    const text = cells.kind.trim().toLowerCase();
    const [only, ...others] = kinds;
    if (text === '' && only !== undefined && others.length === 0) return only;
    if (isLineKind(text) && kinds.includes(text)) return text;
    const code = text === '' ? 'field-empty' : 'unknown-value';
    const expected = kinds.join(', ');
    this.#tell(code, { field: 'kind', found: cells.kind, expected }, place);
    return null;
  }

  #rateIn(cells: TidyCells, place: RowPlace<TidyField>): BasisPoints | null {
    const text = cells.vat_rate.trim();
    if (text === '') return null;
    const rate = parsePercent(text);
    if (rate === null) this.#tell('not-a-rate', { field: 'vat_rate', found: text }, place);
    return rate;
  }

  #amountIn(field: 'gross' | 'vat', cells: TidyCells, place: RowPlace<TidyField>): Money | null {
    const text = cells[field].trim();
    if (text === '') return null;
    const amount = readAmount(text, this.#terms.currency, STANDARD_DECIMALS);
    if (amount === null) this.#tell('not-a-number', { field, found: text }, place);
    return amount;
  }

  #countIn(cells: TidyCells, place: RowPlace<TidyField>): number | null {
    const text = cells.quantity.trim();
    if (text === '') return null;
    const count = readCount(text, STANDARD_DECIMALS);
    if (count === null) this.#tell('not-a-number', { field: 'quantity', found: text }, place);
    return count;
  }

  #textIn(field: 'code' | 'label', cells: TidyCells, place: RowPlace<TidyField>): string {
    const text = cells[field];
    if (text.length <= FIELD_CHARS_MAX) return this.#texts.plain(text);
    const limit = String(FIELD_CHARS_MAX);
    this.#tell('record-too-long', { field, limit }, place);
    return '';
  }

  #tell(
    code: ProblemCode,
    { field, ...facts }: Facts & { readonly field: TidyField },
    place: RowPlace<TidyField>,
  ): void {
    const at = { line: place.line, column: place.columnOf(field) };
    this.#problems.push(problemAt(code, at, { field, ...facts }));
  }
}

/** Whether a record letter is that of a report's header. */
export function isHeadLetter(record = ''): boolean {
  return record.trim().toUpperCase() === 'H';
}

type Facts = Readonly<Record<string, string>>;

/** The kinds that may stand under each record letter. */
const KINDS_OF_RECORD: ReadonlyMap<string, readonly LineKind[]> = new Map(
  ['S', 'A', 'T', 'P', 'R', 'D', 'I'].map((record) => [
    record,
    Object.keys(RECORDS_OF_KIND)
      .filter(isLineKind)
      .filter((kind) => RECORDS_OF_KIND[kind].includes(record)),
  ]),
);
