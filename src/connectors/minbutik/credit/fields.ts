import {
  cellsIn,
  readCsvHeader,
  type CsvColumns,
  type CsvHeader,
  type RowPlace,
} from '../csv/header.ts';

/** The columns of a file of credit purchases, in their usual order. */
export const CREDIT_FIELDS = [
  'record',
  'store_no',
  'purchase_date',
  'customer_no',
  'customer_name',
  'org_no',
  'receipt_no',
  'register',
  'reference',
  'vat_rate',
  'gross',
  'vat',
] as const;

/** The name of a column. */
export type CreditField = (typeof CREDIT_FIELDS)[number];

/** The header line of a file of credit purchases, understood. */
export type CreditHeader = CsvHeader<CreditField>;

/** The texts of one row, one for each field; empty where the file has no such column. */
export type CreditCells = Readonly<Record<CreditField, string>>;

/** Where a row of credit purchases stands. */
export type CreditPlace = RowPlace<CreditField>;

const COLUMNS: CsvColumns<CreditField> = {
  fields: CREDIT_FIELDS,
  optional: new Set<CreditField>(['customer_name', 'org_no', 'register', 'reference']),
  telling: ['record', 'store_no', 'purchase_date'],
};

/** @returns null when the line is not the header of a file of credit purchases */
export function readCreditHeader(text: string, number: number): CreditHeader | null {
  return readCsvHeader({ text, number }, COLUMNS);
}

/** The fields of a row by name. */
export function cellsOf(fields: readonly string[], header: CreditHeader): CreditCells {
  return cellsIn(fields, CREDIT_FIELDS, header);
}
