import { found, type Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import type { Entry } from '../tenant/shelf.ts';
import { isSet, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { bookInvoice } from './book-invoice.ts';
import { copyDocument, madeOf, mark } from './copy.ts';
import { action, answerDocument, documentRoutes, showDocument } from './document.ts';
import { INVOICE } from './kinds.ts';
import { takeFromStock } from './stock.ts';
import { printRoutes } from './printing.ts';

/**
 * Invoices, from draft to booked and credited.
 *
 * | Uncertain                                   | Chosen                                         |
 * |---------------------------------------------|------------------------------------------------|
 * | PUT of a booked invoice                     | Refused; or references only (`putOnBooked`)    |
 * | Cancelling a credit note that is a draft    | Allowed; the invoice can be credited again     |
 * | `CreditInvoiceReference` of the credit note | Number of the invoice it credits               |
 * | Cash invoice when it is booked              | Paid in full at once                           |
 */
export const INVOICE_ROUTES: readonly Route[] = [
  ...documentRoutes(INVOICE, changeRule),
  action(INVOICE, 'bookkeep', bookkeep),
  action(INVOICE, 'cancel', cancel),
  action(INVOICE, 'credit', credit),
  action(INVOICE, 'warehouseready', markReady),
  ...printRoutes(INVOICE, ['email', 'einvoice', 'eprint', 'preview', 'print', 'printreminder']),
];

/** What can still be set on a booked invoice, where anything can. */
const REFERENCES = new Set([
  'Comments',
  'CreditInvoiceReference',
  'ExternalInvoiceReference1',
  'ExternalInvoiceReference2',
  'OurReference',
  'YourOrderNumber',
  'YourReference',
]);

function changeRule(call: Call, kept: Fields, sent: Fields): 'all' | 'fields-only' {
  if (kept['Cancelled'] === true) refuse('document-cancelled');
  if (kept['Booked'] === true) {
    const isAllowed =
      call.choices.putOnBooked === 'references' &&
      Object.keys(sent).every((name) => REFERENCES.has(name));
    return isAllowed ? 'fields-only' : refuse('document-booked');
  }
  const isCash = textOf(kept, 'AccountingMethod') === 'CASH';
  if (isCash && (kept['Sent'] === true || isSet(kept, 'FinalPayDate'))) refuse('document-sent');
  if (call.tenant.setup.hasWarehouse && kept['WarehouseReady'] === true) refuse('document-ready');
  return 'all';
}

function bookkeep(call: Call, entry: Entry): Answer {
  const { fields } = entry;
  const isCashInvoice = textOf(fields, 'InvoiceType') === 'CASHINVOICE';
  if (fields['Cancelled'] === true) refuse('document-cancelled');
  if (fields['Booked'] === true) refuse('already-booked');
  const isCashMethod = textOf(fields, 'AccountingMethod') === 'CASH';
  if (isCashMethod && !isCashInvoice) refuse('invoice-not-bookable');
  if (fields['WarehouseReady'] !== true) refuse('invoice-not-ready');
  const voucher = bookInvoice(call, fields);
  takeFromStock(call, fields);
  mark(call, entry, {
    Booked: true,
    VoucherNumber: voucher.number,
    VoucherSeries: voucher.series,
    VoucherYear: voucher.year,
    ...(isCashInvoice ? { Balance: 0, FinalPayDate: fields['InvoiceDate'] } : {}),
  });
  return answerDocument(INVOICE, entry);
}

function cancel(call: Call, entry: Entry): Answer {
  const { fields } = entry;
  if (fields['Cancelled'] === true) refuse('document-cancelled');
  if (fields['Booked'] === true) refuse('document-booked');
  if (isSet(fields, 'FinalPayDate')) refuse('document-sent');
  mark(call, entry, { Cancelled: true, Balance: 0 });
  const credited = madeOf(fields, 'CreditInvoiceReference');
  const original = call.tenant.shelves.invoices.entries.get(credited ?? '');
  if (original && textOf(fields, 'Credit') === 'true') {
    mark(call, original, { CreditInvoiceReference: '0' });
  }
  return answerDocument(INVOICE, entry);
}

/** Answers with the invoice that is credited; the credit note is a draft of its own. */
function credit(call: Call, entry: Entry): Answer {
  const { fields, key } = entry;
  if (fields['Cancelled'] === true) refuse('document-cancelled');
  const isAccrual = textOf(fields, 'AccountingMethod') === 'ACCRUAL';
  if (isAccrual && fields['Booked'] !== true) refuse('not-booked');
  if (madeOf(fields, 'CreditInvoiceReference') !== null) refuse('already-credited');
  const note = copyDocument(call, entry, {
    from: INVOICE,
    to: INVOICE,
    quantity: 'DeliveredQuantity',
    sign: -1,
  });
  mark(call, note, { Credit: 'true', CreditInvoiceReference: key });
  mark(call, entry, { CreditInvoiceReference: note.key });
  return found('Invoice', showDocument(INVOICE, entry));
}

function markReady(call: Call, entry: Entry): Answer {
  if (entry.fields['Cancelled'] === true) refuse('document-cancelled');
  if (entry.fields['WarehouseReady'] === true) refuse('document-ready');
  if (textOf(entry.fields, 'OutboundDate') > call.today) refuse('outbound-date-late');
  mark(call, entry, { WarehouseReady: true });
  return answerDocument(INVOICE, entry);
}
