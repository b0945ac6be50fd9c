import { dayAt, type LocalDate } from '../../../domain/date.ts';
import { startClock, type ClockOptions, type StandInClock } from '../../../lib/stand-in/clock.ts';
import { dayTeller } from '../../../lib/stand-in/day.ts';

/** Tripletex dates its documents, and ends its sessions, in Norwegian time. */
const ZONE = 'Europe/Oslo';

const WINTER_OFFSET_NS = 3_600e9;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The simulator's own time, and the Norwegian day it is. */
export type SimulatorClock = StandInClock & { today(): LocalDate };

/** Starts the simulator's clock. Who starts it stops it. */
export function startNorwegianClock(options: ClockOptions): SimulatorClock {
  const clock = startClock(options);
  return { ...clock, today: dayTeller({ zone: ZONE, nowMs: clock.nowMs, dayAt }) };
}

/** The instant at which a day begins in Norway. */
export function startOfDayMs(date: LocalDate): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(ZONE).epochMilliseconds;
}

/** A day as Java prints its first instant, as Tripletex does: `Thu Mar 19 00:00:00 CET 2026`. */
export function javaDay(date: LocalDate): string {
  const { dayOfWeek, month, day, year } = Temporal.PlainDate.from(date);
  const offsetNs = Temporal.PlainDate.from(date).toZonedDateTime(ZONE).offsetNanoseconds;
  const zone = offsetNs === WINTER_OFFSET_NS ? 'CET' : 'CEST';
  const padded = String(day).padStart(2, '0');
  return `${WEEKDAYS[dayOfWeek - 1]} ${MONTHS[month - 1]} ${padded} 00:00:00 ${zone} ${year}`;
}

/** `2026-03-19T12:30:00` in Norway, as time stamps are shown. */
export function localTime(atMs: number): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(ZONE);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
}
