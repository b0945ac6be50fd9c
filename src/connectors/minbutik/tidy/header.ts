import { COLUMNS_MAX } from '../limits.ts';
import { columnOfField, DELIMITERS, isFault, splitFields, type CsvStyle } from '../csv/fields.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../problem.ts';
import { plainText } from '../text/kept-texts.ts';
import { OPTIONAL_FIELDS, TELLING_FIELDS, TIDY_FIELDS } from './fields.ts';
import type { RowPlace, TidyCells, TidyField } from './fields.ts';

/** The header line of a tidy CSV file, understood. */
export type TidyHeader = {
  readonly text: string;
  readonly style: CsvStyle;
  readonly columns: number;
  /** Where each field stands, counted from 0; -1 where the file has no such column. */
  readonly at: Readonly<Record<TidyField, number>>;
  /** Columns of the file that are not fields of the format. */
  readonly ignored: readonly string[];
  readonly problems: readonly Problem[];
};

/** @returns null when the line is not the header of a tidy day report */
export function readTidyHeader(text: string, line: number): TidyHeader | null {
  for (const delimiter of DELIMITERS) {
    const style = { delimiter, quote: '"' };
    const cut = splitFields(text, style);
    if (isFault(cut) || cut.length > COLUMNS_MAX) continue;
    const names = cut.map((name) => plainText(name).toLowerCase());
    if (!TELLING_FIELDS.every((field) => names.includes(field))) continue;
    return { text, style, columns: names.length, ...placeFields(names, { text, line, style }) };
  }
  return null;
}

function placeFields(
  names: readonly string[],
  header: { readonly text: string; readonly line: number; readonly style: CsvStyle },
): Pick<TidyHeader, 'at' | 'ignored' | 'problems'> {
  const { line } = header;
  const problems: Problem[] = [];
  const at = fieldsFrom((field) => names.indexOf(field));
  for (const field of TIDY_FIELDS) {
    const first = at[field];
    const second = first < 0 ? -1 : names.indexOf(field, first + 1);
    if (first < 0 && !OPTIONAL_FIELDS.has(field)) {
      problems.push(problemAt('column-missing', { line, column: 1 }, { field }));
    }
    if (second >= 0) {
      const column = columnOfField(header.text, second, header.style);
      problems.push(problemAt('column-twice', { line, column }, { field }));
    }
  }
  const known: ReadonlySet<string> = new Set(TIDY_FIELDS);
  const ignored = names.filter((name) => name !== '' && !known.has(name));
  return { at, ignored, problems };
}

/** Something for each field, in the order of `TIDY_FIELDS`. */
export function fieldsFrom<T>(make: (field: TidyField) => T): Record<TidyField, T> {
  return {
    record: make('record'),
    store_no: make('store_no'),
    business_date: make('business_date'),
    register: make('register'),
    report_no: make('report_no'),
    kind: make('kind'),
    code: make('code'),
    label: make('label'),
    vat_rate: make('vat_rate'),
    quantity: make('quantity'),
    gross: make('gross'),
    vat: make('vat'),
    customer_no: make('customer_no'),
    reference: make('reference'),
  };
}

/** The fields of a row by name. Written out because it runs for every row of every file. */
export function cellsOf(fields: readonly string[], { at }: TidyHeader): TidyCells {
  return {
    record: fields[at.record] ?? '',
    store_no: fields[at.store_no] ?? '',
    business_date: fields[at.business_date] ?? '',
    register: fields[at.register] ?? '',
    report_no: fields[at.report_no] ?? '',
    kind: fields[at.kind] ?? '',
    code: fields[at.code] ?? '',
    label: fields[at.label] ?? '',
    vat_rate: fields[at.vat_rate] ?? '',
    quantity: fields[at.quantity] ?? '',
    gross: fields[at.gross] ?? '',
    vat: fields[at.vat] ?? '',
  };
}

/** The place of a row, whose columns are only counted when a problem needs one. */
export function placeOf(row: string, line: number, header: TidyHeader): RowPlace {
  return {
    line,
    columnOf(field) {
      const index = header.at[field];
      return index < 0 ? 1 : columnOfField(row, index, header.style);
    },
  };
}
