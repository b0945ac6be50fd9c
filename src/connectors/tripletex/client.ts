import type { Clock } from '../../ports/clock.ts';
import type { Credentials, Secrets } from '../../ports/connector.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ports/http.ts';
import { authorization, isUsable, renewSession } from './auth.ts';
import { isNotFound, isSessionDead, readError, refusedData, saidBy } from './errors.ts';
import { RateMemory } from './rate.ts';
import type { TripletexSettings } from './settings.ts';
import { isRecord, listOf, type WireObject } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

/** What a change was answered with. */
export type Answer =
  | { readonly kind: 'ok'; readonly value: WireObject }
  | { readonly kind: 'refused'; readonly error: WireError };

/** What a request was answered with that makes nothing to tell of. */
export type Told =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly error: WireError };

/** A change to be made in Tripletex. */
export type Change = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** Path and query below the API's address. */
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
};

const PAGE = 1_000;
/** Tripletex gives no more than 10 000 hits of a question, however they are paged. */
const PAGES_MAX = 11;
/** A change and the reading that proves it: the second must not be kept waiting. */
const CALLS_OF_A_CHANGE = 2;

/** Tripletex's API for one company: session, paging, and answers the engine can act on. */
export class TripletexClient {
  readonly settings: TripletexSettings;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #credentials: Credentials;
  readonly #rate = new RateMemory();

  constructor(of: {
    readonly settings: TripletexSettings;
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
  async change(change: Change): Promise<Answer> {
    const response = await this.#change(change);
    const read = readBody(response);
    if (isOk(response)) {
      // A success that says nothing of what it made may have taken effect: it is looked for.
      const value = read?.['value'];
      if (isRecord(value)) return { kind: 'ok', value };
      throw new ConnectorError('Tripletex gave an answer we cannot read.', { kind: 'unanswered' });
    }
    return { kind: 'refused', error: refusedData(response, readError(read)) };
  }

  /** The same, where a success need say nothing. */
  async tell(change: Change): Promise<Told> {
    const response = await this.#change(change);
    if (isOk(response)) return { kind: 'done' };
    return { kind: 'refused', error: refusedData(response, readError(readBody(response))) };
  }

  #change({ method, path, body, contentType }: Change): Promise<HttpResponse> {
    this.#rate.check(CALLS_OF_A_CHANGE, this.#clock.nowMs());
    return this.#send({
      method,
      url: this.settings.apiUrl + path,
      headers: { 'content-type': contentType ?? 'application/json; charset=utf-8' },
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Reads one thing. @returns null when there is no such thing */
  async get(path: string): Promise<WireObject | null> {
    const body = await this.#read(path);
    if (body === null) return null;
    if (isRecord(body['value'])) return body['value'];
    throw unreadable();
  }

  /** Reads bytes, such as those of a document. @returns null when there is no such thing */
  async getBytes(path: string): Promise<Uint8Array | null> {
    const response = await this.#send({ method: 'GET', url: this.settings.apiUrl + path });
    if (isOk(response)) return response.body;
    const error = readError(readBody(response));
    if (isNotFound(response, error)) return null;
    throw unexpected(response, error);
  }

  /** Reads a list to its end, page by page. */
  async list(path: string): Promise<readonly WireObject[]> {
    const all: WireObject[] = [];
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const mark = path.includes('?') ? '&' : '?';
      const body = await this.#read(`${path}${mark}from=${page * PAGE}&count=${PAGE}`);
      if (body === null || !Array.isArray(body['values'])) throw unreadable();
      const values = listOf(body, 'values');
      all.push(...values);
      if (values.length < PAGE) return all;
    }
    throw new ConnectorError(`Tripletex lists more than ${PAGE * (PAGES_MAX - 1)} things.`, {
      kind: 'bug',
    });
  }

  async #read(path: string): Promise<WireObject | null> {
    const response = await this.#send({ method: 'GET', url: this.settings.apiUrl + path });
    const body = readBody(response);
    if (isOk(response) && body !== null) return body;
    const error = readError(body);
    if (isNotFound(response, error)) return null;
    throw unexpected(response, error);
  }

  /** Sends with a live session; one that ended on the way is renewed, once. */
  async #send(request: HttpRequest): Promise<HttpResponse> {
    this.#rate.check(1, this.#clock.nowMs());
    let secrets = await this.#credentials.current();
    if (!isUsable(secrets, this.#clock)) secrets = await this.#renew(secrets);
    const response = await this.#once(request, secrets);
    if (!isSessionDead(response, readBody(response))) return response;
    return this.#again(request, await this.#renew(secrets));
  }

  async #again(request: HttpRequest, secrets: Secrets): Promise<HttpResponse> {
    const response = await this.#once(request, secrets);
    if (!isSessionDead(response, readBody(response))) return response;
    const says = 'Tripletex did not accept a session that it has just made.';
    throw new ConnectorError(says, { kind: 'unreachable' });
  }

  async #once(request: HttpRequest, secrets: Secrets): Promise<HttpResponse> {
    const headers = {
      accept: 'application/json',
      ...request.headers,
      authorization: authorization(this.settings, secrets),
    };
    const response = await this.#http.send({ ...request, headers });
    this.#rate.note(response, this.#clock.nowMs());
    return response;
  }

  #renew(stale: Secrets): Promise<Secrets> {
    const tools = { http: this.#http, clock: this.#clock, settings: this.settings };
    return this.#credentials.refresh(stale, (newest) => renewSession(tools, newest));
  }
}

function isOk({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** @returns null when the body is no JSON object */
function readBody(response: HttpResponse): WireObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null; // Cut short, or a page of HTML: the caller says what that means here.
  }
}

/** A read that failed changed nothing, whatever was the matter. */
function unexpected(response: HttpResponse, error: WireError | null): ConnectorError {
  if (isOk(response)) return unreadable();
  const refused = refusedData(response, error);
  return new TripletexRefusal(`Tripletex says: ${saidBy(refused)}`, refused.code);
}

function unreadable(): ConnectorError {
  return new ConnectorError('Tripletex gave an answer we cannot read.', { kind: 'unreachable' });
}

/** A question that Tripletex will not answer, with its code. */
export class TripletexRefusal extends ConnectorError {
  readonly code: number;

  constructor(message: string, code: number) {
    super(message, { kind: 'bug' });
    this.code = code;
  }
}
