import { createServer } from 'node:http';
import { present } from '../../../lib/assert.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
  type SimulatorOptions,
} from './simulator.ts';
import type { ShopSeed } from './shop/seed.ts';
import type { ShopHandle } from './shop/shop-handle.ts';
import { isFields, type Fields } from './wire/fields.ts';

/** An answer as a test looks at it. */
export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; empty when it is not an object. */
  readonly body: Fields;
  /** The parsed body; empty when it is not a list. */
  readonly rows: readonly Fields[];
};

export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** How long the client waits before it closes the connection. */
  readonly patienceMs?: number;
};

/** One HTTP request. @throws what the socket throws when no whole answer comes */
export async function ask(url: string, sent: Sent = {}): Promise<Reply> {
  const { method = 'GET', headers = {}, body, patienceMs } = sent;
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(patienceMs === undefined ? {} : { signal: AbortSignal.timeout(patienceMs) }),
  });
  const text = await response.text();
  const parsed = parse(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isFields(parsed) ? parsed : {},
    rows: Array.isArray(parsed) ? parsed.filter(isFields) : [],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `base64(key:key)`. */
export function basic(user: string, password = user): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** A shop and a client that has its key. */
export type Visit = {
  readonly simulator: QuickbutikSimulator;
  readonly shop: ShopHandle;
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  delete(path: string, body: unknown): Promise<Reply>;
  /** One order with its details. */
  order(id: number, query?: string): Promise<Fields>;
};

/** 4 May 2026, 10:15:02 in Sweden: when the first order of the fixtures is placed. */
export const MORNING_MS = Date.UTC(2026, 4, 4, 8, 15, 2);

export function startTestSimulator(options: SimulatorOptions = {}): Promise<QuickbutikSimulator> {
  return startQuickbutikSimulator({ clock: { kind: 'frozen', atMs: MORNING_MS }, ...options });
}

export function visitIn(simulator: QuickbutikSimulator, seed: ShopSeed = COFFEE_SHOP): Visit {
  const shop = simulator.shops.add(seed);
  const to = (method: string, path: string, body?: unknown): Promise<Reply> =>
    ask(`${simulator.apiUrl}/v1/${path}`, { method, body, headers: basic(shop.apiKey) });
  return {
    simulator,
    shop,
    get: (path) => to('GET', path),
    post: (path, body) => to('POST', path, body),
    put: (path, body) => to('PUT', path, body),
    delete: (path, body) => to('DELETE', path, body),
    order: async (id, query = '') => {
      const { rows } = await to('GET', `orders?order_id=${id}&include_details=true${query}`);
      return present(rows[0], `order ${id}`);
    },
  };
}

/** The shop whose orders the fixtures show: coffee at 6 %, the rest at 25 %. */
export const COFFEE_SHOP: ShopSeed = {
  name: 'Kaffebutiken',
  products: [
    {
      id: 310,
      title: 'Kaffebönor Åsen 500 g',
      sku: 'KAF-500',
      price: '119.00',
      taxRate: 6,
      weight: 500,
      stock: 98,
    },
    {
      id: 402,
      title: 'Kaffekvarn Björk',
      price: '499.00',
      weight: 1150,
      variants: [{ id: 77, sku: 'KVARN-SV', stock: 15, values: { Färg: 'Svart' } }],
    },
    { id: 415, title: 'Mugg', sku: 'MUGG-BL', price: '149.00', stock: 40 },
    { id: 512, title: 'Tröja', sku: 'TRO-1', price: '299.00', stock: 10 },
    {
      id: 700,
      title: 'Presentpaket kaffe',
      sku: 'PAKET-1',
      price: '499.00',
      bundle: {
        components: [
          { sku: 'KAF-500', qty: 2 },
          { sku: 'MUGG-BL', qty: 2, price: '130.50', variant: 'Blå' },
        ],
      },
    },
  ],
  next: { order: 10_482, line: 991_001, refund: 55 },
};

/** Somebody who listens to webhooks, and what was heard: `GET /hook?event_type=order.new&…`. */
export type Listener = { readonly url: string; readonly heard: string[]; stop(): Promise<void> };

export function startListener(status = 200): Promise<Listener> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      heard.push([request.method, request.url, body].filter((part) => part !== '').join(' '));
      response.writeHead(status).end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}/hook`,
        heard,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
