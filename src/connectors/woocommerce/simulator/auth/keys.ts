import type { Choices } from '../choices.ts';
import { refuse } from '../api/refusal.ts';
import { nextId, type ApiKey, type Scene, type Shop } from '../shop/shop.ts';
import { headerParams, signingKey } from './oauth.ts';

/** What a request says about who sends it. */
export type Asking = {
  readonly method: string;
  readonly authorization: string;
  readonly query: ReadonlyMap<string, string>;
  /** Address that a signature was made for. */
  readonly url: string;
  readonly nowMs: number;
};

const CODE = 'woocommerce_rest_authentication_error';

/**
 * The key of a request.
 *
 * @returns null for nobody: also for a key that does not exist, which then looks as if it had no
 * rights
 * @throws Refused with 401 for a wrong secret or signature
 */
export function keyOf(shop: Shop, asking: Asking, choices: Choices): ApiKey | null {
  const authorization = choices.authorizationHeader === 'kept' ? asking.authorization : '';
  if (choices.scheme === 'https') {
    const key = plainKey(shop, asking.query, authorization);
    if (key) return key;
  }
  const params = new Map([...asking.query, ...headerParams(authorization)]);
  return signingKey(shop, { method: asking.method, url: asking.url, nowMs: asking.nowMs, params });
}

/** Keys in the address come before those in the header. */
function plainKey(shop: Shop, query: Asking['query'], authorization: string): ApiKey | null {
  const inQuery = [query.get('consumer_key') ?? '', query.get('consumer_secret') ?? ''];
  const [consumer = '', secret = ''] = inQuery.every(Boolean) ? inQuery : basic(authorization);
  if (consumer === '' || secret === '') return null;
  const key = [...shop.keys.values()].find(({ consumerKey }) => consumerKey === consumer);
  if (!key) return null;
  if (key.consumerSecret !== secret) refuse(401, CODE, 'Consumer secret is invalid.');
  return key;
}

function basic(authorization: string): string[] {
  const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}

/** @throws Refused with 401 when the key may not do what is asked */
export function checkRights(key: ApiKey, method: string): void {
  const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  if (isRead && key.permissions === 'write') {
    refuse(401, CODE, 'The API key provided does not have read permissions.');
  }
  if (!isRead && key.permissions === 'read') {
    refuse(401, CODE, 'The API key provided does not have write permissions.');
  }
}

const FORBIDDEN: Readonly<Record<string, readonly [code: string, message: string]>> = {
  POST: ['woocommerce_rest_cannot_create', 'Sorry, you are not allowed to create resources.'],
  PUT: ['woocommerce_rest_cannot_edit', 'Sorry, you are not allowed to edit this resource.'],
  PATCH: ['woocommerce_rest_cannot_edit', 'Sorry, you are not allowed to edit this resource.'],
  DELETE: ['woocommerce_rest_cannot_delete', 'Sorry, you are not allowed to delete this resource.'],
};

/** What is said to nobody (401), and to a user who has lost the rights to the shop (403). */
export function refuseStranger(
  status: 401 | 403,
  { method, isList }: { readonly method: string; readonly isList: boolean },
): never {
  const view = isList
    ? 'Sorry, you cannot list resources.'
    : 'Sorry, you cannot view this resource.';
  const [code, message] = FORBIDDEN[method] ?? ['woocommerce_rest_cannot_view', view];
  refuse(status, code, message);
}

export function newKey(
  { shop, chance }: Pick<Scene, 'shop' | 'chance'>,
  permissions: ApiKey['permissions'] = 'read_write',
): ApiKey {
  const key: ApiKey = {
    id: nextId(shop, 'key'),
    consumerKey: `ck_${chance.hex(40)}`,
    consumerSecret: `cs_${chance.hex(40)}`,
    permissions,
    isAllowed: true,
    nonces: new Map(),
  };
  shop.keys.set(key.id, key);
  return key;
}
