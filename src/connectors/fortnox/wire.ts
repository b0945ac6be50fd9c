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
