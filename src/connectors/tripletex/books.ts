import { yearOf, type Books, type FinancialYear, type LedgerAccount } from '../../domain/books.ts';
import { parseLocalDate, plusDays, type LocalDate, type Period } from '../../domain/date.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { TripletexClient } from './client.ts';
import { ownVatCode, unlessForbidden } from './registers.ts';
import { isOpenKind } from './voucher-kinds.ts';
import type { Session } from './session.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';

/** No lengths are documented of the numbers of departments and projects: lists show no more. */
const NEW_CODES = { costCentre: 100, project: 100 } as const;

/** A month of the ledger, or whatever the company has instead. */
export type AccountingPeriod = Period & { readonly isClosed: boolean };

/** What the company's Tripletex holds that plans depend on, for the years that touch a period. */
export async function readBooks(session: Session, period: Period): Promise<Books> {
  const { registers, client } = session;
  const periods = await readPeriods(client);
  const years = yearsOf(periods);
  const listed = await registers.fresh('account');
  const chart = accountsOf(listed);
  const touched = years.filter((year) => year.from <= period.to && period.from <= year.to);
  const kinds = await registers.fresh('voucher-type');
  return {
    years,
    // One chart for all years.
    accounts: Object.fromEntries(touched.map((year) => [year.id, chart])),
    series: Object.fromEntries(
      [...kinds.keys()].map((name) => [name, { manual: isOpenKind(name) }]),
    ),
    lockedTo: lockOf(periods),
    costCentres: await unlessForbidden(async () =>
      activeOf(await registers.fresh('department'), (one) => one['isInactive'] !== true),
    ),
    projects: await unlessForbidden(async () =>
      activeOf(await registers.fresh('project'), (one) => one['isClosed'] !== true),
    ),
    newCodes: NEW_CODES,
    // Which accounts the VAT of its invoices stands on it does not tell; each line has its own.
    invoices: { ...claimsOf(listed), vat: {}, paidAtOnce: {}, vatRounding: 'per-row' },
  };
}

/** What is known of the chart on a day; empty when nothing is. */
export function accountsOn(books: Books, date: LocalDate): Readonly<Record<string, LedgerAccount>> {
  const year = yearOf(books, date);
  // Tripletex has one chart for all years: another year's says the same of an account.
  const known = year === null ? undefined : books.accounts?.[year.id];
  return known ?? Object.values(books.accounts ?? {})[0] ?? {};
}

/** The company's accounting periods, oldest first. */
export async function readPeriods(client: TripletexClient): Promise<readonly AccountingPeriod[]> {
  const listed = await client.list('/ledger/accountingPeriod?fields=start,end,isClosed');
  return listed
    .flatMap((one): AccountingPeriod[] => {
      const from = parseLocalDate(textOf(one, 'start'));
      const end = parseLocalDate(textOf(one, 'end'));
      return from === null || end === null
        ? []
        : [{ from, to: lastDay(end), isClosed: one['isClosed'] === true }];
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/**
 * The last day of a period. Whether `end` is that or, as the `To` of every question, the day after
 * is not documented; a period ends with a month, so the first of one is the day after.
 */
function lastDay(end: LocalDate): LocalDate {
  return end.endsWith('-01') ? plusDays(end, -1) : end;
}

/** Financial years by the calendar: Tripletex's periods do not say which year they are of. */
function yearsOf(periods: readonly AccountingPeriod[]): readonly FinancialYear[] {
  const byYear = Map.groupBy(periods, ({ from }) => from.slice(0, 4));
  return [...byYear].flatMap(([id, own]) => {
    const [first, last] = [own[0], own.at(-1)];
    return first === undefined || last === undefined ? [] : [{ id, from: first.from, to: last.to }];
  });
}

/** Where claims on customers stand: known where the chart has one account of them. */
function claimsOf(chart: ReadonlyMap<string, WireObject>): { readonly claims?: string } {
  const of = [...chart].filter(([, one]) => textOf(one, 'ledgerType') === 'CUSTOMER');
  const [only] = of.length === 1 ? of : [];
  return only === undefined ? {} : { claims: only[0] };
}

/** The day up to which every period is closed; null when the first is open. */
function lockOf(periods: readonly AccountingPeriod[]): LocalDate | null {
  const firstOpen = periods.findIndex((one) => !one.isClosed);
  const closed = firstOpen < 0 ? periods : periods.slice(0, firstOpen);
  return closed.at(-1)?.to ?? null;
}

/** Why nothing can be booked on a day. @returns null when it can, as far as periods go */
export function refusalOfDay(
  periods: readonly AccountingPeriod[],
  date: LocalDate,
): Refusal | null {
  const own = periods.find(({ from, to }) => from <= date && date <= to);
  if (own === undefined) return { code: 'year-missing', date };
  if (!own.isClosed) return null;
  const lockedTo = lockOf(periods);
  // A month may be closed behind one that is open.
  const to = lockedTo !== null && lockedTo > own.to ? lockedTo : own.to;
  return { code: 'period-locked', date, lockedTo: to };
}

function accountsOf(chart: ReadonlyMap<string, WireObject>): Record<string, LedgerAccount> {
  const accounts = [...chart].map(([number, account]): [string, LedgerAccount] => [
    number,
    {
      name: textOf(account, 'name'),
      active: account['isInactive'] !== true,
      vatCode: ownVatCode(account),
      costCentre: account['requiresDepartment'] === true ? 'mandatory' : 'allowed',
      project: account['requiresProject'] === true ? 'mandatory' : 'allowed',
    },
  ]);
  return Object.fromEntries(accounts);
}

function activeOf(
  register: ReadonlyMap<string, WireObject>,
  isActive: (one: WireObject) => boolean,
): Readonly<Record<string, { readonly active: boolean }>> {
  return Object.fromEntries([...register].map(([code, one]) => [code, { active: isActive(one) }]));
}
