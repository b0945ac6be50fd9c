import type { LocalDate } from '../../../domain/date.ts';
import { formatMoney, money, parseMoney } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { oreOf } from '../read-back.ts';
import type { Session } from '../session.ts';
import { diagnoseInvoice } from './diagnose-invoice.ts';
import { invoiceOf, readInvoice, remoteOf } from './invoice-search.ts';
import { needs, refusedAs } from './made.ts';
import { readOrder } from './order-search.ts';
import { differencesOf } from './orders.ts';
import { paymentType } from './payment-types.ts';

/** The order that an invoice is made of: by the write that entered it, or by its id. */
export type OrderOf = { readonly order: { readonly from: string } | { readonly number: string } };

/**
 * The invoice of an order. Tripletex numbers and books it in one act, and closes the order: an
 * order becomes one invoice, so that what became of a lost answer is found by the order.
 */
type InvoiceInput = OrderOf & {
  readonly sale: 'invoice';
  readonly date: LocalDate;
  /** What it must come to, as decimal text. */
  readonly total: string;
  /** And its VAT. Absent: that was held against the document when the order was entered. */
  readonly vat?: string;
  /** Accounts that later writes of the plan pay it on: there must be a way to. */
  readonly paidOn: readonly string[];
  /** Our order's result names the invoice that this one takes back in part. */
  readonly isCredit?: true;
};

/** Nothing is sent to a customer by this: Tripletex sends unless it is told not to. */
export const UNSENT = 'sendToCustomer=false';

/** The call that makes an invoice of an order. */
export function invoiceWrite(id: string, of: Omit<InvoiceInput, 'sale'>): Write {
  const input: InvoiceInput = { sale: 'invoice', ...of };
  const { order } = of;
  const which = 'number' in order ? order.number : `{${order.from}}`;
  const call = `PUT /order/${which}/:invoice?invoiceDate=${of.date}&${UNSENT}`;
  return { id, call, input };
}

export const INVOICE: Handler = { make: makeInvoice, find: findInvoice };

async function makeInvoice(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { client } = session;
  const input = inputOf(write);
  const { id, credits } = orderIn(input, context);
  const order = await readOrder(client, id);
  if (order === null) return refusedAs(needs('open-order', id));
  const there = await invoiceOf(client, order);
  if (there !== null) return { kind: 'done', ...foundAs(input, there) };
  if (order['isClosed'] === true) return refusedAs(needs('open-order', textOf(order, 'number')));
  const refusals = [...otherwise(input, order), ...(await unpayable(session, input))];
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const credit = credits === '' ? '' : `&invoiceIdIfIsCreditNote=${credits}`;
  const path = `/order/${id}/:invoice?invoiceDate=${input.date}&${UNSENT}${credit}`;
  const answer = await client.change({ method: 'PUT', path });
  if (answer.kind === 'refused') {
    const refusal = await diagnoseInvoice(session, input.date, answer.error);
    return { kind: 'refused', refusals: refusal };
  }
  return { kind: 'done', ...foundAs(input, await readMade(session, textOf(answer.value, 'id'))) };
}

/** It is made: whatever keeps us from reading it, nothing may be sent again. */
export async function readMade({ client }: Session, id: string): Promise<WireObject> {
  try {
    const made = id === '' ? null : await readInvoice(client, id);
    if (made !== null) return made;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const says = `Tripletex has made it. ${error.message}`;
    throw new ConnectorError(says, { kind: 'unanswered' }, { cause: error });
  }
  throw new ConnectorError('Tripletex did not say which invoice it made.', { kind: 'unanswered' });
}

async function findInvoice(
  { client }: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const input = inputOf(write);
  const order = await readOrder(client, orderIn(input, context).id);
  const there = order === null ? null : await invoiceOf(client, order);
  return there === null ? [] : [foundAs(input, there)];
}

function orderIn({ order, isCredit }: InvoiceInput, { earlier }: WriteContext) {
  if ('number' in order) return { id: order.number, credits: '' };
  const made = present(earlier.get(order.from), 'the entered order');
  const { credits } = (made.data ?? {}) as { readonly credits?: string };
  return { id: made.id, credits: isCredit === true ? (credits ?? '') : '' };
}

/** What somebody has changed in the order since: an invoice cannot be changed. */
function otherwise({ total, vat }: InvoiceInput, order: WireObject): readonly Refusal[] {
  const all = listOf(order, 'orderLines').reduce(
    (sum, line) => sum + oreOf(line, 'amountIncludingVatCurrency'),
    0n,
  );
  if (vat !== undefined) return differencesOf({ total, vat }, order);
  if (all === (parseMoney(total, 'NOK')?.minor ?? 0n)) return [];
  const about = { what: 'order', id: textOf(order, 'number') } as const;
  const booked = formatMoney(money(all, 'NOK'));
  return [{ code: 'read-back-differs', ...about, sent: total, booked }];
}

/** An invoice is not made that the payment could then not be registered of. */
async function unpayable(session: Session, { paidOn }: InvoiceInput): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const account of new Set(paidOn)) {
    if ((await paymentType(session, account)) === null) {
      refusals.push(needs('payment-type', '', account));
    }
  }
  return refusals;
}

/** An invoice that comes to what was meant, whatever Tripletex has rounded it by. */
function foundAs({ total }: InvoiceInput, invoice: WireObject): Found {
  const remote = remoteOf(invoice);
  const off = oreOf(invoice, 'amountRoundoffCurrency');
  const code = textOf(objectOf(invoice, 'currency'), 'code');
  const booked = `${formatMoney(money(oreOf(invoice, 'amountCurrency') - off, 'NOK'))} ${code}`;
  const sent = `${total} NOK`;
  if (sent === booked) return { remote, differences: [] };
  const about = { what: 'invoice', id: remote.id } as const;
  return { remote, differences: [{ code: 'read-back-differs', ...about, sent, booked }] };
}

function inputOf(write: Write): InvoiceInput {
  return write.input as InvoiceInput; // Made by `invoiceWrite`.
}
