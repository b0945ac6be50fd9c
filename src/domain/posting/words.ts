import type { Language } from '../language.ts';
import { roleName } from './role-names.ts';
import type { EntryKind } from '../document/account-statement.ts';
import type { PayoutEntryKind } from '../document/payout.ts';
import type { AgencyScheme, TenderMeans } from '../document/day-report.ts';

export type { Language };

/** What the hub writes into a company's ledger, in one language. Kept short: ledgers cut texts. */
export type LedgerWords = {
  readonly dayReport: (said: {
    readonly date: string;
    readonly store: string;
    readonly register: string | null;
    readonly number: string;
  }) => string;
  readonly tender: Readonly<Record<TenderMeans, string>>;
  readonly agencySold: Readonly<Record<AgencyScheme, string>>;
  readonly agencyPaidOut: Readonly<Record<AgencyScheme, string>>;
  readonly sales: (percent: string) => string;
  readonly salesWithoutVat: string;
  /** Sold earlier, by a gift card that its VAT was accounted for with. */
  readonly redeemed: (percent: string) => string;
  readonly vat: (percent: string) => string;
  readonly depositSold: (percent: string) => string;
  readonly depositSoldVat: (percent: string) => string;
  readonly depositReturned: (percent: string) => string;
  readonly depositReturnedVat: (percent: string) => string;
  readonly giftCardSold: string;
  readonly rounding: string;
  readonly cashDifference: string;
  readonly paidIn: string;
  readonly paidOut: string;
  readonly bankDeposit: string;
  readonly differenceAccepted: string;
  readonly creditPurchases: (customer: string) => string;
  readonly creditPurchase: (said: {
    readonly receipt: string;
    readonly date: string;
    readonly reference: string;
  }) => string;
  readonly supplierInvoice: (number: string, supplier: string) => string;
  readonly purchases: (number: string) => string;
  readonly inputVat: string;
  readonly accountStatement: (account: string, date: string) => string;
  readonly entry: Readonly<Record<EntryKind, string>>;
  readonly invoicePayment: (number: string) => string;
  readonly reverseInputVat: (percent: string) => string;
  readonly reverseOutputVat: (percent: string) => string;
  readonly paidInAdvance: string;
  readonly payout: (provider: string, batch: string) => string;
  readonly payoutTo: (provider: string) => string;
  readonly payoutEntry: Readonly<Record<PayoutEntryKind, string>>;
  readonly payoutLeft: (provider: string) => string;
  readonly fxDifference: string;
  readonly order: (number: string) => string;
  readonly refund: (number: string) => string;
  readonly salesDay: (said: {
    readonly date: string;
    readonly ordinal: number;
    readonly count: number;
  }) => string;
  readonly salesInvoice: (number: string) => string;
  readonly creditNote: (number: string) => string;
  /** Of another system's ledger of customers, by the number of the invoice. */
  readonly customerEntry: Readonly<
    Record<'invoice' | 'credit-note' | 'payment', (number: string) => string>
  >;
  readonly reversal: (number: string) => string;
  readonly replacement: (number: string) => string;
  /** Why a row stands on its account: the line of the source, and who chose the account. */
  readonly why: (said: {
    readonly line: string;
    readonly key: string;
    readonly from: 'company' | 'standard';
  }) => string;
  readonly whyDecided: (account: string) => string;
  readonly whyAsGiven: string;
};

