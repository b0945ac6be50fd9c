import type { Document } from '../domain/document/document.ts';
import type { Language } from '../domain/posting/words.ts';

/** The words that names of documents are made of. */
type NameTexts = {
  readonly store: string;
  readonly till: string;
  readonly onAccount: string;
  readonly customer: string;
  readonly statement: string;
  readonly order: string;
  readonly refundOf: string;
};

const TEXTS: Readonly<Record<Language, NameTexts>> = {
  sv: {
    ...{ store: 'Butik', till: 'kassa', onAccount: 'Kreditköp', customer: 'Kund' },
    ...{ statement: 'Kontoutdrag', order: 'Order', refundOf: 'Återbetalning av order' },
  },
  nb: {
    ...{ store: 'Butikk', till: 'kasse', onAccount: 'Kredittsalg', customer: 'Kunde' },
    ...{ statement: 'Kontoutskrift', order: 'Ordre', refundOf: 'Refusjon av ordre' },
  },
  en: {
    ...{ store: 'Store', till: 'till', onAccount: 'On account', customer: 'Customer' },
    ...{ statement: 'Statement', order: 'Order', refundOf: 'Refund of order' },
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
  }
}
