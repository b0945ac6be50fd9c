import type { Search } from '../api/listing.ts';
import type { ReferenceType } from '../books/voucher.ts';
import { fieldTable, type FieldTable } from '../wire/field-table.ts';

/** What sets payments from customers and to suppliers apart. */
export type PaymentKind = {
  readonly shelf: 'invoicepayments' | 'supplierinvoicepayments';
  readonly invoices: 'invoices' | 'supplierinvoices';
  readonly single: string;
  readonly list: string;
  readonly table: FieldTable;
  readonly listed: readonly string[];
  readonly search: Search;
  /** Predefined account that is settled. */
  readonly claim: 'CUSTCLAIM' | 'SUPDEBT';
  /** 1 when the payment is debited the bank, -1 when it is credited. */
  readonly sign: 1 | -1;
  readonly series: string;
  readonly referenceType: ReferenceType;
  readonly text: string;
  /** Payment fields that show a field of the invoice. */
  readonly shown: Readonly<Record<string, string>>;
};

const INNER = {
  WriteOff: fieldTable(`AccountNumber:a Amount:m CostCenter:t Currency:t~ Description:t~ Project:t
    TransactionInformation:t100`),
};

const COMMON = `Amount:m AmountCurrency:m Booked:b~ Currency:t~ CurrencyRate:n CurrencyUnit:n~
  InvoiceDueDate:d~ InvoiceTotal:t~ ModeOfPayment:t PaymentDate:d Source:t~ VoucherNumber:i~
  VoucherSeries:t~ VoucherYear:i~ WriteOffs:[WriteOff]`;

const SEARCH: Search = {
  texts: {},
  exact: { invoicenumber: 'InvoiceNumber' },
  sorts: { paymentdate: 'PaymentDate' },
};

const LISTED = [
  'Amount',
  'Booked',
  'Currency',
  'CurrencyRate',
  'CurrencyUnit',
  'InvoiceNumber',
  'Number',
  'PaymentDate',
  'Source',
];

export const CUSTOMER_PAYMENT: PaymentKind = {
  shelf: 'invoicepayments',
  invoices: 'invoices',
  single: 'InvoicePayment',
  list: 'InvoicePayments',
  table: fieldTable(
    `${COMMON} ExternalInvoiceReference1:t~ ExternalInvoiceReference2:t~ InvoiceCustomerName:t~
    InvoiceCustomerNumber:t~ InvoiceNumber:i* InvoiceOCR:t~ ModeOfPaymentAccount:a Number:t~`,
    INNER,
  ),
  listed: LISTED,
  search: SEARCH,
  claim: 'CUSTCLAIM',
  sign: 1,
  series: 'INVOICEPAYMENT',
  referenceType: 'INVOICEPAYMENT',
  text: 'Inbetalning faktura',
  shown: {
    ExternalInvoiceReference1: 'ExternalInvoiceReference1',
    ExternalInvoiceReference2: 'ExternalInvoiceReference2',
    InvoiceCustomerName: 'CustomerName',
    InvoiceCustomerNumber: 'CustomerNumber',
    InvoiceDueDate: 'DueDate',
    InvoiceOCR: 'OCR',
    InvoiceTotal: 'Total',
  },
};

export const SUPPLIER_PAYMENT: PaymentKind = {
  shelf: 'supplierinvoicepayments',
  invoices: 'supplierinvoices',
  single: 'SupplierInvoicePayment',
  list: 'SupplierInvoicePayments',
  table: fieldTable(
    `${COMMON} Information:t InvoiceNumber:t* InvoiceOCR:t InvoiceSupplierName:t~
    InvoiceSupplierNumber:t~ Number:i~`,
    INNER,
  ),
  listed: LISTED,
  search: SEARCH,
  claim: 'SUPDEBT',
  sign: -1,
  series: 'SUPPLIERPAYMENT',
  referenceType: 'SUPPLIERPAYMENT',
  text: 'Utbetalning leverantörsfaktura',
  shown: {
    InvoiceDueDate: 'DueDate',
    InvoiceOCR: 'OCR',
    InvoiceSupplierName: 'SupplierName',
    InvoiceSupplierNumber: 'SupplierNumber',
    InvoiceTotal: 'Total',
  },
};
