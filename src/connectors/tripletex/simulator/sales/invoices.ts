import { parseLocalDate, type LocalDate } from '../../../../domain/date.ts';
import { allOrNone } from '../company/all-or-none.ts';
import { entitiesOf, entityOf, referred } from '../company/company.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { file, json, created, nothing, value, type Answer } from '../api/answer.ts';
import {
  findOne,
  flagAsked,
  neededDay,
  needParameters,
  numberAsked,
  readBody,
  readBodyList,
  shown,
  type Call,
  type Route,
} from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject, wholeIn } from '../wire/read-object.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { invalid, refuse, refuseProblems } from '../wire/refusals.ts';
import { charge, type Charge } from './charge.ts';
import { credit } from './credit.ts';
import { makeOrder } from './orders.ts';
import { pay } from './payments.ts';

/**
 * Invoices, which are always of orders. `sendToCustomer` is true unless it is said otherwise: what
 * goes out is kept in the company's outbox, which a test can find empty.
 */
const SEARCH: Search = {
  model: 'Invoice',
  range: ['invoiceDateFrom', 'invoiceDateTo'],
  picks: {
    id: { by: 'ids' },
    invoiceDateFrom: { by: 'from', field: 'invoiceDate' },
    invoiceDateTo: { by: 'to', field: 'invoiceDate' },
    invoiceNumber: { by: 'equals' },
    kid: { by: 'equals' },
    voucherId: { by: 'ids', field: 'voucher' },
    customerId: { by: 'equals', field: 'customer' },
  },
};

function postInvoice(call: Call): Answer {
  const body = readBody(call);
  return created(
    shown(
      call,
      allOrNone(call.company, () => makeInvoice(call, body)),
    ),
  );
}

function postInvoices(call: Call): Answer {
  const bodies = readBodyList(call);
  const made = allOrNone(call.company, () => bodies.map((body) => makeInvoice(call, body)));
  const values = made.map((invoice) => shown(call, invoice));
  const envelope = { fullResultSize: values.length, from: 0, count: values.length };
  return json(201, { ...envelope, versionDigest: null, values });
}

function makeInvoice(call: Call, body: Fields): Entity {
  const { company, choices } = call;
  const { fields, embedded } = readObject(modelOf('Invoice'), body, {
    company,
    choices,
    embeds: ['orders'],
  });
  refuseProblems(
    ['invoiceDate', 'invoiceDueDate']
      .filter((name) => !isSet(fields, name))
      .map((field) => ({ field, sentence: 'not-null' })),
  );
  const [sent, ...more] = embedded['orders'] ?? [];
  if (sent === undefined || more.length > 0) invalid('orders', 'one-order');
  const order = isSet(sent, 'id') ? orderById(call, sent) : makeOrder(call, sent);
  const isKept = choices.ownInvoiceNumber === 'kept';
  const invoice = charge(call, {
    orders: [order],
    date: dayIn(fields, 'invoiceDate'),
    dueDate: dayIn(fields, 'invoiceDueDate'),
    number: isKept ? numberOf(fields, 'invoiceNumber') : 0,
    about: { comment: fields['comment'] ?? null },
    credits: null,
  });
  prepay(call, invoice, fields);
  sendIfAsked(call, invoice);
  return invoice;
}

function orderById({ company }: Call, sent: Fields): Entity {
  return entityOf(company, 'Order', wholeIn(sent, 'id')) ?? refuse('no-object');
}

function dayIn(fields: Fields, name: string): LocalDate {
  return parseLocalDate(textOf(fields, name)) ?? invalid(name, 'wrong-type');
}

/** Paid on the spot: type and amount stand in the address, or in the body. */
function prepay(call: Call, invoice: Entity, fields: Fields): void {
  const typeId = numberAsked(call, 'paymentTypeId') ?? wholeIn(fields, 'paymentTypeId');
  const paid = numberAsked(call, 'paidAmount') ?? (numberOf(fields, 'paidAmount') || null);
  if (typeId === null && paid === null) return;
  if (typeId === null) invalid('paymentTypeId', 'required');
  if (paid === null) invalid('@amountBasisCurrency', 'required');
  const type = entityOf(call.company, 'PaymentType', typeId) ?? refuse('no-object');
  const date = textOf(invoice.fields, 'invoiceDate') as LocalDate;
  pay(call, { invoice, type, date, paid, paidCurrency: numberAsked(call, 'paidAmountCurrency') });
}

