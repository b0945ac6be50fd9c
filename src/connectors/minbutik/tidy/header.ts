import { readCsvHeader, type CsvColumns, type CsvHeader } from '../csv/header.ts';
import { OPTIONAL_FIELDS, TELLING_FIELDS, TIDY_FIELDS } from './fields.ts';
import type { TidyCells, TidyField } from './fields.ts';

/** The header line of a tidy CSV file, understood. */
export type TidyHeader = CsvHeader<TidyField>;

const COLUMNS: CsvColumns<TidyField> = {
  fields: TIDY_FIELDS,
  optional: OPTIONAL_FIELDS,
  telling: TELLING_FIELDS,
};

/** @returns null when the line is not the header of a tidy day report */
export function readTidyHeader(text: string, number: number): TidyHeader | null {
  return readCsvHeader({ text, number }, COLUMNS);
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
