import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '../api/refusal.ts';
import type { ApiKey, Shop } from '../shop/shop.ts';

/** A signed request as WordPress sees it. */
export type Signed = {
  readonly method: string;
  /** Address without parameters, as the shop itself has it in its settings. */
  readonly url: string;
  /** Those of the address, and those of an `Authorization: OAuth` header. */
  readonly params: ReadonlyMap<string, string>;
  readonly nowMs: number;
};

const CODE = 'woocommerce_rest_authentication_error';
const NEEDED = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
];

/** How far a timestamp may be from the shop's clock, and how long a nonce is remembered. */
const WINDOW_SECONDS = 15 * 60;

/**
 * The key that signed a request with OAuth 1.0a, one leg.
 *
 * @returns null when the request is not signed at all
 * @throws Refused with 401 for a signature that is not taken
 */
export function signingKey(shop: Shop, signed: Signed): ApiKey | null {
  const given = NEEDED.filter((name) => (signed.params.get(name) ?? '') !== '');
  if (given.length === 0) return null;
  const missing = NEEDED.filter((name) => !given.includes(name));
  if (missing.length > 0) {
    const noun = missing.length === 1 ? 'parameter' : 'parameters';
    const text = `Missing OAuth ${noun} ${missing.join(', ')}`;
    refuse(401, 'woocommerce_rest_authentication_missing_parameter', text);
  }
  const consumer = signed.params.get('oauth_consumer_key');
  const key = [...shop.keys.values()].find(({ consumerKey }) => consumerKey === consumer);
  if (!key) refuse(401, CODE, 'Consumer key is invalid.');
  checkSignature(key, signed);
  checkNonce(key, signed);
  return key;
}

function checkSignature(key: ApiKey, { method, url, params }: Signed): void {
  const algorithm = ALGORITHMS.get(params.get('oauth_signature_method') ?? '');
  if (algorithm === undefined) {
    refuse(401, CODE, 'Invalid signature - signature method is invalid.');
  }
  const sorted = [...params]
    .filter(([name]) => name !== 'oauth_signature')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const base = [method, encode(url), encode(pairs)].join('&');
  const hash = createHmac(algorithm, `${key.consumerSecret}&`).update(base).digest();
  // A plus that was not encoded has become a space.
  const given = Buffer.from((params.get('oauth_signature') ?? '').replaceAll(' ', '+'), 'base64');
  if (given.length !== hash.length || !timingSafeEqual(given, hash)) {
    refuse(401, CODE, 'Invalid signature - provided signature does not match.');
  }
}

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['HMAC-SHA1', 'sha1'],
  ['HMAC-SHA256', 'sha256'],
]);

function checkNonce(key: ApiKey, { params, nowMs }: Signed): void {
  const now = Math.trunc(nowMs / 1000);
  const at = Number(params.get('oauth_timestamp'));
  if (!Number.isInteger(at) || Math.abs(now - at) > WINDOW_SECONDS) {
    refuse(401, CODE, 'Invalid timestamp.');
  }
  const nonce = params.get('oauth_nonce') ?? '';
  if ([...key.nonces.values()].some((used) => used.has(nonce))) {
    refuse(401, CODE, 'Invalid nonce - nonce has already been used.');
  }
  for (const second of key.nonces.keys()) {
    if (second < now - WINDOW_SECONDS) key.nonces.delete(second);
  }
  const used = key.nonces.get(at) ?? new Set();
  key.nonces.set(at, used.add(nonce));
}

/** Percent-encoding of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The parameters in an `Authorization: OAuth …` header. */
export function headerParams(authorization: string): [string, string][] {
  if (!authorization.startsWith('OAuth ')) return [];
  return authorization
    .slice('OAuth '.length)
    .split(',')
    .flatMap((part): [string, string][] => {
      const [, name, value = ''] = /^\s*(oauth_\w+)="?([^"]*)"?\s*$/.exec(part) ?? [];
      return name === undefined ? [] : [[name, decoded(value)]];
    });
}

/** What is no percent-encoding stands for itself: its signature does not match then. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
