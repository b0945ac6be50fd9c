import { without } from '../../lib/without.ts';
import { yearOf, type Books } from '../../domain/books.ts';
import { parseLocalDate } from '../../domain/date.ts';
import { formatMoney, isZero, money, negate, parseMoney, type Money } from '../../domain/money.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';
import type { Notice, Refusal } from '../../domain/refusal.ts';
import { exactNumber } from '../../lib/json.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { readYears } from './books.ts';
import type { FortnoxClient } from './client.ts';
import { fitText } from './text.ts';
import { isRecord, listOf, textOf, type WireObject } from '../../lib/json-object.ts';
import type { WireVoucher, WireVoucherRow } from './wire.ts';

/** Longest texts, from the API description. */
const DESCRIPTION_MAX = 200;
const ROW_TEXT_MAX = 100;
/** Stands before our key in the voucher's comment, which is where it is looked for. */
const KEY_MARK = 'bokbro';

/** What a stored voucher write holds: the body without its key, and the year it belongs to. */
type VoucherInput = {
  readonly year: string | null;
  readonly voucher: Omit<WireVoucher, 'Comments'>;
};

/** The call that posts a voucher, and what had to be shortened for it. */
export function voucherWrite(
  id: string,
  voucher: Voucher,
  at: { readonly books: Books; readonly series: string },
): { readonly write: Write; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const fit = (text: string, longest: number): string => {
    const fitted = fitText(text, longest);
    if (fitted.isCut) notices.push({ code: 'text-shortened', from: text, to: fitted.text });
    return fitted.text;
  };
  const input: VoucherInput = {
    year: yearOf(at.books, voucher.date)?.id ?? null,
    voucher: {
      Description: fit(voucher.text, DESCRIPTION_MAX),
      TransactionDate: voucher.date,
      VoucherSeries: voucher.series ?? at.series,
      VoucherRows: voucher.rows.map((row) => wireRow(row, fit)),
    },
  };
  return { write: { id, call: 'POST /3/vouchers', input }, notices };
}

function wireRow(row: VoucherRow, fit: (text: string, longest: number) => string): WireVoucherRow {
  const zero = money(0n, row.amount.currency);
  const isDebit = row.amount.minor > 0n;
  const text = fit(row.text, ROW_TEXT_MAX);
  return {
    Account: Number(row.account),
    Debit: formatMoney(isDebit ? row.amount : zero),
    Credit: formatMoney(isDebit ? zero : negate(row.amount)),
    ...(text === '' ? {} : { TransactionInformation: text }),
    ...(row.costCentre === undefined ? {} : { CostCenter: row.costCentre }),
    ...(row.project === undefined ? {} : { Project: row.project }),
  };
}

