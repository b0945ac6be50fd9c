import type { Quote } from '../domain/document/quote.ts';
import { add, money, subtract, sum, type Money } from '../domain/money.ts';
import type { PlanOutcome, Step } from '../domain/plan.ts';
import { withoutAccepted } from '../domain/posting/decisions.ts';
import type { QuoteOrder } from '../domain/quote/orders.ts';
import { salesOf, type QuoteSale } from '../domain/quote/sales-documents.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { OrderStates } from '../domain/sales-document.ts';
import { stableJson } from '../lib/json.ts';
import type { BookedBefore } from '../ports/store.ts';
import { beforeStart } from './before-start.ts';
import type { PlanInput } from './plan-input.ts';
import { quotedOrders, type QuotedOrder } from './quoted-orders.ts';

/**
 * What becomes of an accepted quote: an order in the ledger for each line of its payment calendar.
 *
 * Accepted again with other figures, what has been invoiced stands, and the other orders are
 * changed in place so that all of them come to the quote.
 */
export function planQuote(quote: Quote, input: PlanInput): PlanOutcome {
  const { choices, books, booked, doubts, decisions, today } = input;
  const before = booked?.document?.kind === 'quote' ? booked.document : null;
  const isSame = before !== null && figuresOf(before) === figuresOf(quote);
  if (isSame) return unchanged();
  const entered = booked === null ? [] : quotedOrders(booked.results);
  const standing = standingOf(entered, input.orders ?? null);
  if (standing === null) return held([revised(quote, before, booked)]);
  const vatRounding = books.invoices?.vatRounding ?? 'per-rate';
  const terms = { on: today, vatRounding, invoiced: standing.invoiced };
  const made = salesOf(quote, choices, terms);
  const found = [...doubts, ...beforeStart(input)];
  if (made.kind === 'refused') found.push(...made.refusals);
  else found.push(...leftOver(quote, standing, made.sales));
  const refusals = withoutAccepted(found, decisions);
  if (made.kind === 'refused' || refusals.length > 0) return held(refusals);
  const steps = made.sales.flatMap((sale) => stepsOf(sale, standing));
  if (steps.length === 0 && booked !== null) return unchanged();
  const notices = choices.country === 'NO' ? beforeDelivery(quote, made.sales) : [];
  return { kind: 'plan', plan: { vouchers: [], steps, notices } };
}

/**
 * What is invoiced before the last part is mostly invoiced before delivery. Nothing is invoiced
 * here: whoever does it in the ledger is told of the law.
 *
 * @see bokføringsforskriften § 5-2, merverdiavgiftsloven § 15-11
 */
function beforeDelivery(quote: Quote, sales: readonly QuoteSale[]): readonly Notice[] {
  const early = sales.slice(0, -1).map(({ order }) => order);
  if (early.length === 0) return [];
  const parts = early.map(({ label, seq }) => label || String(seq));
  const total = sum(
    early.map((order) => order.total),
    quote.currency,
  );
  return [{ code: 'invoiced-before-delivery', quote: quote.number, parts, total }];
}

/** The orders that an earlier version became, as they stand in the ledger now. */
type Standing = {
  readonly open: readonly Entered[];
  readonly gone: readonly Entered[];
  readonly invoiced: readonly QuoteOrder[];
};

type Entered = QuotedOrder & { readonly order: QuoteOrder };

/** @returns null when nobody knows how they stand, or what they were made of */
function standingOf(entered: readonly QuotedOrder[], states: OrderStates | null): Standing | null {
  if (entered.length > 0 && states === null) return null;
  const known = entered.flatMap(({ order, ...one }): Entered[] => {
    return order === null ? [] : [{ ...one, order }];
  });
  if (known.length < entered.length) return null;
  const those = (state: string): readonly Entered[] =>
    known.filter(({ id }) => (states?.get(id) ?? 'gone') === state);
  const invoiced = those('invoiced').map(({ order }) => order);
  return { open: those('open'), gone: those('gone'), invoiced };
}

/** Enters an order, changes the one that is there, or leaves it when it is as it should be. */
function stepsOf({ seq, order, sale }: QuoteSale, { open }: Standing): readonly Step[] {
  const there = open.find((one) => one.seq === seq);
  if (there !== undefined && stableJson(there.order) === stableJson(order)) return [];
  return [{ kind: 'enter-order', id: `order-${seq}`, sale, change: there?.id ?? null }];
}

/** Orders that a person has taken away, and those that a person has to. */
function leftOver(quote: Quote, of: Standing, sales: readonly QuoteSale[]): readonly Refusal[] {
  const isWanted = ({ seq }: Entered): boolean => sales.some((sale) => sale.seq === seq);
  const nameOf = ({ order, seq }: Entered): string => order.label || String(seq);
  return [
    ...of.gone.filter(isWanted).map((one): Refusal => {
      return { code: 'quote-order-gone', quote: quote.number, order: nameOf(one) };
    }),
    ...of.open
      .filter((one) => !isWanted(one))
      .map((one): Refusal => {
        const about = { quote: quote.number, order: nameOf(one), amount: one.order.total };
        return { code: 'quote-order-left', ...about };
      }),
  ];
}

function revised(quote: Quote, before: Quote | null, booked: BookedBefore | null): Refusal {
  const is = totalOf(quote);
  const was = before === null ? money(0n, quote.currency) : totalOf(before);
  const about = { quote: quote.number, bookedAs: booked?.label ?? '' };
  const numbers = { before: was, after: is, difference: subtract(is, was) };
  return { code: 'quote-revised', ...about, ...numbers };
}

function held(refusals: readonly Refusal[]): PlanOutcome {
  return { kind: 'held', refusals, draft: [], notices: [] };
}

/** Its orders stay as they are. */
function unchanged(): PlanOutcome {
  return { kind: 'plan', plan: { vouchers: [], steps: [], notices: [], idle: 'unchanged' } };
}

/** What of a quote its orders are made of. */
function figuresOf({ groups, calendar, total, project, currency }: Quote): string {
  return stableJson([groups, calendar, total, project.number, currency]);
}

function totalOf({ groups, currency }: Quote): Money {
  return groups.reduce((all, { net, vat }) => add(all, add(net, vat)), money(0n, currency));
}
