import type { Books } from '../../../domain/books.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { SalesSource, Step } from '../../../domain/plan.ts';
import type { SalesDocument } from '../../../domain/sales-document.ts';
import type { Json } from '../../../lib/json.ts';
import type { Route, Write } from '../../../ports/target.ts';
import { cannot } from '../cannot.ts';
import { Fit, fitText, TEXT_MAX } from '../text.ts';
import { buyerWrite } from './buyers.ts';
import { creditWrite } from './credits.ts';
import { invoiceWrite, type OrderOf } from './invoices.ts';
import { proofWrite } from './invoice-proof.ts';
import { orderLines } from './order-lines.ts';
import { orderWrite, orderWriteOf, type OrderInput } from './orders.ts';
import { paymentWrite } from './payments.ts';
import { projectWrite } from './projects.ts';
import { saleCode } from './sale-codes.ts';
import { takeOrderWrite } from './taken-orders.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;
type OrderStep = StepOf<'enter-order'>;
type InvoiceStep = StepOf<'invoice-sale'>;
type PaymentStep = StepOf<'pay-sale'>;

/** The calls that enter an order, before it whatever of its customer, project, products is new. */
export function enterOrderWrites({ id, sale, change }: OrderStep, books: Books): Route {
  return orderRoute(id, { sale, change, books, as: { id: `${id}.in` } });
}

type Entering = {
  readonly sale: SalesDocument;
  /** Tripletex's id of the order that is changed; null: there is none yet. */
  readonly change: string | null;
  readonly books: Books;
  /** The write that enters it, and what it stands for besides an order. */
  readonly as: { readonly id: string; readonly of?: 'draft' | 'invoice' };
};

function orderRoute(id: string, { sale, change, books, as }: Entering): Route {
  if (sale.total.currency !== 'NOK') return cannot(`orders in ${sale.total.currency}`);
  const { date, customer, memo } = sale;
  const isAbroad = customer.vat !== 'domestic';
  const codes = sale.rows.map((row) => saleCode(row, { date, isAbroad, books }));
  const untold = sale.rows.find((_, i) => codes[i] === null);
  if (untold !== undefined) {
    return cannot(`a line without VAT on account ${untold.account}, which has no VAT code there`);
  }
  const fit = new Fit();
  const wanted = sale.rows.map(({ article, text, quantity: count, price, account, rate }, i) => {
    const shown = fit.to(text) || '-';
    const line = { article, text: shown, count, price: formatMoney(price) };
    return { ...line, account, rate, vat: codes[i] ?? '' };
  });
  const of = { hasProject: sale.project !== '', isBooked: as.of !== undefined };
  const { writes, lines } = orderLines(id, wanted, of);
  const { writes: around, ...aside } = change === null ? aroundOrder(id, sale) : UNCHANGED;
  const enter = orderWrite(as.id, {
    ...(change === null ? {} : { change }),
    ...aside,
    date,
    department: sale.costCentre,
    reference: fit.to(sale.orderNumber),
    comment: fit.to(commentOf(sale)),
    deliverTo: deliveryOf(sale),
    lines,
    total: formatMoney(sale.total),
    vat: formatMoney(sale.vat),
    ...(memo === undefined ? {} : { memo }),
    ...(as.of === undefined ? {} : { of: as.of }),
  });
  return { kind: 'route', writes: [...around, ...writes, enter], notices: fit.notices };
}

/**
 * The calls that invoice a sale: its order, unless that is there, and the invoice of it. Tripletex
 * books an invoice as it makes it; what is to stay a draft stays an order.
 */
export function invoiceSaleWrites(
  { id, sale, from, voucher }: InvoiceStep,
  { steps, books }: { readonly steps: readonly Step[]; readonly books: Books },
): Route {
  if (sale.paidBy !== null) return cannot('invoices that are paid as they are made');
  const isTaken = from !== null && 'order' in from;
  const change = from !== null && 'draft' in from ? from.draft : null;
  if (voucher === null) {
    const as = { id: `${id}.in`, of: 'draft' } as const;
    if (!isTaken) return orderRoute(id, { sale, change, books, as });
    return routed([takeOrderWrite(as.id, numberIn(from.order))]);
  }
  const entering = orderWriteOf(id);
  const of = 'invoice' as const;
  const order = isTaken
    ? routed([])
    : orderRoute(id, { sale, change, books, as: { id: entering, of } });
  if (order.kind === 'cannot') return order;
  const source: OrderOf = isTaken ? { order: numberIn(from.order) } : { order: { from: entering } };
  const enter = invoiceWrite(`${id}.in`, {
    ...source,
    date: voucher.date,
    total: formatMoney(sale.total),
    // What was entered just now has been held against the sale.
    ...(isTaken ? { vat: formatMoney(sale.vat) } : {}),
    paidOn: steps.flatMap((step) => (step.kind === 'pay-sale' ? [step.payment.account] : [])),
  });
  const proof = proofWrite(id, { of: `${id}.in`, voucher });
  return { ...order, writes: [...order.writes, enter, proof] };
}

/** The call that registers the payment of an invoice, which books it. */
export function paySaleWrites({ id, invoice, payment, voucher }: PaymentStep): Route {
  const { amount, date, account } = payment;
  if (amount.currency !== 'NOK') return cannot(`payments in ${amount.currency}`);
  const of = { invoice: numberIn(invoice), date, amount: formatMoney(amount), account };
  return routed([paymentWrite(id, of, voucher)]);
}

/** The calls that credit an invoice of Tripletex's own as a whole. */
export function creditSaleWrites(
  { id, voucher }: StepOf<'credit-invoice'>,
  invoice: string,
): Route {
  const credit = creditWrite(`${id}.in`, { invoice, date: voucher.date });
  return routed([credit, proofWrite(id, { of: credit.id, voucher })]);
}

/** Its number, or the write of this plan that enters it. */
function numberIn(source: SalesSource): { readonly number: string } | { readonly from: string } {
  return 'number' in source ? source : { from: `${source.step}.in` };
}

function routed(writes: readonly Write[]): Extract<Route, { readonly kind: 'route' }> {
  return { kind: 'route', writes, notices: [] };
}

type Around = Pick<OrderInput, 'customer' | 'project'> & { readonly writes: readonly Write[] };

/** A change leaves customer and project as they are. */
const UNCHANGED: Around = { writes: [] };

/** Whose an order is, and what it is a part of. A project without a name is in the ledger. */
function aroundOrder(id: string, sale: SalesDocument): Around {
  const { project: number, projectName, date: startDate } = sale;
  const customer = `${id}.who`;
  const who = buyerWrite(customer, sale.customer);
  const from = { from: customer };
  if (number === '') return { customer: from, writes: [who] };
  if (projectName === undefined) {
    return { customer: from, project: { number }, writes: [who] };
  }
  const made = `${id}.project`;
  const name = fitText(projectName, TEXT_MAX).text || number;
  const project = projectWrite(made, { number, name, startDate, customer: from });
  return { customer: from, project: { from: made }, writes: [who, project] };
}

/** Tripletex has no field for whoever sells but an employee of its own. */
function commentOf({ remarks, ourReference }: SalesDocument): string {
  return [remarks, ourReference].filter((text) => text !== '').join(', ');
}

/** The country is an id of Tripletex's own: an address is taken for one at home. */
function deliveryOf({ deliverTo, customer }: SalesDocument): Json | null {
  if (deliverTo === null) return null;
  const { street, postcode: postalCode, city } = deliverTo;
  return { name: customer.name, addressLine1: fitText(street, TEXT_MAX).text, postalCode, city };
}
