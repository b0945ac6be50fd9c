import { parseLocalDate, plusDays, type LocalDate, type Period } from '../../domain/date.ts';
import type { LedgerVoucher } from '../../ports/target.ts';
import { TripletexRefusal, type TripletexClient } from './client.ts';
import { TOO_LARGE } from './errors.ts';
import { labelOf, oreOf } from './read-back.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

const LEDGER_FIELDS =
  'id,number,year,date,description,reverseVoucher(number,year),' +
  'postings(amount,description,account(number),' +
  'department(departmentNumber),project(number))';

/** Days asked for at once: a question with more than 10 000 hits is refused. */
const DAYS_AT_ONCE = 31;

/** Every voucher of the period that is in the ledger, with the rows of VAT that Tripletex made. */
export async function readLedger(
  client: TripletexClient,
  period: Period,
): Promise<readonly LedgerVoucher[]> {
  const listed = await listVouchers(client, period, LEDGER_FIELDS);
  return listed.flatMap(ledgerVoucher);
}

/** The vouchers of some days, month by month; by halves where a month has too many. */
export async function listVouchers(
  client: TripletexClient,
  period: Period,
  fields: string,
): Promise<readonly WireObject[]> {
  const all: WireObject[] = [];
  for (let from = period.from; from <= period.to; from = plusDays(from, DAYS_AT_ONCE)) {
    const end = plusDays(from, DAYS_AT_ONCE - 1);
    const to = end < period.to ? end : period.to;
    all.push(...(await vouchersOf(client, { from, to }, fields)));
  }
  return all;
}

async function vouchersOf(
  client: TripletexClient,
  { from, to }: Period,
  fields: string,
): Promise<readonly WireObject[]> {
  // The last day is left out of what is asked for.
  const dateTo = plusDays(to, 1);
  const path = `/ledger/voucher?dateFrom=${from}&dateTo=${dateTo}&fields=${fields}`;
  try {
    return await client.list(path);
  } catch (error) {
    const isTooMuch = error instanceof TripletexRefusal && error.code === TOO_LARGE;
    if (!isTooMuch || from === to) throw error;
    const middle = middleOf(from, to);
    const before = await vouchersOf(client, { from, to: middle }, fields);
    return [...before, ...(await vouchersOf(client, { from: plusDays(middle, 1), to }, fields))];
  }
}

function middleOf(from: LocalDate, to: LocalDate): LocalDate {
  let days = 0;
  while (plusDays(from, 2 * days + 1) < to) days += 1;
  return plusDays(from, days);
}

function ledgerVoucher(voucher: WireObject): readonly LedgerVoucher[] {
  const date = parseLocalDate(textOf(voucher, 'date'));
  // One that waits for somebody's approval has no number, and is not in the ledger.
  if (date === null || Number(textOf(voucher, 'number')) === 0) return [];
  const rows = listOf(voucher, 'postings').map((posting) => {
    const costCentre = textOf(objectOf(posting, 'department'), 'departmentNumber');
    const project = textOf(objectOf(posting, 'project'), 'number');
    return {
      account: textOf(objectOf(posting, 'account'), 'number'),
      minor: oreOf(posting, 'amount'),
      text: textOf(posting, 'description'),
      ...(costCentre === '' ? {} : { costCentre }),
      ...(project === '' ? {} : { project }),
    };
  });
  const text = textOf(voucher, 'description');
  const opposite = objectOf(voucher, 'reverseVoucher');
  const reversed = textOf(opposite, 'number') === '' ? {} : { reversedBy: labelOf(opposite) };
  return [{ id: textOf(voucher, 'id'), label: labelOf(voucher), date, text, ...reversed, rows }];
}

/** What each account stood at before a day. */
export async function readOpening(
  client: TripletexClient,
  on: LocalDate,
): Promise<Readonly<Record<string, bigint>>> {
  const listed = await client.list(
    `/ledger?dateFrom=${on}&dateTo=${plusDays(on, 1)}&fields=account(number),openingBalance`,
  );
  return Object.fromEntries(
    listed.map((one) => [textOf(objectOf(one, 'account'), 'number'), oreOf(one, 'openingBalance')]),
  );
}
