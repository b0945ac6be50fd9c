import type { Search } from '../api/listing.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';

/**
 * How sales documents are looked for.
 *
 * | Uncertain                      | Chosen                                               |
 * |--------------------------------|------------------------------------------------------|
 * | `unpaid`                       | Has a balance and is not cancelled, booked or not    |
 * | `expired` of orders            | Delivery date passed, not invoiced, not cancelled    |
 * | `completed` of offers          | `NotCompleted` is false                              |
 */
const isCancelled = (fields: Fields): boolean => fields['Cancelled'] === true;
const isPaid = (fields: Fields): boolean => isSet(fields, 'FinalPayDate');
const isUnpaid = (fields: Fields): boolean =>
  !isCancelled(fields) && !isPaid(fields) && numberOf(fields, 'Balance') !== 0;
const hasMade = (fields: Fields, reference: string): boolean =>
  isSet(fields, reference) && textOf(fields, reference) !== '0';

const PARTIES = {
  costcenter: 'CostCenter',
  customername: 'CustomerName',
  customernumber: 'CustomerNumber',
  documentnumber: 'DocumentNumber',
  label: 'Labels.Id',
  notcompleted: 'NotCompleted',
  ourreference: 'OurReference',
  project: 'Project',
  sent: 'Sent',
  yourreference: 'YourReference',
};

export const INVOICE_SEARCH: Search = {
  texts: {
    ...PARTIES,
    articledescription: 'InvoiceRows.Description',
    articlenumber: 'InvoiceRows.ArticleNumber',
    credit: 'Credit',
    currency: 'Currency',
    externalinvoicereference1: 'ExternalInvoiceReference1',
    externalinvoicereference2: 'ExternalInvoiceReference2',
    invoicetype: 'InvoiceType',
    ocr: 'OCR',
    yourordernumber: 'YourOrderNumber',
  },
  date: 'InvoiceDate',
  bounds: {
    accountnumberfrom: { field: 'InvoiceRows.AccountNumber', side: 'from', of: 'number' },
    accountnumberto: { field: 'InvoiceRows.AccountNumber', side: 'to', of: 'number' },
    fromfinalpaydate: { field: 'FinalPayDate', side: 'from', of: 'day' },
    tofinalpaydate: { field: 'FinalPayDate', side: 'to', of: 'day' },
  },
  filters: {
    cancelled: isCancelled,
    fullypaid: isPaid,
    unbooked: (fields) => !isCancelled(fields) && fields['Booked'] !== true,
    unpaid: isUnpaid,
    unpaidoverdue: (fields, { today }) => isUnpaid(fields) && textOf(fields, 'DueDate') < today,
  },
  sorts: {
    customername: 'CustomerName',
    customernumber: 'CustomerNumber',
    documentnumber: 'DocumentNumber',
    invoicedate: 'InvoiceDate',
    ocr: 'OCR',
    total: 'Total',
  },
};

export const ORDER_SEARCH: Search = {
  texts: {
    ...PARTIES,
    externalinvoicereference1: 'ExternalInvoiceReference1',
    externalinvoicereference2: 'ExternalInvoiceReference2',
    ordertype: 'OrderType',
  },
  date: 'OrderDate',
  filters: {
    cancelled: isCancelled,
    expired: (fields, { today }) =>
      !isCancelled(fields) &&
      !hasMade(fields, 'InvoiceReference') &&
      isSet(fields, 'DeliveryDate') &&
      textOf(fields, 'DeliveryDate') < today,
    invoicecreated: (fields) => hasMade(fields, 'InvoiceReference'),
    invoicenotcreated: (fields) => !hasMade(fields, 'InvoiceReference') && !isCancelled(fields),
  },
  sorts: {
    customername: 'CustomerName',
    customernumber: 'CustomerNumber',
    documentnumber: 'DocumentNumber',
    orderdate: 'OrderDate',
    total: 'Total',
  },
};

export const OFFER_SEARCH: Search = {
  texts: PARTIES,
  date: 'OfferDate',
  filters: {
    cancelled: isCancelled,
    completed: (fields) => fields['NotCompleted'] !== true,
    expired: (fields, { today }) => !isCancelled(fields) && textOf(fields, 'ExpireDate') < today,
    notcompleted: (fields) => fields['NotCompleted'] === true,
    ordercreated: (fields) => hasMade(fields, 'OrderReference'),
    ordernotcreated: (fields) => !hasMade(fields, 'OrderReference') && !isCancelled(fields),
  },
  sorts: {
    customername: 'CustomerName',
    customernumber: 'CustomerNumber',
    documentnumber: 'DocumentNumber',
    // The SDK and the specification disagree on the names; both are taken.
    id: 'DocumentNumber',
    offerdate: 'OfferDate',
    transactiondate: 'OfferDate',
    total: 'Total',
  },
};

export const CONTRACT_SEARCH: Search = {
  texts: {
    customernumber: 'CustomerNumber',
    documentnumber: 'DocumentNumber',
    invoicesremaining: 'InvoicesRemaining',
    periodend: 'PeriodEnd',
    periodstart: 'PeriodStart',
    templatenumber: 'TemplateNumber',
  },
  filters: {
    active: (fields) => textOf(fields, 'Status') === 'ACTIVE',
    finished: (fields) => textOf(fields, 'Status') === 'FINISHED',
    inactive: (fields) => textOf(fields, 'Status') === 'INACTIVE',
  },
  sorts: {
    customername: 'CustomerName',
    customernumber: 'CustomerNumber',
    documentnumber: 'DocumentNumber',
    invoicesremaining: 'InvoicesRemaining',
    lastinvoicedate: 'LastInvoiceDate',
    periodend: 'PeriodEnd',
    periodstart: 'PeriodStart',
    templatenumber: 'TemplateNumber',
    total: 'Total',
  },
};
