import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { json, refused, unauthorized, type Answer } from '../api/answer.ts';
import { readTarget } from '../api/query.ts';
import type { Fault, FaultRequest } from '../faults/fault.ts';
import { Refused } from '../wire/refusals.ts';
import { tokenOf, tooManyRequests } from './api-site.ts';
import type { Outcome, Site } from './site.ts';
import type { Received, World } from './world.ts';

/** Uploads to the inbox are the largest bodies. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;

const NOTHING = new Uint8Array(0);

const UID_DIGITS = 8;

/** Stands for the status of a request that got no answer. */
const NO_ANSWER = 0;

type Exchange = {
  readonly world: World;
  readonly site: Site;
  readonly received: Received;
  readonly asked: FaultRequest;
  readonly response: ServerResponse;
  readonly startedMs: number;
};

/** Takes one request from its first byte to its last, or as far as a fault lets it come. */
export function serve(
  world: World,
  site: Site,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): void {
  const startedMs = performance.now();
  const { path, query } = readTarget(request.url ?? '/');
  const method = request.method ?? 'GET';
  const header = (name: string): string => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  const head: Received = { method, path, query, header, body: NOTHING };
  const asked = { tenantId: site.tenantOf(head), method, path };
  if (site.isFortnox && world.faults.take('arrival', asked) !== null) {
    world.counters.count(asked.tenantId, { route: null, status: NO_ANSWER });
    request.socket.resetAndDestroy();
    return;
  }
  readAll(request, (body) => {
    if (body === null) {
      const answer = refused(new Refused('body-too-large'));
      send({ response, answer, startedMs, uid: world.chance.hex(UID_DIGITS) });
      return;
    }
    const received = { ...head, body };
    if (!site.isFortnox) {
      const { answer } = site.answer(received, 0);
      send({ response, answer, startedMs, uid: world.chance.hex(UID_DIGITS) });
      return;
    }
    const tenantId = asked.tenantId ?? (body.length > 0 ? site.tenantOf(received) : null);
    exchange({
      world,
      site,
      received,
      asked: { ...asked, tenantId },
      response,
      startedMs,
    });
  });
}

function readAll(request: IncomingMessage, done: (body: Uint8Array | null) => void): void {
  if (request.method === 'GET' || request.method === 'DELETE') {
    request.resume();
    done(NOTHING);
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= BODY_BYTES_MAX) chunks.push(chunk);
  });
  request.on('end', () => {
    const [only] = chunks;
    if (length > BODY_BYTES_MAX) done(null);
    else done(chunks.length === 1 && only ? only : Buffer.concat(chunks));
  });
}

function exchange(one: Exchange): void {
  const { world, site, received, asked } = one;
  const instead = world.faults.take('instead', asked);
  if (instead !== null) {
    befallInstead(one, instead);
    return;
  }
  const lag = world.faults.take('reading', asked);
  const outcome = site.answer(received, lag?.kind === 'lag' ? lag.ms : 0);
  const isDone = outcome.answer.status < 300;
  const after = isDone ? world.faults.take('after', asked) : null;
  if (after !== null) befallAfter(one, outcome, after);
  else finish(one, outcome);
}

function finish(one: Exchange, { answer, route }: Outcome): void {
  one.world.counters.count(one.asked.tenantId, { route, status: answer.status });
  const { world, response, startedMs } = one;
  send({ response, answer, startedMs, uid: world.chance.hex(UID_DIGITS) });
}

function befallInstead(one: Exchange, fault: Fault): void {
  const { world, site, received, response } = one;
  const give = (answer: Answer): void => finish(one, { answer, route: null });
  switch (fault.kind) {
    case 'too-many-requests':
      return give(tooManyRequests());
    case 'unauthorized':
      if (fault.forGood) world.grants.expireToken(tokenOf(received));
      return give(unauthorized());
    case 'refuse':
      return give(refused(new Refused(fault.refusal, fault.about)));
    case 'late-commit':
      response.once('close', () => world.clock.after(fault.ms, () => site.answer(received, 0)));
      return silence(one, null);
    case 'hang':
      return silence(one, null);
    default:
      return give(oddAnswer(fault));
  }
}

function befallAfter(one: Exchange, outcome: Outcome, fault: Fault): void {
  const { world, site, received, response } = one;
  const { answer, route } = outcome;
  switch (fault.kind) {
    case 'hang':
      return silence(one, route);
    case 'lose-answer':
      silence(one, route);
      response.socket?.resetAndDestroy();
      return;
    case 'cut-answer':
      silence(one, route);
      cut({ response, answer, startedMs: one.startedMs, uid: world.chance.hex(UID_DIGITS) });
      return;
    case 'delay-answer':
      world.clock.after(fault.ms, () => finish(one, outcome));
      return;
    case 'twice':
      site.answer(received, 0);
      return finish(one, outcome);
    default:
      return finish(one, { answer: oddAnswer(fault), route });
  }
}

/** What stands in the place of a proper answer. */
function oddAnswer(fault: Fault): Answer {
  if (fault.kind !== 'wrong-body') return refused(new Refused('system-error'));
  switch (fault.body) {
    case 'error':
      return { ...refused(new Refused('system-error')), status: 200 };
    case 'html':
      return {
        ...json(200, '<!doctype html><title>Underhåll</title><h1>Vi är snart tillbaka</h1>'),
        mediaType: 'text/html; charset=utf-8',
      };
    case 'empty':
      return json(200, '');
  }
}

function silence({ world, asked }: Exchange, route: string | null): void {
  world.counters.count(asked.tenantId, { route, status: NO_ANSWER });
}

type Sending = {
  readonly response: ServerResponse;
  readonly answer: Answer;
  readonly startedMs: number;
  /** `X-Uid`, which support asks for. */
  readonly uid: string;
};

/** Promises the whole body and sends half of it. */
function cut(sending: Sending): void {
  const { response, answer } = sending;
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, headersOf(sending, bytes.length));
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    response.socket?.destroy();
  });
}

/** Answers, unless the client has gone. */
function send(sending: Sending): void {
  const { response, answer } = sending;
  if (response.destroyed) return;
  const length =
    typeof answer.body === 'string' ? Buffer.byteLength(answer.body) : answer.body.length;
  response.writeHead(answer.status, headersOf(sending, length));
  response.end(answer.body);
}

function headersOf({ answer, uid, startedMs }: Sending, length: number): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    'Cache-Control': 'no-store, no-cache, must-revalidate',
    'Content-Type': answer.mediaType,
    Server: 'Fortnox',
    'Strict-Transport-Security': 'max-age=31536000; includeSubdomains',
    'X-Build': 'simulator',
    'X-Content-Type-Options': 'nosniff',
    'X-Rack-Responsetime': Math.round(performance.now() - startedMs),
    'X-Uid': uid,
  };
  if (answer.status !== 204) headers['Content-Length'] = length;
  if (answer.location !== null) headers['Location'] = answer.location;
  return headers;
}
