import { latestDueMs } from './schedule.ts';

/** Purchases come in swarms: balances are not made again for each. */
const AFTER_CHANGE_MS = 5 * 60_000;

/** How balances stand that were made for a till. */
export type MadeBalances = {
  /** null: not yet. */
  readonly madeAtMs: number | null;
  /** Of the company's day: `04:00`; none: only when they change. */
  readonly times: readonly string[];
  /** Whether purchases have been taken in or invoiced since. */
  readonly isStale: boolean;
};

/** Whether balances are to be made now: never made, changed some time ago, or a time has come. */
export function areBalancesDue(
  { madeAtMs, times, isStale }: MadeBalances,
  timeZone: string,
  nowMs: number,
): boolean {
  if (madeAtMs === null) return true;
  if (isStale && nowMs - madeAtMs >= AFTER_CHANGE_MS) return true;
  return times.length > 0 && latestDueMs(times, timeZone, nowMs) > madeAtMs;
}
