import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { json, type Answer } from '../api/answer.ts';
import type { Fault, FaultRequest } from '../faults/fault.ts';
import { Refused } from '../wire/refusals.ts';
import { sessionOf, type ApiSite, type Outcome } from './api-site.ts';
import type { Received, World } from './world.ts';

/** Attachments are the largest bodies. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;

/** Stands for the status of a request that got no answer. */
const NO_ANSWER = 0;

type Exchange = {
  readonly world: World;
  readonly site: ApiSite;
  readonly received: Received;
  readonly asked: FaultRequest;
  readonly response: ServerResponse;
};

/** Takes one request from its first byte to its last, or as far as a fault lets it come. */
export function serve(
  world: World,
  site: ApiSite,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): void {
  const head = headOf(request);
  const { method, path } = head;
  const asked = { companyId: site.companyOf(head), method, path };
  if (world.faults.take('arrival', asked) !== null) {
    world.counters.count(asked.companyId, { route: null, status: NO_ANSWER });
    request.socket.resetAndDestroy();
    return;
  }
  readAll(request, (body) => {
    const received = { ...head, body: body ?? new Uint8Array(0) };
    const one = { world, site, received, asked, response };
    if (body === null) finish(one, site.refusal(received, new Refused('bad-request')));
    else exchange(one);
  });
}

export function headOf(request: IncomingMessage): Received {
  const [path = '', query = ''] = (request.url ?? '/').split('?', 2);
  return {
    method: request.method ?? 'GET',
    path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path,
    query: queryOf(query),
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : '';
    },
    body: new Uint8Array(0),
  };
}

/** A parameter that stands several times counts as a list: `productNumber=1&productNumber=2`. */
function queryOf(text: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  return query;
}

export function readAll(request: IncomingMessage, done: (body: Uint8Array | null) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= BODY_BYTES_MAX) chunks.push(chunk);
  });
  request.on('end', () => done(length > BODY_BYTES_MAX ? null : Buffer.concat(chunks)));
}

function exchange(one: Exchange): void {
  const { world, asked } = one;
  const instead = world.faults.take('instead', asked);
  if (instead !== null) {
    befallInstead(one, instead);
    return;
  }
  const lag = world.faults.take('reading', asked);
  const outcome = act(one, lag?.kind === 'lag' ? lag.ms : 0);
  const isDone = outcome.answer.status < 300;
  const after = isDone ? world.faults.take('after', asked) : null;
  if (after !== null) befallAfter(one, outcome, after);
  else finish(one, outcome);
}

/** What happened is told to subscribers whether or not the answer arrives. */
function act({ world, site, received, asked }: Exchange, lagMs: number): Outcome {
  const outcome = site.answer(received, lagMs);
  const company = asked.companyId === null ? undefined : world.companies.get(asked.companyId);
  if (company !== undefined) world.webhooks.tell(company);
  return outcome;
}

function finish(one: Exchange, outcome: Outcome): void {
  const { world, asked, response } = one;
  const { answer, route } = outcome;
  world.counters.count(asked.companyId, { route, status: answer.status });
  if (response.destroyed) return;
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, headersOf(outcome, bytes.length));
  response.end(bytes);
}

function befallInstead(one: Exchange, fault: Fault): void {
  const { world, site, received, response } = one;
  const refusal = (refused: Refused): void => finish(one, site.refusal(received, refused));
  switch (fault.kind) {
    case 'too-many-requests':
      return refusal(new Refused('too-many-requests'));
    case 'session-expired':
      if (fault.forGood) world.sessions.end(sessionOf(world, received)?.token ?? '');
      return refusal(new Refused('unauthenticated'));
    case 'refuse':
      return refusal(new Refused(fault.refusal));
    case 'late-commit':
      response.once('close', () => world.clock.after(fault.ms, () => void act(one, 0)));
      return silence(one, null);
    case 'hang':
      return silence(one, null);
    default:
      return finish(one, oddOutcome(one, fault, null));
  }
}

function befallAfter(one: Exchange, outcome: Outcome, fault: Fault): void {
  const { world, response } = one;
  switch (fault.kind) {
    case 'hang':
      return silence(one, outcome.route);
    case 'lose-answer':
      silence(one, outcome.route);
      response.socket?.resetAndDestroy();
      return;
    case 'cut-answer':
      silence(one, outcome.route);
      cut(response, outcome);
      return;
    case 'delay-answer':
      world.clock.after(fault.ms, () => finish(one, outcome));
      return;
    case 'twice':
      act(one, 0);
      return finish(one, outcome);
    default:
      return finish(one, oddOutcome(one, fault, outcome.route));
  }
}

/** What stands in the place of a proper answer. */
function oddOutcome({ site, received }: Exchange, fault: Fault, route: string | null): Outcome {
  const outcome = { ...site.refusal(received, new Refused('unexpected')), route };
  if (fault.kind === 'server-error') {
    const status = fault.status ?? 500;
    return { ...outcome, answer: status === 500 ? outcome.answer : page(status) };
  }
  if (fault.kind === 'wrong-body' && fault.body === 'error') {
    return { ...outcome, answer: { ...outcome.answer, status: 200 } };
  }
  const isHtml = fault.kind === 'wrong-body' && fault.body === 'html';
  return { ...outcome, answer: isHtml ? page(200) : { ...json(200, null), body: '' } };
}

function page(status: number): Answer {
  const body = '<!doctype html><title>Vedlikehold</title><h1>Vi er snart tilbake</h1>';
  return { status, mediaType: 'text/html; charset=utf-8', body };
}

function silence({ world, asked }: Exchange, route: string | null): void {
  world.counters.count(asked.companyId, { route, status: NO_ANSWER });
}

/** Promises the whole body and sends half of it. */
function cut(response: ServerResponse, outcome: Outcome): void {
  const bytes = Buffer.from(outcome.answer.body);
  response.writeHead(outcome.answer.status, headersOf(outcome, bytes.length));
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    response.socket?.destroy();
  });
}

function headersOf({ answer, rate, requestId }: Outcome, length: number): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    'Content-Type': answer.mediaType,
    'x-tlx-request-id': requestId,
  };
  const hasBody = answer.status !== 204 && answer.status !== 304;
  if (hasBody) headers['Content-Length'] = length;
  if (rate === null) return headers;
  return {
    ...headers,
    'X-Rate-Limit-Limit': rate.limit,
    'X-Rate-Limit-Remaining': rate.remaining,
    'X-Rate-Limit-Reset': rate.resetSeconds,
  };
}