const sv: LedgerWords = {
  dayReport: ({ date, store, register, number }) =>
    `Dagsrapport ${date} butik ${store}${register === null ? '' : ` kassa ${register}`} ${number}`,
  tender: {
    card: 'Kort',
    swish: 'Swish',
    cash: 'Kontant',
    'gift-card': 'Presentkort inlösta',
    'chain-gift-card': 'Kedjans presentkort',
    bonus: 'Bonuscheckar',
    credit: 'Kundkredit',
    other: 'Övrigt betalsätt',
  },
  agencySold: { gaming: 'Spel', other: 'Ombudsförsäljning' },
  agencyPaidOut: { gaming: 'Spelvinster', other: 'Ombud utbetalt' },
  sales: (percent) => `Försäljning ${percent} %`,
  salesWithoutVat: 'Försäljning momsfri',
  redeemed: (percent) => `Presentkort utnyttjat, moms ${percent} % redovisad`,
  vat: (percent) => `Moms ${percent} %`,
  depositSold: (percent) => `Pant såld ${percent} %`,
  depositSoldVat: (percent) => `Moms pant ${percent} %`,
  depositReturned: (percent) => `Pantretur ${percent} %`,
  depositReturnedVat: (percent) => `Moms pantretur ${percent} %`,
  giftCardSold: 'Presentkort sålda',
  rounding: 'Öresavrundning',
  cashDifference: 'Kassadifferens',
  paidIn: 'Insättning i kassa',
  paidOut: 'Utbetalt ur kassa',
  bankDeposit: 'Dagskassa insatt',
  differenceAccepted: 'Differens enligt beslut',
  creditPurchases: (customer) => `Kreditköp kund ${customer}`,
  creditPurchase: ({ receipt, date, reference }) =>
    ['Kvitto', receipt, date, reference].filter(Boolean).join(' '),
  supplierInvoice: (number, supplier) => `Leverantörsfaktura ${number} ${supplier}`,
  purchases: (number) => `Faktura ${number}`,
  inputVat: 'Ingående moms',
  accountStatement: (account, date) => `Kontoutdrag ${account} ${date}`,
  entry: {
    invoice: 'Betald faktura',
    'card-settlement': 'Kortinlösen',
    bonus: 'Bonusavräkning',
    transfer: 'Överföring mellan egna konton',
    fee: 'Bankavgift',
    interest: 'Ränta',
    other: 'Enligt kontoutdrag',
  },
  invoicePayment: (number) => `Betalning leverantörsfaktura ${number}`,
  reverseInputVat: (percent) => `Beräknad ingående moms ${percent} %`,
  reverseOutputVat: (percent) => `Utgående moms omvänd ${percent} %`,
  paidInAdvance: 'Betalt i förskott',
  payout: (provider, batch) => `Utbetalning ${provider} ${batch}`,
  payoutTo: (provider) => `Utbetalt av ${provider}`,
  payoutEntry: {
    sale: 'Betalningar',
    refund: 'Återbetalningar',
    fee: 'Avgifter',
    chargeback: 'Tvistiga betalningar',
    reserve: 'Innehållet som säkerhet',
    carried: 'Från och till andra utbetalningar',
    conversion: 'Växling mellan valutor',
    adjustment: 'Justering',
  },
  payoutLeft: (provider) => `Kvar hos ${provider}`,
  fxDifference: 'Valutakursdifferens',
  order: (number) => `Order ${number}`,
  refund: (number) => `Retur order ${number}`,
  salesDay: ({ date, ordinal, count }) =>
    `Försäljning ${date}${ordinal > 1 ? ` (${ordinal})` : ''}: ${count} order`,
  salesInvoice: (number) => `Faktura order ${number}`,
  creditNote: (number) => `Kreditfaktura order ${number}`,
  customerEntry: {
    invoice: (number) => `Faktura ${number}`,
    'credit-note': (number) => `Kreditfaktura ${number}`,
    payment: (number) => `Betalning av faktura ${number}`,
  },
  reversal: (number) => `Rättelse av ${number}: återföring`,
  replacement: (number) => `Rättelse av ${number}: rätt bokning`,
  why: ({ line, key, from }) =>
    `${line} · ${roleName(key, 'sv')} ` +
    (from === 'company' ? 'enligt företagets val' : 'enligt baskontoplanen'),
  whyDecided: (account) => `differensen bokas på ${account} enligt beslut`,
  whyAsGiven: 'färdigkonterat i källan',
};

