import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiRefusal, refused, tooManyRequests, type Answer } from '../api/answer.ts';
import { answerControl } from '../control/control-site.ts';
import { type Fault, type FaultMoment, type FaultRequest } from '../faults/fault.ts';
import { answerApi, shopOf } from './api-site.ts';
import type { Received, World } from './world.ts';

/** A thousand orders with their lines are a few megabytes. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;

const NOTHING = new Uint8Array(0);

/** Stands for the status of a request that got no answer. */
const NO_ANSWER = 0;

type Exchange = {
  readonly world: World;
  readonly received: Received;
  readonly asked: FaultRequest;
  readonly response: ServerResponse;
};

/** Takes one request from its first byte to its last, or as far as a fault lets it come. */
export function serve(
  world: World,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): void {
  const head = headOf(request);
  if (head.path.startsWith('/_control/')) {
    readAll(request, (body) => {
      send(response, answerControl(world, { ...head, body: body ?? NOTHING }));
    });
    return;
  }
  const shopId = shopOf(world, head)?.id ?? null;
  const asked = { shopId, method: head.method, path: head.path };
  if (faultOn(world, 'arrival', asked) !== null) {
    count(world, asked, NO_ANSWER);
    request.socket.resetAndDestroy();
    return;
  }
  readAll(request, (body) => {
    const one = { world, received: { ...head, body: body ?? NOTHING }, asked, response };
    if (body === null) finish(one, refused(new ApiRefusal(413, 'Payload too large')));
    else exchange(one);
  });
}

function headOf(request: IncomingMessage): Received {
  const target = request.url ?? '/';
  const at = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: at < 0 ? target : target.slice(0, at),
    query: new Map(new URLSearchParams(at < 0 ? '' : target.slice(at + 1))),
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : '';
    },
    body: NOTHING,
  };
}

function exchange(one: Exchange): void {
  const { world, received, asked } = one;
  const instead = faultOn(world, 'instead', asked);
  if (instead !== null) {
    befall(one, instead, null);
    return;
  }
  const answer = answerApi(world, received);
  const after = answer.status < 300 ? faultOn(world, 'after', asked) : null;
  if (after !== null) befall(one, after, answer);
  else finish(one, answer);
}

/** @param answer null when the request has had no effect */
function befall(one: Exchange, fault: Fault, answer: Answer | null): void {
  const { world, response } = one;
  switch (fault.kind) {
    case 'hang':
      return count(world, one.asked, NO_ANSWER);
    case 'reset':
    case 'lose-answer':
      count(world, one.asked, NO_ANSWER);
      response.socket?.resetAndDestroy();
      return;
    case 'cut-answer':
      count(world, one.asked, NO_ANSWER);
      return cut(response, answer ?? internalError(500));
    case 'delay-answer':
      world.clock.after(fault.ms, () => finish(one, answer ?? internalError(500)));
      return;
    case 'too-many-requests':
      return finish(one, limited(fault.waitS));
    case 'unauthorized':
      return finish(one, refused(new ApiRefusal(401, 'Unauthorized')));
    case 'server-error':
      return finish(one, internalError(fault.status ?? 500));
    case 'wrong-body':
      return finish(one, wrongBody(fault.body));
  }
}

function limited(waitS: number | undefined): Answer {
  const { headers: _headers, ...bare } = tooManyRequests(0);
  return waitS === undefined ? bare : tooManyRequests(waitS);
}

function internalError(status: number): Answer {
  return refused(new ApiRefusal(status, 'Internal server error'));
}

function wrongBody(body: 'html' | 'empty' | 'error'): Answer {
  switch (body) {
    case 'html':
      return { status: 200, mediaType: 'text/html', body: '<!doctype html><h1>Underhåll</h1>' };
    case 'empty':
      return { status: 200, mediaType: 'application/json', body: '' };
    case 'error':
      return { ...internalError(500), status: 200 };
  }
}

function faultOn(world: World, moment: FaultMoment, asked: FaultRequest): Fault | null {
  return world.faults.take(moment, asked);
}

function finish({ world, asked, response }: Exchange, answer: Answer): void {
  count(world, asked, answer.status);
  send(response, answer);
}

/** Numbers in paths count together: a long run reads many orders. */
function count({ counts }: World, { method, path }: FaultRequest, status: number): void {
  const key = `${method} ${path.replaceAll(/\/\d+(?=\/|$)/g, '/{id}')} ${status}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function readAll(request: IncomingMessage, done: (body: Uint8Array | null) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= BODY_BYTES_MAX) chunks.push(chunk);
  });
  request.on('end', () => done(length > BODY_BYTES_MAX ? null : Buffer.concat(chunks)));
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

function headersOf(answer: Answer, length: number): Record<string, string | number> {
  return { 'Content-Type': answer.mediaType, 'Content-Length': length, ...answer.headers };
}
