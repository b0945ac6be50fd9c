import type { Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { readDecimal, type DecimalStyle } from '../../../lib/decimal-text.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Identity } from '../report/identity.ts';
import { readIdentity } from '../report/identity-reader.ts';
import type { ReportHead } from '../report/row.ts';
import { readAmount, readCount } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import type { Layout } from './layout.ts';
import type { ProfileField } from './schema.ts';
import { transformText } from './transform.ts';
import type { HeaderName } from './transform-schema.ts';

/** Where a row stands, and the column of each of its cells. */
type CellPlace = { readonly line: number; columnOf(index: number): number };

/** A row of a file read by a profile. */
export type ProfileCells = { readonly cells: readonly string[]; readonly place: CellPlace };

/** How the amounts of a profile's files are written. */
export function decimalsOf({ profile }: Layout): DecimalStyle {
  return { decimal: profile.input.decimal, thousands: profile.input.thousands };
}

/** One row of a file, read cell by cell as a profile says; what is wrong with it is gathered. */
export class ProfileRow {
  readonly problems: Problem[] = [];
  readonly #layout: Layout;
  readonly #terms: Terms;
  readonly #row: ProfileCells;
  readonly #decimals: DecimalStyle;
  /** Fields read so far, for defaults that name them. */
  readonly #known = new Map<string, string>();

  constructor(row: ProfileCells, { layout, terms }: { layout: Layout; terms: Terms }) {
    this.#row = row;
    this.#layout = layout;
    this.#terms = terms;
    this.#decimals = decimalsOf(layout);
  }

  /** The text of a cell, without spaces around it. */
  cell(index: number): string {
    return (this.#row.cells[index] ?? '').trim();
  }

  /** The text in the first column that one of the headers names; empty when there is none. */
  cellUnder(headers: readonly HeaderName[]): string {
    const index = this.#layout.columns.find(headers);
    return index === null ? '' : this.cell(index);
  }

  /**
   * A field's text after its transforms, or its default.
   *
   * @returns null when the profile has no such field
   */
  field(name: ProfileField): string | null {
    const source = this.#layout.fields.get(name);
    if (source === undefined) return null;
    const given = source.index === null ? source.text : this.cell(source.index);
    const text = transformText(given, source.transform, {
      decimals: this.#decimals,
      cellUnder: (headers) => this.cellUnder(headers),
    });
    if (text === null) this.tell('unknown-value', source.index, { field: name, found: given });
    const isEmpty = text === null || text.trim() === '';
    const value = isEmpty ? this.#filled(source.default ?? '') : text;
    this.#known.set(name, value);
    return value;
  }

  /** Which report the row belongs to, as far as it can be read. */
  identity(): Identity {
    const { profile, fields, readDay } = this.#layout;
    const text = (name: 'store_no' | 'business_date' | 'register' | 'report_no'): string =>
      profile.identity.includes(name) ? (this.field(name) ?? '') : '';
    const store_no = text('store_no');
    const business_date = text('business_date');
    this.#known.set('business_date', readDay(business_date) ?? business_date);
    const register = text('register') || 'ALL';
    const hasNumber = profile.identity.includes('report_no') && fields.has('report_no');
    const report_no = hasNumber ? text('report_no') : this.#filled('{business_date}');
    const texts = { store_no, business_date, register, report_no };
    const rules = { stores: this.#terms.stores, readDay };
    const { identity, faults } = readIdentity(texts, rules);
    for (const { code, field, ...facts } of faults) {
      this.tell(code, fields.get(field)?.index ?? null, { field, ...facts });
    }
    return identity;
  }

  /** The file's own totals, where it has columns for them. */
  head(): ReportHead | null {
    const gross = this.amountIn('control_gross');
    const vat = this.amountIn('control_vat');
    const text = this.field('receipts')?.trim() ?? '';
    const receipts = text === '' ? null : readCount(text, this.#decimals);
    if (text !== '' && receipts === null) {
      const index = this.#layout.fields.get('receipts')?.index ?? null;
      this.tell('not-a-number', index, { field: 'receipts', found: text });
    }
    if (gross === null && vat === null && receipts === null) return null;
    return {
      control: { ...(gross === null ? {} : { gross }), ...(vat === null ? {} : { vat }) },
      receipts,
    };
  }

  amountIn(name: ProfileField): Money | null {
    const text = this.field(name);
    return text === null ? null : this.amount(text, this.#layout.fields.get(name)?.index ?? null);
  }

  amountAt(index: number | null): Money | null {
    return index === null ? null : this.amount(this.cell(index), index);
  }

  /** @returns null when there is none; a text that is no amount is told */
  amount(text: string, index: number | null): Money | null {
    if (isNothing(text)) return null;
    const amount = readAmount(text, this.#terms.currency, this.#decimals);
    if (amount === null) this.tell('not-a-number', index, { found: text });
    return amount;
  }

  /** A doubt for each column with an amount that no rule of the profile speaks of. */
  doubts(rowInExtract: number): readonly Refusal[] {
    const { profile, columns, unclaimed } = this.#layout;
    if (profile.unmapped_amount_columns === 'ignore') return [];
    return unclaimed.flatMap((index): Refusal[] => {
      const amount = this.cell(index);
      const read = readDecimal(amount, this.#decimals);
      if (read === null || !/[1-9]/.test(read)) return [];
      const column = columns.nameOf(index);
      return [{ code: 'amount-column-unmapped', column, amount, row: rowInExtract }];
    });
  }

  tell(code: ProblemCode, index: number | null, facts: Readonly<Record<string, string>>): void {
    const { place } = this.#row;
    const column = index === null ? 1 : place.columnOf(index);
    const name = index === null ? {} : { field: this.#layout.columns.nameOf(index) };
    this.problems.push(problemAt(code, { line: place.line, column }, { ...name, ...facts }));
  }

  #filled(template: string): string {
    return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.#known.get(name) ?? '');
  }
}

/** An empty cell, and the dash that spreadsheets show for zero. */
export function isNothing(text: string): boolean {
  return text === '' || text === '-' || text === '\u2013' || text === '\u2212';
}
