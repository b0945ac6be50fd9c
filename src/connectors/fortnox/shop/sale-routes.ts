import { yearOf, type Books } from '../../../domain/books.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { SalesSource, Step } from '../../../domain/plan.ts';
import type { SalesDocument, SalesPayment } from '../../../domain/sales-document.ts';
import type { Json } from '../../../lib/json.ts';
import { accountDiffers } from '../../../domain/posting/rules/sale-invoice-checks.ts';
import type { Notice, Refusal } from '../../../domain/refusal.ts';
import type { Route, Write } from '../../../ports/target.ts';
import { cannot } from '../cannot.ts';
import { entryOf, Fit } from '../invoices.ts';
import { surveyedWrite } from '../register-writes.ts';
import { articleNumber, articleWrite } from './articles.ts';
import { bookSaleWrite } from './booking.ts';
import { keepBuyerWrites } from '../customer-cards.ts';
import { buyerWrite } from './buyers.ts';
import { changeWrite } from './changes.ts';
import { fromOrderWrite } from './from-order.ts';
import { projectWrite } from './projects.ts';
import { saleHead, saleRow } from './sale-body.ts';

/** No length is documented; cost centres and articles have more. */
const PROJECT_NAME_MAX = 100;

type OrderStep = Extract<Step, { readonly kind: 'enter-order' }>;
type InvoiceStep = Extract<Step, { readonly kind: 'invoice-sale' }>;
type PaymentStep = Extract<Step, { readonly kind: 'pay-sale' }>;

/** The calls that enter an order: its customer and articles as far as they are new, then itself. */
export function enterOrderWrites({ id, sale, change }: OrderStep, books: Books): Route {
  if (sale.total.currency !== 'SEK') return cannot(`orders in ${sale.total.currency}`);
  const fit = new Fit();
  const articles = articleWrites(id, sale, fit);
  const rows = sale.rows.map((row) => saleRow(row, { sale, isOrder: true, fit }));
  const body = { ...saleHead(sale, fit), OrderDate: sale.date, OrderRows: rows };
  const about = { ...sumsOf(sale), label: 'Order', ...memoOf(sale) } as const;
  if (change !== null) {
    const of = { register: 'order', number: change, body, ...about } as const;
    return routed([...articles, changeWrite(entryOf(id), of)], fit);
  }
  const { writes, number } = buyerWrites(id, sale);
  const project = projectWrites(id, sale, { books, fit });
  const enter = surveyedWrite(entryOf(id), {
    register: 'order',
    body: { CustomerNumber: number, ...body },
    ...about,
  });
  return routed([...writes, ...project, ...articles, enter], fit);
}

function memoOf({ memo }: SalesDocument): { readonly memo?: string } {
  return memo === undefined ? {} : { memo };
}

/** The project is made when it is not there; one that is stays as it is. */
function projectWrites(
  id: string,
  { project, projectName }: SalesDocument,
  { books, fit }: { readonly books: Books; readonly fit: Fit },
): readonly Write[] {
  const isThere = books.projects !== null && project in books.projects;
  if (project === '' || projectName === undefined || isThere) return [];
  const name = fit.to(projectName, PROJECT_NAME_MAX) || project;
  return [projectWrite(`${id}.project`, { number: project, name })];
}

/** The calls that invoice a sale, and book the invoice when the plan has a voucher for it. */
export function invoiceSaleWrites(
  step: InvoiceStep,
  at: { readonly steps: readonly Step[]; readonly books: Books },
): Route {
  const { id, sale, voucher } = step;
  if (sale.total.currency !== 'SEK') return cannot(`invoices in ${sale.total.currency}`);
  const fit = new Fit();
  const isPaid = at.steps.some((one) => one.kind === 'pay-sale');
  // The delivery goes by its vouchers; a draft by its own number.
  const label = voucher === null && !isPaid ? { label: 'Faktura' } : {};
  const entering = enteringWrites(step, { label, fit });
  if (voucher === null) return routed(entering, fit);
  const year = yearOf(at.books, voucher.date)?.id ?? null;
  const { total } = sumsOf(sale);
  const book = bookSaleWrite(id, { register: 'invoice', of: entryOf(id), year, total });
  return routed([...entering, book], fit);
}

