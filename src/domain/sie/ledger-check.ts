import type { LocalDate } from '../date.ts';
import { plusDays } from '../date.ts';
import { cite } from './diagnostics.ts';
import type { SieReport } from './diagnostics.ts';
import type { SieBalance, SieType, SieYear } from './model.ts';
import { formatAmount } from './values.ts';
import { KEY_LENGTH_MAX, ownText } from './own-text.ts';

/** Accounts that sums are kept for. A large group has some thousands. */
const ACCOUNTS_MAX = 100_000;

/** Financial years that a day is looked for in. Files have two, and seldom five. */
const YEARS_MAX = 50;

/** The day after which a date would need five digits for its year. */
const LAST_DAY = '9999-12-31';

/** What the file says of one account in its own year, and what its vouchers sum to. In öre. */
type AccountSums = {
  readonly number: string;
  declaredAt: number;
  usedAt: number;
  opening: bigint;
  closing: bigint | null;
  closingAt: number;
  result: bigint | null;
  resultAt: number;
  moved: bigint;
};

/** A financial year with days that exist. */
type YearDays = {
  readonly index: number;
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly line: number;
};

/**
 * Checks that the parts of a file agree: chart, balances and vouchers.
 *
 * Holds sums per account and nothing per voucher. Only the file's own year (index 0) is checked:
 * other years are seldom in the file as a whole.
 */
export class SieLedgerCheck {
  readonly #report: SieReport;
  readonly #accounts = new Map<string, AccountSums>();
  readonly #years: YearDays[] = [];
  #overflow: AccountSums | null = null;
  #countsInYear = true;
  #hasMoves = false;

  constructor(report: SieReport) {
    this.#report = report;
  }

