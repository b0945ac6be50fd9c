import type { ClearingDifference, ClearingItem } from '../../engine/reconcile-clearing.ts';
import type { Reconciliation } from '../../engine/reconcile.ts';
import { showTable } from '../table.ts';

/** Items of an account shown one by one: the rest is told as a number. */
const ITEMS_MAX = 20;

type Amount = (minor: bigint) => string;

/** Clearing accounts: what came and went, and why the rest stands there. */
export function showClearing({ clearing }: Reconciliation, amount: Amount): string {
  if (clearing.length === 0) return '';
  const told = (minor: bigint | null): string => (minor === null ? '–' : amount(minor));
  const heads = ['before', 'orders', 'refunds', 'payouts', 'other', 'by hand', 'stands', 'fees'];
  const table = showTable(
    [
      { head: 'clearing account' },
      { head: 'method' },
      ...heads.map((head) => ({ head, align: 'right' }) as const),
    ],
    clearing.map((one) => [
      one.account,
      one.methods.join(', '),
      told(one.opening),
      ...[one.orders, one.refunds, one.payouts, one.others, one.byHand].map(amount),
      told(one.balance),
      amount(one.fees),
    ]),
  );
  const items = clearing.flatMap(({ account, items: list }) => {
    const shown = list
      .slice(0, ITEMS_MAX)
      .map((item) => `    ${account} ${itemText(item, amount)}\n`);
    const more = list.length - shown.length;
    return more > 0 ? [...shown, `    ${account} … and ${more} more\n`] : shown;
  });
  const open = items.length === 0 ? '  every payout has cleared its orders\n' : items.join('');
  return `${table}${open}`;
}

function itemText({ what, name, method, day, minor }: ClearingItem, amount: Amount): string {
  switch (what) {
    case 'unpaid':
      return `${amount(minor)}: order ${name} of ${day} (${method}) is not paid out`;
    case 'paid otherwise':
      return `${amount(minor)}: order ${name} of ${day} (${method}) is paid out otherwise`;
    case 'payout':
      return `${amount(minor)}: ${name} of ${day}: rows without a known order, or left there`;
  }
}

/** A difference of clearing accounts, with both numbers and what to do. */
export function clearingDifferenceText(difference: ClearingDifference, amount: Amount): string {
  if (difference.kind === 'clearing-unexplained') {
    const { account, moved, explained } = difference;
    return (
      `account ${account}: orders and payouts have moved ${amount(moved)}, what is open of them ` +
      `explains ${amount(explained)}, difference ${amount(difference.difference)}: an order may ` +
      'stand on another clearing account than its payout clears; compare the choices of both flows'
    );
  }
  const { item, days } = difference;
  return (
    `order ${item.name} of ${item.day} (${item.method}): ${amount(item.minor)} is not paid out ` +
    `after ${days} days: ask the provider, or mend the order`
  );
}
