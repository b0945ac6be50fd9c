import {
  placeInRow,
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
  each: fieldsFrom,
};

/** @returns null when the line is not the header of a file of credit purchases */
export function readCreditHeader(text: string, number: number): CreditHeader | null {
  return readCsvHeader({ text, number }, COLUMNS);
}

/** The fields of a row by name. */
export function cellsOf(fields: readonly string[], { at }: CreditHeader): CreditCells {
  return fieldsFrom((field) => fields[at[field]] ?? '');
}

export function placeOf(text: string, line: number, header: CreditHeader): CreditPlace {
  return placeInRow({ text, line }, header);
}

function fieldsFrom<T>(make: (field: CreditField) => T): Record<CreditField, T> {
  return {
    record: make('record'),
    store_no: make('store_no'),
    purchase_date: make('purchase_date'),
    customer_no: make('customer_no'),
    customer_name: make('customer_name'),
    org_no: make('org_no'),
    receipt_no: make('receipt_no'),
    register: make('register'),
    reference: make('reference'),
    vat_rate: make('vat_rate'),
    gross: make('gross'),
    vat: make('vat'),
  };
}
