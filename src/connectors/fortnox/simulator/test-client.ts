import { Agent, request } from 'node:http';
import { isFields, numberOf, rowsOf, textOf, type Fields } from './wire/record.ts';
import {
  startFortnoxSimulator,
  type FortnoxSimulator,
  type SimulatorOptions,
} from './simulator.ts';
import type { TenantHandle } from './server/tenant-handle.ts';
import type { TenantSeed } from './tenant/seed.ts';

/** An answer as a test looks at it. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The parsed body; empty when it is not an object. */
  readonly body: Fields;
  /** The object in an envelope. */
  one(envelope: string): Fields;
  /** The objects of a list. */
  all(envelope: string): Fields[];
  /** Code of an `ErrorInformation`, whichever way it is spelt; 0 without one. */
  readonly code: number;
  readonly message: string;
};

export type Sent = {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How long the client waits before it closes the connection. */
  readonly patienceMs?: number;
};

const agent = new Agent({ keepAlive: true });

/** One HTTP request. @throws what the socket throws when no whole answer comes */
export function ask(url: string, sent: Sent = {}): Promise<Reply> {
  const { method = 'GET', token, body } = sent;
  const headers: Record<string, string> = { accept: 'application/json', ...sent.headers };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (body !== undefined) {
    headers['content-type'] ??= 'application/json';
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
    if (sent.patienceMs !== undefined) {
      going.setTimeout(sent.patienceMs, () => going.destroy(new Error('gave up waiting')));
    }
    going.end(body);
  });
}

function replyOf(status: number, headers: Reply['headers'], bytes: Uint8Array): Reply {
  const text = new TextDecoder().decode(bytes);
  const parsed = parse(text);
  const body = isFields(parsed) ? parsed : {};
  const inside = (name: string): Fields => {
    const value = body[name];
    return isFields(value) ? value : {};
  };
  const error = inside('ErrorInformation');
  return {
    status,
    headers,
    text,
    bytes,
    body,
    one: inside,
    all: (envelope) => rowsOf(body, envelope),
    code: numberOf(error, 'code') || numberOf(error, 'Code'),
    message: textOf(error, 'message') || textOf(error, 'Message'),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A company and a client that has consent to everything in it. */
export type Company = {
  readonly simulator: FortnoxSimulator;
  readonly tenant: TenantHandle;
  readonly token: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body?: unknown): Promise<Reply>;
  delete(path: string): Promise<Reply>;
};

/** Noon in Sweden on 14 May 2025: when tests live. */
const NOON_MS = Date.UTC(2025, 4, 14, 10);

export function startTestSimulator(options: SimulatorOptions = {}): Promise<FortnoxSimulator> {
  return startFortnoxSimulator({
    clock: { kind: 'frozen', atMs: NOON_MS },
    rate: null,
    ...options,
  });
}

export function companyIn(simulator: FortnoxSimulator, seed: TenantSeed = {}): Company {
  const tenant = simulator.tenants.add(seed);
  const token = tenant.grant().accessToken;
  const to = (path: string, sent: Sent): Promise<Reply> =>
    ask(`${simulator.apiUrl}/3/${path}`, { token, ...sent });
  const write = (method: string, path: string, body: unknown): Promise<Reply> =>
    to(path, body === undefined ? { method } : { method, body: JSON.stringify(body) });
  return {
    simulator,
    tenant,
    token,
    get: (path, headers = {}) => to(path, { headers }),
    post: (path, body) => write('POST', path, body),
    put: (path, body) => write('PUT', path, body),
    delete: (path) => to(path, { method: 'DELETE' }),
  };
}

/** A voucher of one amount in kronor between two accounts. */
export function voucherBody(fields: Fields = {}, amount = 100): Fields {
  return {
    Voucher: {
      Description: 'Dagskassa',
      TransactionDate: '2025-03-01',
      VoucherSeries: 'A',
      VoucherRows: [
        { Account: 1930, Debit: amount },
        { Account: 3001, Credit: amount },
      ],
      ...fields,
    },
  };
}
