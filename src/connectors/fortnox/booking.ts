import { formatMoney, money, parseMoney } from '../../domain/money.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { actedOn, actWrite, type ActInput } from './register-actions.ts';
import { saidBy } from './register-writes.ts';
import { REGISTERS } from './registers.ts';
import { isRecord, listOf, textOf, type WireObject } from '../../lib/json-object.ts';
import { voucherId, type VoucherName } from './voucher.ts';

/**
 * The booking of an invoice, or of a payment, that an earlier write of the plan has entered.
 *
 * Fortnox makes the voucher itself, in its own series and with rows that we did not send, so it is
 * read back: its number is what the delivery goes by, and its sums must be those of the plan.
 */
type BookInput = ActInput & {
  /** Id of the financial year; null when it is not known. */
  readonly year: string | null;
  /** The voucher's day, and what it comes to on each account: `1510 3164.00 21 P7`. */
  readonly expected: readonly string[];
  /** Where Fortnox puts what it rounds the invoice by. Absent: it may round nothing. */
  readonly rounds?: { readonly claims: string; readonly rounding: string };
};

/** The call that books an invoice or a payment, and the voucher that it must become. */
export function bookWrite(
  id: string,
  of: {
    readonly register: 'invoice' | 'supplier-invoice' | 'supplier-payment';
    /** The write that enters the invoice. */
    readonly invoice: string;
    readonly year: string | null;
    readonly voucher: Voucher;
    readonly rounds?: BookInput['rounds'];
  },
): Write {
  const { register, invoice, year, voucher, rounds } = of;
  const act: ActInput = { register, of: invoice, action: 'bookkeep', done: 'Booked' };
  const rows = voucher.rows.map((row) => ({
    place: placeOf(row.account, row.costCentre ?? '', row.project ?? ''),
    minor: row.amount.minor,
  }));
  const expected = [voucher.date, ...sumsOf(rows)];
  const input: BookInput = { ...act, year, expected, ...(rounds === undefined ? {} : { rounds }) };
  return { ...actWrite(id, act), input };
}

/** Whether a write books an invoice and reads its voucher back. */
export function isBookWrite({ input }: Write): boolean {
  return isRecord(input) && 'expected' in input;
}

/** Books the invoice. One that is booked already is taken as it stands. */
export async function bookInvoice(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { path } = actedOn(write, context);
  const answer = await client.change({ method: 'PUT', path: `${path}/bookkeep` });
  if (answer.kind !== 'ok') {
    const [found] = await findBooking(client, write, context);
    if (found !== undefined) return { kind: 'done', ...found };
    const refusals = answer.kind === 'refused' ? answer.refusals : [saidBy(answer.error)];
    return { kind: 'refused', refusals };
  }
  try {
    const shown = answer.body[REGISTERS[inputOf(write).register].envelope];
    return { kind: 'done', ...(await readBack(client, { path, write, shown })) };
  } catch (error) {
    // It is booked: whatever kept us from reading the voucher, nothing may be sent again.
    if (!(error instanceof ConnectorError)) throw error;
    throw new ConnectorError(`Fortnox booked it. ${error.message}`, { kind: 'unanswered' });
  }
}

/** A booking is found by the state of the invoice. */
export async function findBooking(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { path } = actedOn(write, context);
  const shown = await readInvoice(client, write, path);
  if (shown === null || textOf(shown, 'Booked') !== 'true') return [];
  return [await readBack(client, { path, write, shown })];
}

async function readInvoice(
  client: FortnoxClient,
  write: Write,
  path: string,
): Promise<WireObject | null> {
  const body = await client.get(path);
  const invoice = body?.[REGISTERS[inputOf(write).register].envelope];
  return isRecord(invoice) ? invoice : null;
}