function enteringWrites(
  { id, sale, from }: InvoiceStep,
  { label, fit }: { readonly label: { readonly label?: string }; readonly fit: Fit },
): readonly Write[] {
  const sums = sumsOf(sale);
  if (from !== null && 'order' in from) {
    const made = `${id}.made`;
    const body = { ...saleHead(sale, fit), InvoiceDate: sale.date };
    const describe = { register: 'invoice', of: made, body, ...sums, ...label } as const;
    return [fromOrderWrite(made, numberIn(from.order)), changeWrite(entryOf(id), describe)];
  }
  const rows = sale.rows.map((row) => saleRow(row, { sale, isOrder: false, fit }));
  const { paidBy } = sale;
  const body = {
    ...saleHead(sale, fit),
    InvoiceDate: sale.date,
    ...(paidBy === null ? {} : { InvoiceType: 'CASHINVOICE', PaymentWay: paidBy }),
    InvoiceRows: rows,
  };
  const articles = articleWrites(id, sale, fit);
  if (from !== null) {
    const of = { register: 'invoice', number: from.draft, body, ...sums, ...label } as const;
    return [...articles, changeWrite(entryOf(id), of)];
  }
  const { writes, number } = buyerWrites(id, sale);
  const enter = surveyedWrite(entryOf(id), {
    register: 'invoice',
    body: { CustomerNumber: number, ...body },
    ...sums,
    ...label,
  });
  return [...writes, ...articles, enter];
}

/** The calls that register the payment of an invoice and book it. */
export function paySaleWrites({ id, invoice, payment, voucher }: PaymentStep, books: Books): Route {
  if (payment.amount.currency !== 'SEK') return cannot(`payments in ${payment.amount.currency}`);
  const refusals = modeRefusals(payment, books);
  if (refusals.length > 0) return { kind: 'cannot', refusals };
  const total = formatMoney(payment.amount);
  const enter = surveyedWrite(entryOf(id), {
    register: 'payment',
    body: {
      InvoiceNumber: numberIn(invoice),
      Amount: total,
      PaymentDate: payment.date,
      ...(payment.mode === undefined
        ? { ModeOfPaymentAccount: Number(payment.account) }
        : { ModeOfPayment: payment.mode }),
    },
    total,
  });
  const year = yearOf(books, voucher.date)?.id ?? null;
  const book = bookSaleWrite(id, { register: 'payment', of: entryOf(id), year });
  return { kind: 'route', writes: [enter, book], notices: [] };
}

/** A mode of payment books on its own account: it has to be the one that the plan shows. */
function modeRefusals({ mode, account }: SalesPayment, books: Books): readonly Refusal[] {
  const known = books.invoices?.modes;
  if (mode === undefined || known === undefined) return [];
  const theirs = known[mode];
  if (theirs === undefined) {
    return [
      { code: 'ledger-needs', system: 'Fortnox', need: 'payment-mode', account, about: mode },
    ];
  }
  return accountDiffers('payment', account, theirs);
}

/** The number in Fortnox, or where it will stand when the step of this plan has been made. */
function numberIn(source: SalesSource): Json {
  return 'number' in source ? source.number : { from: entryOf(source.step) };
}

function buyerWrites(
  id: string,
  { customer }: SalesDocument,
): { readonly writes: readonly Write[]; readonly number: Json } {
  if (customer.knownBy === 'number') return { writes: [], number: customer.number };
  const who = `${id}.who`;
  const card = keepBuyerWrites(`${id}.card`, { who, customer });
  return { writes: [buyerWrite(who, customer), ...card], number: { from: who } };
}

/** One write for each article; a number that had to be changed is told. */
function articleWrites(id: string, { rows }: SalesDocument, fit: Fit): readonly Write[] {
  const articles = new Map(
    rows.flatMap((row) => (row.article === null ? [] : [[row.article, row]])),
  );
  return [...articles].map(([sku, { text, isService }], i) => {
    const to = articleNumber(sku);
    const notice: Notice = { code: 'text-shortened', from: sku, to };
    if (to !== sku) fit.notices.push(notice);
    return articleWrite(`${id}.article-${i + 1}`, { sku, text, isService });
  });
}

function sumsOf({ total, vat }: SalesDocument): { readonly total: string; readonly vat: string } {
  return { total: formatMoney(total), vat: formatMoney(vat) };
}

function routed(writes: readonly Write[], { notices }: Fit): Route {
  return { kind: 'route', writes, notices };
}
