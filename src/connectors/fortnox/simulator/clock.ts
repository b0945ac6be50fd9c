import { dayAt, type LocalDate } from '../../../domain/date.ts';

/** Fortnox dates its documents, and reads `lastmodified`, in Swedish time. */
const ZONE = 'Europe/Stockholm';

/**
 * The simulator's own time.
 *
 * `running` goes with real time, plus what it was advanced by; `frozen` stands still between two
 * advances. Waits follow the same clock: advancing it ends those that have come due.
 */
export type SimulatorClock = {
  nowMs(): number;
  /** The Swedish day it is. */
  today(): LocalDate;
  advance(ms: number): void;
  /** Goes to an instant; going backwards ends no wait. */
  moveTo(atMs: number): void;
  /** Acts once, `ms` later on this clock. @returns what calls it off. */
  after(ms: number, act: () => void): () => void;
  stop(): void;
};

export type ClockOptions = {
  readonly kind: 'running' | 'frozen';
  /** Where the clock starts; the real time when absent. */
  readonly atMs?: number;
};

type Wait = { readonly dueMs: number; readonly act: () => void; timer: NodeJS.Timeout | null };

/** A stand-in of an outside system brings its own clock: this is the one place that reads it. */
function realMs(): number {
  return Temporal.Now.instant().epochMilliseconds;
}

export function startClock(options: ClockOptions): SimulatorClock {
  const isRunning = options.kind === 'running';
  const waits = new Set<Wait>();
  let offsetMs = (options.atMs ?? realMs()) - (isRunning ? realMs() : 0);
  let day = { value: dayAt(new Date(offsetMs), ZONE), fromMs: 0, untilMs: 0 };

  const nowMs = (): number => (isRunning ? realMs() + offsetMs : offsetMs);
  const fire = (wait: Wait): void => {
    if (!waits.delete(wait)) return;
    if (wait.timer) clearTimeout(wait.timer);
    wait.act();
  };
  const arm = (wait: Wait): void => {
    if (wait.timer) clearTimeout(wait.timer);
    const leftMs = wait.dueMs - nowMs();
    wait.timer = isRunning ? setTimeout(() => fire(wait), Math.max(0, leftMs)) : null;
  };
  const moved = (): void => {
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
    advance: (ms) => {
      offsetMs += ms;
      moved();
    },
    moveTo: (atMs) => {
      offsetMs += atMs - nowMs();
      moved();
    },
    after: (ms, act) => {
      const wait: Wait = { dueMs: nowMs() + ms, act, timer: null };
      waits.add(wait);
      arm(wait);
      return () => {
        waits.delete(wait);
        if (wait.timer) clearTimeout(wait.timer);
      };
    },
    stop: () => {
      for (const wait of waits) if (wait.timer) clearTimeout(wait.timer);
      waits.clear();
    },
  };
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
