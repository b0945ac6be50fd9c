import type { Article } from '../../domain/document/article.ts';
import type { ArticleCards } from '../../domain/document/article-cards.ts';
import type { CustomerEntry } from '../../domain/document/customer-entry.ts';
import type { Document } from '../../domain/document/document.ts';
import { paidOutBy } from '../../domain/document/payout.ts';
import type { Quote } from '../../domain/document/quote.ts';
import type { Money } from '../../domain/money.ts';
import { documentDate } from '../../domain/document/document.ts';

/** What a document is called in a list: short, and enough to find it. */
export function nameDocument(document: Document): string {
  switch (document.kind) {
    case 'day-report': {
      const { businessDate, storeNumber, register, reportNumber } = document;
      const till = register === 'ALL' ? '' : ` till ${register}`;
      return `${businessDate} store ${storeNumber}${till} ${reportNumber}`;
    }
    case 'ready-voucher':
      return `${document.date} ${document.text.trim() || document.number}`;
    case 'credit-purchases': {
      const { date, customer, reference } = document;
      return [date, 'on account', customer.number, customer.name, reference]
        .filter(Boolean)
        .join(' ');
    }
    case 'customer':
      return `customer ${document.customer.number} ${document.customer.name}`.trimEnd();
    case 'supplier-invoice':
      return `${document.date} ${document.supplier.name} ${document.number}`;
    case 'account-statement':
      return `${document.date} statement ${document.accountId}`;
    case 'order':
      return `${document.date} order ${document.number}`;
    case 'article':
      return `article ${document.article.number} ${document.article.name}`.trimEnd();
    case 'article-cards':
      return `${document.date} ${document.cards.length} articles of the ledger`;
    case 'stock-balance':
      return `${document.date} stock of ${document.lines.length} articles ${document.to}`;
    case 'order-news':
      return `${document.date} news of ${document.about.kind} ${document.about.ref.id}`;
    case 'refund':
      return `${document.date} refund of order ${document.of.number}`;
    case 'sales-day': {
      const { date, sales, ordinal } = document;
      const which = ordinal > 1 ? ` (${ordinal})` : '';
      return `${date} sales of the day${which}: ${sales.length} orders`;
    }
    case 'payout':
      return `${document.date} payout ${document.provider} ${document.batch}`;
    case 'sales-invoice': {
      const { date, customer, number } = document;
      return `${date} ${customer.name || customer.number} ${number}`;
    }
    case 'customer-entry': {
      const { date, entry, number, customer } = document;
      return `${date} ${entry} ${number} ${customer.name || customer.number}`.trimEnd();
    }
    case 'quote':
      return [document.date, 'quote', document.number, document.project.name]
        .filter(Boolean)
        .join(' ');
  }
}

function articleJson(document: Article | ArticleCards): Record<string, unknown> {
  if (document.kind === 'article-cards') {
    return { date: document.date, articles: document.cards.length };
  }
  const { number, name, ean } = document.article;
  return { number, name, ean };
}

function entryJson({ entry, number, dueDate, gross }: CustomerEntry): Record<string, unknown> {
  return { entry, number, dueDate, gross: String(gross.minor) };
}

/** A document as JSON on standard output: what identifies it, without its lines. */
export function documentJson(document: Document): Record<string, unknown> {
  const { kind, ref, currency } = document;
  const common = { kind, key: `${ref.system}/${ref.account}/${ref.id}`, ref, currency };
  const date = documentDate(document);
  switch (document.kind) {
    case 'day-report': {
      const { storeNumber, register, reportNumber, receipts } = document;
      return { ...common, date, storeNumber, register, reportNumber, receipts };
    }
    case 'ready-voucher':
      return { ...common, date, number: document.number };
    case 'credit-purchases': {
      const { storeNumber, customer, reference, purchases } = document;
      return { ...common, date, storeNumber, customer, reference, receipts: purchases.length };
    }
    case 'customer': {
      // A private person's number is nobody's business but the ledger's.
      const { number, name, address } = document.customer;
      const { invoiceMode, creditLimit } = document;
      const limit = creditLimit === null ? null : String(creditLimit.minor);
      return { ...common, number, name, address, creditLimit: limit, invoiceMode };
    }
    case 'supplier-invoice': {
      const { number, dueDate, supplier, total } = document;
      return { ...common, date, number, dueDate, supplier, payable: String(total.payable.minor) };
    }
    case 'account-statement': {
      const { accountId, opening, closing, entries } = document;
      const balances = { opening: minorText(opening), closing: minorText(closing) };
      return { ...common, date, accountId, ...balances, entries: entries.length };
    }
    case 'order': {
      const { number, state, sourceState, paidOn, total } = document;
      const said = { number, state, sourceState, paidOn };
      return { ...common, date, ...said, total: String(total.minor) };
    }
    case 'article':
    case 'article-cards':
      return { ...common, ...articleJson(document) };
    case 'stock-balance':
      return { ...common, date, to: document.to, articles: document.lines.length };
    case 'order-news': {
      const { about, bookedAs, payment } = document;
      return { ...common, date, about: about.ref, bookedAs, payment: payment?.state ?? null };
    }
    case 'refund': {
      const { number, of, reason, total } = document;
      return { ...common, date, number, of: of.ref, reason, total: String(total.minor) };
    }
    case 'sales-day': {
      const { bookOn, ordinal } = document;
      const sales = document.sales.map((sale) => ({ ref: sale.ref, number: sale.number }));
      return { ...common, date, bookOn, ordinal, sales };
    }
    case 'payout': {
      const { provider, batch, entries } = document;
      const paid = minorText(paidOutBy(document));
      return { ...common, date, provider, batch, entries: entries.length, paid };
    }
    case 'customer-entry':
      return { ...common, date, ...entryJson(document) };
    case 'sales-invoice': {
      const { number, type, dueDate, customer, gross } = document;
      const who = { customer: customer.number };
      return { ...common, date, number, type, dueDate, ...who, total: String(gross.minor) };
    }
    case 'quote':
      return { ...common, date, ...quoteJson(document) };
  }
}

function quoteJson({ number, project, contract, total }: Quote): Record<string, unknown> {
  return { number, project, contract, total: String(total.minor) };
}

function minorText(amount: Money | null): string | null {
  return amount === null ? null : String(amount.minor);
}
