import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFields, type Fields } from '../api/fields.ts';

/** A delivery as its receiver sees it. */
export type Received = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
  readonly body: Fields;
};

/** Something outside the shop that hooks are sent to. */
export type Listener = {
  readonly url: string;
  readonly got: Received[];
  /** The status it answers with from now on. */
  answers(status: number): void;
  stop(): Promise<void>;
};

export async function startListener(): Promise<Listener> {
  const got: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      got.push({ headers: request.headers, raw, body: parse(raw) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/woo?store=1`,
    got,
    answers: (next) => {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parse(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
