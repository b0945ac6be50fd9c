/**
 * A stand-in's own time. Waits follow it too: moving the clock on ends those that come due.
 */
export type StandInClock = {
  nowMs(): number;
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

/** Starts a clock. Who starts it stops it. */
export function startClock(options: ClockOptions): StandInClock {
  const { source, startMs } = sourceOf(options);
  const waits = new Set<Wait>();
  let offsetMs = startMs;

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
