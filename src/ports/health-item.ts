import type { LocalDate, Period } from '../domain/date.ts';
import type { HealthItem } from './target.ts';

/** All is well with it. */
export function ok(item: string, says: string): HealthItem {
  return { item, state: 'ok', says };
}

/** Work goes on, and somebody should look at it. */
export function warning(item: string, says: string): HealthItem {
  return { item, state: 'warning', says };
}

/** It stops vouchers. */
export function problem(item: string, says: string): HealthItem {
  return { item, state: 'problem', says };
}

/** Whether the days of a period can be booked on in books that are locked up to a day. */
export function lockItem(lockedTo: LocalDate | null, period: Period): HealthItem {
  if (lockedTo === null) return ok('locked period', 'nothing is locked');
  const says = `locked up to ${lockedTo}`;
  return lockedTo < period.to
    ? ok('locked period', says)
    : problem(
        'locked period',
        `${says}: nothing can be booked before ${period.to}. Open it there.`,
      );
}
