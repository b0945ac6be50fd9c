import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../ports/clock.ts';
import type { Credentials } from '../../../ports/connector.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Http, HttpResponse } from '../../../ports/http.ts';
import type { WooSettings } from '../settings.ts';
import { signed, type Keys } from './sign.ts';

/** How a request shows whose it is; see `login` in the settings. */
type Login = 'header' | 'query' | 'signature';
/** Where the API lies: shops with plain permalinks have no `/wp-json`. */
type Root = 'pretty' | 'plain';

type Query = Readonly<Record<string, string>>;
type Asked = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query: Query;
  readonly body?: object;
};

const API = '/wc/v3';
/** What a shop asks us to wait when it does not say how long. */
const BUSY_MS = 60_000;

/** The REST API of one shop. */
export class ShopClient {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #credentials: Credentials;
  readonly #base: URL;
  #login: Login;
  #root: Root;
  readonly #isLoginFixed: boolean;
  readonly #isRootFixed: boolean;

  constructor(of: {
    readonly settings: WooSettings;
    readonly http: Http;
    readonly clock: Clock;
    readonly credentials: Credentials;
  }) {
    const { login, permalinks, url } = of.settings;
    this.#http = of.http;
    this.#clock = of.clock;
    this.#credentials = of.credentials;
    this.#base = new URL(url.endsWith('/') ? url : `${url}/`);
    // Keys go in the clear over nothing that is not encrypted.
    const usual = this.#base.protocol === 'https:' ? 'header' : 'signature';
    this.#login = login === 'auto' ? usual : login;
    this.#isLoginFixed = login !== 'auto' || usual === 'signature';
    this.#root = permalinks === 'plain' ? 'plain' : 'pretty';
    this.#isRootFixed = permalinks !== 'auto';
  }

  /**
   * Reads what lies at a path below `/wc/v3`.
   *
   * @returns the answer's JSON as it came; null when there is no such thing
   * @throws ConnectorError when the shop cannot be asked, or does not let us
   */
  async get(path: string, query: Query = {}): Promise<string | null> {
    return this.#read(await this.#found({ method: 'GET', path, query }));
  }

  /**
   * Changes what lies at a path below `/wc/v3`. Nothing in a shop keeps a POST that is made twice
   * from making two: whoever makes one looks first.
   *
   * @returns the answer's JSON as it came; null when there is no such thing
   * @throws ConnectorError `setup` when the keys may only read
   */
  async write(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    { query = {}, body }: { readonly query?: Query; readonly body?: object } = {},
  ): Promise<string | null> {
    const response = await this.#found({ method, path, query, ...(body ? { body } : {}) });
    const error = response.status < 300 ? null : errorIn(response.body);
    if (error !== null && (response.status === 401 || response.status === 403)) {
      throw this.#readOnly(error);
    }
    return this.#read(response);
  }

  /** The shop's address, for people. */
  get host(): string {
    return this.#base.host;
  }

  /**
   * Makes a change, once, and says whether the shop has refused it.
   *
   * @throws ConnectorError when it is not known to be made or refused; `setup` as `write`
   */
  async change(method: 'POST' | 'PUT', path: string, body: object): Promise<Answer> {
    const response = await this.#found({ method, path, query: {}, body });
    const { status } = response;
    const error = status < 300 ? null : errorIn(response.body);
    if (error !== null && (status === 401 || status === 403)) throw this.#readOnly(error);
    if (error !== null && (status === 400 || status === 404) && error.code !== 'rest_no_route') {
      return { kind: 'refused', ...error };
    }
    // Whoever says 503 may stand before a shop that has made the change.
    if (status === 503) {
      throw new ConnectorError(`${this.host} says: status 503.`, { kind: 'unanswered' });
    }
    return { kind: 'ok', text: this.#read(response) ?? '' };
  }

  #readOnly({ message, code }: RestError): ConnectorError {
    const says = `${this.host} lets the keys read only: ${message} (${code}).`;
    return new ConnectorError(says, { kind: 'setup' });
  }

  /**
   * What the shop says of itself to anybody, and whether it has no `/wp-json`. Asked without keys.
   *
   * @throws ConnectorError when nothing of WordPress answers there
   */
  async root(): Promise<{ readonly text: string; readonly isPlain: boolean }> {
    const headers = { accept: 'application/json' };
    const ask = (path: string): Promise<HttpResponse> =>
      this.#http.send({ method: 'GET', url: new URL(path, this.#base).href, headers });
    const pretty = await ask('wp-json/');
    const isPlain = pretty.status === 404 && errorIn(pretty.body) === null;
    return { text: this.#read(isPlain ? await ask('?rest_route=/') : pretty) ?? '{}', isPlain };
  }

  /** The answer, by the login and at the place that this shop takes. */
  async #found(asked: Asked): Promise<HttpResponse> {
    const keys = await this.#keys();
    let response = await this.#send(asked, keys);
    if (this.#isElsewhere(response)) {
      this.#root = 'plain';
      response = await this.#send(asked, keys);
    }
    if (response.status === 401 && !this.#isLoginFixed && this.#login === 'header') {
      // Many hosts take the header away before the shop sees it: a signature gets through.
      const before = response;
      this.#login = 'signature';
      response = await this.#send(asked, keys);
      if (response.status === 401) {
        this.#login = 'header';
        response = before;
      }
    }
    return response;
  }

