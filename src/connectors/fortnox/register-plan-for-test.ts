import { actWrite } from './register-actions.ts';
import { createWrite } from './register-writes.ts';

/** Register writes for tests: each may name the results of those before it. */
export const CUSTOMER = createWrite('customer-1', 'customer', {
  CustomerNumber: 'K-77',
  Name: 'Åkes Äpplen AB',
});
export const SUPPLIER = createWrite('supplier-1', 'supplier', {
  SupplierNumber: 'L-77',
  Name: 'Grossisten AB',
});
export const ARTICLE = createWrite('article-1', 'article', {
  ArticleNumber: 'A-77',
  Description: 'Äpplen, kilo',
});
export const PROJECT = createWrite('project-1', 'project', {
  ProjectNumber: 'P-77',
  Description: 'Skördefest',
});
export const COST_CENTRE = createWrite('cost-centre-1', 'cost-centre', {
  Code: 'B77',
  Description: 'Butik 77',
});
export const INVOICE = createWrite('invoice-1', 'invoice', {
  CustomerNumber: { from: 'customer-1' },
  InvoiceDate: '2026-05-02',
  InvoiceRows: [{ ArticleNumber: { from: 'article-1' }, DeliveredQuantity: '4', Price: 250.25 }],
});
export const ORDER = createWrite('order-1', 'order', {
  CustomerNumber: { from: 'customer-1' },
  OrderDate: '2026-05-02',
  OrderRows: [{ ArticleNumber: { from: 'article-1' }, OrderedQuantity: '4', Price: 10 }],
});
export const SUPPLIER_INVOICE = createWrite('supplier-invoice-1', 'supplier-invoice', {
  SupplierNumber: { from: 'supplier-1' },
  InvoiceDate: '2026-05-02',
  Comments: 'Från hubben',
  Total: '1250',
  VAT: '250',
  SupplierInvoiceRows: [{ Account: 4000, Debit: 1000, Credit: 0 }],
});
export const BOOK_INVOICE = actWrite('book-1', {
  register: 'invoice',
  of: 'invoice-1',
  action: 'bookkeep',
  done: 'Booked',
});
export const PAYMENT = createWrite('payment-1', 'payment', {
  InvoiceNumber: { from: 'invoice-1' },
  PaymentDate: '2026-05-03',
  Amount: 500.07,
  ModeOfPaymentAccount: 1930,
});
export const BOOK_PAYMENT = actWrite('book-payment-1', {
  register: 'payment',
  of: 'payment-1',
  action: 'bookkeep',
  done: 'Booked',
});
export const BOOK_SUPPLIER_INVOICE = actWrite('book-supplier-1', {
  register: 'supplier-invoice',
  of: 'supplier-invoice-1',
  action: 'bookkeep',
  done: 'Booked',
});
export const INVOICE_ORDER = actWrite('invoice-order-1', {
  register: 'order',
  of: 'order-1',
  action: 'createinvoice',
  done: 'InvoiceReference',
});

/** All of them, in an order in which they can be made. */
export const REGISTER_PLAN = [
  CUSTOMER,
  SUPPLIER,
  ARTICLE,
  PROJECT,
  COST_CENTRE,
  INVOICE,
  ORDER,
  SUPPLIER_INVOICE,
  BOOK_INVOICE,
  PAYMENT,
  BOOK_PAYMENT,
  BOOK_SUPPLIER_INVOICE,
  INVOICE_ORDER,
];
