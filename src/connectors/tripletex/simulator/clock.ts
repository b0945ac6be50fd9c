import { dayAt, type LocalDate } from '../../../domain/date.ts';

/** Tripletex dates its documents, and ends its sessions, in Norwegian time. */
const ZONE = 'Europe/Oslo';

const WINTER_OFFSET_NS = 3_600e9;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * The simulator's own time. Waits follow it too: moving the clock on ends those that come due.
 */
export type SimulatorClock = {
  nowMs(): number;
  /** The Norwegian day it is. */
  today(): LocalDate;
  advance(ms: number): void;
  /** Goes to an instant; going backwards ends no wait. */
  moveTo(atMs: number): void;
  /** Acts once, `ms` later on this clock. */
  after(ms: number, act: () => void): void;
  stop(): void;
};

/**
 * `running` goes with real time from where it starts; `frozen` stands still until it is advanced;
 * `given` shows the time of another clock, such as that of the hub under test.
 */
export type ClockOptions =
  | { readonly kind: 'running' | 'frozen'; readonly atMs?: number }
  | { readonly kind: 'given'; readonly nowMs: () => number };

type Wait = { readonly dueMs: number; readonly act: () => void; timer: NodeJS.Timeout | null };

/** How often waits look at a clock that is not told when it moves. */
const GLANCE_MS = 5;

/** A stand-in of an outside system brings its own clock: this is the one place that reads it. */
function realMs(): number {
  return Temporal.Now.instant().epochMilliseconds;
}

export function startClock(options: ClockOptions): SimulatorClock {
  const { source, startMs } = sourceOf(options);
  const waits = new Set<Wait>();
  let offsetMs = startMs;
  let day = { value: dayAt(new Date(0), ZONE), fromMs: 0, untilMs: 0 };

  const nowMs = (): number => source() + offsetMs;
  const arm = (wait: Wait): void => {
    if (wait.timer) clearTimeout(wait.timer);
    const leftMs = wait.dueMs - nowMs();
    if (leftMs <= 0 || options.kind === 'running') {
      wait.timer = setTimeout(() => fire(wait), Math.max(0, leftMs));
    } else if (options.kind === 'given') {
      wait.timer = setTimeout(() => arm(wait), GLANCE_MS);
    }
  };
  const fire = (wait: Wait): void => {
    if (wait.timer) clearTimeout(wait.timer);
    if (waits.delete(wait)) wait.act();
  };
  const move = (ms: number): void => {
    offsetMs += ms;
    const due = [...waits].filter((wait) => wait.dueMs <= nowMs());
    for (const wait of due.sort((a, b) => a.dueMs - b.dueMs)) fire(wait);
    for (const wait of waits) arm(wait);
  };
  return {
    nowMs,
    today: () => {
      const now = nowMs();
      if (now < day.fromMs || now >= day.untilMs) day = dayAround(now);
      return day.value;
    },
    advance: move,
    moveTo: (atMs) => move(atMs - nowMs()),
    after: (ms, act) => {
      const wait: Wait = { dueMs: nowMs() + ms, act, timer: null };
      waits.add(wait);
      arm(wait);
    },
    stop: () => {
      for (const wait of waits) if (wait.timer) clearTimeout(wait.timer);
      waits.clear();
    },
  };
}

/** What the clock follows, and how far from it it starts. */
function sourceOf(options: ClockOptions): { source: () => number; startMs: number } {
  if (options.kind === 'given') return { source: options.nowMs, startMs: 0 };
  const atMs = options.atMs ?? realMs();
  return options.kind === 'frozen'
    ? { source: () => 0, startMs: atMs }
    : { source: realMs, startMs: atMs - realMs() };
}

/** Kept between midnights: finding the day costs more than the rest of a small request. */
function dayAround(nowMs: number): { value: LocalDate; fromMs: number; untilMs: number } {
  const start = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(ZONE).startOfDay();
  return {
    value: dayAt(new Date(nowMs), ZONE),
    fromMs: start.epochMilliseconds,
    untilMs: start.add({ days: 1 }).epochMilliseconds,
  };
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
