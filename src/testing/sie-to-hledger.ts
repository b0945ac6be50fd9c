import { readFileSync } from 'node:fs';
import type { LocalDate } from '../domain/date.ts';
import { readSie } from '../domain/sie/book.ts';
import type { SieBalance, SieBook, SieRow, SieVoucher, SieYear } from '../domain/sie/model.ts';
import { formatAmount } from '../domain/sie/values.ts';

/**
 * Takes up what the opening balances lack to sum to zero, as when a year's result has not been
 * moved to equity. Books of our own never show it.
 */
const OPENING_DIFFERENCE = 'opening-difference';

/**
 * A SIE 4 book as an hledger journal, so that a program which shares no line with ours proves it.
 *
 * `hledger -f x check` then shows that each voucher balances, and by balance assertions that
 * opening balances and vouchers make the `#UB` and `#RES` of the file. Vouchers outside the
 * file's own year are left out, since its balances do not speak of them. A row whose amount could
 * not be read, or a voucher without a day, makes a journal that hledger refuses.
 */
export function sieToHledger(book: SieBook): string {
  const year = book.years.find(({ index }) => index === 0) ?? null;
  const days = year === null ? null : daysOf(year);
  const vouchers = book.vouchers.filter((voucher) => isWithinYear(voucher, days));
  const name = commentOf(book.header.companyName ?? '');
  const lines = [
    `; ${name}: ${vouchers.length} of ${book.vouchers.length} vouchers`,
    'decimal-mark .',
    'commodity 1000.00 SEK',
    '',
    ...accountsOf(book).map((account) => `account ${account}`),
    ...(days === null ? [] : openingOf(book, days.start)),
    ...vouchers.flatMap(transactionOf),
    ...(days === null || vouchers.length === 0 ? [] : assertionsOf(book, days.end)),
  ];
  return `${lines.join('\n')}\n`;
}

type Days = { readonly start: LocalDate; readonly end: LocalDate };

function daysOf({ start, end }: SieYear): Days | null {
  return start?.day && end?.day ? { start: start.day, end: end.day } : null;
}

/** A voucher without a day stays in, so that hledger stumbles over it. */
function isWithinYear({ date }: SieVoucher, days: Days | null): boolean {
  if (days === null || !date?.day) return true;
  return days.start <= date.day && date.day <= days.end;
}

function accountsOf(book: SieBook): readonly string[] {
  const used = [
    ...book.accounts.map(({ number }) => number),
    ...book.balances.map(({ account }) => account),
    ...book.vouchers.flatMap(({ rows }) => rows.map(({ account }) => account)),
  ];
  return [...new Set([...used.map(accountOf), OPENING_DIFFERENCE])].toSorted();
}

function openingOf(book: SieBook, start: LocalDate): readonly string[] {
  const opening = book.balances.filter(({ kind, year }) => kind === 'opening' && year === 0);
  const total = opening.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0n), 0n);
  const postings = opening.map(({ account, amountMinor }) => posting(account, amountMinor));
  if (total !== 0n) postings.push(posting(OPENING_DIFFERENCE, -total));
  return postings.length === 0 ? [] : ['', `${start} (IB) opening balances`, ...postings];
}

/** Nothing is posted: the amounts after `=` are what hledger must have reached by then. */
function assertionsOf(book: SieBook, end: LocalDate): readonly string[] {
  const isStated = ({ kind, year, amountMinor }: SieBalance): boolean =>
    (kind === 'closing' || kind === 'result') && year === 0 && amountMinor !== null;
  const stated = book.balances.filter(isStated);
  const postings = stated.map(
    ({ account, amountMinor }) =>
      `${posting(account, 0n)} = ${formatAmount(amountMinor ?? 0n)} SEK`,
  );
  return postings.length === 0 ? [] : ['', `${end} (UB) closing balances`, ...postings];
}

function transactionOf(voucher: SieVoucher): readonly string[] {
  const code = `${voucher.series} ${voucher.number}`.trim().replace(/[()]/g, ' ');
  const date = voucher.date?.day ?? 'no-date';
  return [
    '',
    `${date} (${code}) ${commentOf(voucher.text)}`.trimEnd(),
    ...voucher.rows.map(postingOf),
  ];
}

function postingOf(row: SieRow): string {
  const objects = row.objects.map(({ dimension, code }) => `dim${dimension} ${code}`);
  const comment = commentOf([...objects, row.text].filter((part) => part !== '').join(', '));
  return `${posting(row.account, row.amountMinor)}${comment === '' ? '' : `  ; ${comment}`}`;
}

function posting(account: string, amountMinor: bigint | null): string {
  const amount = amountMinor === null ? 'unreadable' : formatAmount(amountMinor);
  return `    ${accountOf(account)}  ${amount} SEK`;
}

/** hledger gives blanks, brackets and semicolons a meaning of their own. */
function accountOf(account: string): string {
  return account === '' ? 'missing-account' : account.replace(/[^\p{Letter}\p{Number}-]/gu, '_');
}

/** Colons make tags, brackets make dates, and a semicolon or a bar ends a description. */
function commentOf(text: string): string {
  return text.replace(/[\p{Control};|:[\]]/gu, ' ').trim();
}

if (import.meta.main) {
  const [, , file] = process.argv;
  if (file === undefined) {
    process.stderr.write('usage: node src/testing/sie-to-hledger.ts FILE > out.journal\n');
    process.exitCode = 2;
  } else process.stdout.write(sieToHledger(readSie(readFileSync(file)).book));
}
