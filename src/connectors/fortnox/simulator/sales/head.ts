import { plusDays, parseLocalDate } from '../../../../domain/date.ts';
import type { Call } from '../api/call.ts';
import { checkReferences, requireKept } from '../registers/reference.ts';
import { dueDate } from '../wire/due-date.ts';
import { countryName, isCountryName } from '../wire/identifiers.ts';
import { checkRate } from '../wire/rates.ts';
import { isFields, isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { blankOf } from './blank.ts';
import type { SalesKind } from './kinds.ts';

/**
 * The head of a sales document: what it takes from the customer's card, and what it is given.
 *
 * | Uncertain                                 | Chosen                                        |
 * |-------------------------------------------|-----------------------------------------------|
 * | A PUT that changes the customer           | Takes the new customer's address, terms, …    |
 * | A PUT that changes date or terms          | Moves `DueDate`, unless it is sent too        |
 * | Rate of a foreign currency                | `SellRate` of the register                    |
 * | `ExpireDate` of an offer                  | 30 days on                                    |
 */
const TERMS_DEFAULT = '30';
const DAYS_DEFAULT = 30;

/** Fields of a document that are copied from a field of the customer's card. */
const SNAPSHOT: Readonly<Record<string, string>> = {
  Address1: 'Address1',
  Address2: 'Address2',
  City: 'City',
  CostCenter: 'CostCenter',
  CustomerName: 'Name',
  DeliveryAddress1: 'DeliveryAddress1',
  DeliveryAddress2: 'DeliveryAddress2',
  DeliveryCity: 'DeliveryCity',
  DeliveryName: 'DeliveryName',
  DeliveryZipCode: 'DeliveryZipCode',
  OrganisationNumber: 'OrganisationNumber',
  OurReference: 'OurReference',
  Phone1: 'Phone1',
  Phone2: 'Phone2',
  Project: 'Project',
  Remarks: 'InvoiceRemark',
  TermsOfDelivery: 'TermsOfDelivery',
  WayOfDelivery: 'WayOfDelivery',
  YourReference: 'YourReference',
  ZipCode: 'ZipCode',
};

/** Defaults of every kind; a kind keeps those that it has a field for. */
const DEFAULTS: Fields = {
  AccountingMethod: 'ACCRUAL',
  Active: true,
  Booked: false,
  Cancelled: false,
  Comments: '',
  Continuous: false,
  ContractLength: 12,
  CopyRemarks: false,
  Credit: 'false',
  CreditInvoiceReference: '0',
  CurrencyRate: 1,
  CurrencyUnit: 1,
  DeliveryDate: null,
  DeliveryState: 'delivery',
  EUQuarterlyReport: false,
  ExternalInvoiceReference1: '',
  ExternalInvoiceReference2: '',
  FinalPayDate: null,
  InvoiceInterval: 1,
  InvoicePeriodEnd: '',
  InvoicePeriodReference: '',
  InvoicePeriodStart: '',
  InvoiceReference: '0',
  InvoiceType: 'INVOICE',
  Labels: [],
  Language: 'SV',
  LastRemindDate: null,
  NotCompleted: false,
  NoxFinans: false,
  OfferReference: '0',
  OrderReference: '0',
  OrderType: 'Order',
  PaymentWay: '',
  Reminders: 0,
  Sent: false,
  Status: 'ACTIVE',
  StockPointCode: null,
  StockPointId: null,
  TaxReduction: null,
  TaxReductionType: 'none',
  TimeBasisReference: null,
  VoucherNumber: null,
  VoucherSeries: null,
  VoucherYear: null,
  YourOrderNumber: '',
  YourReferenceNumber: '',
};

const NO_EDI: Fields = {
  EDIGlobalLocationNumber: null,
  EDIGlobalLocationNumberDelivery: null,
  EDIInvoiceExtra1: null,
  EDIInvoiceExtra2: null,
  EDIOurElectronicReference: null,
  EDIStatus: '',
  EDIYourElectronicReference: null,
};

export function newHead(kind: SalesKind, call: Call, sent: Fields): Fields {
  const customer = requireKept(call, 'CustomerNumber', textOf(sent, 'CustomerNumber'));
  const head: Fields = {
    ...DEFAULTS,
    ...fromCustomer(kind, call, customer),
    ...currencyOf(call, sent, customer),
    [kind.date]: call.today,
    ContractReference: call.choices.contractReference === 'number' ? 0 : '0',
    EDIInformation: NO_EDI,
    EmailInformation: emailOf(kind, customer),
    ExpireDate: plusDays(call.today, DAYS_DEFAULT),
    OutboundDate: call.today,
    PrintTemplate: kind.template,
    WarehouseReady: !call.tenant.setup.hasWarehouse,
  };
  overwrite(kind, head, sent);
  checkHead(call, head, sent);
  // One that has been removed from the register stays on cards, and stops each document of theirs.
  checkReferences(call, { WayOfDelivery: head['WayOfDelivery'] ?? '' });
  setDueDate(call, head, sent);
  return onlyKnown(kind, head);
}

export function changedHead(
  kind: SalesKind,
  call: Call,
  change: { readonly kept: Fields; readonly sent: Fields },
): Fields {
  const { kept } = change;
  const { CustomerNumber: _, ...others } = change.sent;
  const sent = call.choices.customerInPut === 'ignored' ? others : change.sent;
  const number = textOf(sent, 'CustomerNumber');
  const isMoved = number !== '' && number !== textOf(kept, 'CustomerNumber');
  const head: Fields = isMoved
    ? { ...kept, ...fromCustomer(kind, call, requireKept(call, 'CustomerNumber', number)) }
    : { ...kept };
  if (isSet(sent, 'Currency')) Object.assign(head, currencyOf(call, sent, head));
  overwrite(kind, head, sent);
  checkHead(call, head, sent);
  const isDated = ['InvoiceDate', 'TermsOfPayment', 'DueDate'].some((name) => name in sent);
  if (isDated) setDueDate(call, head, sent);
  head['DocumentNumber'] = kept['DocumentNumber'];
  return onlyKnown(kind, head);
}

function fromCustomer(kind: SalesKind, call: Call, customer: Fields): Fields {
  const copied = Object.entries(SNAPSHOT).map(([to, from]) => [to, textOf(customer, from)]);
  return {
    ...Object.fromEntries(copied),
    AdministrationFee: numberOf(customer, 'InvoiceAdministrationFee'),
    Country: countryName(textOf(customer, 'CountryCode')) ?? '',
    CustomerNumber: textOf(customer, 'CustomerNumber'),
    DeliveryCountry: countryName(textOf(customer, 'DeliveryCountryCode')) ?? '',
    Freight: numberOf(customer, 'InvoiceFreight'),
    PriceList: textOf(customer, 'PriceList') || 'A',
    TermsOfPayment: textOf(customer, 'TermsOfPayment') || TERMS_DEFAULT,
    [kind.vatIncluded]: customer['ShowPriceVATIncluded'] === true,
    AccountingMethod: call.tenant.years.at(-1)?.method ?? 'ACCRUAL',
  };
}

/** The rate is the register's unless it is sent; `CurrencyUnit: "API_BLANK"` asks for it too. */
function currencyOf(call: Call, sent: Fields, otherwise: Fields): Fields {
  const code = textOf(sent, 'Currency') || textOf(otherwise, 'Currency') || 'SEK';
  const currency = requireKept(call, 'Currency', code);
  return {
    Currency: code,
    CurrencyRate: numberOf(currency, 'SellRate'),
    CurrencyUnit: numberOf(currency, 'Unit'),
  };
}

function emailOf(kind: SalesKind, customer: Fields): Fields {
  return {
    EmailAddressBCC: null,
    EmailAddressCC: null,
    EmailAddressFrom: null,
    EmailAddressTo: textOf(customer, `Email${kind.single}`) || textOf(customer, 'Email'),
    EmailBody: ' ',
    EmailSubject: kind.subject,
  };
}

/** Puts what was sent in place. */
function overwrite(kind: SalesKind, head: Fields, sent: Fields): void {
  for (const [name, value] of Object.entries(sent)) {
    if (name === kind.rows) continue;
    if (name === 'CurrencyUnit' && value === null) continue;
    const kept = head[name];
    if (isFields(value) && isFields(kept)) head[name] = { ...kept, ...value };
    else head[name] = value ?? blankOf(kind.table, name);
  }
}

function checkHead(call: Call, head: Fields, sent: Fields): void {
  checkReferences(call, sent);
  for (const name of ['Country', 'DeliveryCountry']) {
    const country = textOf(sent, name);
    if (country !== '' && !isCountryName(country)) refuse('bad-value', name);
  }
  const number = textOf(sent, 'DocumentNumber');
  if (number !== '' && !/^\d{1,18}$/.test(number)) refuse('not-numeric', 'DocumentNumber');
  if ('CurrencyRate' in head) checkRate(head);
  const ocr = textOf(sent, 'OCR');
  if (ocr !== '' && !/^\d{2,25}$/.test(ocr)) refuse('not-numeric', 'OCR');
}

/** Invoice date and the days of the terms; the invoice date itself when they have none. */
function setDueDate(call: Call, head: Fields, sent: Fields): void {
  if (isSet(sent, 'DueDate')) return;
  const from = parseLocalDate(textOf(head, 'InvoiceDate')) ?? call.today;
  head['DueDate'] = dueDate(from, textOf(head, 'TermsOfPayment'));
}

function onlyKnown(kind: SalesKind, head: Fields): Fields {
  const known: Fields = {};
  for (const name of kind.table.keys()) if (name !== kind.rows) known[name] = head[name] ?? null;
  return known;
}
