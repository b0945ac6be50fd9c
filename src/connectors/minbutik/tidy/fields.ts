/** The columns of a tidy day report, in their usual order. The XML twin has the same names. */
export const TIDY_FIELDS = [
  'record',
  'store_no',
  'business_date',
  'register',
  'report_no',
  'kind',
  'code',
  'label',
  'vat_rate',
  'quantity',
  'gross',
  'vat',
  'customer_no',
  'reference',
] as const;

/** The name of a column. */
export type TidyField = (typeof TIDY_FIELDS)[number];

/** Columns that a file may leave out. */
export const OPTIONAL_FIELDS: ReadonlySet<string> = new Set<TidyField>([
  'label',
  'quantity',
  'customer_no',
  'reference',
]);

/** Columns by which a file is known to be a tidy day report, whatever else it lacks. */
export const TELLING_FIELDS: readonly TidyField[] = ['record', 'store_no', 'business_date'];

/** Columns that are read past: they stay in the extract and do not reach the document. */
type UnusedField = 'customer_no' | 'reference';

/** The texts of one row, one for each field; empty where the file has no such column. */
export type TidyCells = Readonly<Record<Exclude<TidyField, UnusedField>, string>>;
