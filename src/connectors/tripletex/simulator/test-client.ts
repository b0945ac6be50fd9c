import { Agent, request } from 'node:http';
import { present } from '../../../lib/assert.ts';
import type { CompanySeed } from './company/seed.ts';
import type { CompanyHandle } from './server/company-handle.ts';
import {
  startTripletexSimulator,
  type SimulatorOptions,
  type TripletexSimulator,
} from './simulator.ts';
import { isFields, numberOf, objectOf, rowsOf, textOf, type Fields } from './wire/record.ts';

/** An answer as a test looks at it. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The parsed body; empty when it is not an object. */
  readonly body: Fields;
  /** The single object. */
  readonly value: Fields;
  readonly values: readonly Fields[];
  /** `field: message` of each problem, as the recordings tell them. */
  readonly problems: readonly string[];
};

export type Sending = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How long the client waits before it closes the connection. */
  readonly patienceMs?: number;
};

const agent = new Agent({ keepAlive: true });

/** One HTTP request. @throws what the socket throws when no whole answer comes */
export function ask(url: string, sending: Sending = {}): Promise<Reply> {
  const { method = 'GET', body } = sending;
  const headers: Record<string, string> = { ...sending.headers };
  if (body !== undefined) {
    headers['content-type'] ??= 'application/json; charset=utf-8';
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  return new Promise((resolve, reject) => {
    const going = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, headers: received } = response;
        resolve(replyOf(statusCode, received, Buffer.concat(chunks)));
      });
    });
    going.on('error', reject);
    if (sending.patienceMs !== undefined) {
      going.setTimeout(sending.patienceMs, () => going.destroy(new Error('gave up waiting')));
    }
    going.end(body);
  });
}

function replyOf(status: number, headers: Reply['headers'], bytes: Uint8Array): Reply {
  const text = new TextDecoder().decode(bytes);
  const parsed = parse(text);
  const body = isFields(parsed) ? parsed : {};
  const problems = rowsOf(body, 'validationMessages').map(
    (one) => `${textOf(one, 'field')}: ${textOf(one, 'message')}`,
  );
  const [value, values] = [objectOf(body, 'value'), rowsOf(body, 'values')];
  return { status, headers, text, bytes, body, value, values, problems };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A company, and a client with a session in it. */
export type Client = {
  readonly simulator: TripletexSimulator;
  readonly company: CompanyHandle;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body?: unknown): Promise<Reply>;
  delete(path: string): Promise<Reply>;
  /** A file as the only part of a form. */
  upload(path: string, file: { readonly name: string; readonly bytes: Uint8Array }): Promise<Reply>;
  /** The id of an account by its number. */
  account(number: number): Promise<number>;
};

/** Noon in Norway on 19 March 2026: when tests live, as the recordings did. */
const NOON_MS = Date.UTC(2026, 2, 19, 11);

export function startTestSimulator(options: SimulatorOptions = {}): Promise<TripletexSimulator> {
  return startTripletexSimulator({
    clock: { kind: 'frozen', atMs: NOON_MS },
    rate: null,
    ...options,
  });
}

/** `0:token`, or another company's id before the colon. */
export function basic(token: string, user = '0'): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` };
}

export function clientIn(simulator: TripletexSimulator, seed: CompanySeed = {}): Client {
  const company = simulator.companies.add(seed);
  const auth = basic(company.session());
  const to = (path: string, sending: Sending): Promise<Reply> =>
    ask(`${simulator.apiUrl}${path}`, { ...sending, headers: { ...auth, ...sending.headers } });
  const write = (method: string, path: string, body: unknown): Promise<Reply> =>
    to(path, body === undefined ? { method } : { method, body: JSON.stringify(body) });
  return {
    simulator,
    company,
    get: (path, headers = {}) => to(path, { headers }),
    post: (path, body) => write('POST', path, body),
    put: (path, body) => write('PUT', path, body),
    delete: (path) => to(path, { method: 'DELETE' }),
    upload: (path, { name, bytes }) => {
      const disposition = `form-data; name="file"; filename="${name}"`;
      const start = Buffer.from(`--x\r\ncontent-disposition: ${disposition}\r\n\r\n`);
      const body = Buffer.concat([start, bytes, Buffer.from('\r\n--x--\r\n')]);
      const method = path.includes(':attach') ? 'PUT' : 'POST';
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      return to(path, { method, headers, body });
    },
    account: async (number) => {
      const { values } = await to(`/ledger/account?number=${number}&fields=id`, {});
      return numberOf(present(values[0], `the account ${number}`), 'id');
    },
  };
}

/** The id in an answer. */
export function idOf(reply: Reply): number {
  return numberOf(reply.value, 'id');
}
