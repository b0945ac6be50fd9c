/** What was asked of one company, or of all. */
export type Tally = {
  /** Every request that reached the API. */
  readonly calls: number;
  /** Those that were answered 429. */
  readonly limited: number;
  /** Requests by status; 0 stands for those that got no answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests by operation: `POST /ledger/voucher`. */
  readonly routes: Readonly<Record<string, number>>;
};

type Count = {
  calls: number;
  limited: number;
  readonly statuses: Map<number, number>;
  readonly routes: Map<string, number>;
};

/** Counts requests, per company and in all. */
export class Counters {
  readonly #counts = new Map<number | null, Count>();

  /** @param route null when no operation was reached */
  count(
    companyId: number | null,
    request: { readonly route: string | null; readonly status: number },
  ): void {
    for (const count of new Set([this.#countOf(null), this.#countOf(companyId)])) {
      count.calls += 1;
      if (request.status === 429) count.limited += 1;
      add(count.statuses, request.status);
      if (request.route !== null) add(count.routes, request.route);
    }
  }

  tally(companyId: number | null): Tally {
    const { calls, limited, statuses, routes } = this.#countOf(companyId);
    return {
      calls,
      limited,
      statuses: Object.fromEntries(statuses),
      routes: Object.fromEntries(routes),
    };
  }

  reset(): void {
    this.#counts.clear();
  }

  #countOf(companyId: number | null): Count {
    let count = this.#counts.get(companyId);
    if (count === undefined) {
      count = { calls: 0, limited: 0, statuses: new Map(), routes: new Map() };
      this.#counts.set(companyId, count);
    }
    return count;
  }
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
