import { add, isZero, money, negate, split, subtract, sum, type Money } from '../money.ts';
import type { Refusal } from '../refusal.ts';
import { vatInGross, type BasisPoints } from '../vat/rates.ts';
import type { Order, Refund, SaleLine, SaleLineKind } from './sale.ts';

/** What has not been given back of one kind of line at one rate. */
export type Left = {
  readonly kind: SaleLineKind;
  readonly rate: BasisPoints | null;
  readonly net: Money;
  readonly vat: Money;
};

/** The order less what was given back before, by kind of line and rate. */
export function remainingOf(order: Order, earlier: readonly Refund[]): readonly Left[] {
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

/**
 * Lines for a refund of an amount alone, which says nothing of VAT: all of what is left, rate by
 * rate to the öre, when it is all of it; else a share of each.
 *
 * @param total - negative
 */
export function linesOfAmount(
  total: Money,
  left: readonly Left[],
  reason: string,
): readonly SaleLine[] {
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

/** What a person has to look at in a refund: more than was left, or VAT that nobody has told. */
export function refundDoubts(
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
