import { plusDays, type LocalDate } from '../../../../domain/date.ts';
import { present } from '../../../../lib/assert.ts';
import { ownAccount } from '../company/accounts.ts';
import { change, entitiesOf, put, referred, takeNumber, type Company } from '../company/company.ts';
import { NOK, VOUCHER_TYPES } from '../company/seed.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import { vatCode } from '../company/vat-types.ts';
import type { Call } from '../api/call.ts';
import { dayProblems } from '../books/bookable.ts';
import { enterVoucher, splitVat, voucherTypeId, type PostingDraft } from '../books/enter.ts';
import { settle } from '../books/open-items.ts';
import { kronerOf, oreOf } from '../wire/amounts.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { invalid, refuseProblems } from '../wire/refusals.ts';
import { kidOf } from './kid.ts';
import { inKroner, totalsOf, type Sale, type Totals } from './totals.ts';

/**
 * Making an invoice of orders: it is numbered, booked and charged in one act.
 *
 * | Uncertain                              | Chosen                                               |
 * |----------------------------------------|------------------------------------------------------|
 * | Sales accounts                         | the product's, else the standard one of the VAT code |
 * | Sales rows of the voucher              | one for each line, then one for its VAT              |
 * | Invoice in another currency            | each row converted; the claim is the sum of the rows |
 * | Rounding to whole kroner               | only where the company has chosen it, on 7740        |
 */
const RECEIVABLES = 1500;
const ROUND_OFF = 7740;

/** What is to become an invoice. */
export type Charge = {
  /** Of one customer and currency. */
  readonly orders: readonly Entity[];
  readonly date: LocalDate;
  readonly dueDate: LocalDate | null;
  /** 0: the next. */
  readonly number: number;
  readonly about: Fields;
  /** The invoice that a negative one takes back. */
  readonly credits: number | null;
};

export function charge(call: Call, asked: Charge): Entity {
  const { company, choices, moment } = call;
  checkCharge(call, asked);
  const first = present(asked.orders[0], 'an order');
  const customer = referred(company, 'Customer', idIn(first.fields, 'customer'));
  const currency = idIn(first.fields, 'currency') ?? NOK;
  const totals = totalsOf(company, { orders: asked.orders, choices });
  const number = asked.number > 0 ? asked.number : takeNumber(company, 'invoice');
  const title = titleOf(number, customer);
  const claim = { ...asked, customer, currency, totals, number, title };
  const voucher = enterVoucher(company, moment, {
    head: {
      date: asked.date,
      description: title,
      voucherType: voucherTypeId(company, VOUCHER_TYPES.outgoingInvoice),
      isPosted: true,
      about: {},
    },
    postings: postingsOf(company, claim),
  });
  const invoice = put(company, moment, {
    model: 'Invoice',
    fields: invoiceFields(company, claim, voucher),
  });
  const [posting] = idsIn(voucher.fields, 'postings');
  settle(company, moment, { invoice, postings: posting === undefined ? [] : [posting] });
  closeOrders(call, asked.orders);
  company.happenings.push({ event: 'invoice.charged', id: invoice.id });
  return invoice;
}

/** `Faktura nummer 136 til Ironbridge Ltd (10110)`, as texts of payments were seen to quote it. */
export function titleOf(number: number, customer: Entity): string {
  const name = textOf(customer.fields, 'name');
  const customerNumber = textOf(customer.fields, 'customerNumber');
  return `Faktura nummer ${number} til ${name} (${customerNumber})`;
}

type Claim = Charge & {
  readonly customer: Entity;
  readonly currency: number;
  readonly totals: Totals;
  readonly title: string;
};

function checkCharge(call: Call, { orders, date, number }: Charge): void {
  const { company } = call;
  checkBankAccount(company);
  if (orders.some(({ fields }) => fields['isClosed'] === true)) invalid(null, 'order-closed');
  for (const name of ['customer', 'currency']) {
    if (new Set(orders.map(({ fields }) => fields[name])).size > 1)
      invalid(null, 'different-orders');
  }
  const isUsed = entitiesOf(company, 'Invoice').some(
    ({ fields }) => fields['invoiceNumber'] === number,
  );
  if (isUsed) invalid('invoiceNumber', 'number-in-use');
  refuseProblems(dayProblems(company, date, 'invoiceDate'));
}

/** Met in a new company: nothing can be invoiced before the bank account stands in the chart. */
function checkBankAccount(company: Company): void {
  const isThere = entitiesOf(company, 'Account').some(
    ({ fields }) =>
      fields['isInvoiceAccount'] === true && textOf(fields, 'bankAccountNumber') !== '',
  );
  if (!isThere) invalid(null, 'no-bank-account');
}

