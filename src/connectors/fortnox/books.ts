import type { Books, DimensionRule, FinancialYear, LedgerAccount } from '../../domain/books.ts';
import { parseLocalDate, type Period } from '../../domain/date.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { FortnoxClient } from './client.ts';
import { NEW_CODES } from './invoicing/codes.ts';
import { readInvoiceHabits } from './shop/invoice-habits.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

/** What the company's Fortnox holds that plans depend on, for the years that touch a period. */
export async function readBooks(client: FortnoxClient, period: Period): Promise<Books> {
  const years = await readYears(client);
  const touched = years.filter((year) => year.from <= period.to && period.from <= year.to);
  const accounts: Record<string, Record<string, LedgerAccount>> = {};
  for (const year of touched) accounts[year.id] = await readAccounts(client, year.id);
  const [latest] = touched.slice(-1);
  const habits = await unlessForbidden(() => readInvoiceHabits(client));
  return {
    years,
    accounts,
    series: await readSeries(client, latest),
    lockedTo: await readLock(client),
    costCentres: await unlessForbidden(() => readCostCentres(client)),
    projects: await unlessForbidden(() => readProjects(client)),
    newCodes: NEW_CODES,
    ...(habits === null ? {} : { invoices: habits }),
  };
}

/** The company's financial years, oldest first. */
export async function readYears(client: FortnoxClient): Promise<FinancialYear[]> {
  const listed = await client.list('/3/financialyears', 'FinancialYears');
  return listed
    .flatMap((year): FinancialYear[] => {
      const from = parseLocalDate(textOf(year, 'FromDate'));
      const to = parseLocalDate(textOf(year, 'ToDate'));
      if (from === null || to === null) return [];
      const isCashMethod = textOf(year, 'AccountingMethod') === 'CASH';
      return [{ id: textOf(year, 'Id'), from, to, ...(isCashMethod ? { isCashMethod } : {}) }];
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

async function readAccounts(
  client: FortnoxClient,
  year: string,
): Promise<Record<string, LedgerAccount>> {
  const listed = await client.list(`/3/accounts?financialyear=${year}`, 'Accounts');
  return Object.fromEntries(
    listed.map((account) => [
      textOf(account, 'Number'),
      {
        name: textOf(account, 'Description'),
        active: account['Active'] !== false,
        vatCode: textOf(account, 'VATCode'),
        costCentre: ruleOf(account, 'CostCenterSettings'),
        project: ruleOf(account, 'ProjectSettings'),
      },
    ]),
  );
}

function ruleOf(account: WireObject, field: string): DimensionRule {
  const value = textOf(account, field);
  if (value === 'MANDATORY') return 'mandatory';
  return value === 'NOTALLOWED' ? 'not-allowed' : 'allowed';
}

async function readSeries(
  client: FortnoxClient,
  year: FinancialYear | undefined,
): Promise<NonNullable<Books['series']>> {
  const query = year === undefined ? '' : `?financialyear=${year.id}`;
  const listed = await client.list(`/3/voucherseries${query}`, 'VoucherSeriesCollection');
  return Object.fromEntries(
    listed.map((series) => [textOf(series, 'Code'), { manual: series['Manual'] === true }]),
  );
}

/** The day up to which nothing may be booked; null when nothing is locked. */
async function readLock(client: FortnoxClient): Promise<Books['lockedTo']> {
  const body = await client.get('/3/settings/lockedperiod');
  const locked = body?.['LockedPeriod'];
  return isRecord(locked) ? parseLocalDate(textOf(locked, 'EndDate')) : null;
}

async function readCostCentres(client: FortnoxClient): Promise<NonNullable<Books['costCentres']>> {
  const listed = await client.list('/3/costcenters', 'CostCenters');
  return Object.fromEntries(
    listed.map((centre) => [textOf(centre, 'Code'), { active: centre['Active'] !== false }]),
  );
}

async function readProjects(client: FortnoxClient): Promise<NonNullable<Books['projects']>> {
  const listed = await client.list('/3/projects', 'Projects');
  return Object.fromEntries(
    listed.map((project) => {
      return [
        textOf(project, 'ProjectNumber'),
        { active: textOf(project, 'Status') !== 'COMPLETED' },
      ];
    }),
  );
}

/**
 * A company without the licence or scope for a register can still post vouchers that do not use
 * it: then the register is unknown, and Fortnox itself refuses what it does not know.
 */
async function unlessForbidden<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConnectorError && error.failure.kind === 'setup') return null;
    throw error;
  }
}
