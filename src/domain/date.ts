import { present } from '../lib/assert.ts';

declare const localDate: unique symbol;

/**
 * A calendar day `YYYY-MM-DD` in the company's own time zone. Not an instant: a sale at 00:30
 * Swedish time belongs to the Swedish day, whatever the day in UTC.
 */
export type LocalDate = string & { readonly [localDate]: true };

/** Days from `from` to `to`, both included. */
export type Period = { readonly from: LocalDate; readonly to: LocalDate };

/** Of the week, Monday first, as people choose them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Whether a text is `mon` … `sun`. */
export function isWeekday(text: string): boolean {
  return WEEKDAYS.some((weekday) => weekday === text);
}

/** The day of the week: `mon` … `sun`. */
export function weekdayOf(date: LocalDate): (typeof WEEKDAYS)[number] {
  return present(WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1], `a weekday of ${date}`);
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** @returns null when the text is not a day that exists. */
export function parseLocalDate(text: string): LocalDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const usual = DAYS_IN_MONTH[month - 1];
  if (usual === undefined || year === 0) return null;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : usual;
  return day >= 1 && day <= days ? (text as LocalDate) : null;
}

/** Reads `YYYYMMDD`, as SIE and many files write a day. @returns null when there is no such day. */
export function parseCompactDate(text: string): LocalDate | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? parseLocalDate(`${match[1]}-${match[2]}-${match[3]}`) : null;
}

/** `YYYYMMDD`. */
export function compactDate(date: LocalDate): string {
  return date.replaceAll('-', '');
}

/** A day written in our own code. @throws InvariantError when it does not exist. */
export function day(text: string): LocalDate {
  return present(parseLocalDate(text), `the day ${text}`);
}

/** The day `count` days after (before, when negative) `date`. */
export function plusDays(date: LocalDate, count: number): LocalDate {
  return day(Temporal.PlainDate.from(date).add({ days: count }).toString());
}

/** How many days it is from one day to another; negative when that is before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/** The day it is at an instant in a time zone such as `Europe/Stockholm`. */
export function dayAt(instant: Date, timeZone: string): LocalDate {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    timeZone,
  );
  return day(zoned.toPlainDate().toString());
}

/** The week a day is in, by ISO 8601: `2026-W18`. The first days of January may be in the last. */
export function isoWeek(date: LocalDate): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(date);
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}`;
}
