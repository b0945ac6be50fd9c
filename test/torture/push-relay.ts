import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { seeded, type Chance } from '../../src/app/demo/chance.ts';
import { close, listen } from '../../src/lib/stand-in/server.ts';
import { pick } from './chance.ts';

/** What of a request a worker needs to know. */
const FORWARDED = ['authorization', 'content-type', 'idempotency-key', 'prefer'];

/**
 * The address that systems push to, with the workers' web servers behind it. A push is one worker's;
 * when that dies before it has answered, so has the proxy in front of a real hub no answer.
 */
export class PushRelay {
  readonly #ports: () => readonly number[];
  readonly #chance: Chance;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #unanswered = 0;

  /** @param ports - of the workers that live and listen */
  constructor(seed: number, ports: () => readonly number[]) {
    this.#chance = seeded(seed * 7_919);
    this.#ports = ports;
  }

  /** @returns the address of the hub, as systems that push know it */
  async open(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.#server, 0)}`;
  }

  /** Pushes over which a worker died so far. */
  get unanswered(): number {
    return this.#unanswered;
  }

  close(): Promise<void> {
    return close(this.#server);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const answer = await this.#hand(request, Buffer.concat(chunks));
    response.writeHead(answer?.status ?? 502, { 'content-type': 'application/json' });
    response.end(answer?.text ?? '{}');
  }

  /** @returns null when no worker has answered */
  async #hand(
    { method = 'POST', url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly text: string } | null> {
    const ports = this.#ports();
    if (ports.length === 0) return null;
    const known = FORWARDED.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    const sent = { method, headers: Object.fromEntries(known) };
    const to = `http://127.0.0.1:${pick(this.#chance, ports)}${url ?? ''}`;
    try {
      const answer = await fetch(to, method === 'GET' ? sent : { ...sent, body });
      return { status: answer.status, text: await answer.text() };
    } catch {
      // It died over it.
      this.#unanswered += 1;
      return null;
    }
  }
}
