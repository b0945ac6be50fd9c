import type { LocalDate } from '../../../domain/date.ts';
import { parseMoney } from '../../../domain/money.ts';
import type { Voucher } from '../../../domain/posting/voucher.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Json } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { TripletexClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { labelOf, oreOf } from '../read-back.ts';
import type { Session } from '../session.ts';
import { diagnoseInvoice } from './diagnose-invoice.ts';
import {
  plannedVoucher,
  readVoucher,
  unlikePlanned,
  type PlannedVoucher,
} from './invoice-proof.ts';
import { dataOf, invoiceNumbered, invoiceOf } from './invoice-search.ts';
import { needs, refusedAs } from './made.ts';
import { readOrder } from './order-search.ts';
import { paymentType } from './payment-types.ts';

/**
 * The payment of an invoice. It carries nothing of ours: it is known by its day, its amount and the
 * account that the money came to, among the payments of that invoice that are not already ours.
 */
type PaymentInput = {
  readonly sale: 'payment';
  /** By the write of this plan that makes it, or by its number. */
  readonly invoice: { readonly from: string } | { readonly number: string };
  readonly date: LocalDate;
  /** Decimal text; below zero when a credit note is paid out. */
  readonly amount: string;
  readonly account: string;
  readonly planned: PlannedVoucher;
};

/** The call that pays an invoice. */
export function paymentWrite(
  id: string,
  of: Omit<PaymentInput, 'sale' | 'planned'>,
  voucher: Voucher,
): Write {
  const { invoice, date, amount } = of;
  const input: PaymentInput = { sale: 'payment', ...of, planned: plannedVoucher(voucher) };
  const which = 'number' in invoice ? invoice.number : `{${invoice.from}}`;
  const call = `PUT /invoice/${which}/:payment?paymentDate=${date}&paidAmount=${amount}`;
  return { id, call, input: input satisfies Json };
}

export const PAYMENT: Handler = { make: makePayment, find: findPayment };

async function makePayment(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { client } = session;
  const input = inputOf(write);
  const id = await invoiceId(client, input, context);
  if (id === null) return refusedAs(needs('known-invoice', numberOf(input)));
  const there = await paymentsOf(client, { id, input, context });
  if (there[0] !== undefined) return { kind: 'done', ...there[0] };
  const type = await paymentType(session, input.account);
  if (type === null) return refusedAs(needs('payment-type', '', input.account));
  const { date, amount } = input;
  const query = `paymentDate=${date}&paymentTypeId=${type}&paidAmount=${amount}`;
  const answer = await client.change({ method: 'PUT', path: `/invoice/${id}/:payment?${query}` });
  if (answer.kind === 'refused') {
    return { kind: 'refused', refusals: await diagnoseInvoice(session, date, answer.error) };
  }
  const [made] = await readMade(client, { id, input, context });
  return { kind: 'done', ...made };
}

/** It is paid: whatever keeps us from reading it, nothing may be sent again. */
async function readMade(client: TripletexClient, of: Looked): Promise<readonly [Found]> {
  try {
    const [made] = await paymentsOf(client, of);
    if (made !== undefined) return [made];
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const says = `Tripletex has registered it. ${error.message}`;
    throw new ConnectorError(says, { kind: 'unanswered' }, { cause: error });
  }
  throw new ConnectorError('Tripletex does not show the payment yet.', { kind: 'unanswered' });
}

async function findPayment(
  { client }: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const input = inputOf(write);
  const id = await invoiceId(client, input, context);
  return id === null ? [] : (await paymentsOf(client, { id, input, context })).slice(0, 1);
}

/** Tripletex's id of the invoice. A draft that has become one since is known by its order. */
async function invoiceId(
  client: TripletexClient,
  { invoice, date }: PaymentInput,
  { earlier }: WriteContext,
): Promise<string | null> {
  if ('from' in invoice) return dataOf(present(earlier.get(invoice.from), 'the invoice')).invoice;
  const numbered = await invoiceNumbered(client, { number: invoice.number, day: date });
  if (numbered !== null) return textOf(numbered, 'id');
  const order = await readOrder(client, invoice.number);
  const made = order === null ? null : await invoiceOf(client, order);
  return made === null ? null : textOf(made, 'id');
}

type Looked = {
  readonly id: string;
  readonly input: PaymentInput;
  readonly context: WriteContext;
};

/** The payments of the invoice that say what this one says, and are of no other write. */
async function paymentsOf(
  client: TripletexClient,
  { id, input, context }: Looked,
): Promise<readonly Found[]> {
  const { date, amount, account, planned } = input;
  const minor = parseMoney(amount, 'NOK')?.minor ?? 0n;
  const fields = 'postings(amount,date,voucher(id))';
  const invoice = await client.get(`/invoice/${id}?fields=id,${fields}`);
  const ours = new Set([...context.earlier.values()].map((remote) => remote.id));
  const found: Found[] = [];
  for (const posting of listOf(invoice ?? {}, 'postings')) {
    const voucherId = textOf(objectOf(posting, 'voucher'), 'id');
    if (oreOf(posting, 'amount') !== -minor || textOf(posting, 'date') !== date) continue;
    if (ours.has(voucherId)) continue;
    const voucher = await readVoucher(client, voucherId);
    if (!comesTo(voucher, account, minor)) continue;
    const remote = { id: voucherId, label: labelOf(voucher) };
    found.push({ remote, differences: unlikePlanned(planned, voucher) });
  }
  return found;
}

function comesTo(voucher: WireObject, account: string, minor: bigint): boolean {
  return listOf(voucher, 'postings').some((one) => {
    const number = textOf(objectOf(one, 'account'), 'number');
    return number === account && oreOf(one, 'amount') === minor;
  });
}

function numberOf({ invoice }: PaymentInput): string {
  return 'number' in invoice ? invoice.number : '';
}

function inputOf(write: Write): PaymentInput {
  return write.input as PaymentInput; // Made by `paymentWrite`.
}
