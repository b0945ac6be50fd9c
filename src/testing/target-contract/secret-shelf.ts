import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Credentials, Secrets } from '../../ports/connector.ts';
import type { HttpRequest } from '../../ports/http.ts';

/** Turns of the event loop that storing takes, so that using too early shows. */
const STORING_TURNS = 5;
/** A shorter value is no secret: a number, a flag, an instant. */
const SECRET_CHARS_MIN = 8;

/**
 * The secrets of one connection, as the store keeps them: each process remembers what it read
 * last, renewing is done by one at a time, and storing takes a while.
 */
export class SecretShelf {
  renewals = 0;
  stored: Secrets;
  /** Every secret there has been: none of them may show anywhere. */
  readonly seen = new Set<string>();
  #unstored: ReadonlySet<string> = new Set();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(secrets: Secrets) {
    this.stored = secrets;
    this.#remember(secrets);
  }

  process(): Credentials {
    let kept = this.stored;
    return {
      current: async () => kept,
      refresh: async (stale, renew) => {
        kept = await this.#alone(() => this.#renewed(stale, renew));
        return kept;
      },
    };
  }

  /** @throws AssertionError when a request carries a secret that is not on disk yet */
  checkUnused(request: HttpRequest): void {
    const text = textOf(request);
    for (const secret of this.#unstored) {
      assert.ok(!text.includes(secret), 'a new secret is stored before it is used');
    }
  }

  async #renewed(stale: Secrets, renew: (newest: Secrets) => Promise<Secrets>): Promise<Secrets> {
    if (!isSame(stale, this.stored)) return this.stored;
    this.renewals += 1;
    const renewed = await renew(this.stored);
    this.#remember(renewed);
    const before = new Set(secretsIn(this.stored));
    this.#unstored = new Set(secretsIn(renewed).filter((secret) => !before.has(secret)));
    for (let turn = 0; turn < STORING_TURNS; turn += 1) await nextTurn();
    this.stored = renewed;
    this.#unstored = new Set();
    return renewed;
  }

  #alone<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => null); // The caller is told; the next one has its turn.
    return result;
  }

  #remember(secrets: Secrets): void {
    for (const secret of secretsIn(secrets)) this.seen.add(secret);
  }
}

function secretsIn(secrets: Secrets): readonly string[] {
  return Object.values(secrets).filter(
    (value) => value.length >= SECRET_CHARS_MIN && !/^\d+$/.test(value),
  );
}

function isSame(a: Secrets, b: Secrets): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

/** Everything that a request carries, as one text. */
function textOf({ url, headers = {}, body }: HttpRequest): string {
  const carried = typeof body === 'string' ? body : Buffer.from(body ?? []).toString('latin1');
  return [url, ...Object.values(headers), carried].join('\n');
}
