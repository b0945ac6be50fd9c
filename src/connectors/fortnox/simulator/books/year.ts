import type { LocalDate } from '../../../../domain/date.ts';
import { isBalanceAccount, newChart, type Chart } from './chart.ts';
import type { Voucher } from './voucher.ts';

type SeriesKind = {
  readonly code: string;
  description: string;
  /** Whether people, and so the API, may enter vouchers in it. */
  isManual: boolean;
};

/** A voucher series of one financial year, with what was entered in it. */
export type Series = SeriesKind & {
  next: number;
  readonly vouchers: Map<number, Voucher>;
};

export type AccountingMethod = 'ACCRUAL' | 'CASH';

/** A financial year: its accounts, its series, and what they add up to. */
export type FinancialYear = {
  readonly id: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly method: AccountingMethod;
  readonly chartType: string;
  readonly chart: Chart;
  readonly series: Map<string, Series>;
  /** What is in the series, by day: looking for a day must not read the whole year. */
  readonly byDate: Map<LocalDate, Voucher[]>;
  /** Opening balances that were entered, in öre, by account. */
  readonly opening: Map<number, number>;
  /** Sum of all rows in öre, by account: debit positive. */
  readonly movements: Map<number, number>;
};

export type YearStart = {
  readonly id: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly method: AccountingMethod;
};

/** Series of a new year: A by hand, B and L known, C to E by Swedish habit. */
const SERIES: readonly SeriesKind[] = [
  { code: 'A', description: 'Redovisning', isManual: true },
  { code: 'B', description: 'Kundfakturor', isManual: false },
  { code: 'C', description: 'Inbetalningar', isManual: false },
  { code: 'D', description: 'Leverantörsfakturor', isManual: false },
  { code: 'E', description: 'Utbetalningar', isManual: false },
  { code: 'L', description: 'Lön', isManual: false },
];

export function newYear(start: YearStart): FinancialYear {
  const series = SERIES.map(newSeries);
  return {
    ...start,
    chartType: 'BAS 2025',
    chart: newChart(),
    series: new Map(series.map((one) => [one.code, one])),
    byDate: new Map(),
    opening: new Map(),
    movements: new Map(),
  };
}

export function newSeries(kind: SeriesKind): Series {
  return { ...kind, next: 1, vouchers: new Map() };
}

/** The years of a company with the accounts to ask them about. */
export type Years = readonly FinancialYear[];

export function yearAt(years: Years, date: LocalDate): FinancialYear | null {
  return years.find((year) => year.from <= date && date <= year.to) ?? null;
}

export function yearBefore(years: Years, year: FinancialYear): FinancialYear | null {
  return years.findLast((other) => other.to < year.from) ?? null;
}

/**
 * The opening balance of an account in öre: what was entered, or else what the year before ended
 * with. The result of that year is not moved to equity: that takes a closing voucher.
 */
export function openingOf(years: Years, year: FinancialYear, account: number): number {
  if (!isBalanceAccount(account)) return 0;
  const entered = year.opening.get(account);
  if (entered !== undefined) return entered;
  const before = yearBefore(years, year);
  return before ? closingOf(years, before, account) : 0;
}

/** The closing balance of a balance account, or the result of a result account, in öre. */
export function closingOf(years: Years, year: FinancialYear, account: number): number {
  return openingOf(years, year, account) + (year.movements.get(account) ?? 0);
}

/** Every account that has moved or opened with something in this year or one before it. */
export function accountsInUse(years: Years, year: FinancialYear): number[] {
  const used = new Set<number>();
  for (const one of years) {
    if (one.from > year.from) continue;
    for (const account of one.movements.keys()) used.add(account);
    for (const account of one.opening.keys()) used.add(account);
  }
  return [...used].sort((a, b) => a - b);
}

/** The vouchers of a year, by series and number. */
export function* vouchersOf(year: FinancialYear): Generator<Voucher> {
  const codes = [...year.series.keys()].sort();
  for (const code of codes) yield* year.series.get(code)?.vouchers.values() ?? [];
}

/** Those of the days from `from` to `to`, both included, by series and number. */
export function vouchersBetween(year: FinancialYear, from: string, to: string): Voucher[] {
  const days = [...year.byDate.entries()].filter(([date]) => date >= from && date <= to);
  return days
    .flatMap(([, vouchers]) => vouchers)
    .sort((a, b) => {
      if (a.series !== b.series) return a.series < b.series ? -1 : 1;
      return a.number - b.number;
    });
}
