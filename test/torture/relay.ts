import type { ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { seeded, type Chance } from '../../src/app/demo/chance.ts';
import { close, listen } from '../../src/lib/stand-in/server.ts';
import { pick } from './chance.ts';

/** A message of a shop as it is handed to a worker: its body in base64. */
export type RelayedHook = {
  readonly hook: number;
  readonly token: string;
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Longest that a worker is waited for: it may be dead. */
const ANSWER_MS = 400;

/**
 * The address that shops send their messages to, with the workers behind it: one of those that live
 * takes each message, and one that is lost with its worker is answered as a proxy would.
 */
export class HookRelay {
  readonly #workers: () => readonly ChildProcess[];
  readonly #chance: Chance;
  readonly #heard: RelayedHook[] = [];
  readonly #waiting = new Map<number, () => void>();
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #count = 0;

  constructor(seed: number, workers: () => readonly ChildProcess[]) {
    this.#chance = seeded(seed);
    this.#workers = workers;
  }

  /** @returns the address of the hub, as shops know it */
  async open(): Promise<string> {
    return `http://localhost:${await listen(this.#server, 0)}`;
  }

  close(): Promise<void> {
    return close(this.#server);
  }

  /** A worker has taken a message. */
  answered(hook: number): void {
    this.#waiting.get(hook)?.();
  }

  /** Sends some message again that came before, however old it is. @returns false: there is none */
  async sendAgain(): Promise<boolean> {
    if (this.#heard.length === 0) return false;
    await this.#hand(pick(this.#chance, this.#heard));
    return true;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    const hook: RelayedHook = {
      hook: 0,
      token: url.pathname.split('/').at(-1) ?? '',
      method: request.method === 'GET' ? 'GET' : 'POST',
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: Buffer.concat(chunks).toString('base64'),
    };
    this.#heard.push(hook);
    response.writeHead((await this.#hand(hook)) ? 200 : 502).end();
  }

  async #hand(hook: RelayedHook): Promise<boolean> {
    const living = this.#workers().filter(({ connected }) => connected);
    if (living.length === 0) return false;
    this.#count += 1;
    const number = this.#count;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const late = setTimeout(() => resolve(false), ANSWER_MS);
    this.#waiting.set(number, () => resolve(true));
    pick(this.#chance, living).send({ ...hook, hook: number }, () => undefined); // It may be dead.
    const isTaken = await promise;
    clearTimeout(late);
    this.#waiting.delete(number);
    return isTaken;
  }
}
