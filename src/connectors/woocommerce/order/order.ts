import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { Order, OrderState, SaleLine, Settlement } from '../../../domain/document/sale.ts';
import { absolute, add, money, parseCurrency, subtract, sum } from '../../../domain/money.ts';
import type { Currency, Money } from '../../../domain/money.ts';
import type { Problem } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX } from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { WooSettings } from '../settings.ts';
import type { WooMeta, WooOrder } from '../wire.ts';
import { readAmount } from './amounts.ts';
import { customerOf, deliveryOf } from './customer.ts';
import { readLines } from './lines.ts';
import { ratesOf, type Rates } from './taxes.ts';
import { readText } from './text.ts';

/** By what documents of this connector are known. */
export const SYSTEM = 'woocommerce';

/** An order, or everything that keeps it from being one. */
export type OrderOutcome =
  | { readonly kind: 'order'; readonly order: Order; readonly rates: Rates }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** WooCommerce's own states; those of plugins are told by the settings. */
const STATES: Readonly<Record<string, OrderState>> = {
  'auto-draft': 'open',
  'checkout-draft': 'open',
  pending: 'open',
  'on-hold': 'open',
  failed: 'open',
  processing: 'accepted',
  completed: 'shipped',
  // It was sold, and taken back by refunds of its own.
  refunded: 'shipped',
  cancelled: 'cancelled',
  trash: 'cancelled',
  // Not the shop's: it is there no more, and was told as it stood last.
  deleted: 'cancelled',
};

/**
 * More than the shop's own rounding between lines and total is something else: a gift card that
 * lowers the total, a tip. It is left in the sums, where it is asked about.
 */
const ROUNDING_MAX_MINOR = 100n;

/** Reads an order. All problems of it are found, not the first one only. */
export function readOrder(
  woo: WooOrder,
  about: { readonly settings: WooSettings; readonly account: string; readonly place: Place },
): OrderOutcome {
  const { settings, account, place } = about;
  const currency = parseCurrency(woo.currency);
  if (currency === null) {
    const facts = { field: 'currency', found: woo.currency, expected: 'SEK, NOK, DKK, EUR, …' };
    return { kind: 'unreadable', problems: [problemAt('unknown-value', place, facts)] };
  }
  const rates = ratesOf(woo.tax_lines);
  const { lines, problems: inLines } = readLines(woo, { settings, currency, rates, place });
  const problems = [...inLines, ...checkCountries(rates, place)];
  const date = dayOf(woo.date_created);
  const payable = readAmount(woo.total, currency);
  if (payable === null) {
    problems.push(problemAt('not-a-number', place, { field: 'total', found: woo.total }));
  }
  if (date === null) {
    const facts = { field: 'date_created', found: woo.date_created };
    problems.push(problemAt('not-a-date', place, facts));
  }
  if (payable === null || date === null || problems.length > 0) {
    return { kind: 'unreadable', problems };
  }
  const settlements = settlementsOf(woo, payable);
  const total = sum(
    settlements.map((one) => one.amount),
    currency,
  );
  const order: Order = {
    kind: 'order',
    ref: { system: SYSTEM, account, id: woo.id.slice(0, IDENTITY_CHARS_MAX) },
    number: readText(woo.number) || woo.id,
    date,
    state: settings.states[woo.status] ?? STATES[woo.status] ?? 'open',
    sourceState: woo.status,
    paidOn: dayOf(woo.date_paid ?? ''),
    currency,
    customer: customerOf(woo, settings),
    isBusiness: woo.billing.company.trim() !== '',
    deliverTo: deliveryOf(woo),
    vatCountry: [...rates.countries][0] ?? null,
    lines,
    rounding: roundingOf(lines, total),
    total,
    settlements,
  };
  return { kind: 'order', order, rates };
}

/** The day in the shop's own time zone: the local twin of each time, which names no zone. */
export function dayOf(time: string): LocalDate | null {
  return parseLocalDate(time.slice(0, 10));
}

/** What the shop's rounding leaves between the lines and the total; zero when it is too much. */
export function roundingOf(lines: readonly SaleLine[], total: Money): Money {
  const parts = lines.flatMap((line) => line.parts);
  const sold = sum(
    parts.map(({ net, vat }) => add(net, vat)),
    total.currency,
  );
  const left = subtract(total, sold);
  return absolute(left).minor <= ROUNDING_MAX_MINOR ? left : money(0n, total.currency);
}

/** Gift cards of plugins that lower the total, and how the rest is paid. */
function settlementsOf(woo: WooOrder, payable: Money): readonly Settlement[] {
  const cards = giftCardsOf(woo.meta_data, payable.currency);
  const rest: Settlement = {
    method: woo.payment_method,
    title: readText(woo.payment_method_title),
    means: 'other',
    amount: payable,
    transaction: woo.transaction_id.trim() || null,
  };
  return [...cards, rest].filter(({ amount }) => amount.minor !== 0n);
}

/** YITH keeps the cards used as `{code: amount}`; codes are money, and are not kept here. */
function giftCardsOf(meta: readonly WooMeta[], currency: Currency): readonly Settlement[] {
  const used = meta.find(({ key }) => key === '_ywgc_applied_gift_cards')?.value;
  if (typeof used !== 'object' || used === null) return [];
  return Object.values(used).flatMap((value): Settlement[] => {
    const amount = readAmount(String(value), currency);
    if (amount === null) return [];
    const about = { method: 'yith-gift-card', title: 'Gift card', transaction: null };
    return [{ ...about, means: 'gift-card', amount }];
  });
}

/** One order is taxed in one country; and VAT of no country is VAT that cannot be reported. */
function checkCountries({ countries }: Rates, place: Place): Problem[] {
  if (countries.size === 0 || (countries.size === 1 && !countries.has(''))) return [];
  const found = [...countries].join(', ');
  const facts = { field: 'tax_lines.rate_code', found, expected: 'SE-…' };
  return [problemAt('unknown-value', place, facts)];
}
