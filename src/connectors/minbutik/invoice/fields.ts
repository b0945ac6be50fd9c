import {
  cellsIn,
  readCsvHeader,
  type CsvColumns,
  type CsvHeader,
  type RowPlace,
} from '../csv/header.ts';

/** The columns of a file of the chain's invoices, in their usual order. */
export const INVOICE_FIELDS = [
  'invoice_no',
  'date',
  'due',
  'class',
  'net_25',
  'vat_25',
  'net_12',
  'vat_12',
  'net_6',
  'vat_6',
  'net_0',
  'gross',
  'ocr',
  'department',
  'store_no',
  'rounding',
] as const;

/** The name of a column. */
export type InvoiceField = (typeof INVOICE_FIELDS)[number];

/** The header line of a file of the chain's invoices, understood. */
export type InvoiceHeader = CsvHeader<InvoiceField>;

/** The texts of one row, one for each field; empty where the file has no such column. */
export type InvoiceCells = Readonly<Record<InvoiceField, string>>;

/** Where the row of an invoice stands. */
export type InvoicePlace = RowPlace<InvoiceField>;

/** Columns that every file has. At a rate whose columns are lacking nothing was bought. */
const NEEDED: ReadonlySet<InvoiceField> = new Set(['invoice_no', 'date', 'class', 'gross']);

const COLUMNS: CsvColumns<InvoiceField> = {
  fields: INVOICE_FIELDS,
  optional: new Set(INVOICE_FIELDS.filter((field) => !NEEDED.has(field))),
  telling: ['invoice_no', 'class', 'gross'],
};

/** @returns null when the line is not the header of a file of the chain's invoices */
export function readInvoiceHeader(text: string, number: number): InvoiceHeader | null {
  return readCsvHeader({ text, number }, COLUMNS);
}

/** The fields of a row by name. */
export function cellsOf(fields: readonly string[], header: InvoiceHeader): InvoiceCells {
  return cellsIn(fields, INVOICE_FIELDS, header);
}
