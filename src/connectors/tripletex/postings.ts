import type { LedgerAccount } from '../../domain/books.ts';
import type { LocalDate } from '../../domain/date.ts';
import { formatMoney, money } from '../../domain/money.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';
import { parsePercent } from '../../domain/vat/rates.ts';
import { grossOfVat, grossParts, usualVat } from './vat-parts.ts';
import { isVatAccount, NO_VAT, salesCode, vatCodeOf, type VatCode } from './vat-codes.ts';

/** One posting as it is sent: gross, with the number of its VAT code. */
export type Posting = {
  readonly account: string;
  /** Decimal text; debit positive, VAT included where the code has any. */
  readonly gross: string;
  readonly vat: string;
  readonly text: string;
  readonly department?: string;
  readonly project?: string;
};

type Accounts = Readonly<Record<string, LedgerAccount>>;

/** A row that is posted gross, and the code that makes its VAT. */
type Base = { readonly row: VoucherRow; readonly code: VatCode; readonly vat: bigint };

/**
 * The postings that make a voucher in Tripletex: the ledger comes to the voucher's amounts on
 * every account, to the øre.
 *
 * Rows of VAT are not sent where Tripletex makes them itself: those on an account that the code of
 * another row puts its VAT on. All other rows are sent as they stand, without VAT treatment.
 *
 * @param accounts - the company's chart with each account's own VAT code; empty when not known
 */
export function postingsOf(voucher: Voucher, accounts: Accounts): readonly Posting[] {
  const { date, rows } = voucher;
  const bases = new Map<VoucherRow, Base>();
  const made = new Set<string>();
  for (const [account, own] of basesByAccount(rows, accounts, date)) {
    const vat = sumOf(rows.filter((row) => row.account === account));
    const shared = shareVat(own, vat);
    if (shared === null) continue;
    made.add(account);
    for (const base of shared) bases.set(base.row, base);
  }
  return rows.flatMap((row): readonly Posting[] => {
    if (made.has(row.account)) return [];
    const base = bases.get(row);
    if (base !== undefined) return grossPostings(base);
    return [posting(row, row.amount.minor, zeroCode(row, accounts, date))];
  });
}

/** Rows that have a rate, by the account that their VAT belongs on. */
function basesByAccount(
  rows: readonly VoucherRow[],
  accounts: Accounts,
  date: LocalDate,
): ReadonlyMap<string, readonly Omit<Base, 'vat'>[]> {
  const found = new Map<string, Omit<Base, 'vat'>[]>();
  for (const row of rows) {
    if (isVatAccount(row.account, date)) continue;
    const code = codeOf(row, accounts, date);
    if (code === null || code.account === null) continue;
    found.set(code.account, [...(found.get(code.account) ?? []), { row, code }]);
  }
  return found;
}

/** The code of a row: its role's rate where it says one, else the account's own code. */
function codeOf(row: VoucherRow, accounts: Accounts, date: LocalDate): VatCode | null {
  const own = vatCodeOf(accounts[row.account]?.vatCode ?? '', date);
  const rate = rateOfRole(row.role);
  if (rate === null || rate === 0) return own;
  if (own?.rate === rate && own.direction === 'outgoing') return own;
  return salesCode(rate, date);
}

/** `sales.25`, `shipping.15`, `sales.25/LIVS`. @returns null for a role that says no rate */
function rateOfRole(role: string): number | null {
  const [, percent = ''] = /^(?:sales|shipping|fee)\.(\d+(?:\.\d+)?)(?:\/|$)/.exec(role) ?? [];
  return percent === '' ? null : parsePercent(percent);
}

/** The code of what has no VAT: zero rate, export, outside the act. */
function zeroCode(row: VoucherRow, accounts: Accounts, date: LocalDate): string {
  if (isVatAccount(row.account, date)) return NO_VAT;
  const own = vatCodeOf(accounts[row.account]?.vatCode ?? '', date);
  if (/^(?:sales|shipping|fee)\.export-/.test(row.role)) return EXPORT;
  return own?.account === null ? own.number : NO_VAT;
}

const EXPORT = '52';

/**
 * Each row's share of the VAT: what its net comes to, and what is left over on the largest.
 *
 * @returns null when there is no VAT, or it runs against its rows: both are then sent as they stand
 */
function shareVat(bases: readonly Omit<Base, 'vat'>[], vat: bigint): readonly Base[] | null {
  const shares = bases.map(({ row, code }) => usualVat(row.amount.minor, code.rate));
  const usual = shares.reduce((sum, one) => sum + one, 0n);
  if (vat === 0n || usual * vat <= 0n) return null;
  const sizes = bases.map(({ row }) => sizeOf(row.amount.minor));
  const largest = sizes.indexOf(sizes.reduce((a, b) => (b > a ? b : a), 0n));
  return bases.map(({ row, code }, at) => {
    const share = shares[at] ?? 0n;
    return { row, code, vat: at === largest ? share + vat - usual : share };
  });
}

function grossPostings({ row, code, vat }: Base): readonly Posting[] {
  const net = row.amount.minor;
  const parts = grossParts(net, vat, code.rate);
  if (parts !== null) return parts.map((gross) => posting(row, gross, code.number));
  // Far from its net: the VAT is kept to, and what its gross does not hold has no treatment.
  const gross = grossOfVat(vat, code.rate);
  const rest = net + vat - gross;
  return [
    ...(gross === 0n ? [] : [posting(row, gross, code.number)]),
    ...(rest === 0n ? [] : [posting(row, rest, NO_VAT)]),
  ];
}

function posting(row: VoucherRow, gross: bigint, vat: string): Posting {
  return {
    account: row.account,
    gross: formatMoney(money(gross, row.amount.currency)),
    vat,
    text: row.text,
    ...(row.costCentre === undefined ? {} : { department: row.costCentre }),
    ...(row.project === undefined ? {} : { project: row.project }),
  };
}

function sumOf(rows: readonly VoucherRow[]): bigint {
  return rows.reduce((sum, row) => sum + row.amount.minor, 0n);
}

function sizeOf(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
