import type { Books } from '../../../domain/books.ts';
import { daysBetween } from '../../../domain/date.ts';
import type { InvoiceEntry } from '../../../domain/invoice-entry.ts';
import { formatMoney, sum, type Money } from '../../../domain/money.ts';
import { vatOnNet } from '../../../domain/vat/rates.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Voucher } from '../../../domain/posting/voucher.ts';
import type { Route, Write } from '../../../ports/target.ts';
import { cannot } from '../cannot.ts';
import { plannedVoucher, proofWrite } from '../sales/invoice-proof.ts';
import { invoiceWrite } from '../sales/invoices.ts';
import { orderLines, type WantedLine } from '../sales/order-lines.ts';
import { orderWrite, orderWriteOf, type OrderInput } from '../sales/orders.ts';
import { saleCode } from '../sales/sale-codes.ts';
import { Fit } from '../text.ts';
import { creditedInvoiceWrite, creditOrderWrite } from './credit-orders.ts';
import { piecesOf } from './entry-lines.ts';
import { attachToOrder } from './order-files.ts';
import { departmentIn, namedIn } from './kept-before.ts';
import { sendWrite } from './sending.ts';

type EnterStep = Extract<Step, { readonly kind: 'enter-invoice' }>;

/** Where Tripletex puts what it rounds an invoice by (NS 4102: øresavrunding). */
const ROUND_OFF = '7740';

/**
 * The calls that enter a coded invoice as an order, with its files, make the invoice of it, and
 * have it sent when the company wants that. What Tripletex reckons is held against the invoice
 * before it is made, and its voucher after. A draft stays an order.
 */
export function enterInvoiceWrites(
  step: EnterStep,
  { steps, books }: { readonly steps: readonly Step[]; readonly books: Books },
): Route {
  const { id, invoice, voucher, send } = step;
  const fit = new Fit();
  const isBooked = voucher !== null;
  const lines = linesOf(invoice, { books, fit });
  const why = refusedFor(step) ?? (typeof lines === 'string' ? lines : null);
  if (why !== null || typeof lines === 'string') return cannot(why ?? '');
  const entering = isBooked ? orderWriteOf(id) : `${id}.in`;
  const entered = enteringWrites(step, { lines, fit, entering, steps });
  const files = steps.flatMap((one) => {
    return one.kind === 'attach-file' && one.to === id ? [attachToOrder(one, entering)] : [];
  });
  const made = isBooked ? bookingWrites(step, { voucher, entering }) : [];
  const sent = send === null ? [] : [sendWrite(`${id}.send`, { of: `${id}.in`, by: send })];
  return {
    kind: 'route',
    writes: [...entered, ...files, ...made, ...sent],
    notices: fit.notices,
  };
}

/** What Tripletex has no place for, told before anything is sent. */
function refusedFor({ invoice, voucher, send }: EnterStep): string | null {
  const { total, rows, terms, dueDate, customer } = invoice;
  if (total.currency !== 'NOK') return `invoices in ${total.currency}`;
  if (!/^\d{1,9}$/.test(customer.number)) {
    return `a customer with the number ${customer.number}: it takes whole numbers`;
  }
  const vat = rowsVat(invoice);
  if (vat.minor !== invoice.vat.minor) {
    const [there, here] = [formatMoney(vat), formatMoney(invoice.vat)];
    return `VAT that is not reckoned row by row: it comes to ${there} there, and is ${here}`;
  }
  const centres = new Set(rows.map(({ costCentre }) => costCentre ?? ''));
  if (centres.size > 1) {
    const named = [...centres].filter((code) => code !== '').join(', ');
    const why = 'an order has one department';
    return `rows of one invoice with different cost centres (${named}): ${why}`;
  }
  if (dueDate === null && terms !== null && !/^\d{1,3}$/.test(terms)) {
    return `the terms of payment ${terms}: it takes a number of days`;
  }
  if (send !== null && voucher === null) {
    return 'the sending of an invoice that is not booked: it is an order until then';
  }
  return null;
}