/** Posts a voucher. Fortnox gives it the next number of its series. */
export async function postVoucher(
  client: FortnoxClient,
  write: Write,
  { key }: WriteContext,
): Promise<WriteOutcome> {
  const { year, voucher } = inputOf(write);
  const answer = await client.change({
    method: 'POST',
    path: `/3/vouchers${year === null ? '' : `?financialyear=${year}`}`,
    body: voucherBody(voucher, key),
  });
  if (answer.kind === 'refused') {
    return { kind: 'refused', refusals: answer.refusals.map((one) => named(one, voucher)) };
  }
  const made = answer.kind === 'ok' ? answer.body['Voucher'] : null;
  const remote = isRecord(made) ? remoteOf(made, year) : null;
  if (!isRecord(made) || remote === null) {
    // It was made, but we do not know under which number: it will be looked for.
    throw new ConnectorError('Fortnox did not say which voucher it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', remote, differences: differencesOf(voucher, made, remote.label) };
}

/** Fortnox names neither the day nor the series of the voucher that it refuses. */
function named(refusal: Refusal, voucher: VoucherInput['voucher']): Refusal {
  const { TransactionDate, VoucherSeries: series } = voucher;
  if (refusal.code === 'period-locked') {
    return { ...refusal, date: parseLocalDate(TransactionDate) ?? refusal.date };
  }
  if (refusal.code !== 'target-refused') return refusal;
  if (/serien är inte manuell/i.test(refusal.said)) return { code: 'series-not-manual', series };
  if (/ogiltig verifikationsserie/i.test(refusal.said)) return { code: 'series-unknown', series };
  return refusal;
}

/**
 * Finds a voucher by the key in its comment. The list is asked for the voucher's own day and
 * series; one that was seen and is not there stands on another day: every year is looked through.
 */
export async function findVoucher(
  client: FortnoxClient,
  write: Write,
  { key, wasSeen }: WriteContext,
): Promise<readonly Found[]> {
  const { year, voucher } = inputOf(write);
  const series = encodeURIComponent(voucher.VoucherSeries);
  const { TransactionDate: on } = voucher;
  const path = `/3/vouchers/sublist/${series}?${listQuery(year, { from: on, to: on })}`;
  const found = await foundIn(client, { path, year, key }, voucher);
  if (found.length > 0 || wasSeen !== true) return found;
  for (const { id } of (await readYears(client)).toReversed()) {
    const whole = { path: `/3/vouchers?financialyear=${id}`, year: id, key };
    const elsewhere = await foundIn(client, whole, voucher);
    if (elsewhere.length > 0) return elsewhere;
  }
  return [];
}

/** The vouchers of a list that carry the key. */
async function foundIn(
  client: FortnoxClient,
  list: { readonly path: string; readonly year: string | null; readonly key: string },
  voucher: VoucherInput['voucher'],
): Promise<readonly Found[]> {
  const { path, year, key } = list;
  const listed = await client.list(path, 'Vouchers');
  const isTelling = listed.some(showsComment);
  const found: Found[] = [];
  for (const item of listed) {
    if (isTelling ? !hasKey(item, key) : !mayBeOurs(item)) continue;
    const whole = await wholeVoucher(client, item, year);
    const remote = hasKey(whole, key) ? remoteOf(whole, year) : null;
    if (remote === null) continue;
    found.push({ remote, differences: differencesOf(voucher, whole, remote.label) });
  }
  return found;
}

/** Every key of ours among the vouchers of some days. */
export async function surveyVouchers(
  client: FortnoxClient,
  year: string,
  days: { readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  const listed = await client.list(`/3/vouchers?${listQuery(year, days)}`, 'Vouchers');
  const isTelling = listed.some(showsComment);
  const keys: string[] = [];
  for (const item of listed) {
    if (!isTelling && !mayBeOurs(item)) continue;
    const key = keyOf(isTelling ? item : await wholeVoucher(client, item, year));
    if (key !== null) keys.push(key);
  }
  return keys;
}

/**
 * The description of the API has comments in lists, and no recorded answer shows them. A list in
 * which no voucher has one may leave them out: then each voucher is read by itself, for a voucher
 * that is not found is posted again.
 */
function showsComment(item: WireObject): boolean {
  return textOf(item, 'Comments') !== '';
}

/** What Fortnox has made itself, such as the voucher of an invoice, refers to what it is of. */
function mayBeOurs(item: WireObject): boolean {
  return textOf(item, 'ReferenceNumber') === '';
}

async function wholeVoucher(
  client: FortnoxClient,
  item: WireObject,
  year: string | null,
): Promise<WireObject> {
  const remote = remoteOf(item, year);
  const body = remote === null ? null : await client.get(`/3/vouchers/${remote.id}`);
  const whole = body?.['Voucher'];
  return isRecord(whole) ? whole : {};
}

/** The key that was put into a voucher's comment; null when it is not ours. */
function keyOf(voucher: WireObject): string | null {
  const match = new RegExp(`${KEY_MARK} ([A-Za-z0-9-]{1,40})`).exec(textOf(voucher, 'Comments'));
  return match?.[1] ?? null;
}

function listQuery(
  year: string | null,
  days: { readonly from: string; readonly to: string },
): string {
  const query = new URLSearchParams({ fromdate: days.from, todate: days.to });
  // Without either, Fortnox looks in the year that people work in now.
  if (year === null) query.set('financialyeardate', days.from);
  else query.set('financialyear', year);
  return query.toString();
}

function inputOf(write: Write): VoucherInput {
  return write.input as unknown as VoucherInput; // Made by `voucherWrite`.
}

/** The body with exact amounts: decimal text becomes a JSON number without passing through one. */
function voucherBody(voucher: VoucherInput['voucher'], key: string): string {
  const rows = voucher.VoucherRows.map((row) => {
    return { ...row, Debit: exactNumber(row.Debit), Credit: exactNumber(row.Credit) };
  });
  const body = { ...voucher, Comments: `${KEY_MARK} ${key}`, VoucherRows: rows };
  return JSON.stringify({ Voucher: body });
}

function hasKey(voucher: WireObject, key: string): boolean {
  return textOf(voucher, 'Comments').split(/\s+/).includes(key);
}

function remoteOf(voucher: WireObject, askedYear: string | null): Remote | null {
  const series = textOf(voucher, 'VoucherSeries');
  const number = textOf(voucher, 'VoucherNumber');
  const year = askedYear ?? textOf(voucher, 'Year');
  if (series === '' || number === '') return null;
  const name = { series, number, year };
  return { id: voucherId(name), label: `${series} ${number}`, data: name };
}

/** A voucher as Fortnox names it; `year` is the id of a financial year, empty when not known. */
export type VoucherName = {
  readonly series: string;
  readonly number: string;
  readonly year: string;
};

/** What a voucher can be fetched by: its numbers begin anew in each year. */
export function voucherId(name: VoucherName): string {
  const query = name.year === '' ? '' : `?financialyear=${name.year}`;
  return `${encodeURIComponent(name.series)}/${name.number}${query}`;
}

/** How a voucher in the ledger differs from what was to be posted. */
function differencesOf(
  sent: VoucherInput['voucher'],
  booked: WireObject,
  label: string,
): readonly Refusal[] {
  const rows = listOf(booked, 'VoucherRows').filter((row) => row['Removed'] !== true);
  const wanted = sent.VoucherRows.map((row) => rowText(row as unknown as WireObject)).sort();
  const got = rows.map(rowText).sort();
  if (wanted.join('\n') === got.join('\n')) return [];
  const onlySent = without(wanted, got).join(', ');
  const onlyBooked = without(got, wanted).join(', ');
  const what = `voucher ${sent.TransactionDate}`;
  return [{ code: 'read-back-differs', what, id: label, sent: onlySent, booked: onlyBooked }];
}

/** One row as `3001 -100.00 CC P`: what must be equal. Texts may be cut by the ledger. */
function rowText(row: WireObject): string {
  const debit = amountOf(row, 'Debit');
  const credit = amountOf(row, 'Credit');
  const amount = isZero(credit) ? debit : negate(credit);
  return [
    textOf(row, 'Account'),
    formatMoney(amount),
    textOf(row, 'CostCenter'),
    textOf(row, 'Project'),
  ]
    .join(' ')
    .trim();
}

/** Currency plays no part: the ledger has one. */
function amountOf(row: WireObject, field: string): Money {
  return parseMoney(textOf(row, field), 'SEK') ?? money(0n, 'SEK');
}
