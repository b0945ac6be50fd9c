import type { Language } from './words.ts';

/** What the hub writes on invoices of a shop's orders, and in their vouchers. */
type InvoiceWords = {
  readonly claim: (number: string) => string;
  readonly payment: (number: string) => string;
  readonly refundPayment: (number: string) => string;
  readonly credits: (order: string) => string;
  readonly vatCents: (percent: string) => string;
  readonly whyCents: string;
  readonly pieces: (quantity: string, text: string) => string;
};

const sv: InvoiceWords = {
  claim: (number) => `Kundfordran order ${number}`,
  payment: (number) => `Betalning order ${number}`,
  refundPayment: (number) => `Återbetalning order ${number}`,
  credits: (order) => `Avser retur av order ${order}`,
  vatCents: (percent) => `Öresskillnad moms ${percent} %`,
  whyCents: 'bokföringen räknar momsen på summan per momssats, butiken per rad',
  pieces: (quantity, text) => `${quantity} × ${text}`,
};

const nb: InvoiceWords = {
  claim: (number) => `Kundefordring ordre ${number}`,
  payment: (number) => `Betaling ordre ${number}`,
  refundPayment: (number) => `Tilbakebetaling ordre ${number}`,
  credits: (order) => `Gjelder retur av ordre ${order}`,
  vatCents: (percent) => `Øredifferanse mva ${percent} %`,
  whyCents: 'regnskapet regner mva av summen per sats, butikken per linje',
  pieces: (quantity, text) => `${quantity} × ${text}`,
};

const en: InvoiceWords = {
  claim: (number) => `Claim, order ${number}`,
  payment: (number) => `Payment of order ${number}`,
  refundPayment: (number) => `Repayment of order ${number}`,
  credits: (order) => `Return of order ${order}`,
  vatCents: (percent) => `VAT difference of cents ${percent} %`,
  whyCents: 'the ledger reckons VAT on the sum of each rate, the shop on each line',
  pieces: (quantity, text) => `${quantity} × ${text}`,
};

export const INVOICE_WORDS: Readonly<Record<Language, InvoiceWords>> = { sv, nb, en };
