import { createHmac } from 'node:crypto';

/** A pair of keys that a shop has given out. */
export type Keys = { readonly consumerKey: string; readonly consumerSecret: string };

/** What is signed, by what. */
type Signing = {
  readonly method: string;
  /** With its query, below the address that the shop itself takes for its own. */
  readonly url: URL;
  readonly keys: Keys;
  /** Used once. */
  readonly nonce: string;
  /** Since 1970, within fifteen minutes of the shop's clock. */
  readonly seconds: number;
};

/**
 * The address of a request signed by OAuth 1.0a with one leg (RFC 5849 §3.4), as WooCommerce wants
 * it from connections that are not encrypted: the secret itself never travels.
 */
export function signed({ method, url, keys, nonce, seconds }: Signing): URL {
  const target = new URL(url);
  const given: readonly (readonly [string, string])[] = [
    ...url.searchParams.entries(),
    ['oauth_consumer_key', keys.consumerKey],
    ['oauth_nonce', nonce],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(seconds)],
  ];
  const pairs = given.map(([name, value]) => [encoded(name), encoded(value)] as const);
  const sorted = pairs.toSorted(
    ([a, x], [b, y]) => compare(a, b) || compare(x, y), // By bytes: they are ASCII by now.
  );
  const query = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [method, encoded(url.origin + url.pathname), encoded(query)].join('&');
  const signature = createHmac('sha256', `${keys.consumerSecret}&`).update(base).digest('base64');
  target.search = `${query}&oauth_signature=${encoded(signature)}`;
  return target;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** RFC 3986 with nothing left over, which `encodeURIComponent` alone does not do. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
