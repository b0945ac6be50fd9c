import type { LocalDate } from '../../../domain/date.ts';
import {
  CURRENCY_DIGITS,
  money,
  parseCurrency,
  type Currency,
  type Money,
} from '../../../domain/money.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { TEXT_CHARS_MAX } from '../limits.ts';
import type { FileRecord } from './records.ts';
import { amountIn, dayIn, type Written } from './written.ts';

/** One row of a table by the fields of its provider, and everything that is wrong with it. */
export class Row {
  readonly problems: Problem[] = [];
  readonly line: number;
  readonly #record: FileRecord;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #written: Written;

  constructor(record: FileRecord, columns: ReadonlyMap<string, number>, written: Written) {
    this.#record = record;
    this.#columns = columns;
    this.#written = written;
    this.line = record.line;
  }

  has(field: string): boolean {
    return this.#columns.has(field);
  }

  /** Empty when there is no such column. A copy, so that it does not hold its file in memory. */
  text(field: string): string {
    const at = this.#columns.get(field);
    const text = at === undefined ? '' : (this.#record.fields[at] ?? '');
    return Buffer.from(text.slice(0, TEXT_CHARS_MAX)).toString();
  }

  /** The texts of several fields that are not empty, each once. */
  texts(...fields: readonly string[]): readonly string[] {
    return [...new Set(fields.map((field) => this.text(field)).filter((text) => text !== ''))];
  }

  /** Zero where nothing stands. */
  amount(field: string, currency: Currency): Money {
    const at = this.#columns.get(field);
    const text = at === undefined ? '' : (this.#record.fields[at] ?? '');
    if (text === '') return money(0n, currency);
    const amount = amountIn(text, currency, this.#written);
    if (amount === null) this.#tell('not-a-number', field, { found: text });
    return amount ?? money(0n, currency);
  }

  /** @returns null when nothing stands there, or no day; the latter is a problem */
  day(field: string): LocalDate | null {
    const text = this.text(field);
    if (text === '') return null;
    const day = dayIn(text, this.#written);
    if (day === null) this.#tell('not-a-date', field, { found: text });
    return day;
  }

  /** The first of several fields that holds a day. */
  firstDay(...fields: readonly string[]): LocalDate | null {
    const field = fields.find((one) => this.text(one) !== '');
    return field === undefined ? null : this.day(field);
  }

  /** @returns null when the hub does not book in it; that is a problem */
  currency(field: string, otherwise: Currency | null = null): Currency | null {
    const text = this.text(field).toUpperCase();
    const currency = text === '' ? otherwise : parseCurrency(text);
    if (currency !== null) return currency;
    const expected = Object.keys(CURRENCY_DIGITS).join(', ');
    this.#tell('unknown-value', field, { found: text, expected });
    return null;
  }

  /** What must be there. */
  wanted(field: string): string {
    const text = this.text(field);
    if (text === '') this.#tell('field-empty', field, {});
    return text;
  }

  /** Two numbers of the row that should be the same. */
  same(rule: string, found: Money, expected: Money): void {
    if (found.minor === expected.minor || this.problems.length > 0) return;
    const difference = String(found.minor - expected.minor);
    const facts = { found: String(found.minor), expected: String(expected.minor), difference };
    const place = { line: this.line, column: 1 };
    this.problems.push(problemAt('rule-broken', place, { rule, ...facts }));
  }

  #tell(code: ProblemCode, field: string, facts: Readonly<Record<string, string>>): void {
    const place = { line: this.line, column: 1 };
    this.problems.push(problemAt(code, place, { field, ...facts }));
  }
}
