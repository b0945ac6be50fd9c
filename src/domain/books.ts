import type { LocalDate } from './date.ts';

/** Whether rows on an account carry a cost centre or a project. */
export type DimensionRule = 'allowed' | 'mandatory' | 'not-allowed';

/** An account of the ledger's own chart in one financial year. */
export type LedgerAccount = {
  readonly name: string;
  readonly active: boolean;
  readonly vatCode?: string;
  readonly costCentre: DimensionRule;
  readonly project: DimensionRule;
};

/** A financial year of the ledger. `id` is the ledger's own. */
export type FinancialYear = {
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Whether income is booked when it is paid (kontantmetoden). Absent: when it is invoiced. */
  readonly isCashMethod?: boolean;
};

/**
 * What a ledger is known to hold: the third argument of a plan.
 *
 * Read from the target and kept for a while. A part that the target cannot tell is null, and is
 * then not checked beforehand: the target itself refuses.
 */
export type Books = {
  readonly years: readonly FinancialYear[] | null;
  /** By year id, then account number. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, LedgerAccount>>>> | null;
  /** Voucher series by code. A series that is not manual takes no vouchers from outside. */
  readonly series: Readonly<Record<string, { readonly manual: boolean }>> | null;
  /** Nothing may be booked up to and including this day. null: nothing is locked. */
  readonly lockedTo: LocalDate | null;
  /** Cost centres and projects that rows may name, by code. */
  readonly costCentres: Readonly<Record<string, { readonly active: boolean }>> | null;
  readonly projects: Readonly<Record<string, { readonly active: boolean }>> | null;
  /**
   * How long codes of cost centres and projects may be that are made there. Absent: none are made,
   * and what is missing is asked about.
   */
  readonly newCodes?: { readonly costCentre: number; readonly project: number };
  /** What the ledger does by itself when it books an invoice. Absent: it does not tell. */
  readonly invoices?: InvoiceHabits;
};

/** What a ledger books an invoice on without being asked. */
export type InvoiceHabits = {
  /** Where the claim stands; absent where it does not tell. */
  readonly claims?: string;
  /** Output VAT by rate in percent: `25`. */
  readonly vat: Readonly<Record<string, string>>;
  /** What it calls paying at once on an account, for cash invoices: `1580` → `CARD`. */
  readonly paidAtOnce: Readonly<Record<string, string>>;
  /** Accounts of its modes of payment, by code: `KK` → `1580`. Absent: it does not tell. */
  readonly modes?: Readonly<Record<string, string>>;
  /** Where it puts what it rounds invoices by; absent: it rounds none, or does not tell. */
  readonly rounding?: string;
  /** Whether VAT is rounded for each rate or for each row. */
  readonly vatRounding: 'per-rate' | 'per-row';
};

/** Books of which nothing is known. */
export const UNKNOWN_BOOKS: Books = {
  years: null,
  accounts: null,
  series: null,
  lockedTo: null,
  costCentres: null,
  projects: null,
};

/** @returns null when no year holds the day, or when the years are not known. */
export function yearOf(books: Books, date: LocalDate): FinancialYear | null {
  return books.years?.find((year) => year.from <= date && date <= year.to) ?? null;
}
