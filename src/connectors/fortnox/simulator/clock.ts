import { dayAt, type LocalDate } from '../../../domain/date.ts';
import { startClock, type ClockOptions, type StandInClock } from '../../../lib/stand-in/clock.ts';
import { dayTeller } from '../../../lib/stand-in/day.ts';

/** Fortnox dates its documents, and reads `lastmodified`, in Swedish time. */
const ZONE = 'Europe/Stockholm';

/** The simulator's own time, and the Swedish day it is. */
export type SimulatorClock = StandInClock & { today(): LocalDate };

/** Starts the simulator's clock. Who starts it stops it. */
export function startSwedishClock(options: ClockOptions): SimulatorClock {
  const clock = startClock(options);
  return { ...clock, today: dayTeller({ zone: ZONE, nowMs: clock.nowMs, dayAt }) };
}

/** The instant of `2025-03-10` or `2025-03-10 12:30` in Sweden. @returns null without one */
export function swedishInstantMs(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2})?)?$/.exec(text);
  if (!match) return null;
  try {
    const local = Temporal.PlainDateTime.from(`${match[1]}T${match[2] ?? '00:00'}`);
    return local.toZonedDateTime(ZONE).epochMilliseconds;
  } catch {
    return null;
  }
}
