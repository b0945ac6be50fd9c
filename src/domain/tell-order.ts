import { formatMoney } from './money.ts';
import type { Language } from './posting/words.ts';
import type { InvoicePaymentState, OrderNews } from './document/order-news.ts';

/** How a shop is told of its orders: in words beside the order, in its own fields, or not. */
export type NewsWays = 'off' | 'note' | 'metadata' | 'both';

/** What of an order makes it go on in the shop. */
export type NewsEvent = 'booked' | 'paid';

/** What a company has chosen about telling its shop. */
export type NewsChoices = {
  readonly language: Language;
  readonly news: NewsWays;
  /** The shop's own state that an order is set to; an event that is not there sets none. */
  readonly newsStatus: Readonly<Partial<Record<NewsEvent, string | undefined>>>;
};

/** What is written to the order in the shop. */
export type OrderTelling = {
  /** The shop's own id of the order. */
  readonly order: string;
  /** For the people of the shop, never for its customer; null: none. */
  readonly note: string | null;
  /** Fields of the order by name: see `_bokbro_booked`. */
  readonly facts: Readonly<Record<string, string>>;
  /** The shop's own state that the order is to go on to; null: it stays where it is. */
  readonly status: string | null;
};

/**
 * What the shop is told of an order.
 *
 * @param before - what it was told the last time; null: nothing
 * @returns null when there is nothing to tell
 */
export function tellOrder(
  news: OrderNews,
  choices: NewsChoices,
  before: OrderNews | null,
): OrderTelling | null {
  const { news: ways, newsStatus, language } = choices;
  const hasNote = ways === 'note' || ways === 'both';
  const hasFacts = ways === 'metadata' || ways === 'both';
  const event = eventOf(news, before);
  const status = event === null ? null : (newsStatus[event] ?? null);
  const note = hasNote ? noteOf(news, before, language) : null;
  const facts = hasFacts ? factsOf(news) : {};
  if (note === null && Object.keys(facts).length === 0 && status === null) return null;
  return { order: news.about.order, note, facts, status };
}

/** A refund moves no order on: the shop knows of it. */
function eventOf({ about, payment }: OrderNews, before: OrderNews | null): NewsEvent | null {
  if (about.kind === 'refund') return null;
  if (payment?.state === 'paid' && before?.payment?.state !== 'paid') return 'paid';
  return before === null ? 'booked' : null;
}

function factsOf({ about, bookedAs, payment }: OrderNews): Record<string, string> {
  const name = about.kind === 'order' ? '' : `_${about.ref.id.replace(/\W+/g, '_')}`;
  return {
    [`_bokbro_booked${name}`]: bookedAs,
    ...(payment === null ? {} : { [`_bokbro_payment${name}`]: paymentFact(payment) }),
  };
}

/** For programs: in no language. */
function paymentFact({ state, left, paidOn }: InvoicePaymentState): string {
  if (state === 'paid') return paidOn === null ? state : `${state} ${paidOn}`;
  return state === 'partly-paid' || state === 'open' ? `${state} ${formatMoney(left)}` : state;
}

function noteOf(news: OrderNews, before: OrderNews | null, language: Language): string | null {
  const words = WORDS[language];
  const { about, bookedAs, ledger, payment } = news;
  const said: string[] = [];
  if (before?.bookedAs !== bookedAs) {
    said.push(
      about.kind === 'order' ? words.order(ledger, bookedAs) : words.refund(ledger, bookedAs),
    );
  }
  // That nothing is paid yet is worth a word only when it was otherwise before.
  const isNews = JSON.stringify(keyOf(payment)) !== JSON.stringify(keyOf(before?.payment ?? null));
  const isOpenFirst = payment?.state === 'open' && (before?.payment ?? null) === null;
  if (payment !== null && isNews && !isOpenFirst) said.push(words[payment.state](payment));
  return said.length === 0 ? null : said.join(' ');
}

function keyOf(payment: InvoicePaymentState | null): readonly string[] {
  if (payment === null) return [];
  return [payment.invoice, payment.state, String(payment.left.minor), payment.paidOn ?? ''];
}

type Words = {
  readonly order: (ledger: string, label: string) => string;
  readonly refund: (ledger: string, label: string) => string;
} & Readonly<Record<InvoicePaymentState['state'], (payment: InvoicePaymentState) => string>>;

const WORDS: Readonly<Record<Language, Words>> = {
  sv: {
    order: (ledger, label) => `Bokförd i ${ledger}: ${label}.`,
    refund: (ledger, label) => `Återbetalningen är bokförd i ${ledger}: ${label}.`,
    open: ({ invoice, left }) =>
      `Faktura ${invoice} är inte betald längre: ${formatMoney(left)} återstår.`,
    'partly-paid': ({ invoice, left }) =>
      `Faktura ${invoice} är delvis betald: ${formatMoney(left)} återstår.`,
    paid: ({ invoice, paidOn }) => `Faktura ${invoice} är betald${on(paidOn)}.`,
    credited: ({ invoice }) => `Faktura ${invoice} är krediterad.`,
    cancelled: ({ invoice }) => `Faktura ${invoice} är makulerad.`,
  },
  nb: {
    order: (ledger, label) => `Bokført i ${ledger}: ${label}.`,
    refund: (ledger, label) => `Tilbakebetalingen er bokført i ${ledger}: ${label}.`,
    open: ({ invoice, left }) =>
      `Faktura ${invoice} er ikke betalt lenger: ${formatMoney(left)} gjenstår.`,
    'partly-paid': ({ invoice, left }) =>
      `Faktura ${invoice} er delvis betalt: ${formatMoney(left)} gjenstår.`,
    paid: ({ invoice, paidOn }) => `Faktura ${invoice} er betalt${on(paidOn)}.`,
    credited: ({ invoice }) => `Faktura ${invoice} er kreditert.`,
    cancelled: ({ invoice }) => `Faktura ${invoice} er annullert.`,
  },
  en: {
    order: (ledger, label) => `Booked in ${ledger}: ${label}.`,
    refund: (ledger, label) => `The refund is booked in ${ledger}: ${label}.`,
    open: ({ invoice, left }) =>
      `Invoice ${invoice} is not paid any more: ${formatMoney(left)} is left.`,
    'partly-paid': ({ invoice, left }) =>
      `Invoice ${invoice} is partly paid: ${formatMoney(left)} is left.`,
    paid: ({ invoice, paidOn }) => `Invoice ${invoice} is paid${on(paidOn)}.`,
    credited: ({ invoice }) => `Invoice ${invoice} is credited.`,
    cancelled: ({ invoice }) => `Invoice ${invoice} is cancelled.`,
  },
};

function on(day: string | null): string {
  return day === null ? '' : ` ${day}`;
}
