import { yearOf, type Books } from '../books.ts';
import type { LocalDate } from '../date.ts';
import type { Refusal } from '../refusal.ts';
import { STANDARD_ACCOUNTS } from './account-roles.ts';
import type { PostingChoices } from './choices.ts';
import type { Voucher, VoucherRow } from './voucher.ts';

/** Everything in the ledger's own register that would make it refuse this voucher. */
export function checkAgainstBooks(
  voucher: Pick<Voucher, 'date' | 'rows' | 'series'>,
  books: Books,
): Refusal[] {
  const refusals: Refusal[] = [];
  const { date, series } = voucher;
  if (books.lockedTo !== null && date <= books.lockedTo) {
    refusals.push({ code: 'period-locked', date, lockedTo: books.lockedTo });
  }
  if (books.series !== null && series !== undefined) {
    const known = books.series[series];
    if (known === undefined) refusals.push({ code: 'series-unknown', series });
    else if (!known.manual) refusals.push({ code: 'series-not-manual', series });
  }
  const year = yearOf(books, date);
  if (books.years !== null && year === null) refusals.push({ code: 'year-missing', date });
  const accounts = year === null ? undefined : books.accounts?.[year.id];
  for (const row of oncePerAccount(voucher.rows)) {
    if (accounts !== undefined) refusals.push(...checkAccount(row, accounts[row.account]));
  }
  return [...refusals, ...checkDimensions(voucher.rows, books)];
}

/** An account that a company's choices lead to and that the ledger will refuse. */
export type UnbookableAccount = {
  readonly account: string;
  /** What it is for. */
  readonly roles: readonly string[];
  readonly isInactive: boolean;
};

/**
 * Accounts that documents of this flow may be booked on and that the ledger lacks on that day, or
 * has closed. None when the ledger does not tell its accounts.
 */
export function unbookableAccounts(
  choices: Pick<PostingChoices, 'country' | 'accounts'>,
  books: Books,
  date: LocalDate,
): readonly UnbookableAccount[] {
  const year = yearOf(books, date);
  const known = year === null ? undefined : books.accounts?.[year.id];
  if (known === undefined) return [];
  const wanted = new Map<string, string[]>();
  const answers = { ...STANDARD_ACCOUNTS[choices.country], ...choices.accounts };
  for (const [role, account] of Object.entries(answers)) {
    if (account === undefined || known[account]?.active === true) continue;
    wanted.set(account, [...(wanted.get(account) ?? []), role]);
  }
  return [...wanted].map(([account, roles]) => {
    return { account, roles, isInactive: known[account] !== undefined };
  });
}

function checkAccount(
  row: VoucherRow,
  account: NonNullable<Books['accounts']>[string][string] | undefined,
): Refusal[] {
  const { account: number, role } = row;
  if (account === undefined) return [{ code: 'account-unknown', account: number, role }];
  const refusals: Refusal[] = [];
  if (!account.active) refusals.push({ code: 'account-inactive', account: number, role });
  if (account.costCentre === 'mandatory' && row.costCentre === undefined) {
    refusals.push({ code: 'cost-centre-required', account: number });
  }
  if (account.project === 'mandatory' && row.project === undefined) {
    refusals.push({ code: 'project-required', account: number });
  }
  return refusals;
}

function checkDimensions(rows: readonly VoucherRow[], books: Books): Refusal[] {
  const named = (pick: (row: VoucherRow) => string | undefined): string[] => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ];
  const { costCentres, projects } = books;
  return [
    ...named((row) => row.costCentre)
      .filter((code) => costCentres !== null && costCentres[code]?.active !== true)
      .map((costCentre): Refusal => ({ code: 'cost-centre-unknown', costCentre })),
    ...named((row) => row.project)
      .filter((code) => projects !== null && projects[code]?.active !== true)
      .map((project): Refusal => ({ code: 'project-unknown', project })),
  ];
}

/** The first row of each account: a missing account is named once. */
function oncePerAccount(rows: readonly VoucherRow[]): VoucherRow[] {
  const first = new Map<string, VoucherRow>();
  for (const row of rows) if (!first.has(row.account)) first.set(row.account, row);
  return [...first.values()];
}