/** The voucher that the booked invoice names, held against the one that was planned. */
async function readBack(
  client: FortnoxClient,
  of: { readonly path: string; readonly write: Write; readonly shown: unknown },
): Promise<Found> {
  const { path, write, shown } = of;
  const { year } = inputOf(write);
  const expected = expectedOf(write, shown);
  const name = nameIn(shown, year) ?? nameIn(await readInvoice(client, write, path), year);
  if (name === null) {
    // Booked without a voucher, as far as we are told: a person looks.
    return { remote: { id: path, label: '' }, differences: differences('', expected, []) };
  }
  const id = voucherId(name);
  const body = await client.get(`/3/vouchers/${id}`);
  const voucher = body?.['Voucher'];
  const label = `${name.series} ${name.number}`;
  const booked = isRecord(voucher) ? bookedLines(voucher) : [];
  return { remote: { id, label, data: name }, differences: differences(label, expected, booked) };
}

/** What the voucher comes to, with what Fortnox has rounded the invoice by itself. */
function expectedOf(write: Write, shown: unknown): readonly string[] {
  const { expected, rounds } = inputOf(write);
  const roundOff = isRecord(shown) ? oreOf(shown, 'RoundOff') : 0n;
  if (rounds === undefined || roundOff === 0n) return expected;
  const [day = '', ...lines] = expected;
  const rows = lines.map((line) => {
    const [account = '', amount = '', ...rest] = line.split(' ');
    const minor = parseMoney(amount, 'SEK')?.minor ?? 0n;
    return { place: { account, rest: rest.join(' ') }, minor };
  });
  const { claims, rounding } = rounds;
  rows.push({ place: { account: claims, rest: '' }, minor: roundOff });
  rows.push({ place: { account: rounding, rest: '' }, minor: -roundOff });
  return [day, ...sumsOf(rows)];
}

function nameIn(invoice: unknown, year: string | null): VoucherName | null {
  if (!isRecord(invoice)) return null;
  const [series, number] = [textOf(invoice, 'VoucherSeries'), textOf(invoice, 'VoucherNumber')];
  if (series === '' || number === '' || number === '0') return null;
  return { series, number, year: year ?? textOf(invoice, 'VoucherYear') };
}

function bookedLines(voucher: WireObject): readonly string[] {
  const rows = listOf(voucher, 'VoucherRows').filter((row) => row['Removed'] !== true);
  const sums = sumsOf(
    rows.map((row) => ({
      place: placeOf(textOf(row, 'Account'), textOf(row, 'CostCenter'), textOf(row, 'Project')),
      minor: oreOf(row, 'Debit') - oreOf(row, 'Credit'),
    })),
  );
  return [textOf(voucher, 'TransactionDate'), ...sums];
}

type Place = { readonly account: string; readonly rest: string };

function placeOf(account: string, costCentre: string, project: string): Place {
  return { account, rest: [costCentre, project].filter((code) => code !== '').join(' ') };
}

/** What each account comes to, by cost centre and project: Fortnox joins and splits rows. */
function sumsOf(rows: readonly { readonly place: Place; readonly minor: bigint }[]): string[] {
  const sums = new Map<string, { readonly place: Place; readonly minor: bigint }>();
  for (const { place, minor } of rows) {
    const key = `${place.account} ${place.rest}`;
    sums.set(key, { place, minor: (sums.get(key)?.minor ?? 0n) + minor });
  }
  return [...sums.values()]
    .filter(({ minor }) => minor !== 0n)
    .map(({ place, minor }) =>
      `${place.account} ${formatMoney(money(minor, 'SEK'))} ${place.rest}`.trim(),
    )
    .sort();
}

function differences(
  id: string,
  expected: readonly string[],
  booked: readonly string[],
): readonly Refusal[] {
  const sent = expected.filter((line) => !booked.includes(line)).join(', ');
  const other = booked.filter((line) => !expected.includes(line)).join(', ');
  if (sent === '' && other === '') return [];
  return [{ code: 'read-back-differs', what: 'voucher', id, sent, booked: other }];
}

function oreOf(row: WireObject, field: string): bigint {
  return parseMoney(textOf(row, field), 'SEK')?.minor ?? 0n;
}

function inputOf(write: Write): BookInput {
  return write.input as BookInput; // Made by `bookWrite`.
}
