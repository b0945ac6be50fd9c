import type { AccountStatement } from './account-statement.ts';
import type { Article } from './article.ts';
import type { ArticleCards } from './article-cards.ts';
import type { CreditPurchases } from './credit-purchases.ts';
import type { Customer } from './customer.ts';
import type { DayReport } from './day-report.ts';
import type { OrderNews } from './order-news.ts';
import type { Payout } from './payout.ts';
import type { Order, Refund } from './sale.ts';
import type { Quote } from './quote.ts';
import type { SalesDay } from './sales-day.ts';
import type { ReadyVoucher } from './ready-voucher.ts';
import type { CustomerEntry } from './customer-entry.ts';
import type { SalesInvoice } from './sales-invoice.ts';
import type { StockBalance } from './stock-balance.ts';
import type { SupplierInvoice } from './supplier-invoice.ts';

/** A business document in the hub's own terms, whatever system it came from. */
export type Document =
  | DayReport
  | ReadyVoucher
  | CreditPurchases
  | SupplierInvoice
  | AccountStatement
  | Order
  | Refund
  | SalesDay
  | Payout
  | Quote
  | SalesInvoice
  | CustomerEntry
  | Customer
  | OrderNews
  | Article
  | StockBalance
  | ArticleCards;

/** The kinds of canonical document, as stored and as shown. */
export type DocumentKind = Document['kind'];

/**
 * The day a document is about: what it is booked on unless a person decides otherwise.
 *
 * @returns null for a customer or an article, which are of no day, and for a quote that tells none
 */
export function documentDate(document: Document): DayReport['businessDate'] | null {
  if (document.kind === 'customer' || document.kind === 'article') return null;
  return document.kind === 'day-report' ? document.businessDate : document.date;
}