function sendIfAsked(call: Call, invoice: Entity): void {
  if (!flagAsked(call, 'sendToCustomer', true)) return;
  const customer = referred(call.company, 'Customer', idIn(invoice.fields, 'customer'));
  const type = call.query.get('sendType') ?? textOf(customer.fields, 'invoiceSendMethod');
  const { fields } = customer;
  const own = textOf(fields, 'invoiceEmail') || textOf(fields, 'email');
  const to = call.query.get('overrideEmailAddress') ?? own;
  const { id } = invoice;
  const invoiceNumber = numberOf(invoice.fields, 'invoiceNumber');
  call.company.outbox.push({ invoiceId: id, invoiceNumber, sendType: type, to });
}

function invoiceOrder(call: Call): Answer {
  return chargeOrders(call, [findOne(call, 'Order')]);
}

function invoiceOrders(call: Call): Answer {
  needParameters(call, ['id', 'invoiceDate']);
  const text = call.query.get('id') ?? '';
  if (!/^\d+(,\d+)*$/.test(text)) invalid('id', 'bad-id-list');
  const orders = text
    .split(',')
    .map((id) => entityOf(call.company, 'Order', Number(id)) ?? refuse('no-object'));
  return chargeOrders(call, orders);
}

function chargeOrders(call: Call, orders: readonly Entity[]): Answer {
  const onAccount = call.query.get('createOnAccount') ?? 'NONE';
  if (onAccount !== 'NONE' || (numberAsked(call, 'amountOnAccount') ?? 0) !== 0) {
    refuse('not-simulated', 'The simulator does not keep amounts on account');
  }
  const credits = numberAsked(call, 'invoiceIdIfIsCreditNote') ?? 0;
  const asked: Charge = {
    orders,
    date: neededDay(call, 'invoiceDate'),
    dueDate: null,
    number: 0,
    about: { comment: null },
    credits: credits === 0 ? null : (entityOf(call.company, 'Invoice', credits)?.id ?? null),
  };
  const invoice = allOrNone(call.company, () => {
    const made = charge(call, asked);
    prepay(call, made, {});
    sendIfAsked(call, made);
    return made;
  });
  return value(shown(call, invoice));
}

function payInvoice(call: Call): Answer {
  const invoice = findOne(call, 'Invoice');
  needParameters(call, ['paymentDate', 'paymentTypeId']);
  const type = entityOf(call.company, 'PaymentType', numberAsked(call, 'paymentTypeId'));
  const paid = numberAsked(call, 'paidAmount');
  if (paid === null) invalid('@amountBasisCurrency', 'required');
  pay(call, {
    invoice,
    type: type ?? refuse('no-object'),
    date: neededDay(call, 'paymentDate'),
    paid,
    paidCurrency: numberAsked(call, 'paidAmountCurrency'),
  });
  return value(shown(call, invoice));
}

function creditInvoice(call: Call): Answer {
  const invoice = findOne(call, 'Invoice');
  const date = neededDay(call, 'date');
  const note = credit(call, { invoice, date, comment: call.query.get('comment') ?? null });
  sendIfAsked(call, note);
  return value(shown(call, note));
}

const SEND_TYPES = new Set(['EMAIL', 'EHF', 'AVTALEGIRO', 'EFAKTURA', 'VIPPS', 'PAPER', 'MANUAL']);

function sendInvoice(call: Call): Answer {
  const invoice = findOne(call, 'Invoice');
  needParameters(call, ['sendType']);
  const type = call.query.get('sendType') ?? '';
  if (!SEND_TYPES.has(type)) invalid('sendType', 'wrong-type');
  sendIfAsked(call, invoice);
  return nothing();
}

/** The least that a reader of PDF takes for one. */
function invoicePdf(call: Call): Answer {
  const { fields } = findOne(call, 'Invoice');
  const text = `%PDF-1.4\n% Faktura ${textOf(fields, 'invoiceNumber')}\n%%EOF\n`;
  return file(new TextEncoder().encode(text), 'application/pdf');
}

const ONE = '/invoice/{id}';

export const INVOICE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/invoice',
    act: (call) => answerList(call, SEARCH, entitiesOf(call.company, 'Invoice')),
  },
  { method: 'POST', path: '/invoice', act: postInvoice },
  { method: 'POST', path: '/invoice/list', act: postInvoices },
  { method: 'GET', path: ONE, act: (call) => value(shown(call, findOne(call, 'Invoice'))) },
  { method: 'GET', path: `${ONE}/pdf`, act: invoicePdf },
  { method: 'PUT', path: `${ONE}/:payment`, act: payInvoice },
  { method: 'PUT', path: `${ONE}/:createCreditNote`, act: creditInvoice },
  { method: 'PUT', path: `${ONE}/:send`, act: sendInvoice },
  { method: 'PUT', path: '/order/{id}/:invoice', act: invoiceOrder },
  { method: 'PUT', path: '/order/:invoiceMultipleOrders', act: invoiceOrders },
];
