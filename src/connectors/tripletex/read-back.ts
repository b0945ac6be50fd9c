import { without } from '../../lib/without.ts';
import { formatMoney, money, parseMoney } from '../../domain/money.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Remote } from '../../ports/target.ts';
import { isVatAccount } from './vat-codes.ts';
import type { VoucherInput } from './voucher-input.ts';
import { parseLocalDate, type LocalDate } from '../../domain/date.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

/** What is asked of a voucher that is to be held against what was sent. */
export const PROOF_FIELDS =
  'id,number,tempNumber,year,date,description,externalVoucherNumber,postings(row,amount,' +
  'amountGross,description,account(number),vatType(number),department(departmentNumber),' +
  'project(number))';

/** A voucher as its users call it: `12-2026`. One that waits for approval has no number yet. */
export function remoteOf(voucher: WireObject): Remote {
  return { id: textOf(voucher, 'id'), label: labelOf(voucher) };
}

export function labelOf(voucher: WireObject): string {
  return `${textOf(voucher, 'number')}-${textOf(voucher, 'year')}`;
}

/** What a voucher comes to on each account, by department and project. */
export function sumsOfVoucher(
  { rows, date }: Pick<Voucher, 'rows' | 'date'>,
  plain: readonly string[] = [],
): readonly string[] {
  return sumsOf(
    date,
    rows.map(({ account, amount, costCentre = '', project = '' }) => {
      const rest = plain.includes(account) ? [] : [costCentre, project];
      return { account, minor: amount.minor, rest };
    }),
  );
}

/**
 * What a voucher in the ledger comes to on each account.
 *
 * @param plain - accounts whose department and project are Tripletex's own choice
 */
export function sumsBooked(
  booked: WireObject,
  of: { readonly date: LocalDate; readonly plain?: readonly string[] },
): readonly string[] {
  const { date, plain = [] } = of;
  return sumsOf(
    date,
    listOf(booked, 'postings').map((one) => {
      const account = textOf(objectOf(one, 'account'), 'number');
      const rest = plain.includes(account) ? [] : dimensionsOf(one);
      return { account, minor: oreOf(one, 'amount'), rest };
    }),
  );
}

/**
 * How a voucher in the ledger differs from what was to be posted: in a row of ours, or in what an
 * account has come to with the rows of VAT that Tripletex made.
 */
export function differencesOf(input: VoucherInput, booked: WireObject): readonly Refusal[] {
  const postings = listOf(booked, 'postings');
  const own = postings.filter((one) => textOf(one, 'row') !== '0');
  const date = parseLocalDate(input.date) ?? ('' as LocalDate);
  const sums = sumsBooked(booked, { date });
  const rows = unlike(input.postings.map(sentLine), own.map(bookedLine));
  const { sent, other } = rows.sent + rows.other === '' ? unlike(input.sums, sums) : rows;
  if (sent === '' && other === '') return [];
  const what = `voucher ${input.date}`;
  return [{ code: 'read-back-differs', what, id: labelOf(booked), sent, booked: other }];
}

function sentLine({ account, gross, vat, department, project }: VoucherInput['postings'][number]) {
  return lineOf([account, gross, vatText(vat), department ?? '', project ?? '']);
}

function bookedLine(posting: WireObject): string {
  return lineOf([
    textOf(objectOf(posting, 'account'), 'number'),
    formatMoney(money(oreOf(posting, 'amountGross'), 'NOK')),
    vatText(textOf(objectOf(posting, 'vatType'), 'number')),
    ...dimensionsOf(posting),
  ]);
}

function vatText(number: string): string {
  return number === '' || number === '0' ? '' : `mva ${number}`;
}

function dimensionsOf(posting: WireObject): readonly string[] {
  return [
    textOf(objectOf(posting, 'department'), 'departmentNumber'),
    textOf(objectOf(posting, 'project'), 'number'),
  ];
}

type Sum = { readonly account: string; readonly minor: bigint; readonly rest: readonly string[] };

/** VAT is counted by account alone: whether its rows get a department is Tripletex's own choice. */
function sumsOf(date: LocalDate, rows: readonly Sum[]): readonly string[] {
  const sums = new Map<string, { readonly start: string; readonly end: string; minor: bigint }>();
  for (const { account, minor, rest } of rows) {
    const end = isVatAccount(account, date) ? '' : lineOf(rest);
    const key = `${account} ${end}`;
    const sum = sums.get(key) ?? { start: account, end, minor: 0n };
    sums.set(key, { ...sum, minor: sum.minor + minor });
  }
  return [...sums.values()]
    .filter(({ minor }) => minor !== 0n)
    .map(({ start, end, minor }) => lineOf([start, formatMoney(money(minor, 'NOK')), end]))
    .sort();
}

function lineOf(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}

/** Lines of what was planned and of what is booked that stand on one side only. */
export function unlikeSums(
  of: { readonly what: string; readonly id: string },
  sent: readonly string[],
  booked: readonly string[],
): readonly Refusal[] {
  const lines = unlike(sent, booked);
  if (lines.sent === '' && lines.other === '') return [];
  return [{ code: 'read-back-differs', ...of, sent: lines.sent, booked: lines.other }];
}

/** Lines that stand on one side only, each as often as it is too many. */
function unlike(
  sent: readonly string[],
  booked: readonly string[],
): { readonly sent: string; readonly other: string } {
  return { sent: without(sent, booked).join(', '), other: without(booked, sent).join(', ') };
}

/** Amounts come as JSON numbers; those of a ledger have at most two decimals. */
export function oreOf(object: WireObject, field: string): bigint {
  return parseMoney(textOf(object, field), 'NOK')?.minor ?? 0n;
}
