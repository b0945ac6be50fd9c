import { created, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { parseLocalDate } from '../../../../domain/date.ts';
import { enterVoucher } from '../books/enter.ts';
import { movement, withRoundOff, type Voucher } from '../books/voucher.ts';
import { checkReferences, requireKept } from '../registers/reference.ts';
import { change, inOrder, put, takeNumber, type Entry } from '../tenant/shelf.ts';
import { predefinedAccount } from '../tenant/tenant.ts';
import { kronorOf } from '../wire/amounts.ts';
import { checkRate, sekOf } from '../wire/rates.ts';
import { dueDate } from '../wire/due-date.ts';
import { fieldTable, namesOf } from '../wire/field-table.ts';
import { passesLuhn } from '../wire/ocr.ts';
import { isSet, numberOf, pick, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { reversedRows, rowOre, supplierInvoiceRows } from './supplier-invoice-rows.ts';

/**
 * Supplier invoices. Their money is text on the wire.
 *
 * | Uncertain                                 | Chosen                                        |
 * |-------------------------------------------|-----------------------------------------------|
 * | `fromdate` and `todate` in lists          | Not taken                                     |
 * | Approval                                  | Only where the company has switched it on     |
 * | Crediting what is not booked              | Refused: bookkeep first, as for customers     |
 * | `OCR`                                     | Digits that pass the Luhn check               |
 * | `Total` below zero                        | Taken: a credit invoice of its own            |
 * | A file for an invoice that is booked      | Taken                                         |
 */
const ROW = fieldTable(`
  Account:a AccountDescription:t ArticleNumber:t
  Code:(TOT|VAT|FRT|AFE|ROV|CND|CNC|PRD|PRC|SRD|SRC|PRE|GWB|ACC) CostCenter:t Credit:m
  CreditCurrency:m Debit:m DebitCurrency:m ItemDescription:t Price:m Project:t Quantity:n
  StockLocationCode:t StockPointCode:t Total:n~ TransactionInformation:t100 Unit:t~`);

const TABLE = fieldTable(
  `AccountingMethod:t~ AdministrationFee:q Balance:t~ Booked:b~ Cancelled:b~ Comments:t1000
  CostCenter:t Credit:b~ CreditReference:i~ Currency:t3 CurrencyRate:n CurrencyUnit:n
  DisablePaymentFile:b DueDate:d ExternalInvoiceNumber:t ExternalInvoiceSeries:t FinalPayDate:d~
  Freight:q GivenNumber:t~ InvoiceDate:d InvoiceNumber:t64 OCR:t OurReference:t50 PaymentPending:b
  Project:t RoundOffValue:q SalesType:(STOCK|SERVICE) SupplierInvoiceRows:[Row] SupplierName:t~
  SupplierNumber:t* Total:q VAT:q VATType:(NORMAL|EUINTERNAL|REVERSE) VoucherNumber:i~
  VoucherSeries:t~ VoucherYear:i~ Vouchers:[Voucher]~ YourReference:t50`,
  { Row: ROW, Voucher: fieldTable('Number:i~ ReferenceType:t~ Series:t~ Year:i~') },
);

const LISTED = [
  'Balance',
  'Booked',
  'CostCenter',
  'Credit',
  'Currency',
  'CurrencyRate',
  'CurrencyUnit',
  'DueDate',
  'ExternalInvoiceNumber',
  'ExternalInvoiceSeries',
  'FinalPayDate',
  'GivenNumber',
  'InvoiceDate',
  'InvoiceNumber',
  'Project',
  'SupplierName',
  'SupplierNumber',
  'Total',
  'Vouchers',
];

const isOpen = (fields: Fields): boolean =>
  fields['Cancelled'] !== true && !isSet(fields, 'FinalPayDate');

const SEARCH: Search = {
  texts: {
    costcenter: 'CostCenter',
    ocr: 'OCR',
    project: 'Project',
    suppliernumber: 'SupplierNumber',
  },
  filters: {
    authorizepending: (fields) => fields['ApprovalPending'] === true,
    cancelled: (fields) => fields['Cancelled'] === true,
    fullypaid: (fields) => isSet(fields, 'FinalPayDate'),
    pendingpayment: (fields) => fields['PaymentPending'] === true,
    unbooked: (fields) => fields['Booked'] !== true && fields['Cancelled'] !== true,
    unpaid: isOpen,
    unpaidoverdue: (fields, { today }) => isOpen(fields) && textOf(fields, 'DueDate') < today,
  },
  sorts: {},
};

const SCOPE = 'supplierinvoice';
const PATH = '/3/supplierinvoices';
const ONE = `${PATH}/{GivenNumber}`;

export const SUPPLIER_INVOICE_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: SCOPE, act: list },
  { method: 'POST', path: PATH, scope: SCOPE, act: make },
  { method: 'GET', path: ONE, scope: SCOPE, act: (call) => answerOne(findOne(call)) },
  { method: 'PUT', path: ONE, scope: SCOPE, act: update },
  act('bookkeep', bookkeep),
  act('cancel', cancel),
  act('credit', credit),
  act('approvalbookkeep', (call, entry) => approve(call, entry, 'ApprovalPending')),
  act('approvalpayment', (call, entry) => approve(call, entry, 'PaymentPending')),
];

