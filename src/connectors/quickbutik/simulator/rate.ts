/** How many calls one key may make in any stretch of time this long. */
export type RateRule = { readonly requests: number; readonly windowMs: number };

/**
 * No limit of Quickbutik's is documented, so there is none unless one is asked for.
 */
export class RateLimit {
  readonly #calls = new Map<string, number[]>();
  #rule: RateRule | null;

  constructor(rule: RateRule | null) {
    this.#rule = rule;
  }

  /** Null switches the limit off. What was counted is forgotten. */
  change(rule: RateRule | null): void {
    this.#rule = rule;
    this.#calls.clear();
  }

  /** Counts a call. @returns milliseconds to wait when it is one too many, else null */
  take(key: string, nowMs: number): number | null {
    if (this.#rule === null) return null;
    const { requests, windowMs } = this.#rule;
    const recent = (this.#calls.get(key) ?? []).filter((atMs) => nowMs - atMs < windowMs);
    this.#calls.set(key, recent);
    const [oldest] = recent;
    if (recent.length >= requests && oldest !== undefined) return oldest + windowMs - nowMs;
    recent.push(nowMs);
    return null;
  }
}
