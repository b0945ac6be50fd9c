/** How often somebody may ask: so many at once, and so many a second for good. */
export type RequestLimit = {
  /** Counts a request. @returns 0 when it may be served, else the milliseconds to wait */
  take(who: string, nowMs: number): number;
  /** Requests that may be served at once after the latest. */
  left(who: string): number;
};

/** Keys that are remembered; more than any hub has. The one that came first is forgotten. */
const WHO_MAX = 10_000;

/** A limit for each who asks, in this process. */
export function requestLimit(of: {
  readonly atOnce: number;
  readonly perSecond: number;
}): RequestLimit {
  const { atOnce, perSecond } = of;
  const left = new Map<string, { readonly count: number; readonly atMs: number }>();
  return {
    left: (who) => Math.floor(left.get(who)?.count ?? atOnce),
    take: (who, nowMs) => {
      const before = left.get(who) ?? { count: atOnce, atMs: nowMs };
      const gained = ((nowMs - before.atMs) / 1_000) * perSecond;
      const count = Math.min(atOnce, before.count + gained);
      if (!left.has(who) && left.size >= WHO_MAX) left.delete(left.keys().next().value ?? '');
      left.set(who, { count: count < 1 ? count : count - 1, atMs: nowMs });
      return count < 1 ? ((1 - count) / perSecond) * 1_000 : 0;
    },
  };
}
