import type { InvoicePaymentState } from '../domain/document/order-news.ts';

/** An invoice to a customer, and how it stands. */
export type StandingInvoice = {
  /** The reference that whoever made it wrote into it; empty: none. */
  readonly key: string;
  readonly payment: InvoicePaymentState;
};

/** Invoices that have changed since a mark, and the mark to ask from the next time. */
export type InvoicePage = { readonly invoices: readonly StandingInvoice[]; readonly mark: string };
