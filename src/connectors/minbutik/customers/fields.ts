import {
  cellsIn,
  readCsvHeader,
  type CsvColumns,
  type CsvHeader,
  type RowPlace,
} from '../csv/header.ts';

/** The columns of a file of customers, in their usual order. */
export const CUSTOMER_COLUMNS = [
  'customer_no',
  'name',
  'org_no',
  'street',
  'postcode',
  'city',
  'country',
  'email',
  'gln',
  'peppol_id',
  'credit_limit',
  'terms',
  'invoice_mode',
  'store_no',
] as const;

/** The name of a column. */
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

/** The header line of a file of customers, understood. */
export type CustomerHeader = CsvHeader<CustomerColumn>;

/** The texts of one row, one for each column; empty where the file has no such column. */
export type CustomerCells = Readonly<Record<CustomerColumn, string>>;

/** Where a row of customers stands. */
export type CustomerPlace = RowPlace<CustomerColumn>;

const COLUMNS: CsvColumns<CustomerColumn> = {
  fields: CUSTOMER_COLUMNS,
  optional: new Set<string>(CUSTOMER_COLUMNS.slice(2)),
  telling: ['customer_no', 'name'],
};

/** @returns null when the line is not the header of a file of customers */
export function readCustomerHeader(text: string, number: number): CustomerHeader | null {
  return readCsvHeader({ text, number }, COLUMNS);
}

/** The fields of a row by column. Blanks around them mean nothing. */
export function cellsOf(fields: readonly string[], header: CustomerHeader): CustomerCells {
  const trimmed = fields.map((field) => field.trim());
  return cellsIn(trimmed, CUSTOMER_COLUMNS, header);
}
