/**
 * Shapes as Fortnox sends and takes them: their names, their spelling, only what we use. Numbers
 * come as numbers or as text, and fields may be missing: the readers take both.
 *
 * @see https://api.fortnox.se/apidocs, checked against its OpenAPI description in the tests
 */
export type WireError = { readonly code: number; readonly message: string };

/** A voucher to be posted. Amounts are decimal text, written out as JSON numbers when sent. */
export type WireVoucher = {
  readonly Description: string;
  readonly TransactionDate: string;
  readonly VoucherSeries: string;
  readonly Comments: string;
  readonly VoucherRows: readonly WireVoucherRow[];
};

export type WireVoucherRow = {
  readonly Account: number;
  readonly Debit: string;
  readonly Credit: string;
  readonly TransactionInformation?: string;
  readonly CostCenter?: string;
  readonly Project?: string;
};

/** Any JSON object. */
export type WireObject = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field as text; empty when it is missing or null. */
export function textOf(object: WireObject, field: string): string {
  const value = object[field];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A field that holds a list of objects; empty when it is missing. */
export function listOf(object: WireObject, field: string): readonly WireObject[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
