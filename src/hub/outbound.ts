import { Agent, errors, request } from 'undici';
import { ConnectorError } from '../ports/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../ports/http.ts';

/** No answer of an outside system is larger than this: a year's SIE export is some megabytes. */
const BODY_BYTES_MAX = 256 * 1024 * 1024;
const CONNECT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
const SOCKETS_PER_HOST = 64;

/** Failures that come before a single byte of the request has left. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The process's way out, shared by all connections. */
export type Outbound = {
  /** A way out that reaches these hosts only. */
  to(hosts: readonly string[], defaults: { readonly timeoutMs: number }): Http;
  close(): Promise<void>;
};

/** Opens the way out: kept-alive sockets, no redirects, a limit on time and size. */
export function openOutbound(): Outbound {
  const agent = new Agent({
    connect: { timeout: CONNECT_MS },
    connections: SOCKETS_PER_HOST,
    keepAliveTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
    maxResponseSize: BODY_BYTES_MAX,
  });
  return {
    to: (hosts, { timeoutMs }) => {
      const allowed = new Set(hosts);
      return { send: (wanted) => send(agent, allowed, { timeoutMs, ...wanted }) };
    },
    close: () => agent.close(),
  };
}

async function send(
  agent: Agent,
  allowed: ReadonlySet<string>,
  wanted: HttpRequest & { readonly timeoutMs: number },
): Promise<HttpResponse> {
  const { host } = new URL(wanted.url);
  if (!allowed.has(host)) {
    throw new ConnectorError(`${host} is not a host of this connection.`, { kind: 'bug' });
  }
  try {
    const response = await request(wanted.url, {
      dispatcher: agent,
      method: wanted.method,
      headers: { ...wanted.headers },
      body: wanted.body ?? null,
      headersTimeout: wanted.timeoutMs,
      bodyTimeout: wanted.timeoutMs,
      signal: AbortSignal.timeout(wanted.timeoutMs),
    });
    const body = new Uint8Array(await response.body.arrayBuffer());
    return { status: response.statusCode, headers: flat(response.headers), body };
  } catch (error) {
    throw outsideFailure(host, error);
  }
}

function outsideFailure(host: string, error: unknown): ConnectorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (BEFORE_SENDING.has(code)) {
    return new ConnectorError(
      `${host} could not be reached (${code}).`,
      { kind: 'unreachable' },
      { cause: error },
    );
  }
  const isLate =
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    (error instanceof Error && error.name === 'TimeoutError');
  const says = isLate ? 'did not answer in time' : `broke off the answer (${code || 'unknown'})`;
  return new ConnectorError(`${host} ${says}.`, { kind: 'unanswered' }, { cause: error });
}

function flat(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]),
  );
}