const nb: LedgerWords = {
  dayReport: ({ date, store, register, number }) =>
    `Dagsoppgjør ${date} butikk ${store}${register === null ? '' : ` kasse ${register}`} ${number}`,
  tender: {
    card: 'Kort',
    swish: 'Swish',
    cash: 'Kontant',
    'gift-card': 'Gavekort innløst',
    'chain-gift-card': 'Kjedens gavekort',
    bonus: 'Bonussjekker',
    credit: 'Kundekreditt',
    other: 'Annet betalingsmiddel',
  },
  agencySold: { gaming: 'Spill', other: 'Kommisjonssalg' },
  agencyPaidOut: { gaming: 'Spillgevinster', other: 'Kommisjon utbetalt' },
  sales: (percent) => `Salg ${percent} %`,
  salesWithoutVat: 'Salg uten mva',
  redeemed: (percent) => `Gavekort brukt, mva ${percent} % beregnet før`,
  vat: (percent) => `Mva ${percent} %`,
  depositSold: (percent) => `Pant solgt ${percent} %`,
  depositSoldVat: (percent) => `Mva pant ${percent} %`,
  depositReturned: (percent) => `Pant i retur ${percent} %`,
  depositReturnedVat: (percent) => `Mva pant i retur ${percent} %`,
  giftCardSold: 'Gavekort solgt',
  rounding: 'Øresavrunding',
  cashDifference: 'Kassedifferanse',
  paidIn: 'Innbetalt i kasse',
  paidOut: 'Utbetalt fra kasse',
  bankDeposit: 'Dagsoppgjør satt inn',
  differenceAccepted: 'Differanse etter beslutning',
  creditPurchases: (customer) => `Kredittkjøp kunde ${customer}`,
  creditPurchase: ({ receipt, date, reference }) =>
    ['Kvittering', receipt, date, reference].filter(Boolean).join(' '),
  supplierInvoice: (number, supplier) => `Leverandørfaktura ${number} ${supplier}`,
  purchases: (number) => `Faktura ${number}`,
  inputVat: 'Inngående mva',
  accountStatement: (account, date) => `Kontoutskrift ${account} ${date}`,
  entry: {
    invoice: 'Betalt faktura',
    'card-settlement': 'Kortoppgjør',
    bonus: 'Bonusoppgjør',
    transfer: 'Overføring mellom egne konti',
    fee: 'Bankgebyr',
    interest: 'Renter',
    other: 'Etter kontoutskrift',
  },
  invoicePayment: (number) => `Betaling leverandørfaktura ${number}`,
  reverseInputVat: (percent) => `Beregnet inngående mva ${percent} %`,
  reverseOutputVat: (percent) => `Utgående mva omvendt ${percent} %`,
  paidInAdvance: 'Betalt på forskudd',
  payout: (provider, batch) => `Utbetaling ${provider} ${batch}`,
  payoutTo: (provider) => `Utbetalt av ${provider}`,
  payoutEntry: {
    sale: 'Betalinger',
    refund: 'Tilbakebetalinger',
    fee: 'Gebyrer',
    chargeback: 'Omtvistede betalinger',
    reserve: 'Holdt tilbake som sikkerhet',
    carried: 'Fra og til andre utbetalinger',
    conversion: 'Veksling mellom valutaer',
    adjustment: 'Justering',
  },
  payoutLeft: (provider) => `Igjen hos ${provider}`,
  fxDifference: 'Valutadifferanse',
  order: (number) => `Ordre ${number}`,
  refund: (number) => `Retur ordre ${number}`,
  salesDay: ({ date, ordinal, count }) =>
    `Salg ${date}${ordinal > 1 ? ` (${ordinal})` : ''}: ${count} ordrer`,
  salesInvoice: (number) => `Faktura ordre ${number}`,
  creditNote: (number) => `Kreditnota ordre ${number}`,
  customerEntry: {
    invoice: (number) => `Faktura ${number}`,
    'credit-note': (number) => `Kreditnota ${number}`,
    payment: (number) => `Betaling av faktura ${number}`,
  },
  reversal: (number) => `Retting av ${number}: tilbakeføring`,
  replacement: (number) => `Retting av ${number}: riktig bokføring`,
  why: ({ line, key, from }) =>
    `${line} · ${roleName(key, 'nb')} ` +
    (from === 'company' ? 'etter bedriftens valg' : 'etter standard kontoplan'),
  whyDecided: (account) => `differansen føres på ${account} etter beslutning`,
  whyAsGiven: 'ferdig kontert i kilden',
};

