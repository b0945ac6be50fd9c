/** What was asked of one company, or of all. */
export type Tally = {
  /** Every request that reached the API. */
  readonly calls: number;
  /** Those that passed token and rate limit. */
  readonly accepted: number;
  /** Those that were answered 429. */
  readonly limited: number;
  /** Requests by status; 0 stands for those that got no answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests by operation: `POST /3/vouchers`. */
  readonly routes: Readonly<Record<string, number>>;
};

/** How much of the limit was used. */
export type Usage = {
  /** Instants of the latest accepted calls, oldest first, `INSTANTS_MAX` at most. */
  readonly acceptedAtMs: readonly number[];
  /** The most accepted calls in any stretch as long as the window. */
  readonly peak: number;
  /** Accepted calls against those allowed, from the first to the last; null below two calls. */
  readonly share: number | null;
};

/** Enough for an hour and more at the full rate. */
const INSTANTS_MAX = 20_000;
const INSTANTS_FIRST = 64;

type Count = {
  calls: number;
  accepted: number;
  limited: number;
  readonly statuses: Map<number, number>;
  readonly routes: Map<string, number>;
  instants: Float64Array;
};

/** Counts requests, per company and in all. */
export class Counters {
  #all = newCount();
  readonly #tenants = new Map<number, Count>();

  /** @param route null when no operation was reached */
  count(
    tenantId: number | null,
    request: { readonly route: string | null; readonly status: number },
  ): void {
    for (const count of this.#countsOf(tenantId)) {
      count.calls += 1;
      if (request.status === 429) count.limited += 1;
      add(count.statuses, request.status);
      if (request.route !== null) add(count.routes, request.route);
    }
  }

  /** A call that has passed the rate limit. */
  accept(tenantId: number, nowMs: number): void {
    this.#all.accepted += 1;
    const count = this.#countOf(tenantId);
    if (count.accepted >= count.instants.length && count.instants.length < INSTANTS_MAX) {
      const wider = new Float64Array(Math.min(INSTANTS_MAX, count.instants.length * 2));
      wider.set(count.instants);
      count.instants = wider;
    }
    count.instants[count.accepted % count.instants.length] = nowMs;
    count.accepted += 1;
  }

  tally(tenantId: number | null): Tally {
    const count = tenantId === null ? this.#all : this.#countOf(tenantId);
    const { calls, accepted, limited } = count;
    return {
      calls,
      accepted,
      limited,
      statuses: Object.fromEntries(count.statuses),
      routes: Object.fromEntries(count.routes),
    };
  }

  usage(tenantId: number, rule: { readonly requests: number; readonly windowMs: number }): Usage {
    const { instants, accepted } = this.#countOf(tenantId);
    const start = accepted > instants.length ? accepted % instants.length : 0;
    const kept = Math.min(accepted, instants.length);
    const atMs = Array.from({ length: kept }, (_, i) => instants[(start + i) % kept] ?? 0);
    const spanMs = (atMs.at(-1) ?? 0) - (atMs[0] ?? 0);
    const allowed = (rule.requests * spanMs) / rule.windowMs;
    return {
      acceptedAtMs: atMs,
      peak: peakOf(atMs, rule.windowMs),
      share: allowed > 0 ? (kept - 1) / allowed : null,
    };
  }

  reset(): void {
    this.#all = newCount();
    this.#tenants.clear();
  }

  #countsOf(tenantId: number | null): Count[] {
    return tenantId === null ? [this.#all] : [this.#all, this.#countOf(tenantId)];
  }

  #countOf(tenantId: number): Count {
    let count = this.#tenants.get(tenantId);
    if (count === undefined) {
      count = newCount();
      this.#tenants.set(tenantId, count);
    }
    return count;
  }
}

function newCount(): Count {
  return {
    calls: 0,
    accepted: 0,
    limited: 0,
    statuses: new Map(),
    routes: new Map(),
    instants: new Float64Array(INSTANTS_FIRST),
  };
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The most instants that lie within less than a window of each other. */
function peakOf(atMs: readonly number[], windowMs: number): number {
  let peak = 0;
  let first = 0;
  for (const [last, at] of atMs.entries()) {
    while (at - (atMs[first] ?? at) >= windowMs) first += 1;
    peak = Math.max(peak, last - first + 1);
  }
  return peak;
}