function act(name: string, doIt: (call: Call, entry: Entry) => void): Route {
  return {
    method: 'PUT',
    path: `${ONE}/${name}`,
    scope: SCOPE,
    act: (call) => {
      const entry = findOne(call);
      doIt(call, entry);
      return answerOne(entry);
    },
  };
}

function list(call: Call): Answer {
  return answerList(call, {
    envelope: 'SupplierInvoices',
    entries: inOrder(call.tenant.shelves.supplierinvoices),
    search: SEARCH,
    isPaged: true,
    show: ({ key, fields }) => ({
      '@url': urlOf('supplierinvoices', key),
      ...pick(fields, LISTED),
      AuthorizerName: '',
      Cancel: fields['Cancelled'],
      CurrencyRate: textOf(fields, 'CurrencyRate'),
    }),
  });
}

function make(call: Call): Answer {
  const sent = readBody(call, 'SupplierInvoice', { table: TABLE, isNew: true });
  const entry = keep(call, complete(call, newHead(call, sent), sent));
  return created('SupplierInvoice', show(entry), 'supplierinvoices');
}

function keep(call: Call, fields: Fields): Entry {
  const shelf = call.tenant.shelves.supplierinvoices;
  const number = takeNumber(shelf);
  return put(shelf, number, { fields: { ...fields, GivenNumber: number }, atMs: call.nowMs });
}

function update(call: Call): Answer {
  const entry = findOne(call);
  checkDraft(entry.fields);
  const sent = readBody(call, 'SupplierInvoice', { table: TABLE, isNew: false });
  const rows = rowsOf(sent, 'SupplierInvoiceRows');
  const kept = rowsOf(entry.fields, 'SupplierInvoiceRows').filter((row) => !isSet(row, 'Code'));
  const head = { ...entry.fields, ...sent };
  const withRows = { ...sent, SupplierInvoiceRows: rows.length > 0 ? rows : kept };
  change(entry, complete(call, head, withRows), call.nowMs);
  return answerOne(entry);
}

/** What an invoice takes over from the supplier's card, unless it says otherwise itself. */
const VAT_TYPES: Readonly<Record<string, string>> = { REVERSE: 'REVERSE', UIF: 'EUINTERNAL' };

function newHead(call: Call, sent: Fields): Fields {
  const number = textOf(sent, 'SupplierNumber');
  const supplier = requireKept(call, 'SupplierNumber', number);
  const code = textOf(sent, 'Currency') || textOf(supplier, 'Currency') || 'SEK';
  const currency = requireKept(call, 'Currency', code);
  const from = parseLocalDate(textOf(sent, 'InvoiceDate')) ?? call.today;
  const isPending = call.tenant.setup.approvesSupplierInvoices;
  return {
    AccountingMethod: call.tenant.years.at(-1)?.method ?? 'ACCRUAL',
    AdministrationFee: '0',
    ApprovalPending: isPending,
    Booked: false,
    Cancelled: false,
    Comments: '',
    CostCenter: textOf(supplier, 'CostCenter'),
    Credit: false,
    CreditReference: 0,
    Currency: code,
    CurrencyRate: numberOf(currency, 'BuyRate'),
    CurrencyUnit: numberOf(currency, 'Unit'),
    DisablePaymentFile: supplier['DisablePaymentFile'] === true,
    DueDate: dueDate(from, textOf(supplier, 'TermsOfPayment')),
    ExternalInvoiceNumber: '',
    ExternalInvoiceSeries: '',
    FinalPayDate: null,
    Freight: '0',
    InvoiceDate: from,
    InvoiceNumber: '',
    OCR: '',
    OurReference: textOf(supplier, 'OurReference'),
    PaymentPending: isPending,
    Project: textOf(supplier, 'Project'),
    RoundOffValue: '0',
    SalesType: 'STOCK',
    SupplierName: textOf(supplier, 'Name'),
    VAT: '0',
    VATType: VAT_TYPES[textOf(supplier, 'VATType')] ?? 'NORMAL',
    VoucherNumber: null,
    VoucherSeries: null,
    VoucherYear: null,
    Vouchers: [],
    YourReference: textOf(supplier, 'YourReference'),
    ...sent,
  };
}

