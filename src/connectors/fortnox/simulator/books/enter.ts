import type { LocalDate } from '../../../../domain/date.ts';
import { assert } from '../../../../lib/assert.ts';
import { textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { kronorOf } from '../wire/amounts.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { accountIn, type Account } from './chart.ts';
import { imbalanceOf, type Voucher, type VoucherDraft, type VoucherRow } from './voucher.ts';
import { yearAt, type FinancialYear, type Series } from './year.ts';

/** Ten billion kronor on a row. More is a mistake, and sums must stay exact numbers of öre. */
const ROW_ORE_MAX = 1e12;

export type Entering = {
  /** The year asked for; the one of the voucher's date when null. */
  readonly year: FinancialYear | null;
  /** Entered by a client, and so only in a manual series. */
  readonly isByHand: boolean;
  readonly atMs: number;
  readonly today: LocalDate;
};

/**
 * Enters a voucher: the only way into the ledger, so that what is in it balances.
 *
 * @throws Refused, with nothing entered, when the voucher cannot stand in the books
 */
export function enterVoucher(tenant: Tenant, draft: VoucherDraft, entering: Entering): Voucher {
  const year = yearOfEntry(tenant, draft.date, entering.year);
  checkUnlocked(tenant, draft.date);
  const series = seriesOfEntry(year, draft, entering.isByHand);
  if (draft.rows.length === 0) refuse('voucher-without-rows');
  for (const { debitOre, creditOre } of draft.rows) {
    const isTooLarge = Math.max(Math.abs(debitOre), Math.abs(creditOre)) > ROW_ORE_MAX;
    if (isTooLarge) refuse('out-of-range', 'Debit, Credit');
  }
  const rows = draft.rows.map((row) => checkRow(tenant, year, withHeader(row, draft)));
  const imbalance = imbalanceOf(rows);
  if (imbalance !== 0) refuse('voucher-unbalanced', kronorOf(imbalance));
  const voucher: Voucher = {
    ...draft,
    rows,
    number: series.next,
    year: year.id,
    registeredAtMs: entering.atMs,
    registeredOn: entering.today,
  };
  series.vouchers.set(voucher.number, voucher);
  series.next += 1;
  const sameDay = year.byDate.get(voucher.date);
  if (sameDay) sameDay.push(voucher);
  else year.byDate.set(voucher.date, [voucher]);
  for (const row of rows) move(year, row.account, row.debitOre - row.creditOre);
  return voucher;
}

/** Takes out the last voucher of a series, as an administrator can. Its number is free again. */
export function takeOut(year: FinancialYear, series: Series, voucher: Voucher): void {
  if (voucher.number !== series.next - 1) refuse('voucher-not-last');
  series.vouchers.delete(voucher.number);
  series.next -= 1;
  const sameDay = year.byDate.get(voucher.date) ?? [];
  sameDay.splice(sameDay.indexOf(voucher), 1);
  for (const row of voucher.rows) move(year, row.account, row.creditOre - row.debitOre);
}

function checkUnlocked(tenant: Tenant, date: LocalDate): void {
  if (tenant.lockedTo === null || date > tenant.lockedTo) return;
  refuse('period-locked', textOf(tenant.company, 'Name'), tenant.lockedTo);
}

function move(year: FinancialYear, account: number, ore: number): void {
  const total = (year.movements.get(account) ?? 0) + ore;
  assert(Number.isSafeInteger(total), `the sum of account ${account} is an exact number of öre`);
  year.movements.set(account, total);
}

function yearOfEntry(tenant: Tenant, date: LocalDate, asked: FinancialYear | null): FinancialYear {
  const year = asked ?? yearAt(tenant.years, date) ?? refuse('no-financial-year', date);
  if (date < year.from || date > year.to) refuse('date-outside-year', date);
  return year;
}

function seriesOfEntry(year: FinancialYear, draft: VoucherDraft, isByHand: boolean): Series {
  const series = year.series.get(draft.series) ?? refuse('series-unknown');
  if (isByHand && !series.isManual) refuse('series-not-manual');
  return series;
}

/** The cost centre and project of the voucher go for rows that have none of their own. */
function withHeader(row: VoucherRow, draft: VoucherDraft): VoucherRow {
  const costCenter = row.costCenter === '' ? draft.costCenter : row.costCenter;
  const project = row.project === '' ? draft.project : row.project;
  return costCenter === row.costCenter && project === row.project
    ? row
    : { ...row, costCenter, project };
}

function checkRow(tenant: Tenant, year: FinancialYear, row: VoucherRow): VoucherRow {
  const account = accountIn(year.chart, row.account);
  if (account === null) refuse('voucher-account-unknown', row.account);
  if (!account.isActive) refuse('account-inactive', row.account);
  const costCenter = row.costCenter === '' ? account.costCenter : row.costCenter;
  const project = row.project === '' ? account.project : row.project;
  checkCostCenter(tenant, account, costCenter);
  checkProject(tenant, account, project);
  return costCenter === row.costCenter && project === row.project
    ? row
    : { ...row, costCenter, project };
}

function checkCostCenter(tenant: Tenant, account: Account, code: string): void {
  if (code === '') {
    if (account.costCenterSettings === 'MANDATORY') refuse('cost-center-required', account.number);
    return;
  }
  if (account.costCenterSettings === 'NOTALLOWED') {
    refuse('dimension-not-allowed', 'Kostnadsställe', account.number);
  }
  const found = keptFields(tenant, 'costcenters', code) ?? refuse('cost-center-unknown', code);
  if (found['Active'] === false) refuse('cost-center-inactive', code);
}

function checkProject(tenant: Tenant, account: Account, number: string): void {
  if (number === '') {
    if (account.projectSettings === 'MANDATORY') refuse('project-required', account.number);
    return;
  }
  if (account.projectSettings === 'NOTALLOWED') {
    refuse('dimension-not-allowed', 'Projekt', account.number);
  }
  const found = keptFields(tenant, 'projects', number) ?? refuse('project-unknown', number);
  if (found['Status'] === 'COMPLETED') refuse('project-closed', number);
}

function keptFields(tenant: Tenant, shelf: 'costcenters' | 'projects', key: string): Fields | null {
  return tenant.shelves[shelf].entries.get(key)?.fields ?? null;
}