const en: LedgerWords = {
  dayReport: ({ date, store, register, number }) =>
    `Day report ${date} store ${store}${register === null ? '' : ` till ${register}`} ${number}`,
  tender: {
    card: 'Card',
    swish: 'Swish',
    cash: 'Cash',
    'gift-card': 'Gift cards redeemed',
    'chain-gift-card': 'Chain gift cards',
    bonus: 'Bonus cheques',
    credit: 'Customer credit',
    other: 'Other means of payment',
  },
  agencySold: { gaming: 'Gaming', other: 'Agency sales' },
  agencyPaidOut: { gaming: 'Gaming prizes', other: 'Agency paid out' },
  sales: (percent) => `Sales ${percent} %`,
  salesWithoutVat: 'Sales without VAT',
  redeemed: (percent) => `Gift card used, VAT ${percent} % accounted for`,
  vat: (percent) => `VAT ${percent} %`,
  depositSold: (percent) => `Deposits sold ${percent} %`,
  depositSoldVat: (percent) => `VAT deposits ${percent} %`,
  depositReturned: (percent) => `Deposits returned ${percent} %`,
  depositReturnedVat: (percent) => `VAT deposits returned ${percent} %`,
  giftCardSold: 'Gift cards sold',
  rounding: 'Cash rounding',
  cashDifference: 'Cash difference',
  paidIn: 'Paid into the till',
  paidOut: 'Paid out of the till',
  bankDeposit: 'Takings deposited',
  differenceAccepted: 'Difference by decision',
  creditPurchases: (customer) => `Purchases on account, customer ${customer}`,
  creditPurchase: ({ receipt, date, reference }) =>
    ['Receipt', receipt, date, reference].filter(Boolean).join(' '),
  supplierInvoice: (number, supplier) => `Supplier invoice ${number} ${supplier}`,
  purchases: (number) => `Invoice ${number}`,
  inputVat: 'Input VAT',
  accountStatement: (account, date) => `Account statement ${account} ${date}`,
  entry: {
    invoice: 'Invoice paid',
    'card-settlement': 'Card settlement',
    bonus: 'Bonus settled',
    transfer: 'Transfer between own accounts',
    fee: 'Bank fee',
    interest: 'Interest',
    other: 'As the statement says',
  },
  invoicePayment: (number) => `Payment of supplier invoice ${number}`,
  reverseInputVat: (percent) => `Reverse charge input VAT ${percent} %`,
  reverseOutputVat: (percent) => `Reverse charge output VAT ${percent} %`,
  paidInAdvance: 'Paid in advance',
  payout: (provider, batch) => `Payout ${provider} ${batch}`,
  payoutTo: (provider) => `Paid out by ${provider}`,
  payoutEntry: {
    sale: 'Payments',
    refund: 'Refunds',
    fee: 'Fees',
    chargeback: 'Disputed payments',
    reserve: 'Held back as security',
    carried: 'From and to other payouts',
    conversion: 'Exchange between currencies',
    adjustment: 'Adjustment',
  },
  payoutLeft: (provider) => `Left with ${provider}`,
  fxDifference: 'Exchange difference',
  order: (number) => `Order ${number}`,
  refund: (number) => `Refund of order ${number}`,
  salesDay: ({ date, ordinal, count }) =>
    `Sales ${date}${ordinal > 1 ? ` (${ordinal})` : ''}: ${count} orders`,
  salesInvoice: (number) => `Invoice of order ${number}`,
  creditNote: (number) => `Credit note of order ${number}`,
  customerEntry: {
    invoice: (number) => `Invoice ${number}`,
    'credit-note': (number) => `Credit note ${number}`,
    payment: (number) => `Payment of invoice ${number}`,
  },
  reversal: (number) => `Correction of ${number}: reversal`,
  replacement: (number) => `Correction of ${number}: right booking`,
  why: ({ line, key, from }) =>
    `${line} · ${roleName(key, 'en')} ` +
    (from === 'company' ? 'as the company chose' : 'of the standard chart'),
  whyDecided: (account) => `the difference is booked on ${account} by decision`,
  whyAsGiven: 'coded by the source',
};

export const LEDGER_WORDS: Readonly<Record<Language, LedgerWords>> = { sv, nb, en };
