import type { Clock } from '../ports/clock.ts';
import { ConnectorError } from '../ports/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../ports/http.ts';
import type { CallLimit } from '../ports/call-limit.ts';
import type { LaneStore } from '../ports/store.ts';
import { present } from '../lib/assert.ts';

/** Turns reserved in one round trip while the limit is what we wait for. */
const AHEAD = 5;
/**
 * A reserved turn that is not taken within this is given back. It must stay below the margin that
 * is put on top of the outside system's own window, or a late call would land in the next window.
 */
const STALE_MS = 50;
/** On a machine that is late every time a call leaves late rather than never. */
const TRIES_MAX = 4;
/** On top of the system's own window: what the network may move two calls towards each other. */
export const WINDOW_MARGIN_MS = 100;
/** A longer wait than this is not slept out: the lane gives its turn away. */
const WAIT_MAX_MS = 10_000;

/** A connection's way out: counted, and never faster than the outside system allows. */
export type CallGate = Http & {
  /**
   * Makes calls of which none that may change something leaves after this point in time: one that
   * had to wait for its turn so long fails as never sent.
   */
  notLater<T>(untilMs: number, calls: () => Promise<T>): Promise<T>;
  /** Calls and 429 answers since the last time it was asked. */
  takeCounts(): { readonly calls: number; readonly rateLimited: number };
};

/** What a gate is made of. */
export type CallGateOptions = {
  readonly http: Http;
  readonly store: LaneStore;
  readonly clock: Clock;
  /** null: the system has no limit. */
  readonly limit: CallLimit | null;
};

/**
 * Holds back each call until its turn under the limit, over all processes.
 *
 * A 429 blocks the limit for everyone: it says that someone else is using it as well.
 */
export function callGate({ http, store, clock, limit }: CallGateOptions): CallGate {
  const turns = limit === null ? null : new Turns(limit, store, clock);
  let counts = { calls: 0, rateLimited: 0 };
  let untilMs = Infinity;
  return {
    notLater: async (ms, calls) => {
      untilMs = ms;
      try {
        return await calls();
      } finally {
        untilMs = Infinity;
      }
    },
    takeCounts: () => {
      const taken = counts;
      counts = { calls: 0, rateLimited: 0 };
      return taken;
    },
    async send(request: HttpRequest): Promise<HttpResponse> {
      await turns?.await();
      // The last look before the bytes leave: whatever held this call back has done so already.
      if (request.method !== 'GET' && clock.nowMs() > untilMs) {
        throw new ConnectorError('its time was over before it could leave', {
          kind: 'busy',
          waitMs: 0,
        });
      }
      counts.calls += 1;
      const response = await http.send(request).finally(() => turns?.answered());
      if (response.status === 429) {
        counts.rateLimited += 1;
        await turns?.block();
      }
      return response;
    },
  };
}

/**
 * A turn by this process' clock: it comes no sooner than it was granted, which is somewhere between
 * the question and its answer, so that `turnMs` is at or after that and `grantedMs` at or before.
 */
type Reserved = { readonly at: number; readonly turnMs: number; readonly grantedMs: number };

function isStale({ grantedMs }: Reserved, nowMs: number): boolean {
  return nowMs >= grantedMs + STALE_MS;
}

/** The turns of one process under a limit that it may share with others. */
class Turns {
  readonly #limit: CallLimit;
  readonly #store: Pick<LaneStore, 'reserveCalls' | 'blockCalls'>;
  readonly #clock: Clock;
  #reserved: Reserved[] = [];
  /** Turns that were not taken in time, as the store knows them. */
  #unused: number[] = [];
  #isTight = false;
  /** When the answers to the latest calls came: at the system, each had arrived before that. */
  #answeredMs: number[] = [];

  constructor(limit: CallLimit, store: LaneStore, clock: Clock) {
    this.#limit = limit;
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws ConnectorError when the wait would be so long that the lane had better rest */
  async await(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const turn = await this.#next();
      const waitMs = Math.max(turn.turnMs, this.#clearMs()) - this.#clock.nowMs();
      if (waitMs > WAIT_MAX_MS) {
        throw new ConnectorError('the limit of calls is used up', { kind: 'busy', waitMs });
      }
      if (waitMs > 0) await this.#clock.sleep(waitMs);
      // A call that leaves late comes closer to those of other processes than they were told.
      if (!isStale(turn, this.#clock.nowMs()) || tries === TRIES_MAX) return;
      this.#unused.push(turn.at);
    }
  }

  answered(): void {
    this.#answeredMs = [...this.#answeredMs, this.#clock.nowMs()].slice(-this.#limit.requests);
  }

  async block(): Promise<void> {
    this.#reserved = [];
    await this.#store.blockCalls(this.#limit, this.#limit.perMs);
  }

  async #next(): Promise<Reserved> {
    const askedMs = this.#clock.nowMs();
    while (this.#reserved.length > 0) {
      const ready = present(this.#reserved.shift(), 'a turn');
      if (!isStale(ready, askedMs)) return ready;
      this.#unused.push(ready.at);
    }
    const want = this.#isTight ? AHEAD : 1;
    const turns = await this.#store.reserveCalls(this.#limit, want, this.#unused);
    const toldMs = this.#clock.nowMs();
    this.#unused = [];
    this.#isTight = (turns[0]?.waitMs ?? 0) > 0;
    const [first, ...later] = turns.map(({ at, waitMs }): Reserved => {
      return { at, turnMs: toldMs + waitMs, grantedMs: askedMs + waitMs };
    });
    this.#reserved = later;
    return present(first, 'a turn');
  }

  /**
   * A process that others keep from running sends later than its turn was, and calls then arrive
   * closer to each other than they were let through. That a call's answer is a window old says
   * for certain that the call is. It costs one call's duration in a window at most.
   */
  #clearMs(): number {
    const before = this.#answeredMs.at(-this.#limit.requests);
    return before === undefined ? 0 : before + this.#limit.perMs - WINDOW_MARGIN_MS;
  }
}
