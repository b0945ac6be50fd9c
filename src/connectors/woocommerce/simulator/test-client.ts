import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { isFields, textOf, type Fields } from './api/fields.ts';
import {
  startWooCommerceSimulator,
  type SimulatorOptions,
  type WooCommerceSimulator,
} from './simulator.ts';

/** An answer as a test looks at it. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed body; empty when it is not an object. */
  readonly body: Fields;
  /** The objects of a list. */
  readonly list: Fields[];
  /** `code` of a refusal. */
  readonly code: string;
  readonly message: string;
};

export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the client waits before it closes the connection. */
  readonly patienceMs?: number;
};

/** One HTTP request. @throws what the socket throws when no whole answer comes */
export function ask(url: string, sent: Sent = {}): Promise<Reply> {
  const { method = 'GET', body } = sent;
  const headers: Record<string, string> = { accept: 'application/json', ...sent.headers };
  if (body !== undefined) {
    headers['content-type'] ??= 'application/json';
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  return new Promise((resolve, reject) => {
    const going = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve(replyOf(response.statusCode ?? 0, response.headers, text));
      });
    });
    going.on('error', reject);
    if (sent.patienceMs !== undefined) {
      going.setTimeout(sent.patienceMs, () => going.destroy(new Error('gave up waiting')));
    }
    going.end(body);
  });
}

function replyOf(status: number, headers: Reply['headers'], text: string): Reply {
  const parsed = parse(text);
  const body = isFields(parsed) ? parsed : {};
  const list = Array.isArray(parsed) ? parsed.filter(isFields) : [];
  const [code, message] = [textOf(body, 'code'), textOf(body, 'message')];
  return { status, headers, text, body, list, code, message };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type Keys = { readonly consumerKey: string; readonly consumerSecret: string };

/** A client with a key of its own to a shop. */
export type Client = {
  readonly simulator: WooCommerceSimulator;
  readonly keys: Keys & { readonly id: number };
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  delete(path: string): Promise<Reply>;
};

/** The instant tests live at: 00:30 on 22 November 2026 in Stockholm, and the 21st in Greenwich. */
export const START_MS = Date.UTC(2026, 10, 21, 23, 30);

export function startTestShop(options: SimulatorOptions = {}): Promise<WooCommerceSimulator> {
  return startWooCommerceSimulator({ clock: { kind: 'frozen', atMs: START_MS }, ...options });
}

export function clientOf(simulator: WooCommerceSimulator): Client {
  const keys = simulator.shop.newKey();
  const to = (method: string, path: string, body?: unknown): Promise<Reply> =>
    ask(`${simulator.url}/wp-json/wc/v3/${path}`, {
      method,
      headers: { authorization: basic(keys) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    simulator,
    keys,
    get: (path) => to('GET', path),
    post: (path, body) => to('POST', path, body),
    put: (path, body) => to('PUT', path, body),
    delete: (path) => to('DELETE', path),
  };
}

export function basic({ consumerKey, consumerSecret }: Keys): string {
  return `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
}

export type Signature = {
  readonly method?: string;
  readonly algorithm?: 'HMAC-SHA1' | 'HMAC-SHA256';
  readonly nonce: string;
  readonly timestampMs: number;
};

/** The address of a request signed with OAuth 1.0a, written from RFC 5849. */
export function signedUrl(address: string, keys: Keys, signature: Signature): string {
  const url = new URL(address);
  const { method = 'GET', algorithm = 'HMAC-SHA256', nonce, timestampMs } = signature;
  const params = [
    ...url.searchParams,
    ['oauth_consumer_key', keys.consumerKey] as const,
    ['oauth_nonce', nonce] as const,
    ['oauth_signature_method', algorithm] as const,
    ['oauth_timestamp', String(Math.trunc(timestampMs / 1000))] as const,
  ];
  const pairs = params.map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`).sort();
  const bare = `${url.origin}${url.pathname}`;
  const base = [method, rfc3986(bare), rfc3986(pairs.join('&'))].join('&');
  const hash = algorithm === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  const mac = createHmac(hash, `${keys.consumerSecret}&`).update(base).digest('base64');
  return `${bare}?${pairs.join('&')}&oauth_signature=${rfc3986(mac)}`;
}

function rfc3986(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
