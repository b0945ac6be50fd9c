import type { Document } from '../domain/document/document.ts';
import { LEDGER_WORDS, type Language } from '../domain/posting/words.ts';

/** The words that names of documents are made of. */
type NameTexts = {
  readonly store: string;
  readonly till: string;
  readonly onAccount: string;
  readonly customer: string;
  readonly statement: string;
  readonly order: string;
  readonly refundOf: string;
  readonly salesOfDay: string;
  readonly payout: string;
  readonly quote: string;
  readonly invoice: string;
  readonly news: string;
  readonly article: string;
  readonly articles: string;
  readonly stock: string;
};

const TEXTS: Readonly<Record<Language, NameTexts>> = {
  sv: {
    ...{ store: 'Butik', till: 'kassa', onAccount: 'Kreditköp', customer: 'Kund' },
    ...{ statement: 'Kontoutdrag', order: 'Order', refundOf: 'Återbetalning av order' },
    ...{ salesOfDay: 'Dagens försäljning', payout: 'Utbetalning', quote: 'Offert' },
    ...{ invoice: 'Kundfaktura', news: 'Besked till butiken', article: 'Artikel' },
    articles: 'Artiklar till butiken',
    stock: 'Lagersaldon',
  },
  nb: {
    ...{ store: 'Butikk', till: 'kasse', onAccount: 'Kredittsalg', customer: 'Kunde' },
    ...{ statement: 'Kontoutskrift', order: 'Ordre', refundOf: 'Refusjon av ordre' },
    ...{ salesOfDay: 'Dagens salg', payout: 'Utbetaling', quote: 'Tilbud' },
    ...{ invoice: 'Kundefaktura', news: 'Beskjed til butikken', article: 'Vare' },
    articles: 'Varer til butikken',
    stock: 'Lagerbeholdning',
  },
  en: {
    ...{ store: 'Store', till: 'till', onAccount: 'On account', customer: 'Customer' },
    ...{ statement: 'Statement', order: 'Order', refundOf: 'Refund of order' },
    ...{ salesOfDay: 'Sales of the day', payout: 'Payout', quote: 'Quote' },
    ...{ invoice: 'Customer invoice', news: 'News to the shop', article: 'Article' },
    articles: 'Articles for the shop',
    stock: 'Stock balances',
  },
};

/** What a document is called where its day and kind stand beside it. */
export function documentName(document: Document, language: Language): string {
  const texts = TEXTS[language];
  switch (document.kind) {
    case 'day-report': {
      const { storeNumber, register, reportNumber } = document;
      const till = register === 'ALL' ? '' : ` ${texts.till} ${register}`;
      return `${texts.store} ${storeNumber}${till} · ${reportNumber}`;
    }
    case 'ready-voucher':
      return document.text.trim() || document.number;
    case 'credit-purchases': {
      const { number, name } = document.customer;
      return [texts.onAccount, number, name].filter(Boolean).join(' ');
    }
    case 'customer':
      return `${texts.customer} ${document.customer.number} ${document.customer.name}`.trimEnd();
    case 'supplier-invoice':
      return `${document.supplier.name} · ${document.number}`;
    case 'account-statement':
      return `${texts.statement} ${document.accountId}`;
    case 'order':
      return `${texts.order} ${document.number}`;
    case 'refund':
      return `${texts.refundOf} ${document.of.number}`;
    case 'sales-day': {
      const which = document.ordinal > 1 ? ` (${document.ordinal})` : '';
      return `${texts.salesOfDay}${which} · ${document.sales.length}`;
    }
    case 'payout':
      return `${texts.payout} ${document.provider} ${document.batch}`;
    case 'quote':
      return `${texts.quote} ${document.number} · ${document.project.name}`;
    case 'sales-invoice': {
      const { customer, number } = document;
      return `${texts.invoice} ${number} · ${customer.name || customer.number}`;
    }
    case 'customer-entry': {
      const { customer, number, entry } = document;
      const words = LEDGER_WORDS[language].customerEntry;
      return `${words[entry](number)} · ${customer.name || customer.number}`;
    }
    case 'order-news':
      return `${texts.news} · ${document.about.ref.id}`;
    case 'article-cards':
      return `${texts.articles} · ${document.cards.length}`;
    case 'stock-balance':
      return `${texts.stock} · ${document.lines.length}`;
    case 'article':
      return `${texts.article} ${document.article.number} ${document.article.name}`;
  }
}
