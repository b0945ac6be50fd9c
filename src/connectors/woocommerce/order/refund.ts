import {
  linesOfAmount,
  refundDoubts,
  remainingOf,
} from '../../../domain/document/refund-of-amount.ts';
import type { Order, Refund } from '../../../domain/document/sale.ts';
import { absolute, isZero, negate } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { WooSettings } from '../settings.ts';
import type { WooRefund } from '../wire.ts';
import { readAmount } from './amounts.ts';
import { bookedBefore } from './booked-before.ts';
import { readLines } from './lines.ts';
import { dayOf, roundingOf } from './order.ts';
import { ratesOf, type Rates } from './taxes.ts';
import { readText } from './text.ts';

/** A refund with what is doubtful in it, or everything that keeps it from being one. */
export type RefundOutcome =
  | { readonly kind: 'refund'; readonly refund: Refund; readonly doubts: readonly Refusal[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** What a refund is read against. */
export type RefundTerms = {
  readonly settings: WooSettings;
  readonly order: Order;
  /** Rates of the order: a refund of an amount alone has none of its own. */
  readonly rates: Rates;
  /** Refunds of the same order that came before. */
  readonly earlier: readonly Refund[];
  readonly place: Place;
};

/**
 * Reads a refund, in any of its three shapes: by lines; an amount alone; or the whole of what is
 * left, when somebody has set the order's state to refunded.
 *
 * An amount alone says nothing of VAT. The whole of what is left is known rate by rate. A part of
 * it is spread over what is left, and a person looks at it (`refund-vat-estimated`).
 */
export function readRefund(woo: WooRefund, terms: RefundTerms): RefundOutcome {
  const { order, settings, place } = terms;
  const { currency } = order;
  const own = ratesOf(woo.tax_lines);
  const rates: Rates = { ...own, byId: new Map([...terms.rates.byId, ...own.byId]) };
  const { lines: itemised, problems: found } = readLines(woo, { settings, currency, rates, place });
  const problems = [...found];
  const amount = readAmount(woo.amount, currency);
  const date = dayOf(woo.date_created);
  const { amount: said, date_created: created } = woo;
  if (amount === null)
    problems.push(problemAt('not-a-number', place, { field: 'amount', found: said }));
  if (date === null) {
    problems.push(problemAt('not-a-date', place, { field: 'date_created', found: created }));
  }
  if (amount === null || date === null || problems.length > 0) {
    return { kind: 'unreadable', problems };
  }
  const total = negate(absolute(amount));
  const left = remainingOf(order, terms.earlier);
  const reason = readText(woo.reason);
  const isItemised = itemised.some((line) => line.parts.some((part) => !isZero(part.net)));
  const lines = isItemised ? itemised : linesOfAmount(total, left, reason);
  const [settlement] = order.settlements.filter(({ means }) => means === 'other').slice(-1);
  const { kind: _order, state: _state, sourceState: _said, paidOn: _paid, ...more } = order;
  const { changedAt: _moment, ...rest } = more;
  // What was booked of the order says nothing of its refund.
  const { bookedElsewhere: _before, ...sale } = rest;
  const refund: Refund = {
    ...sale,
    kind: 'refund',
    ref: { ...order.ref, id: `refund:${woo.id}` },
    of: { ref: order.ref, number: order.number, date: order.date },
    reason,
    date,
    lines,
    rounding: roundingOf(lines, total),
    total,
    settlements: [
      {
        method: settlement?.method ?? '',
        title: settlement?.title ?? '',
        means: 'other',
        amount: total,
        transaction: settlement?.transaction ?? null,
      },
    ],
    ...bookedBefore(woo.meta_data),
  };
  return { kind: 'refund', refund, doubts: refundDoubts(refund, { left, isItemised }) };
}
