import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 500;
/** Longer than anything that works pauses for. */
const STALLED_MS = 60_000;

/** Waits while a count grows. @returns it when it is as wanted, or has not grown for a minute */
export async function untilCounted(wanted: number, count: () => Promise<number>): Promise<number> {
  let counted = await count();
  let grewAtMs = performance.now();
  while (counted < wanted && performance.now() - grewAtMs < STALLED_MS) {
    await sleep(LOOK_MS);
    const now = await count();
    if (now > counted) grewAtMs = performance.now();
    counted = now;
  }
  return counted;
}