/** VAT as orders reckon it: of each row. */
function rowsVat({ rows, total }: InvoiceEntry): Money {
  const each = rows.map(({ net, rate }) => vatOnNet(net, rate));
  return sum(each, total.currency);
}

/** @returns words for what cannot be a line there */
function linesOf(
  { rows, date }: InvoiceEntry,
  { books, fit }: { readonly books: Books; readonly fit: Fit },
): readonly WantedLine[] | string {
  const lines: WantedLine[] = [];
  for (const row of rows) {
    const { account, rate } = row;
    const vat = saleCode(row, { date, isAbroad: false, books });
    if (vat === null && row.vatCode !== undefined) return `a line with VAT code ${row.vatCode}`;
    if (vat === null && rate !== 0) return `a line with a VAT rate that there is no code of`;
    if (vat === null) {
      return `a line without VAT on account ${account}, which has no VAT code there`;
    }
    const { text, count, price } = piecesOf(row);
    lines.push({ article: null, text: fit.to(text) || '-', count, price, account, rate, vat });
  }
  return lines;
}

type Entering = {
  readonly lines: readonly WantedLine[];
  readonly fit: Fit;
  /** The write that enters the order. */
  readonly entering: string;
  readonly steps: readonly Step[];
};

function enteringWrites(step: EnterStep, of: Entering): Write[] {
  const { lines: wanted, fit, entering, steps } = of;
  const { id, invoice, change, voucher } = step;
  const { project, customer, credits } = invoice;
  const about = { hasProject: project !== null, isBooked: true };
  const { writes, lines } = orderLines(id, wanted, about);
  const aside = {
    customer: namedIn(steps, 'customer', customer.number),
    ...(project === null ? {} : { project: namedIn(steps, 'project', project.number) }),
  };
  const order: Omit<OrderInput, 'sale'> = {
    ...(change === null ? aside : { change }),
    ...headOf(invoice, fit),
    department: departmentIn(steps, invoice.rows[0]?.costCentre ?? ''),
    lines,
    isNet: true,
    about: invoice.reference,
    of: voucher === null ? 'draft' : 'invoice',
  };
  if (voucher === null || credits === null || change !== null) {
    return [...writes, orderWrite(entering, order)];
  }
  const planned = plannedVoucher(voucher);
  return [...writes, creditOrderWrite(entering, { order, credits, planned })];
}

function headOf(invoice: InvoiceEntry, fit: Fit) {
  const { date, dueDate, terms, orderNumber, number, yourReference, ourReference } = invoice;
  const days = dueDate === null ? terms : String(daysBetween(date, dueDate));
  const references = [
    ...(yourReference === '' ? [] : [`Deres ref: ${yourReference}`]),
    ...(ourReference === '' ? [] : [`Vår ref: ${ourReference}`]),
  ];
  return {
    date,
    reference: fit.to(orderNumber === '' ? number : orderNumber),
    comment: fit.to(references.join(', ')),
    deliverTo: null,
    ...(days === null ? {} : { dueInDays: Number(days) }),
    total: formatMoney(invoice.total),
    vat: formatMoney(invoice.vat),
  };
}

function bookingWrites(
  { id, invoice, change }: EnterStep,
  { voucher, entering }: { readonly voucher: Voucher; readonly entering: string },
): readonly Write[] {
  const of = { date: voucher.date, total: formatMoney(invoice.total) };
  const isCredit = invoice.credits !== null && change === null;
  const made = isCredit
    ? creditedInvoiceWrite(`${id}.in`, { ...of, of: entering })
    : invoiceWrite(`${id}.in`, { ...of, order: { from: entering }, paidOn: [] });
  return [made, proofWrite(id, { of: made.id, voucher, rounding: ROUND_OFF })];
}
