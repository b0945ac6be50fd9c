import { Agent, fetch, type Response } from 'undici';
import type { HubServer } from '../../src/web/server.ts';

/** A password that nobody guesses and everybody may read. */
export const PASSWORD = 'korrekt häst batteri klammer';

/** Somebody who has signed in: asks the API with their cookie. */
export type Visitor = {
  readonly cookie: string;
  ask(path: string, init?: Asked): Promise<Answer>;
  /** Posts, and keeps the cookies that come back, as a browser does. */
  send(path: string, json: unknown): Promise<Answer & { readonly visitor: Visitor }>;
};

type Asked = {
  readonly method?: string;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What came back. */
export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** Makes the first person and signs in. */
export async function firstOwner(web: HubServer): Promise<Visitor> {
  const anna = { name: 'Anna Andersson', email: 'anna@byran.example' };
  const json = { token: web.setupToken, ...anna, password: PASSWORD };
  await visitor(web, '').ask('/api/setup', { method: 'POST', json });
  return signedIn(web, anna.email);
}

export async function signedIn(
  web: HubServer,
  email: string,
  password: string = PASSWORD,
): Promise<Visitor> {
  const entered = await visitor(web, '', ownAddress()).send('/api/auth/sign-in/email', {
    email,
    password,
  });
  return entered.visitor;
}

let addresses = 0;

/** An address of this machine that nobody has signed in from: they are counted by it. */
export function ownAddress(): string {
  addresses += 1;
  return `127.0.1.${addresses}`;
}

/** Asks with a cookie; without one nobody has signed in. */
export function visitor(web: HubServer, cookie: string, from = '127.0.0.1'): Visitor {
  const dispatcher = new Agent({ localAddress: from, pipelining: 0 });
  const fetched = async (path: string, init: Asked): Promise<[Response, Answer]> => {
    const { method = 'GET', json, body, headers = {} } = init;
    const response = await fetch(`${web.url}${path}`, {
      ...{ method, dispatcher },
      headers: {
        ...{ cookie, origin: web.url, 'accept-language': 'en' },
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return [response, { status: response.status, body: isJson ? JSON.parse(text) : { text } }];
  };
  return {
    cookie,
    ask: async (path, init = {}) => (await fetched(path, init))[1],
    send: async (path, json) => {
      const [response, answer] = await fetched(path, { method: 'POST', json });
      const kept = new Map(cookie.split('; ').map((one) => [one.split('=')[0], one]));
      for (const set of response.headers.getSetCookie()) {
        const [pair = ''] = set.split(';');
        const [name, value] = pair.split('=');
        if (value === '' || /max-age=0/i.test(set)) kept.delete(name);
        else kept.set(name, pair);
      }
      const pairs = [...kept.values()].filter((pair) => pair !== '');
      return { ...answer, visitor: visitor(web, pairs.join('; '), from) };
    },
  };
}