function complete(call: Call, head: Fields, sent: Fields): Fields {
  checkReferences(call, sent);
  const ocr = textOf(sent, 'OCR');
  if (ocr !== '' && !passesLuhn(ocr)) refuse('bad-value', 'OCR');
  checkRate(head);
  const given = rowsOf(sent, 'SupplierInvoiceRows');
  const { rows, totalOre } = supplierInvoiceRows(call, head, given);
  const total = String(kronorOf(totalOre));
  return { ...head, Balance: total, Credit: totalOre < 0, SupplierInvoiceRows: rows, Total: total };
}

function bookkeep(call: Call, entry: Entry): void {
  const { fields } = entry;
  if (fields['Cancelled'] === true) refuse('document-cancelled');
  if (fields['Booked'] === true) refuse('already-booked');
  if (fields['ApprovalPending'] === true) refuse('approval-pending');
  const voucher = book(call, fields);
  change(
    entry,
    {
      ...fields,
      Booked: true,
      VoucherNumber: voucher.number,
      VoucherSeries: voucher.series,
      VoucherYear: voucher.year,
      Vouchers: [
        {
          Number: voucher.number,
          ReferenceType: 'SUPPLIERINVOICE',
          Series: voucher.series,
          Year: voucher.year,
        },
      ],
    },
    call.nowMs,
  );
}

function book(call: Call, fields: Fields): Voucher {
  const rows = rowsOf(fields, 'SupplierInvoiceRows').map((row) =>
    movement(numberOf(row, 'Account'), sekOf(fields, rowOre(row)), {
      costCenter: textOf(row, 'Code') === '' ? textOf(row, 'CostCenter') : '',
      project: textOf(row, 'Code') === '' ? textOf(row, 'Project') : '',
      text: textOf(row, 'TransactionInformation'),
    }),
  );
  return enterVoucher(
    call.tenant,
    {
      series: call.tenant.predefinedSeries.get('SUPPLIERINVOICE') ?? 'D',
      date: parseLocalDate(textOf(fields, 'InvoiceDate')) ?? call.today,
      text: `Leverantörsfaktura ${textOf(fields, 'GivenNumber')}`,
      comments: '',
      costCenter: '',
      project: '',
      rows: withRoundOff(rows, predefinedAccount(call.tenant, 'ROUNDOFF')),
      referenceType: 'SUPPLIERINVOICE',
      referenceNumber: textOf(fields, 'GivenNumber'),
    },
    { year: null, isByHand: false, atMs: call.nowMs, today: call.today },
  );
}

function cancel(call: Call, entry: Entry): void {
  checkDraft(entry.fields);
  change(entry, { ...entry.fields, Cancelled: true, Balance: '0' }, call.nowMs);
}

function checkDraft(fields: Fields): void {
  if (fields['Cancelled'] === true) refuse('document-cancelled');
  if (fields['Booked'] === true) refuse('document-booked');
}

/** Makes a credit invoice that is a draft. It answers with the invoice that is credited. */
function credit(call: Call, entry: Entry): void {
  const { fields, key } = entry;
  if (fields['Cancelled'] === true) refuse('document-cancelled');
  if (fields['Booked'] !== true) refuse('not-booked');
  if (numberOf(fields, 'CreditReference') !== 0) refuse('already-credited');
  const total = String(-numberOf(fields, 'Total'));
  const note = keep(call, {
    ...fields,
    Balance: total,
    Booked: false,
    Credit: true,
    CreditReference: Number(key),
    FinalPayDate: null,
    InvoiceDate: call.today,
    SupplierInvoiceRows: reversedRows(rowsOf(fields, 'SupplierInvoiceRows')),
    Total: total,
    VAT: String(-numberOf(fields, 'VAT')),
    VoucherNumber: null,
    VoucherSeries: null,
    VoucherYear: null,
    Vouchers: [],
  });
  change(entry, { ...fields, CreditReference: Number(note.key) }, call.nowMs);
}

function approve(call: Call, entry: Entry, what: 'ApprovalPending' | 'PaymentPending'): void {
  if (entry.fields['Cancelled'] === true) refuse('document-cancelled');
  change(entry, { ...entry.fields, [what]: false }, call.nowMs);
}

function findOne(call: Call): Entry {
  const entry = call.tenant.shelves.supplierinvoices.entries.get(param(call, 0));
  return entry ?? refuse('not-found', 'leverantörsfakturan');
}

function answerOne(entry: Entry): Answer {
  return found('SupplierInvoice', show(entry));
}

function show({ key, fields }: Entry): Fields {
  return {
    '@url': urlOf('supplierinvoices', key),
    ...pick(fields, namesOf(TABLE)),
    CurrencyRate: textOf(fields, 'CurrencyRate'),
  };
}
