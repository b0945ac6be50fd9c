import type { Credentials } from '../../../ports/connector.ts';
import { encodeJson, type Json } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Http, HttpResponse } from '../../../ports/http.ts';
import type { QbSettings } from '../settings.ts';

/** What we wait when the shop does not say how long. */
const BUSY_MS = 60_000;

/** The API of one shop: whose it is, is said by the key alone. */
export class ShopClient {
  readonly #http: Http;
  readonly #credentials: Credentials;
  readonly #base: URL;

  constructor(of: {
    readonly settings: QbSettings;
    readonly http: Http;
    readonly credentials: Credentials;
  }) {
    this.#http = of.http;
    this.#credentials = of.credentials;
    this.#base = new URL(of.settings.apiUrl);
  }

  /**
   * Reads what lies at a path below `/v1`.
   *
   * @returns the answer's JSON as it came; null when nothing matches, which the API calls 404
   * @throws ConnectorError when the shop cannot be asked, or does not let us
   */
  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<string | null> {
    return this.#read(await this.#send({ method: 'GET', path, query }));
  }

  /**
   * Makes a change, once.
   *
   * @returns the answer's JSON as it came; null when there is no such thing
   * @throws ConnectorError when it is not known to be made
   */
  async change(method: 'POST' | 'PUT', path: string, body: Json): Promise<string | null> {
    const response = await this.#send({ method, path, query: {}, body: encodeJson(body) });
    if (response.status === 201) return this.#read({ ...response, status: 200 });
    // Whoever says 503 may stand before a shop that has made the change.
    if (response.status === 503) {
      throw new ConnectorError(`${this.#base.host} says: status 503.`, { kind: 'unanswered' });
    }
    return this.#read(response);
  }

  /** The API's address, for people. */
  get host(): string {
    return this.#base.host;
  }

  async #send({ method, path, query, body }: Asked): Promise<HttpResponse> {
    const { apiKey = '' } = await this.#credentials.current();
    if (apiKey === '') {
      const says = 'There is no key for the Quickbutik shop yet: it is made in its control panel';
      throw new ConnectorError(`${says}, under Settings, API.`, { kind: 'reconnect' });
    }
    const url = new URL(`/v1${path}`, this.#base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // The same key is user and password.
    const authorization = `Basic ${Buffer.from(`${apiKey}:${apiKey}`).toString('base64')}`;
    const sent = body === undefined ? {} : { body };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { accept: 'application/json', authorization, ...type };
    return this.#http.send({ method, url: url.href, headers, ...sent });
  }

  #read({ status, headers, body }: HttpResponse): string | null {
    const { host } = this.#base;
    const text = Buffer.from(body)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    const error = errorIn(text);
    // An error may come under the status of success: what it says counts.
    const code = status === 200 && error !== null ? error.code : status;
    const said = error === null ? `status ${status}` : `${error.message} (${error.code})`;
    if (code === 404 && (error !== null || text === '')) return null;
    if (code === 200) {
      if (/^[[{]/.test(text)) return text;
      const says = `${host} answered with something that is no data (${glimpse(text)})`;
      throw new ConnectorError(`${says}: a page of its host, or of maintenance.`, {
        kind: 'unanswered',
      });
    }
    if (code === 429 || code === 503) {
      const waitMs = waitIn(headers['retry-after']);
      throw new ConnectorError(`${host} asks us to wait: ${said}.`, { kind: 'busy', waitMs });
    }
    if (code === 401 || (code === 403 && error !== null)) {
      throw new ConnectorError(`${host} does not take our key: ${said}.`, { kind: 'reconnect' });
    }
    if (code === 403 || code === 404 || (code >= 300 && code < 400)) {
      const says = `${host} has no Quickbutik API at this address, or does not let us near it`;
      throw new ConnectorError(`${says}: ${said}.`, { kind: 'setup' });
    }
    const kind = code >= 500 ? 'unanswered' : 'bug';
    throw new ConnectorError(`${host} says: ${said}.`, { kind });
  }
}

type Asked = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: string;
};

type ApiError = { readonly code: number; readonly message: string };

/** `{"code": 404, "error": "…"}`. @returns null when it is not that, as an order is not */
function errorIn(text: string): ApiError | null {
  // Lists begin otherwise, and are long; an order has no `error`.
  if (!text.startsWith('{') || text.length > 10_000) return null;
  try {
    const { code, error } = JSON.parse(text) as { code?: unknown; error?: unknown };
    if (typeof error !== 'string' || !/^\d{3}$/.test(String(code))) return null;
    return { code: Number(code), message: error.replaceAll(/<[^>]*>/g, '').slice(0, 200) };
  } catch {
    return null; // No JSON: the status alone says what is the matter.
  }
}

function waitIn(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(0, seconds) * 1_000 : BUSY_MS;
}

/** The beginning of a page, for a person to know it by. */
function glimpse(text: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1];
  const says = (title ?? text.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ').trim();
  return says.slice(0, 60) || 'an empty page';
}
