import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message as a receiver gets it. */
export type Got = {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** What the receiver does with each message: a status, or `hang` to say nothing. */
type Answer = number | 'hang';

/** A program of somebody else’s, which is told what happens. */
export class Receiver {
  readonly got: Got[] = [];
  #answer: (count: number) => Answer = () => 204;
  #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { headers } = request;
        const body = Buffer.concat(pieces).toString();
        this.got.push({ id: String(headers['webhook-id']), headers, body });
        const answer = this.#answer(this.got.length);
        if (answer !== 'hang') response.writeHead(answer).end('x'.repeat(100_000));
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/told`;
  }

  /** @param answer - of the first message, the second …; the last one of all that follow */
  answers(...answer: readonly [Answer, ...Answer[]]): void {
    const before = this.got.length;
    this.#answer = (count) => answer[Math.min(count - before, answer.length) - 1] ?? answer[0];
  }

  /** What they say. @throws WebhookVerificationError for one that is not signed by the secret */
  read(secret: string, got: readonly Got[] = this.got): readonly Record<string, unknown>[] {
    const webhook = new Webhook(secret);
    return got.map(({ body, headers }) => {
      return webhook.verify(body, headers as Record<string, string>) as Record<string, unknown>;
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
