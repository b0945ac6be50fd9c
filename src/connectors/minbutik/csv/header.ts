import type { Problem } from '../../../ports/source.ts';
import { COLUMNS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { plainText } from '../../../lib/plain-text.ts';
import {
  columnOfField,
  DELIMITERS,
  isFault,
  splitFields,
  type CsvStyle,
} from '../../../lib/csv-fields.ts';

/** The header line of a CSV format of ours, understood. */
export type CsvHeader<Field extends string> = {
  readonly text: string;
  readonly style: CsvStyle;
  readonly columns: number;
  /** Where each field stands, counted from 0; -1 where the file has no such column. */
  readonly at: Readonly<Record<Field, number>>;
  /** Columns of the file that are not fields of the format. */
  readonly ignored: readonly string[];
  readonly problems: readonly Problem[];
};

/** The columns of a format. */
export type CsvColumns<Field extends string> = {
  readonly fields: readonly Field[];
  /** Columns that a file may leave out. */
  readonly optional: ReadonlySet<string>;
  /** Columns by which a file is known to be of this format, whatever else it lacks. */
  readonly telling: readonly Field[];
};

/** Something for each field. */
export function byField<Field extends string, T>(
  fields: readonly Field[],
  make: (field: Field) => T,
): Record<Field, T> {
  const made: Partial<Record<Field, T>> = {};
  for (const field of fields) made[field] = make(field);
  return made as Record<Field, T>; // There is one for each.
}

/** The texts of a row by name; empty where the file has no such column. */
export function cellsIn<Field extends string>(
  fields: readonly string[],
  columns: readonly Field[],
  { at }: Pick<CsvHeader<Field>, 'at'>,
): Readonly<Record<Field, string>> {
  return byField(columns, (field) => fields[at[field]] ?? '');
}

/** Where a row stands, and the column of each of its fields. */
export type RowPlace<Field extends string> = {
  readonly line: number;
  columnOf(field: Field): number;
};

/** @returns null when the line is not the header of the format */
export function readCsvHeader<Field extends string>(
  { text, number }: { readonly text: string; readonly number: number },
  columns: CsvColumns<Field>,
): CsvHeader<Field> | null {
  for (const delimiter of DELIMITERS) {
    const style = { delimiter, quote: '"' };
    const cut = splitFields(text, style);
    if (isFault(cut) || cut.length > COLUMNS_MAX) continue;
    const names = cut.map((name) => plainText(name).toLowerCase());
    if (!columns.telling.every((field) => names.includes(field))) continue;
    const placed = placeFields(names, { text, line: number, style, columns });
    return { text, style, columns: names.length, ...placed };
  }
  return null;
}

/** The place of a row, whose columns are only counted when a problem needs one. */
export function placeInRow<Field extends string>(
  { text, line }: { readonly text: string; readonly line: number },
  header: CsvHeader<Field>,
): RowPlace<Field> {
  return {
    line,
    columnOf(field) {
      const index = header.at[field];
      return index < 0 ? 1 : columnOfField(text, index, header.style);
    },
  };
}

type HeaderLine<Field extends string> = {
  readonly text: string;
  readonly line: number;
  readonly style: CsvStyle;
  readonly columns: CsvColumns<Field>;
};

function placeFields<Field extends string>(
  names: readonly string[],
  { text, line, style, columns }: HeaderLine<Field>,
): Pick<CsvHeader<Field>, 'at' | 'ignored' | 'problems'> {
  const problems: Problem[] = [];
  const at = byField(columns.fields, (field) => names.indexOf(field));
  for (const field of columns.fields) {
    const first = at[field];
    const second = first < 0 ? -1 : names.indexOf(field, first + 1);
    if (first < 0 && !columns.optional.has(field)) {
      problems.push(problemAt('column-missing', { line, column: 1 }, { field }));
    }
    if (second >= 0) {
      const column = columnOfField(text, second, style);
      problems.push(problemAt('column-twice', { line, column }, { field }));
    }
  }
  const known: ReadonlySet<string> = new Set(columns.fields);
  const ignored = names.filter((name) => name !== '' && !known.has(name));
  return { at, ignored, problems };
}
