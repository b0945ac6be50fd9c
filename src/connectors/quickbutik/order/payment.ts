import type { Order } from '../../../domain/document/sale.ts';
import {
  absolute,
  add,
  money,
  parseMoney,
  subtract,
  sum,
  type Money,
} from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { QbSettings } from '../settings.ts';
import type { QbOrder } from '../wire.ts';

/** What an order comes to, by what it is paid, and what is doubtful in that. */
export type Payment = Pick<Order, 'total' | 'settlements'> & {
  readonly doubts: readonly Refusal[];
};

/** Amounts of an order as the shop says them. */
export type Stated = {
  readonly total: Money;
  readonly toPay: Money;
  readonly discount: Money;
};

/**
 * Which of the shop's two totals an order comes to is not documented: the one that its lines come
 * to counts. When less is to be paid than that, something else has paid the rest.
 *
 * @param of.sold - what the lines come to
 * @param of.isGiftCard - what is told as a discount is a gift card
 */
export function paymentOf(
  wire: QbOrder,
  of: {
    readonly stated: Stated;
    readonly sold: Money;
    readonly isGiftCard: boolean;
    readonly settings: QbSettings;
  },
): Payment {
  const { stated, sold, isGiftCard, settings } = of;
  const { total, toPay, discount } = stated;
  if (isGiftCard) {
    const rest = subtract(sold, discount);
    // When neither total is what is left, the order is told as it is, and held for that.
    const said = [toPay, total].some(({ minor }) => minor === rest.minor) ? sold : toPay;
    return { total: said, settlements: paidBy(wire, { whole: said, card: discount }), doubts: [] };
  }
  const whole = sold.minor === total.minor ? total : toPay;
  const less = sold.minor === total.minor ? subtract(total, toPay) : money(0n, total.currency);
  const card = withoutRefunds(less, refundedIn(wire, total));
  if (card.minor <= 0n) {
    const none = money(0n, total.currency);
    return { total: whole, settlements: paidBy(wire, { whole, card: none }), doubts: [] };
  }
  const isKnown = settings.lessToPay === 'gift-card' && card.minor === less.minor;
  const numbers = { total, toPay, difference: less };
  const doubt: Refusal = { code: 'order-paid-otherwise', order: wire.order_id, ...numbers };
  const settlements = paidBy(wire, { whole, card });
  return { total: whole, settlements, doubts: isKnown ? [] : [doubt] };
}

/** Some shops may take off what was given back: of what is more than that, a card has paid. */
function withoutRefunds(less: Money, refunded: Money): Money {
  return less.minor >= refunded.minor ? subtract(less, refunded) : less;
}

function refundedIn({ refunds }: QbOrder, { currency }: Money): Money {
  const amounts = refunds.map(({ amount }) => parseMoney(amount, currency));
  // One that cannot be read is told where it is read.
  return sum(
    amounts.flatMap((one) => (one === null ? [] : [absolute(one)])),
    currency,
  );
}

function paidBy(
  { paymethod }: QbOrder,
  { whole, card }: { readonly whole: Money; readonly card: Money },
): Order['settlements'] {
  const { method, transaction_id: id } = paymethod;
  const rest = subtract(whole, card);
  const by = { method: 'gift-card', title: '', means: 'gift-card', transaction: null } as const;
  const other = { method, title: method, means: 'other', transaction: id.trim() || null } as const;
  const all = [
    { ...other, amount: rest },
    { ...by, amount: card },
  ];
  return all.filter(({ amount }) => amount.minor !== 0n);
}

/** What parts of lines come to. */
export function soldFor(lines: Order['lines'], zero: Money): Money {
  const parts = lines.flatMap((line) => line.parts);
  return parts.reduce((total, one) => add(total, add(one.net, one.vat)), zero);
}
