import type { LocalDate } from '../../../domain/date.ts';
import { add, negate, subtract, type Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { nodeAt, textAt, type XmlNode } from '../xml/node.ts';
import type { Sheet } from './sheet.ts';

/** The balances that a statement states. */
export type Balances = {
  /** Before its first entry. */
  readonly opening: Money | null;
  /** After all entries of a day, by day: of the last, sometimes of every one. */
  readonly closings: ReadonlyMap<LocalDate, Money>;
};

/** What a day began and ended with. */
export type DayBalances = { readonly opening: Money | null; readonly closing: Money | null };

/** Reads the balances of booked entries; others (available, forward, interim) are passed over. */
export function readBalances(nodes: readonly XmlNode[], sheet: Sheet): Balances {
  const openings: { readonly rank: number; readonly day: LocalDate; readonly amount: Money }[] = [];
  const closings = new Map<LocalDate, Money>();
  for (const node of nodes) {
    const code = textAt(node, 'Tp', 'CdOrPrtry', 'Cd');
    const rank = OPENING.indexOf(code);
    if (rank < 0 && code !== 'CLBD') continue;
    const amount = sheet.signed(node, nodeAt(node, 'Amt'));
    const day = sheet.day(node, 'Dt');
    if (amount === null || day === null) continue;
    if (rank >= 0) openings.push({ rank, day, amount });
    else closings.set(day, amount);
  }
  const [first] = openings.sort((a, b) => a.rank - b.rank || (a.day < b.day ? -1 : 1));
  return { opening: first?.amount ?? null, closings };
}

/** Opening booked; where it is not stated, the closing booked of the statement before. */
const OPENING = ['OPBD', 'PRCD'];

/** What a statement comes to as a whole, where it is not what it says itself. */
export type Mismatch = Extract<Refusal, { readonly code: 'statement-does-not-balance' }>;

/** Balances of each day, and where the statement first says otherwise. */
export type Chain = {
  readonly days: ReadonlyMap<LocalDate, DayBalances>;
  readonly mismatch: Mismatch | null;
};

/** What the entries of a day come to. */
type DaySum = { readonly day: LocalDate; readonly moved: Money };

/**
 * The balances between the days of a statement: from its opening balance on, else back from its
 * closing one. They are compared with every closing balance that it states.
 *
 * @param days - in order; none of them twice
 */
export function chainOf(account: string, days: readonly DaySum[], stated: Balances): Chain {
  const closings = closingsOf(days, stated);
  const opening = stated.opening ?? openingBefore(days, closings);
  const chain = new Map<LocalDate, DayBalances>();
  let mismatch: Mismatch | null = null;
  let before = opening;
  let since = null as { readonly opening: Money; readonly moved: Money } | null;
  for (const { day, moved } of days) {
    if (before === null) {
      chain.set(day, { opening: null, closing: null });
      continue;
    }
    const after: Money = add(before, moved);
    chain.set(day, { opening: before, closing: after });
    since = { opening: since?.opening ?? before, moved: since ? add(since.moved, moved) : moved };
    before = after;
    const closing = closings.get(day);
    if (closing === undefined) continue;
    const difference = subtract(closing, after);
    if (difference.minor !== 0n) {
      mismatch ??= { code: 'statement-does-not-balance', account, ...since, closing, difference };
    }
    since = null;
  }
  return { days: chain, mismatch };
}

/** Closing balances by the last day with entries before them: banks date them on their own day. */
function closingsOf(
  days: readonly DaySum[],
  { closings }: Balances,
): ReadonlyMap<LocalDate, Money> {
  const byDay = new Map<LocalDate, Money>();
  for (const [stated, amount] of [...closings].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const last = days.findLast(({ day }) => day <= stated);
    if (last !== undefined) byDay.set(last.day, amount);
  }
  return byDay;
}

/** Counted back from the first closing balance that is stated. */
function openingBefore(
  days: readonly DaySum[],
  closings: ReadonlyMap<LocalDate, Money>,
): Money | null {
  const at = days.findIndex(({ day }) => closings.has(day));
  const closing = at < 0 ? undefined : closings.get(days[at]?.day ?? ('' as LocalDate));
  if (closing === undefined) return null;
  return days.slice(0, at + 1).reduce((left, { moved }) => add(left, negate(moved)), closing);
}
