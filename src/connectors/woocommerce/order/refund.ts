import type { Order, Refund, SaleLine, SaleLineKind } from '../../../domain/document/sale.ts';
import {
  absolute,
  add,
  isZero,
  money,
  negate,
  split,
  subtract,
  sum,
} from '../../../domain/money.ts';
import type { Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { vatInGross, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt, type Place } from '../problem.ts';
import type { WooSettings } from '../settings.ts';
import type { WooRefund } from '../wire.ts';
import { readAmount } from './amounts.ts';
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
  const lines = isItemised ? itemised : spread(total, left, reason);
  const [settlement] = order.settlements.filter(({ means }) => means === 'other').slice(-1);
  const { kind: _order, state: _state, sourceState: _said, paidOn: _paid, ...sale } = order;
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
  };
  return { kind: 'refund', refund, doubts: doubtsOf(refund, { left, isItemised }) };
}

/** What has not been given back of one kind of line at one rate. */
type Left = {
  readonly kind: SaleLineKind;
  readonly rate: BasisPoints | null;
  readonly net: Money;
  readonly vat: Money;
};

/** The order less what was given back before, by kind of line and rate. */
function remainingOf(order: Order, earlier: readonly Refund[]): readonly Left[] {
  const left = new Map<string, Left>();
  for (const { kind, parts } of [order, ...earlier].flatMap((sale) => sale.lines)) {
    for (const { rate, net, vat } of parts) {
      const key = `${kind} ${rate}`;
      const before = left.get(key);
      left.set(key, {
        kind,
        rate,
        net: before === undefined ? net : add(before.net, net),
        vat: before === undefined ? vat : add(before.vat, vat),
      });
    }
  }
  return [...left.values()].filter(({ net, vat }) => !isZero(net) || !isZero(vat));
}

function grossOf(left: readonly Left[], currency: Money['currency']): Money {
  return sum(
    left.map(({ net, vat }) => add(net, vat)),
    currency,
  );
}

/** Lines for an amount alone: the rest of everything to the öre, or a share of each. */
function spread(total: Money, left: readonly Left[], reason: string): readonly SaleLine[] {
  const { currency } = total;
  const isWhole = isZero(add(total, grossOf(left, currency)));
  const positive = left.filter(({ net, vat }) => add(net, vat).minor > 0n);
  if (positive.length === 0 || isZero(total)) return [];
  const shares = split(
    total,
    positive.map(({ net, vat }) => add(net, vat).minor),
  );
  const parts = isWhole
    ? left.map((one) => ({ ...one, net: negate(one.net), vat: negate(one.vat) }))
    : positive.map((one, i) => {
        const gross = shares[i] ?? money(0n, currency);
        const vat = vatInGross(gross, one.rate ?? 0);
        return { ...one, net: subtract(gross, vat), vat };
      });
  return parts.map(({ kind, rate, net, vat }, i): SaleLine => {
    const text = reason || 'Refund';
    const parts = [{ rate, net, vat }];
    return { id: String(i + 1), kind, text, sku: null, quantity: '1', parts };
  });
}

function doubtsOf(
  { total, of }: Refund,
  { left, isItemised }: { readonly left: readonly Left[]; readonly isItemised: boolean },
): readonly Refusal[] {
  const remaining = grossOf(left, total.currency);
  const back = negate(total);
  const difference = subtract(back, remaining);
  // Refunding each line by itself may come to an öre more than the order.
  if (difference.minor > 1n) {
    return [{ code: 'refund-exceeds-order', order: of.number, back, remaining, difference }];
  }
  const isRated = new Set(left.map(({ rate }) => rate)).size > 1;
  if (isItemised || isZero(difference) || isZero(total) || !isRated) return [];
  return [{ code: 'refund-vat-estimated', order: of.number, back, remaining }];
}