/** The claim first, then the sales: their rows carry the kroner of which the claim is the sum. */
function postingsOf(company: Company, claim: Claim): PostingDraft[] {
  const { totals, currency, date, title } = claim;
  const base = { date, currency, description: title };
  const sales = totals.sales.flatMap((sale) => saleRows(company, claim, sale));
  const off = inKroner(company, totals.roundOffOre, currency);
  const roundOff: PostingDraft = {
    ...base,
    account: ownAccount(company, ROUND_OFF),
    ...amounts(-off, -totals.roundOffOre),
    vat: 0,
    row: 0,
    about: {},
  };
  const others = off === 0 && totals.roundOffOre === 0 ? sales : [...sales, roundOff];
  const ore = -others.reduce((sum, row) => sum + row.ore, 0);
  const receivable: PostingDraft = {
    ...base,
    account: receivablesOf(company, claim.customer),
    ...amounts(ore, totals.totalOre),
    vat: 0,
    row: 0,
    about: {
      customer: claim.customer.id,
      type: 'OUTGOING_INVOICE_CUSTOMER_POSTING',
      invoiceNumber: String(claim.number),
      termOfPayment: dueDateOf(claim),
      project: projectOf(claim),
    },
  };
  return [receivable, ...others];
}

function amounts(ore: number, currencyOre: number) {
  return { ore, grossOre: ore, currencyOre, grossCurrencyOre: currencyOre };
}

function saleRows(company: Company, claim: Claim, sale: Sale): PostingDraft[] {
  const { currency, date } = claim;
  const { netOre, vatOre, vat, order, line } = sale;
  const kroner = (ore: number): number => inKroner(company, ore, currency);
  return splitVat(company, {
    date,
    account: sale.account,
    grossOre: -kroner(netOre + vatOre),
    grossCurrencyOre: -(netOre + vatOre),
    currency,
    vat,
    code: present(vatCode(vat), `the VAT code ${vat}`),
    vatOre: -kroner(vatOre),
    vatCurrencyOre: -vatOre,
    row: 0,
    description: textOf(line.fields, 'description'),
    about: {
      customer: claim.customer.id,
      project: order.fields['project'] ?? null,
      department: order.fields['department'] ?? null,
      product: line.fields['product'] ?? null,
      invoiceNumber: String(claim.number),
    },
  });
}

export function receivablesOf(company: Company, customer: Entity): Entity {
  const own = idIn(customer.fields, 'ledgerAccount');
  return own === null ? ownAccount(company, RECEIVABLES) : referred(company, 'Account', own);
}

function projectOf({ orders }: Charge): number | null {
  const [first] = orders;
  return first === undefined ? null : idIn(first.fields, 'project');
}

function invoiceFields(company: Company, claim: Claim, voucher: Entity): Fields {
  const { totals, orders, number, customer, currency, date } = claim;
  const [first] = orders;
  const [posting] = idsIn(voucher.fields, 'postings');
  const booked =
    posting === undefined ? 0 : numberOf(referred(company, 'Posting', posting).fields, 'amount');
  const net = inKroner(company, totals.netOre, currency);
  return {
    invoiceNumber: number,
    invoiceDate: date,
    invoiceDueDate: dueDateOf(claim),
    customer: customer.id,
    creditedInvoice: claim.credits,
    isCredited: false,
    kid: kidOf(number),
    invoiceComment: first?.fields['invoiceComment'] ?? null,
    ...claim.about,
    orders: orders.map(({ id }) => id),
    orderLines: totals.sales.map(({ line }) => line.id),
    travelReports: [],
    projectInvoiceDetails: [],
    voucher: voucher.id,
    deliveryDate: first?.fields['deliveryDate'] ?? null,
    amount: booked,
    amountCurrency: kronerOf(totals.totalOre),
    amountExcludingVat: kronerOf(net),
    amountExcludingVatCurrency: kronerOf(totals.netOre),
    amountRoundoff: kronerOf(inKroner(company, totals.roundOffOre, currency)),
    amountRoundoffCurrency: kronerOf(totals.roundOffOre),
    sumRemits: 0,
    currency,
    isCreditNote: totals.totalOre < 0,
    isCharged: true,
    isApproved: true,
    postings: [],
    reminders: [],
    isPeriodizationPossible: true,
    ehfSendStatus: 'DO_NOT_SEND',
  };
}

/** The day that was asked for, else as many days or months on as the order says. */
function dueDateOf({ dueDate, date, orders }: Charge): LocalDate {
  if (dueDate !== null) return dueDate;
  const [first] = orders;
  const count = first === undefined ? 0 : numberOf(first.fields, 'invoicesDueIn');
  if (first?.fields['invoicesDueInType'] !== 'MONTHS') return plusDays(date, count);
  return Temporal.PlainDate.from(date).add({ months: count }).toString() as LocalDate;
}

function closeOrders({ company, moment }: Call, orders: readonly Entity[]): void {
  for (const order of orders) {
    change(company, order, { moment, fields: { isClosed: true } });
    for (const id of idsIn(order.fields, 'orderLines')) {
      const line = referred(company, 'OrderLine', id);
      line.fields = { ...line.fields, isCharged: true };
    }
  }
}

/** The claim an invoice made: the first of its postings. */
export function claimOf(company: Company, invoice: Entity): Entity {
  return referred(company, 'Posting', idsIn(invoice.fields, 'postings')[0] ?? null);
}

/** What an invoice is still owed in Norwegian kroner, in øre. */
export function owedInKroner(company: Company, invoice: Entity): number {
  return idsIn(invoice.fields, 'postings').reduce(
    (ore, id) => ore + oreOf(numberOf(referred(company, 'Posting', id).fields, 'amount')),
    0,
  );
}
