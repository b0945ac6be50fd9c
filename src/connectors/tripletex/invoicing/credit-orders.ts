import type { LocalDate } from '../../../domain/date.ts';
import { money, negate } from '../../../domain/money.ts';
import { present } from '../../../lib/assert.ts';
import { objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { sumsBooked } from '../read-back.ts';
import { creditWhole, findWhole } from '../sales/credits.ts';
import { readVoucher, sumsPlanned, type PlannedVoucher } from '../sales/invoice-proof.ts';
import { invoiceNumbered, invoiceOf } from '../sales/invoice-search.ts';
import { INVOICE, invoiceWrite } from '../sales/invoices.ts';
import { ordersOf } from '../sales/order-search.ts';
import { ORDER, orderWrite, type OrderInput } from '../sales/orders.ts';
import type { Session } from '../session.ts';

/**
 * A credit note that names its invoice. Tripletex itself takes back whole invoices only, and then
 * the two settle each other. A part is taken back by an order below zero, whose invoice names the
 * one that it takes back; and so is what names an invoice that is not there.
 */
type CreditOrderInput = {
  readonly sale: 'credit-order';
  readonly order: Omit<OrderInput, 'sale'>;
  /** The invoice by our name of its document, and by the number that the source has of it. */
  readonly credits: { readonly reference: string; readonly number: string | null };
  readonly planned: PlannedVoucher;
};

/** What is known of the invoice that is taken back, for the write after this one. */
type Credited = {
  /** Tripletex's id of it; empty: it is not there. */
  readonly credits: string;
  readonly isWhole: boolean;
};

/** The call that enters what is taken back, unless that is a whole invoice. */
export function creditOrderWrite(id: string, of: Omit<CreditOrderInput, 'sale'>): Write {
  const input: CreditOrderInput = { sale: 'credit-order', ...of };
  return { id, call: 'POST /order', input };
}

export const CREDIT_ORDER: Handler = { make: makeOrder, find: findOrder };

async function makeOrder(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const of = await creditedBy(session, inputOf(write));
  if (of.isWhole) return { kind: 'done', remote: nothing(of), differences: [] };
  const made = await ORDER.make(session, plain(write), context);
  return made.kind === 'done' ? { ...made, remote: withCredited(made.remote, of) } : made;
}

async function findOrder(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const found = await ORDER.find(session, plain(write), context);
  const of = await creditedBy(session, inputOf(write));
  if (of.isWhole) return [{ remote: nothing(of), differences: [] }];
  return found.map((one) => ({ ...one, remote: withCredited(one.remote, of) }));
}

function plain({ id, input }: Write): Write {
  return orderWrite(id, (input as CreditOrderInput).order);
}

function nothing(of: Credited): Remote {
  return { id: '', label: '', data: of };
}

function withCredited(remote: Remote, of: Credited): Remote {
  return { ...remote, data: of };
}

/** The invoice that is taken back, and whether all of it is: by what stands on each account. */
async function creditedBy({ client }: Session, input: CreditOrderInput): Promise<Credited> {
  const { credits, planned } = input;
  const until = planned.date;
  const orders = await ordersOf(client, { reference: credits.reference, until });
  const invoice =
    (await firstInvoice(client, orders)) ??
    (credits.number === null
      ? null
      : await invoiceNumbered(client, { number: credits.number, day: until }));
  if (invoice === null) return { credits: '', isWhole: false };
  const voucher = await readVoucher(client, textOf(objectOf(invoice, 'voucher'), 'id'));
  const back = sumsPlanned(mirrored(planned));
  const booked = sumsBooked(voucher, { date: until, plain: planned.claims });
  return { credits: textOf(invoice, 'id'), isWhole: back.join() === booked.join() };
}

async function firstInvoice(
  client: Session['client'],
  orders: readonly WireObject[],
): Promise<WireObject | null> {
  for (const order of orders) {
    const invoice = await invoiceOf(client, order);
    if (invoice !== null) return invoice;
  }
  return null;
}

function mirrored(planned: PlannedVoucher): PlannedVoucher {
  const back = (minor: string): string => String(negate(money(BigInt(minor), 'NOK')).minor);
  return { ...planned, rows: planned.rows.map((row) => ({ ...row, minor: back(row.minor) })) };
}

/** The credit note: of the whole invoice, or of the order below zero. */
type CreditedInvoiceInput = {
  readonly sale: 'credited-invoice';
  /** The write that knows what is taken back. */
  readonly of: string;
  readonly date: LocalDate;
  readonly total: string;
};

/** The call that makes the credit note. */
export function creditedInvoiceWrite(id: string, of: Omit<CreditedInvoiceInput, 'sale'>): Write {
  const input: CreditedInvoiceInput = { sale: 'credited-invoice', ...of };
  return { id, call: fromOrder(id, input).call, input };
}

export const CREDITED_INVOICE: Handler = { make: makeNote, find: findNote };

async function makeNote(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const input = creditedInput(write);
  const { credits, isWhole } = creditedIn(input, context);
  if (isWhole) return creditWhole(session, { invoice: credits, date: input.date });
  return INVOICE.make(session, fromOrder(write.id, input), context);
}

async function findNote(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const input = creditedInput(write);
  const { credits, isWhole } = creditedIn(input, context);
  if (isWhole) return findWhole(session, credits);
  return INVOICE.find(session, fromOrder(write.id, input), context);
}

function fromOrder(id: string, { of, date, total }: CreditedInvoiceInput): Write {
  return invoiceWrite(id, { order: { from: of }, date, total, paidOn: [], isCredit: true });
}

function creditedIn({ of }: CreditedInvoiceInput, { earlier }: WriteContext): Credited {
  // Made by `makeOrder`.
  return present(earlier.get(of), 'what is taken back').data as Credited;
}

function inputOf(write: Write): CreditOrderInput {
  return write.input as CreditOrderInput; // Made by `creditOrderWrite`.
}

function creditedInput(write: Write): CreditedInvoiceInput {
  return write.input as CreditedInvoiceInput; // Made by `creditedInvoiceWrite`.
}
