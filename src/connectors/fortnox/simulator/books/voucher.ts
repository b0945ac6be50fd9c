import type { LocalDate } from '../../../../domain/date.ts';

/** What made a voucher, by Fortnox's name for it. */
export type ReferenceType =
  | 'INVOICE'
  | 'SUPPLIERINVOICE'
  | 'INVOICEPAYMENT'
  | 'SUPPLIERPAYMENT'
  | 'MANUAL'
  | 'CASHINVOICE'
  | 'ACCRUAL';

/** One row. Debit and credit are öre, and at most one of them is not 0. */
export type VoucherRow = {
  readonly account: number;
  readonly debitOre: number;
  readonly creditOre: number;
  readonly costCenter: string;
  readonly project: string;
  readonly text: string;
  readonly quantity: number;
};

/** What somebody wants to enter. */
export type VoucherDraft = {
  readonly series: string;
  readonly date: LocalDate;
  readonly text: string;
  readonly comments: string;
  readonly costCenter: string;
  readonly project: string;
  readonly rows: readonly VoucherRow[];
  readonly referenceType: ReferenceType;
  /** Number of the document it was made from; empty for one made by hand. */
  readonly referenceNumber: string;
};

/** What was entered. It never changes; the last of a series can be taken out. */
export type Voucher = VoucherDraft & {
  readonly number: number;
  /** `Id` of the financial year. */
  readonly year: number;
  readonly registeredAtMs: number;
  readonly registeredOn: LocalDate;
};

/** A row that moves `ore` on an account: debit when positive, credit when negative. */
export function movement(
  account: number,
  ore: number,
  about: Partial<VoucherRow> = {},
): VoucherRow {
  return {
    account,
    debitOre: ore > 0 ? ore : 0,
    creditOre: ore < 0 ? -ore : 0,
    costCenter: '',
    project: '',
    text: '',
    quantity: 0,
    ...about,
  };
}

/** Debit less credit of all rows: 0 when they balance. */
export function imbalanceOf(rows: readonly VoucherRow[]): number {
  return rows.reduce((ore, row) => ore + row.debitOre - row.creditOre, 0);
}

/** The rows with one more that takes up what rounding of a currency has left over. */
export function withRoundOff(rows: readonly VoucherRow[], account: number): VoucherRow[] {
  const restOre = imbalanceOf(rows);
  return restOre === 0 ? [...rows] : [...rows, movement(account, -restOre)];
}
