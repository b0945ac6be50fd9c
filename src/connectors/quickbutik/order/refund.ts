import { parseLocalDate } from '../../../domain/date.ts';
import {
  linesOfAmount,
  refundDoubts,
  remainingOf,
} from '../../../domain/document/refund-of-amount.ts';
import type { Order, Refund, TaxWay } from '../../../domain/document/sale.ts';
import { taxWaysIn } from '../../../domain/document/taxed-as.ts';
import { absolute, money, negate, parseMoney } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { QbOrder } from '../wire.ts';

/** A refund with what is doubtful in it, or everything that keeps it from being one. */
export type RefundOutcome =
  | { readonly kind: 'refund'; readonly refund: Refund; readonly doubts: readonly Refusal[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** A refund that has been read, with what is doubtful in it. */
export type Doubted = { readonly refund: Refund; readonly doubts: readonly Refusal[] };

/**
 * Reads a refund: an amount, a day and mostly a number, and nothing of what was given back.
 *
 * @param of.doubts - what is doubtful in the order is so in what is given back of it
 * @param of.earlier - refunds of the same order that came before
 */
export function readRefund(
  wire: QbOrder['refunds'][number],
  of: {
    readonly order: Order;
    readonly doubts: readonly Refusal[];
    readonly earlier: readonly Doubted[];
    readonly place: Place;
  },
): RefundOutcome {
  const { order, earlier, place } = of;
  const amount = parseMoney(wire.amount, order.currency);
  const date = parseLocalDate(wire.date_created.slice(0, 10));
  const problems: Problem[] = [];
  if (amount === null) {
    problems.push(
      problemAt('not-a-number', place, { field: 'refunds.amount', found: wire.amount }),
    );
  }
  if (date === null) {
    const facts = { field: 'refunds.date_created', found: wire.date_created };
    problems.push(problemAt('not-a-date', place, facts));
  }
  if (amount === null || date === null) return { kind: 'unreadable', problems };
  const total = negate(absolute(amount));
  const left = remainingOf(
    order,
    earlier.map((one) => one.refund),
  );
  const { kind: _order, state: _state, sourceState: _said, paidOn: _paid, ...sale } = order;
  const refund: Refund = {
    ...sale,
    kind: 'refund',
    ref: { ...order.ref, id: `${order.ref.id}:refund:${refundId(wire, earlier.length + 1)}` },
    of: { ref: order.ref, number: order.number, date: order.date },
    reason: '',
    date,
    lines: linesOfAmount(total, left, ''),
    rounding: money(0n, order.currency),
    total,
    settlements: order.settlements.slice(0, 1).map((one) => ({ ...one, amount: total })),
  };
  const own = refundDoubts(refund, { left, isItemised: false });
  const unproven = of.doubts.flatMap((one) => {
    return one.code === 'vat-not-proven' ? [{ ...one, ways: waysOf(refund, of) }] : [];
  });
  return { kind: 'refund', refund, doubts: [...unproven, ...own] };
}

/** What is given back in each of the ways that the order may be taxed in. */
function waysOf(
  { total, settlements }: Refund,
  {
    order,
    doubts,
    earlier,
  }: Pick<Parameters<typeof readRefund>[1], 'order' | 'doubts' | 'earlier'>,
): readonly TaxWay[] {
  return taxWaysIn(doubts).map((way, i) => {
    const before = earlier.map(({ refund, doubts: its }): Refund => {
      return { ...refund, lines: taxWaysIn(its)[i]?.lines ?? refund.lines };
    });
    const left = remainingOf({ ...order, lines: way.lines }, before);
    return { ...way, lines: linesOfAmount(total, left, ''), total, settlements };
  });
}

/** The shop's number of it; without one, what tells it from others of the order. */
function refundId(
  { id, date_created: day, amount }: QbOrder['refunds'][number],
  ordinal: number,
): string {
  return id.trim() || `${day.slice(0, 10)}:${amount}:${ordinal}`;
}
