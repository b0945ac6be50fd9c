import { entitiesOf } from '../company/company.ts';
import { value } from '../api/answer.ts';
import { findOne, shown, type Route } from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { refuse } from '../wire/refusals.ts';

/**
 * Supplier invoices are made by vouchers of their kind. The ways in that ordinary tokens were
 * refused, or that never worked, are as they were met: `/incomingInvoice` answers 403, and
 * postings of a received document 500. Payments need a set-up that Tripletex does itself: 403.
 */
const SEARCH: Search = {
  model: 'SupplierInvoice',
  range: ['invoiceDateFrom', 'invoiceDateTo'],
  picks: {
    id: { by: 'ids' },
    invoiceDateFrom: { by: 'from', field: 'invoiceDate' },
    invoiceDateTo: { by: 'to', field: 'invoiceDate' },
    invoiceNumber: { by: 'equals' },
    kid: { by: 'equals', field: 'kidOrReceiverReference' },
    voucherId: { by: 'equals', field: 'voucher' },
    supplierId: { by: 'equals', field: 'supplier' },
  },
};

const closed: Route['act'] = () => refuse('forbidden');

export const SUPPLIER_INVOICE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/supplierInvoice',
    act: (call) => answerList(call, SEARCH, entitiesOf(call.company, 'SupplierInvoice')),
  },
  {
    method: 'GET',
    path: '/supplierInvoice/{id}',
    act: (call) => value(shown(call, findOne(call, 'SupplierInvoice'))),
  },
  { method: 'POST', path: '/supplierInvoice/{id}/:addPayment', act: closed },
  {
    method: 'PUT',
    path: '/supplierInvoice/voucher/{id}/postings',
    act: () => refuse('unexpected'),
  },
  { method: 'POST', path: '/incomingInvoice', act: closed },
  { method: 'GET', path: '/incomingInvoice/search', act: closed },
];
