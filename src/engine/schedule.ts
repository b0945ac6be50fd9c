import { isWeekday, WEEKDAYS } from '../domain/date.ts';
import { unreachable } from '../lib/assert.ts';
import type { RunResult, Timetable } from '../ports/schedules.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY_OF_MONTH = /^([1-9]|[12]\d|3[01])$/;

/** Whether a text is a time of day such as `04:00`. */
export function isTimeOfDay(text: string): boolean {
  return TIME.test(text);
}

/** Whether a text is a day that a timetable can name. */
export function isScheduleDay(text: string): boolean {
  return isWeekday(text) || DAY_OF_MONTH.test(text);
}

/** A month has every weekday, and its last day at the latest: none is looked for further. */
const DAYS_AHEAD_MAX = 32;

/**
 * The first moment after `afterMs` that a timetable names, in milliseconds. Those between are
 * missed, and made up for once.
 *
 * A time that a day leaves out when clocks go forward comes as much later; one that it has twice
 * counts the first time.
 */
export function nextDueMs(timetable: Timetable, timeZone: string, afterMs: number): number {
  const today = dayOf(afterMs, timeZone);
  // From yesterday: a time of a short day may come after midnight.
  for (let ahead = -1; ahead <= DAYS_AHEAD_MAX; ahead += 1) {
    const day = today.add({ days: ahead });
    // With those of the day after, which may come before the last of a short day.
    const days = [day, day.add({ days: 1 })].filter((one) => isNamed(one, timetable.days));
    const later = momentsOf(days, timetable.times, timeZone).filter((ms) => ms > afterMs);
    if (later.length > 0) return Math.min(...later);
  }
  throw new RangeError(`no moment in ${timetable.times.join(' ')} ${timetable.days.join(' ')}`);
}

/** Waits before a run that failed is tried again: doubled up to the longest. */
const RETRY_MS = { first: 60_000, longest: 3_600_000 };

/**
 * When a schedule is due after a run: at its next time, or earlier when the run failed.
 *
 * @param failures - runs that have failed one after the other, this one included
 */
export function dueAfterRun(
  timetable: Timetable,
  timeZone: string,
  run: { readonly endedAtMs: number; readonly failures: number },
): number {
  const { endedAtMs, failures } = run;
  const next = nextDueMs(timetable, timeZone, endedAtMs);
  if (failures === 0) return next;
  const waitMs = Math.min(RETRY_MS.first * 2 ** Math.min(failures - 1, 20), RETRY_MS.longest);
  return Math.min(next, endedAtMs + waitMs);
}

/** What a run came to in one word: `found` is for a person to look at. */
export function outcomeOf(result: RunResult): 'clean' | 'found' | 'failed' {
  switch (result.kind) {
    case 'failed':
      return 'failed';
    case 'looked':
      return result.open > 0 ? 'found' : 'clean';
    case 'reconciled':
      return result.differences > 0 ? 'found' : 'clean';
    default:
      return unreachable(result);
  }
}

/**
 * The latest moment at or before `nowMs` that a daily schedule names, in milliseconds. A run that
 * was missed is due until it is made up for, and then once, however many were missed.
 *
 * Short and long days: as `nextDueMs`.
 *
 * @param times - `04:00`, in the company's own time; at least one
 */
export function latestDueMs(times: readonly string[], timeZone: string, nowMs: number): number {
  const today = dayOf(nowMs, timeZone);
  // The day before yesterday, too: a time of a short day may come after midnight.
  const days = [0, 1, 2].map((back) => today.subtract({ days: back }));
  return Math.max(...momentsOf(days, times, timeZone).filter((moment) => moment <= nowMs));
}

function dayOf(ms: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
}

function momentsOf(
  days: readonly Temporal.PlainDate[],
  times: readonly string[],
  timeZone: string,
): readonly number[] {
  return days.flatMap((day) =>
    times.map((time) => {
      const plainTime = Temporal.PlainTime.from(time);
      return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
    }),
  );
}

function isNamed(day: Temporal.PlainDate, days: readonly string[]): boolean {
  if (days.length === 0) return true;
  const isLast = day.day === day.daysInMonth;
  return days.some((named) => {
    if (named === WEEKDAYS[day.dayOfWeek - 1]) return true;
    return Number(named) === day.day || (isLast && Number(named) > day.day);
  });
}
