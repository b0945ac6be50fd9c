import { parseCurrency, type Money } from '../../domain/money.ts';
import type { Language } from '../../domain/posting/words.ts';
import { turnoverOf, type Voucher, type VoucherRow } from '../../domain/posting/voucher.ts';
import type { Notice, Refusal } from '../../domain/refusal.ts';
import type { Problem } from '../../ports/source.ts';
import { describeNotice } from '../../text/notices.ts';
import { describeProblem } from '../../text/problems.ts';
import { describeRefusal } from '../../text/refusals.ts';
import type { AccountName } from '../account-names.ts';

/** What leaves the house: each field is published on purpose, amounts as text. */
function moneyOut(amount: Money): { minor: string; currency: string } {
  return { minor: String(amount.minor), currency: amount.currency };
}

export function rowOut(row: VoucherRow, accountName: AccountName) {
  return {
    account: row.account,
    accountName: accountName(row.account),
    minor: String(row.amount.minor),
    why: row.why,
    text: row.text,
    costCentre: row.costCentre ?? null,
    project: row.project ?? null,
  };
}

export function voucherOut(of: Voucher, accountName: AccountName) {
  const { date, text, currency, series, rows } = of;
  const told = rows.map((row) => rowOut(row, accountName));
  return { date, text, currency, series: series ?? null, rows: told };
}

/** What vouchers or a draft come to: the sum of what stands in debit; null when nothing does. */
export function turnoverOut(rows: readonly VoucherRow[]) {
  const [first] = rows;
  return first === undefined ? null : moneyOut(turnoverOf(rows, first.amount.currency));
}

export function refusalOut(refusal: Refusal, language: Language) {
  const facts = Object.entries(refusal as Readonly<Record<string, unknown>>);
  const amounts = facts.flatMap(([name, value]) =>
    isMoney(value) ? [{ name, amount: moneyOut(value) }] : [],
  );
  return { code: refusal.code, message: describeRefusal(refusal, language, 'app'), amounts };
}

function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null || !('minor' in value)) return false;
  return (
    typeof value.minor === 'bigint' &&
    'currency' in value &&
    parseCurrency(String(value.currency)) !== null
  );
}

export function noticeOut(notice: Notice, language: Language) {
  return { code: notice.code, message: describeNotice(notice, language) };
}

export function problemOut(problem: Problem, language: Language) {
  return { code: problem.code, message: describeProblem(problem, language) };
}
