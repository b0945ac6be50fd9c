import { createHmac } from 'node:crypto';

/** A pair of keys that a shop has given out. */
export type Keys = { readonly consumerKey: string; readonly consumerSecret: string };

/**
 * The query of a request signed by OAuth 1.0a with one leg (RFC 5849 §3.4), as WooCommerce wants it
 * from connections that are not encrypted: the secret itself never travels.
 *
 * @param url - with its query, below the address that the shop itself takes for its own
 * @param by - a nonce that is used once, and the seconds since 1970: within fifteen minutes of the
 *   shop's clock
 */
export function signed(
  method: string,
  url: URL,
  { consumerKey, consumerSecret }: Keys,
  by: { readonly nonce: string; readonly seconds: number },
): URL {
  const target = new URL(url);
  const given: readonly (readonly [string, string])[] = [
    ...url.searchParams.entries(),
    ['oauth_consumer_key', consumerKey],
    ['oauth_nonce', by.nonce],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(by.seconds)],
  ];
  const pairs = given.map(([name, value]) => [encoded(name), encoded(value)] as const);
  const sorted = pairs.toSorted(
    ([a, x], [b, y]) => compare(a, b) || compare(x, y), // By bytes: they are ASCII by now.
  );
  const query = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [method, encoded(url.origin + url.pathname), encoded(query)].join('&');
  const signature = createHmac('sha256', `${consumerSecret}&`).update(base).digest('base64');
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