  async #keys(): Promise<Keys> {
    const { consumerKey = '', consumerSecret = '' } = await this.#credentials.current();
    if (consumerKey === '' || consumerSecret === '') {
      throw new ConnectorError(`There are no keys for ${this.#base.host} yet.`, {
        kind: 'reconnect',
      });
    }
    return { consumerKey, consumerSecret };
  }

  #send({ method, path, query, body }: Asked, keys: Keys): Promise<HttpResponse> {
    const url = new URL(this.#root === 'pretty' ? `wp-json${API}${path}` : '', this.#base);
    if (this.#root === 'plain') url.searchParams.set('rest_route', `${API}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const sent = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const { consumerKey, consumerSecret } = keys;
    if (this.#login === 'signature') {
      const nonce = randomBytes(16).toString('hex');
      const seconds = Math.trunc(this.#clock.nowMs() / 1_000);
      const { href } = signed({ method, url, keys, nonce, seconds });
      return this.#http.send({ ...sent, url: href });
    }
    if (this.#login === 'query') {
      url.searchParams.set('consumer_key', consumerKey);
      url.searchParams.set('consumer_secret', consumerSecret);
    } else {
      const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
      headers['authorization'] = `Basic ${pair}`;
    }
    return this.#http.send({ ...sent, url: url.href });
  }

  /** Nothing of WordPress answered where its API usually lies. */
  #isElsewhere({ status, body }: HttpResponse): boolean {
    return (
      !this.#isRootFixed && this.#root === 'pretty' && status === 404 && errorIn(body) === null
    );
  }

  #read({ status, headers, body }: HttpResponse): string | null {
    const { host } = this.#base;
    const error = errorIn(body);
    if (status === 200 || status === 201) {
      const text = Buffer.from(body)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trim();
      if (/^[[{]/.test(text) && error === null) return text;
      const says = `${host} answered with something that is no data (${glimpse(text)}): a page of`;
      throw new ConnectorError(`${says} its host, of a plugin, or a notice of PHP before it.`, {
        kind: 'unanswered',
      });
    }
    const said = error === null ? `status ${status}` : `${error.message} (${error.code})`;
    if (status === 429 || status === 503) {
      const seconds = Number(headers['retry-after'] ?? Number.NaN);
      const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : BUSY_MS;
      throw new ConnectorError(`${host} asks us to wait: ${said}.`, { kind: 'busy', waitMs });
    }
    if (error?.code === 'rest_no_route' || (status === 404 && error === null)) {
      const says = `${host} has no WooCommerce API at this address`;
      throw new ConnectorError(`${says}: ${said}.`, { kind: 'setup' });
    }
    if (status === 404) return null;
    if (status === 401 || (status === 403 && error !== null)) {
      throw new ConnectorError(`${host} does not take our keys: ${said}.`, { kind: 'reconnect' });
    }
    if (status === 403) {
      const says = `${host} keeps us out (${said}): a firewall or a security plugin`;
      throw new ConnectorError(`${says}. Let its REST API through.`, { kind: 'setup' });
    }
    const kind = status >= 500 ? 'unanswered' : 'bug';
    throw new ConnectorError(`${host} says: ${said}.`, { kind });
  }
}

/** What a change was answered with: the shop's JSON, or why it was not made. */
export type Answer =
  | { readonly kind: 'ok'; readonly text: string }
  | ({ readonly kind: 'refused' } & RestError);

type RestError = { readonly code: string; readonly message: string };

/** What WordPress says is wrong. @returns null when it says nothing, or is no WordPress */
function errorIn(body: Uint8Array): RestError | null {
  // Lists begin otherwise, and are long.
  if (body[0] !== '{'.charCodeAt(0)) return null;
  try {
    const value = JSON.parse(Buffer.from(body).toString('utf8')) as Partial<RestError>;
    if (typeof value.code !== 'string' || typeof value.message !== 'string') return null;
    return { code: value.code, message: value.message.replaceAll(/<[^>]*>/g, '') };
  } catch {
    return null; // No JSON: the status alone says what is the matter.
  }
}

/** The beginning of a page, for a person to know it by. */
function glimpse(text: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1];
  return (title ?? text.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ').trim().slice(0, 60);
}
