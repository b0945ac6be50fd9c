import type { Choices } from './choices.ts';

/** How many calls an app may make on one company in any stretch of time this long. */
export type RateRule = { readonly requests: number; readonly windowMs: number };

/** Fortnox: 25 in any 5 seconds, counted per app and company, over all its tokens. */
export const FORTNOX_RATE: RateRule = { requests: 25, windowMs: 5_000 };

export type RateLimiter = {
  /** Counts a call. @returns false when it is one too many */
  allows(key: string, nowMs: number): boolean;
  /** Null switches the limit off. What was counted is forgotten. */
  change(rule: RateRule | null): void;
};

/** The instants of the last calls, as a ring: the oldest is where the next is written. */
type Ring = { readonly atMs: Float64Array; next: number };

export function newRateLimiter(
  first: RateRule | null,
  limitedCalls: () => Choices['limitedCalls'],
): RateLimiter {
  let rule = first;
  const rings = new Map<string, Ring>();
  return {
    allows: (key, nowMs) => {
      if (rule === null) return true;
      let ring = rings.get(key);
      if (ring === undefined) {
        ring = { atMs: new Float64Array(rule.requests).fill(-Infinity), next: 0 };
        rings.set(key, ring);
      }
      const oldestMs = ring.atMs[ring.next] ?? -Infinity;
      const isAllowed = nowMs - oldestMs >= rule.windowMs;
      if (isAllowed || limitedCalls() === 'counted') {
        ring.atMs[ring.next] = nowMs;
        ring.next = (ring.next + 1) % rule.requests;
      }
      return isAllowed;
    },
    change: (next) => {
      rule = next;
      rings.clear();
    },
  };
}
