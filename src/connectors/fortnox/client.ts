import type { Clock } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/connector.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ports/http.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { isUsable, renewToken } from './auth.ts';
import { ALREADY_DONE, isNotFound, readError, refusalOf } from './errors.ts';
import type { FortnoxSettings } from './settings.ts';
import { isRecord, listOf, type WireObject } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

/** What a change was answered with. */
export type Answer =
  | { readonly kind: 'ok'; readonly body: WireObject }
  | { readonly kind: 'already'; readonly error: WireError }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** A change to be made in Fortnox. */
export type Change = {
  /** Some things are done by a GET, such as sending an invoice. */
  readonly method: 'POST' | 'PUT' | 'GET';
  /** Path and query below the API's address. */
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
};

/** Where a bare list stands in what is read: a few resources have no envelope. */
export const LISTED = '(list)';
/** A part of a list. */
export type ListPage = {
  readonly items: readonly WireObject[];
  readonly isLast: boolean;
  /** How many there are in all; null: it is not said. */
  readonly total: number | null;
};

const PAGE = 500;
/** A list longer than this many pages is not read: something is wrong with the question. */
const PAGES_MAX = 400;

/** Fortnox's API for one company: login, paging, and answers the engine can act on. */
export class FortnoxClient {
  readonly settings: FortnoxSettings;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #credentials: Credentials;

  constructor(of: {
    readonly settings: FortnoxSettings;
    readonly http: Http;
    readonly clock: Clock;
    readonly credentials: Credentials;
  }) {
    this.settings = of.settings;
    this.#http = of.http;
    this.#clock = of.clock;
    this.#credentials = of.credentials;
  }

  /** Makes a change. @throws ConnectorError when it is not known to be made or refused */
  async change({ method, path, body, contentType }: Change): Promise<Answer> {
    const response = await this.#send({
      method,
      url: this.settings.apiUrl + path,
      headers: { 'content-type': contentType ?? 'application/json' },
      ...(body === undefined ? {} : { body }),
    });
    const read = readBody(response);
    const error = readError(read);
    // A success that carries an error, or no JSON, may have taken effect: it is looked for.
    if (response.status >= 200 && response.status < 300) {
      if (read !== null && error === null) return { kind: 'ok', body: read };
      throw new ConnectorError('Fortnox gave an answer we cannot read.', { kind: 'unanswered' });
    }
    if (error !== null && ALREADY_DONE.has(error.code)) return { kind: 'already', error };
    return { kind: 'refused', refusals: [refusalOf(response, error)] };
  }

  /** Reads one thing. @returns null when there is no such thing */
  async get(path: string): Promise<WireObject | null> {
    const response = await this.#send({ method: 'GET', url: this.settings.apiUrl + path });
    const body = readBody(response);
    const error = readError(body);
    if (response.status === 200 && body !== null && error === null) return body;
    if (isNotFound(response, error)) return null;
    throw unexpected(response, error);
  }

  /** Reads bytes, such as a SIE file. */
  async getBytes(path: string): Promise<Uint8Array> {
    const response = await this.#send({ method: 'GET', url: this.settings.apiUrl + path });
    // A file may come with status 200 and an error inside.
    const error = looksLikeJson(response) ? readError(readBody(response)) : null;
    if (response.status === 200 && error === null) return response.body;
    throw unexpected(response, error);
  }

  /** Reads a list to its end, page by page. */
  async list(path: string, envelope: string): Promise<readonly WireObject[]> {
    const all: WireObject[] = [];
    for (let page = 1; page <= PAGES_MAX; page += 1) {
      const { items, isLast } = await this.page(path, envelope, page);
      all.push(...items);
      if (isLast) return all;
    }
    throw new ConnectorError(`Fortnox lists more than ${PAGE * PAGES_MAX} at ${path}.`, {
      kind: 'bug',
    });
  }

  /** Reads one page of a list, from 1. There is none of what does not exist. */
  async page(path: string, envelope: string, page: number): Promise<ListPage> {
    const joint = path.includes('?') ? '&' : '?';
    const body = await this.get(`${path}${joint}limit=${PAGE}&page=${page}`);
    if (body === null) return { items: [], isLast: true, total: 0 };
    const items = listOf(body, envelope);
    const meta = body['MetaInformation'];
    const pages = isRecord(meta) ? Number(meta['@TotalPages']) : Number.NaN;
    const total = isRecord(meta) ? Number(meta['@TotalResources']) : Number.NaN;
    // A list that does not say how long it is goes on as long as its pages are full.
    const isFull = Number.isNaN(pages) ? items.length === PAGE : page < pages;
    const isLast = !isFull || items.length === 0;
    return { items, isLast, total: Number.isNaN(total) ? null : total };
  }

  /** Sends with a valid token; a token that ended on the way is renewed, once. */
  async #send(request: HttpRequest): Promise<HttpResponse> {
    let secrets = await this.#credentials.current();
    if (!isUsable(secrets, this.#clock)) secrets = await this.#renew(secrets);
    const response = await this.#http.send(authorized(request, secrets));
    if (response.status !== 401) return response;
    return this.#http.send(authorized(request, await this.#renew(secrets)));
  }

  #renew(stale: Awaited<ReturnType<Credentials['current']>>) {
    const tools = { http: this.#http, clock: this.#clock, settings: this.settings };
    return this.#credentials.refresh(stale, (newest) => renewToken(tools, newest));
  }
}

function authorized(request: HttpRequest, secrets: Readonly<Record<string, string>>): HttpRequest {
  const headers = {
    accept: 'application/json',
    ...request.headers,
    authorization: `Bearer ${secrets['accessToken'] ?? ''}`,
  };
  return { ...request, headers };
}

/** @returns null when the body is no JSON object, and no list of them */
function readBody(response: HttpResponse): WireObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    if (Array.isArray(value)) return { [LISTED]: value };
    return isRecord(value) ? value : null;
  } catch {
    return null; // Cut short, or a page of HTML: the caller says what that means here.
  }
}

function looksLikeJson(response: HttpResponse): boolean {
  return response.body[0] === '{'.charCodeAt(0);
}

/** A read that failed changed nothing, whatever was the matter. */
function unexpected(response: HttpResponse, error: WireError | null): ConnectorError {
  if (response.status === 200) {
    return new ConnectorError('Fortnox gave an answer we cannot read.', { kind: 'unreachable' });
  }
  const refusal = refusalOf(response, error);
  const said = refusal.code === 'target-refused' ? refusal.said : refusal.code;
  return new ConnectorError(`Fortnox says: ${said}`, { kind: 'bug' });
}
