import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { html, json, type Answer } from '../api/answer.ts';
import { readTarget } from '../api/query.ts';
import type { Fault, FaultRequest } from '../faults/fault.ts';
import { NOTICE, pageOf } from '../faults/pages.ts';
import { count, type Received, type Site, type World } from './world.ts';

/** A batch of a hundred orders is far below. */
const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** Enough for any page that a test asks for twice. */
const CACHED_MAX = 200;

/** Stands for the status of a request that got no answer. */
const NO_ANSWER = 0;

type Exchange = {
  readonly world: World;
  readonly site: Site;
  readonly received: Received;
  readonly asked: FaultRequest;
  readonly response: ServerResponse;
};

type Line = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** Takes one request from its first byte to its last, or as far as a fault lets it come. */
export async function serve(world: World, site: Site, line: Line): Promise<void> {
  const { request, response } = line;
  const { path } = readTarget(request.url ?? '/');
  const asked = { method: request.method ?? 'GET', path };
  if (world.faults.take('arrival', asked) !== null) {
    count(world, NO_ANSWER);
    request.socket.resetAndDestroy();
    return;
  }
  const received = await receive(request);
  if (received === null) return send(response, html(413, 'Request Entity Too Large'));
  const one = { world, site, received, asked, response };
  const instead = world.faults.take('instead', asked);
  if (instead === null) await befall(one);
  else befallInstead(one, instead);
}

/** The simulator's own controls: no fault falls on them, and they are not counted. */
export async function serveControl(site: Site, { request, response }: Line): Promise<void> {
  const received = await receive(request);
  if (received === null) return send(response, html(413, 'Request Entity Too Large'));
  send(response, await site(received));
}

/** @returns null for a body that is too large */
async function receive(request: IncomingMessage): Promise<Received | null> {
  const target = request.url ?? '/';
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length <= BODY_BYTES_MAX) chunks.push(bytes);
  }
  if (length > BODY_BYTES_MAX) return null;
  const header = (name: string): string => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? 'GET', ...readTarget(target), target, header, body };
}

async function befall(one: Exchange): Promise<void> {
  const { world, site, received, asked } = one;
  const answer = await site(received);
  if (received.method === 'GET') remember(world.cache, received.target, answer);
  const after = world.faults.take('after', asked);
  if (after === null) finish(one, answer);
  else befallAfter(one, answer, after);
}

/** What a cache forgets first is what it has known for longest. */
function remember(cache: World['cache'], target: string, answer: Answer): void {
  cache.delete(target);
  cache.set(target, answer);
  const [oldest] = cache.keys();
  if (cache.size > CACHED_MAX && oldest !== undefined) cache.delete(oldest);
}

function finish({ world, response }: Exchange, answer: Answer): void {
  count(world, answer.status);
  send(response, answer);
}

function befallInstead(one: Exchange, fault: Fault): void {
  const { world, received } = one;
  if (fault.kind === 'hang') return count(world, NO_ANSWER);
  if (fault.kind === 'cached') {
    const known = world.cache.get(received.target);
    return known ? finish(one, known) : void befall(one);
  }
  finish(one, oddAnswer(fault, received.target));
}

function befallAfter(one: Exchange, answer: Answer, fault: Fault): void {
  const { world, response, received } = one;
  switch (fault.kind) {
    case 'hang':
      return count(world, NO_ANSWER);
    case 'lose-answer':
      count(world, NO_ANSWER);
      response.socket?.resetAndDestroy();
      return;
    case 'cut-answer':
      count(world, NO_ANSWER);
      return cut(response, answer);
    case 'delay-answer':
      return world.clock.after(fault.ms, () => finish(one, answer));
    case 'junk-before':
      return finish(one, withJunk(answer, fault.junk));
    default:
      return finish(one, oddAnswer(fault, received.target));
  }
}

/** With a notice the headers have been sent before PHP came to say that it is JSON. */
function withJunk(answer: Answer, junk: 'notice' | 'bom'): Answer {
  if (junk === 'bom') return { ...answer, body: `\uFEFF${answer.body}` };
  return { ...answer, body: `${NOTICE}${answer.body}`, mediaType: 'text/html; charset=UTF-8' };
}

/** What stands in the place of a proper answer. */
function oddAnswer(fault: Fault, target: string): Answer {
  switch (fault.kind) {
    case 'page':
      return pageOf(fault.page);
    case 'empty':
      return { ...json(null), body: '' };
    case 'too-many-requests':
      return html(
        429,
        '<html><head><title>429 Too Many Requests</title></head></html>',
        fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter },
      );
    case 'redirect':
      return html(fault.status ?? 301, '', { Location: `${fault.to}${target}` });
    default:
      return pageOf('critical-error');
  }
}

/** Promises the whole body and sends half of it. */
function cut(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, headersOf(answer, bytes.length));
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    response.socket?.destroy();
  });
}

/** Answers, unless the client has gone. */
function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, headersOf(answer, Buffer.byteLength(answer.body)));
  response.end(answer.body);
}

function headersOf(answer: Answer, length: number): OutgoingHttpHeaders {
  return {
    'Cache-Control': 'no-cache, must-revalidate, max-age=0, no-store, private',
    'Content-Length': length,
    'Content-Type': answer.mediaType,
    Server: 'Apache',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex',
    ...answer.headers,
  };
}