  declareAccount(number: string, line: number): void {
    const sums = this.#sums(number, line);
    if (sums === this.#overflow) return;
    if (sums.declaredAt > 0) {
      this.#report(line, 'duplicate-record', `account ${cite(number)} has two #KONTO`);
    } else sums.declaredAt = line;
  }

  addYear(year: SieYear, line: number): void {
    const [start, end] = [year.start?.day, year.end?.day];
    if (!start || !end) return;
    if (end < start) {
      this.#report(line, 'year-reversed', `year ${year.index} ends ${end} and begins ${start}`);
    } else if (this.#years.length < YEARS_MAX) {
      this.#years.push({ index: year.index, start, end, line });
    }
  }

  addBalance(balance: SieBalance, line: number): void {
    if (balance.account === '') return;
    const sums = this.#use(balance.account, line);
    if (balance.year !== 0 || balance.amountMinor === null) return;
    if (balance.kind === 'opening') sums.opening = balance.amountMinor;
    else if (balance.kind === 'closing') {
      sums.closing = balance.amountMinor;
      sums.closingAt = line;
    } else if (balance.kind === 'result') {
      sums.result = balance.amountMinor;
      sums.resultAt = line;
    }
  }

  /**
   * Begins a voucher: whether its rows count into year 0. Without a day, or in a file without
   * years, they do.
   *
   * @returns the index of the year that holds the day; null when none does.
   */
  beginVoucher(date: LocalDate | null, line: number): number | null {
    const year = date === null ? undefined : this.#years.find((y) => isIn(date, y));
    const hasOwnYear = this.#years.some((y) => y.index === 0);
    this.#countsInYear = date === null || !hasOwnYear || year?.index === 0;
    if (date !== null && year === undefined && this.#years.length > 0) {
      this.#report(line, 'date-outside-years', `${date} is in no #RAR of the file`);
    }
    return year?.index ?? null;
  }

  addRow(account: string, amountMinor: bigint | null, line: number): void {
    this.#hasMoves = true;
    if (account === '') return;
    const sums = this.#use(account, line);
    if (amountMinor !== null && this.#countsInYear) sums.moved += amountMinor;
  }

  /** Each year ends the day before the next one begins. */
  checkYears(): void {
    for (const year of this.#years) {
      const next = this.#years.find(({ index }) => index === year.index + 1);
      const isLastDay = year.end >= LAST_DAY;
      if (next === undefined || isLastDay || plusDays(year.end, 1) === next.start) continue;
      const message = `year ${year.index} ends ${year.end}, the next begins ${next.start}`;
      this.#report(year.line, 'years-apart', message);
    }
  }

  /** Every account that is used has a `#KONTO`: required but for 4I. */
  checkDeclared(type: SieType | null): void {
    const missing = [...this.#accounts.values()].filter((s) => s.usedAt > 0 && s.declaredAt === 0);
    const [first] = missing;
    if (first === undefined || this.#overflow !== null) return;
    if (type === '4I') {
      const message = `${missing.length} accounts have no #KONTO, first ${cite(first.number)}`;
      this.#report(first.usedAt, 'account-undeclared-import', message);
      return;
    }
    for (const { usedAt, number } of missing) {
      this.#report(usedAt, 'account-not-declared', `account ${cite(number)} has no #KONTO`);
    }
  }

  /** Balances against vouchers, where the file has both, and balances against one another. */
  checkSums(): void {
    if (this.#overflow !== null) {
      const message = 'too many or too long account numbers: the balances were not checked';
      this.#report(0, 'check-limited', message);
      return;
    }
    let total = 0n;
    let hasClosing = false;
    let hasResult = false;
    for (const sums of this.#accounts.values()) {
      total += (sums.closing ?? 0n) + (sums.result ?? 0n);
      hasClosing ||= sums.closing !== null;
      hasResult ||= sums.result !== null;
      if (this.#hasMoves) this.#checkAccount(sums);
    }
    if (total !== 0n && hasClosing && hasResult) {
      const message = `#UB and #RES of year 0 sum to ${formatAmount(total)} and not to 0.00`;
      this.#report(0, 'balances-not-zero', message);
    }
  }

  #checkAccount(sums: AccountSums): void {
    const { number, opening, moved, closing, result } = sums;
    if (closing !== null && closing !== opening + moved) {
      const parts = `#IB ${formatAmount(opening)} and vouchers ${formatAmount(moved)}`;
      const message = `${parts} make ${differs(opening + moved, closing)}`;
      this.#report(sums.closingAt, 'closing-differs', `account ${cite(number)}: ${message}`);
    }
    if (result !== null && result !== moved) {
      const message = `the vouchers sum to ${differs(moved, result)}`;
      this.#report(sums.resultAt, 'result-differs', `account ${cite(number)}: ${message}`);
    }
  }

  #use(number: string, line: number): AccountSums {
    const sums = this.#sums(number, line);
    if (sums.usedAt === 0) sums.usedAt = line;
    return sums;
  }

  #sums(number: string, line: number): AccountSums {
    const known = this.#accounts.get(number) ?? this.#overflow;
    if (known !== null) return known;
    if (!/^\d+$/.test(number)) {
      this.#report(line, 'non-numeric-account', `account ${cite(number)} is not only digits`);
    }
    const sums = noSums(ownText(number.slice(0, KEY_LENGTH_MAX)));
    const isFull = this.#accounts.size >= ACCOUNTS_MAX || number.length > KEY_LENGTH_MAX;
    if (isFull) this.#overflow = sums;
    else this.#accounts.set(sums.number, sums);
    return sums;
  }
}

function isIn(date: LocalDate, year: YearDays): boolean {
  return year.start <= date && date <= year.end;
}

function noSums(number: string): AccountSums {
  return {
    number,
    declaredAt: 0,
    usedAt: 0,
    opening: 0n,
    moved: 0n,
    closing: null,
    closingAt: 0,
    result: null,
    resultAt: 0,
  };
}

function differs(summed: bigint, stated: bigint): string {
  const difference = formatAmount(stated - summed);
  return `${formatAmount(summed)}, the file says ${formatAmount(stated)}: ${difference} apart`;
}
