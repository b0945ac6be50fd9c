import type { HubServer } from '../../src/web/server.ts';

/** A password that nobody guesses and everybody may read. */
export const PASSWORD = 'korrekt häst batteri klammer';

/** Somebody who has signed in: asks the API with their cookie. */
export type Visitor = {
  readonly cookie: string;
  ask(path: string, init?: { method?: string; json?: unknown; body?: string }): Promise<Answer>;
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

export async function signedIn(web: HubServer, email: string): Promise<Visitor> {
  const response = await fetch(`${web.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: web.url, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return visitor(web, cookies.join('; '));
}

/** Asks with a cookie; without one nobody has signed in. */
export function visitor(web: HubServer, cookie: string): Visitor {
  return {
    cookie,
    ask: async (path, { method = 'GET', json, body } = {}) => {
      const response = await fetch(`${web.url}${path}`, {
        method,
        headers: {
          ...{ cookie, origin: web.url, 'accept-language': 'en' },
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, body: isJson ? JSON.parse(text) : { text } };
    },
  };
}
