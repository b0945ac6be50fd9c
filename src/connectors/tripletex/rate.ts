import { ConnectorError } from '../../ports/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';

/** Where a 429 tells no time. The period is not documented; a minute is what users met. */
const BUSY_WAIT_MS = 60_000;

/** How long to wait after a 429: until the period ends, as the answer itself says. */
export function waitOf({ headers }: HttpResponse): number {
  const seconds = Number(headers['x-rate-limit-reset'] ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : BUSY_WAIT_MS;
}

/**
 * What Tripletex last said of the period: how many calls are left, and when it ends. The numbers
 * are not published, so the declared limit is a guess and these headers are what is kept to.
 */
export class RateMemory {
  #remaining: number | null = null;
  #endsAtMs = 0;

  note({ headers }: HttpResponse, nowMs: number): void {
    const remaining = Number(headers['x-rate-limit-remaining'] ?? Number.NaN);
    const seconds = Number(headers['x-rate-limit-reset'] ?? Number.NaN);
    if (!Number.isFinite(remaining) || !Number.isFinite(seconds)) return;
    this.#remaining = remaining;
    this.#endsAtMs = nowMs + seconds * 1_000;
  }

  /** @throws ConnectorError `busy` when fewer calls are left than are about to be made */
  check(calls: number, nowMs: number): void {
    if (this.#remaining === null || this.#remaining >= calls || nowMs >= this.#endsAtMs) return;
    const waitMs = this.#endsAtMs - nowMs;
    throw new ConnectorError('Tripletex takes no more calls now.', { kind: 'busy', waitMs });
  }
}
