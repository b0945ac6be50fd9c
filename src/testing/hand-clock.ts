import type { Clock } from '../ports/clock.ts';

/** A clock that goes on only when it is told to, or when someone sleeps. */
export type HandClock = Clock & { goOn(ms: number): void };

/** @param startMs - a whole number of milliseconds */
export function handClock(startMs: number): HandClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    goOn: (ms) => {
      nowMs += ms;
    },
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
}
