/** How many calls an employee may make through a consumer in one period. */
export type RateRule = { readonly requests: number; readonly windowMs: number };

/** The numbers are not published; one user's note says about 100 a minute. */
export const GUESSED_RATE: RateRule = { requests: 100, windowMs: 60_000 };

/** Where a caller stands in its period: what the headers tell. */
export type RateState = {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
};

export type RateLimiter = {
  /** Counts a call. @returns null when there is no limit */
  count(key: string, nowMs: number): RateState | null;
  /** Null switches the limit off. What was counted is forgotten. */
  change(rule: RateRule | null): void;
};

type Period = { startMs: number; used: number };

/** Periods of fixed length from a caller's first call, as "the current period" suggests. */
export function newRateLimiter(
  first: RateRule | null,
  limitedCalls: () => 'free' | 'counted',
): RateLimiter {
  let rule = first;
  const periods = new Map<string, Period>();
  return {
    count: (key, nowMs) => {
      if (rule === null) return null;
      const period = current(periods, key, { nowMs, windowMs: rule.windowMs });
      const isAllowed = period.used < rule.requests;
      if (isAllowed || limitedCalls() === 'counted') period.used += 1;
      return {
        isAllowed,
        limit: rule.requests,
        remaining: Math.max(0, rule.requests - period.used),
        resetSeconds: Math.ceil((period.startMs + rule.windowMs - nowMs) / 1000),
      };
    },
    change: (next) => {
      rule = next;
      periods.clear();
    },
  };
}

function current(
  periods: Map<string, Period>,
  key: string,
  time: { readonly nowMs: number; readonly windowMs: number },
): Period {
  const kept = periods.get(key);
  if (kept !== undefined && time.nowMs - kept.startMs < time.windowMs) return kept;
  const period = { startMs: time.nowMs, used: 0 };
  periods.set(key, period);
  return period;
}
