import { created, deleted, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { parseLocalDate } from '../../../../domain/date.ts';
import { accountIn } from '../books/chart.ts';
import { yearAt } from '../books/year.ts';
import { requireKept } from '../registers/reference.ts';
import { change, inOrder, put, remove, takeNumber, type Entry } from '../tenant/shelf.ts';
import { currentYear, predefinedAccount } from '../tenant/tenant.ts';
import { kronorOf, oreOf } from '../wire/amounts.ts';
import { checkRate, currencyOf, sekOf } from '../wire/rates.ts';
import { namesOf } from '../wire/field-table.ts';
import { isSet, numberOf, pick, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { bookPayment, settledOreOf } from './book-payment.ts';
import { CUSTOMER_PAYMENT, SUPPLIER_PAYMENT, type PaymentKind } from './payment-kind.ts';

/**
 * Payments of invoices: entered first, booked by an action of their own.
 *
 * | Uncertain                                | Chosen                                            |
 * |------------------------------------------|---------------------------------------------------|
 * | POST for an invoice that is paid         | 2003055, as when it is booked                     |
 * | `PaymentDate` in a later year            | Taken when the company has that year              |
 * | Neither mode nor account                 | The predefined BG account                         |
 * | A payment of 0                           | Refused                                           |
 * | Supplier invoices on the cash method     | Booked before they are paid, as on accrual        |
 */
export const PAYMENT_ROUTES: readonly Route[] = [CUSTOMER_PAYMENT, SUPPLIER_PAYMENT].flatMap(
  (kind): Route[] => {
    const base = { scope: 'payment', path: `/3/${kind.shelf}` };
    const one = { scope: 'payment', path: `/3/${kind.shelf}/{Number}` };
    return [
      { ...base, method: 'GET', act: (call) => list(kind, call) },
      { ...base, method: 'POST', act: (call) => make(kind, call) },
      { ...one, method: 'GET', act: (call) => answerOne(kind, call, findOne(kind, call)) },
      { ...one, method: 'PUT', act: (call) => update(kind, call) },
      { ...one, method: 'DELETE', act: (call) => erase(kind, call) },
      { ...one, path: `${one.path}/bookkeep`, method: 'PUT', act: (call) => book(kind, call) },
    ];
  },
);

function list(kind: PaymentKind, call: Call): Answer {
  return answerList(call, {
    envelope: kind.list,
    entries: inOrder(call.tenant.shelves[kind.shelf]),
    search: kind.search,
    isPaged: true,
    show: ({ key, fields }) => ({
      '@url': urlOf(kind.shelf, key),
      ...pick(fields, kind.listed),
      WriteOffExist: rowsOf(fields, 'WriteOffs').length > 0,
    }),
  });
}

function make(kind: PaymentKind, call: Call): Answer {
  const sent = readBody(call, kind.single, { table: kind.table, isNew: true });
  const fields = complete(kind, call, { kept: {}, sent });
  const shelf = call.tenant.shelves[kind.shelf];
  const number = takeNumber(shelf);
  fields['Number'] = kind.table.get('Number')?.type === 'integer' ? Number(number) : number;
  const entry = put(shelf, number, { fields, atMs: call.nowMs });
  return created(kind.single, show(kind, call, entry), kind.shelf);
}

function update(kind: PaymentKind, call: Call): Answer {
  const entry = findOne(kind, call);
  if (entry.fields['Booked'] === true) refuse('document-booked');
  const sent = readBody(call, kind.single, { table: kind.table, isNew: false });
  change(entry, complete(kind, call, { kept: entry.fields, sent }), call.nowMs);
  return answerOne(kind, call, entry);
}

function erase(kind: PaymentKind, call: Call): Answer {
  const entry = findOne(kind, call);
  if (entry.fields['Booked'] === true) refuse('document-booked');
  remove(call.tenant.shelves[kind.shelf], entry.key);
  return deleted();
}

function book(kind: PaymentKind, call: Call): Answer {
  const entry = findOne(kind, call);
  const { fields } = entry;
  if (fields['Booked'] === true) refuse('already-booked');
  const invoice = invoiceOf(kind, call, textOf(fields, 'InvoiceNumber'));
  checkInvoice(kind, invoice.fields);
  const balanceOre = oreOf(numberOf(invoice.fields, 'Balance'));
  const settledOre = settledOreOf(fields);
  if (Math.abs(settledOre) > Math.abs(balanceOre)) refuse('invoice-paid');
  const voucher = bookPayment(kind, call, { payment: fields, invoice: invoice.fields });
  const place = {
    VoucherNumber: voucher.number,
    VoucherSeries: voucher.series,
    VoucherYear: voucher.year,
  };
  change(entry, { ...fields, ...place, Booked: true }, call.nowMs);
  settle(call, invoice, {
    leftOre: balanceOre - settledOre,
    on: textOf(fields, 'PaymentDate'),
    place,
  });
  return answerOne(kind, call, entry);
}

function settle(
  call: Call,
  invoice: Entry,
  by: { readonly leftOre: number; readonly on: string; readonly place: Fields },
): void {
  const { fields } = invoice;
  const left = kronorOf(by.leftOre);
  const Balance = typeof fields['Balance'] === 'string' ? String(left) : left;
  const FinalPayDate = by.leftOre === 0 ? by.on : null;
  // On the cash method the payment is what books the invoice.
  const booked = fields['Booked'] === true ? {} : { ...by.place, Booked: true };
  change(invoice, { ...fields, ...booked, Balance, FinalPayDate }, call.nowMs);
}

type Change = { readonly kept: Fields; readonly sent: Fields };

function complete(kind: PaymentKind, call: Call, { kept, sent }: Change): Fields {
  const number = textOf(sent, 'InvoiceNumber') || textOf(kept, 'InvoiceNumber');
  const invoice = invoiceOf(kind, call, number).fields;
  checkInvoice(kind, invoice);
  const fields: Fields = {
    Booked: false,
    Currency: invoice['Currency'],
    CurrencyRate: numberOf(invoice, 'CurrencyRate'),
    CurrencyUnit: numberOf(invoice, 'CurrencyUnit'),
    ModeOfPayment: '',
    PaymentDate: call.today,
    Source: 'manual',
    WriteOffs: [],
    ...kept,
    ...sent,
  };
  checkDate(call, fields, invoice);
  setAmounts(fields, sent);
  const isWrongSign = settledOreOf(fields) * oreOf(numberOf(invoice, 'Balance')) <= 0;
  if (isWrongSign) refuse('payment-sign');
  fields['ModeOfPaymentAccount'] = accountOf(call, kept, sent);
  checkWriteOffs(call, fields);
  return fields;
}

/** On the accrual method, and always from suppliers, an invoice is booked before it is paid. */
function checkInvoice(kind: PaymentKind, invoice: Fields): void {
  if (invoice['Cancelled'] === true) refuse('document-cancelled');
  if (isSet(invoice, 'FinalPayDate')) refuse('invoice-paid');
  const isCash = kind === CUSTOMER_PAYMENT && textOf(invoice, 'AccountingMethod') === 'CASH';
  if (!isCash && invoice['Booked'] !== true) refuse('not-booked');
}

function checkDate(call: Call, fields: Fields, invoice: Fields): void {
  const date = parseLocalDate(textOf(fields, 'PaymentDate')) ?? call.today;
  if (date < textOf(invoice, 'InvoiceDate')) refuse('payment-before-invoice');
  if (!yearAt(call.tenant.years, date)) refuse('payment-date-outside-year');
}

/** `Amount` is SEK, `AmountCurrency` the invoice's currency; either follows from the other. */
function setAmounts(fields: Fields, sent: Fields): void {
  checkRate(fields);
  if (!isSet(fields, 'Amount') && !isSet(fields, 'AmountCurrency')) {
    refuse('required-field', 'Amount');
  }
  const isFromSek = isSet(sent, 'Amount') || !isSet(fields, 'AmountCurrency');
  if (isFromSek && !isSet(sent, 'AmountCurrency')) {
    const ore = currencyOf(fields, oreOf(numberOf(fields, 'Amount')));
    fields['AmountCurrency'] = kronorOf(ore);
  } else if (!isSet(sent, 'Amount')) {
    fields['Amount'] = kronorOf(sekOf(fields, oreOf(numberOf(fields, 'AmountCurrency'))));
  }
}

function accountOf(call: Call, kept: Fields, sent: Fields): number {
  const account = numberOf(sent, 'ModeOfPaymentAccount');
  if (account !== 0) {
    checkAccount(call, account);
    return account;
  }
  const mode = textOf(sent, 'ModeOfPayment');
  if (mode !== '') return numberOf(requireKept(call, 'ModeOfPayment', mode), 'AccountNumber');
  return numberOf(kept, 'ModeOfPaymentAccount') || predefinedAccount(call.tenant, 'BG');
}

function checkWriteOffs(call: Call, fields: Fields): void {
  for (const writeOff of rowsOf(fields, 'WriteOffs')) {
    checkAccount(call, numberOf(writeOff, 'AccountNumber'));
  }
}

function checkAccount(call: Call, account: number): void {
  const { chart } = currentYear(call.tenant, call.today);
  if (!accountIn(chart, account)) refuse('row-account-unknown', account);
}

function invoiceOf(kind: PaymentKind, call: Call, number: string): Entry {
  return call.tenant.shelves[kind.invoices].entries.get(number) ?? refuse('invoice-not-found');
}

function findOne(kind: PaymentKind, call: Call): Entry {
  const entry = call.tenant.shelves[kind.shelf].entries.get(param(call, 0));
  return entry ?? refuse('not-found', 'betalningen');
}

function answerOne(kind: PaymentKind, call: Call, entry: Entry): Answer {
  return found(kind.single, show(kind, call, entry));
}

function show(kind: PaymentKind, call: Call, { key, fields }: Entry): Fields {
  const invoice = invoiceOf(kind, call, textOf(fields, 'InvoiceNumber')).fields;
  const ofInvoice = Object.entries(kind.shown).map(([name, from]) => [
    name,
    name === 'InvoiceTotal' ? textOf(invoice, from) : (invoice[from] ?? null),
  ]);
  return {
    '@url': urlOf(kind.shelf, key),
    ...pick(fields, namesOf(kind.table)),
    ...Object.fromEntries(ofInvoice),
    WriteOffs: rowsOf(fields, 'WriteOffs').map((writeOff) => ({
      ...writeOff,
      Currency: fields['Currency'] ?? null,
      Description: '',
    })),
  };
}
