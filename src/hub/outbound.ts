import { Agent, errors, request } from 'undici';
import { ConnectorError } from '../ports/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../ports/http.ts';
import { ClosedNetworkError, type Reach } from './reach.ts';

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
  /**
   * Lets calls through to a system that is simulated within this process: this address and port.
   *
   * @returns what ends it
   */
  standIn(host: string): () => void;
  /**
   * Posts to an address that a person has given, and looks at nothing of the answer but its status:
   * what stands in it could be anything, of any size.
   */
  tell(message: Message): Promise<Heard>;
  close(): Promise<void>;
};

/** What is posted. */
export type Message = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
};

/** What came of it. */
export type Heard =
  | { readonly kind: 'answered'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly trouble: 'closed-network' | 'unreachable' | 'unanswered';
    };

/** Opens the way out: kept-alive sockets, no redirects, a limit on time, size and networks. */
export function openOutbound(reach: Reach): Outbound {
  const standIns = new Set<string>();
  const agent = new Agent({
    // A name is looked up as the socket connects, so that none leads elsewhere once it is checked.
    connect: { timeout: CONNECT_MS, lookup: reach.lookup },
    connections: SOCKETS_PER_HOST,
    keepAliveTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
    maxResponseSize: BODY_BYTES_MAX,
  });
  return {
    to: (hosts, { timeoutMs }) => {
      const allowed = new Set(hosts);
      const check = (url: URL): void => {
        const { host, hostname } = url;
        if (!allowed.has(host)) {
          throw new ConnectorError(`${host} is not a host of this connection.`, { kind: 'bug' });
        }
        if (!standIns.has(host)) reach.check(hostname);
      };
      return { send: (wanted) => send(agent, check, { timeoutMs, ...wanted }) };
    },
    standIn: (host) => {
      standIns.add(host);
      return () => void standIns.delete(host);
    },
    tell: (message) => tell(agent, reach, message),
    close: () => agent.close(),
  };
}

async function send(
  agent: Agent,
  check: (url: URL) => void,
  wanted: HttpRequest & { readonly timeoutMs: number },
): Promise<HttpResponse> {
  const url = new URL(wanted.url);
  const { host } = url;
  try {
    check(url);
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

/** So much of an answer is read to keep the connection; a longer one ends it. */
const DUMP_BYTES_MAX = 64 * 1024;

async function tell(agent: Agent, reach: Reach, message: Message): Promise<Heard> {
  const { url, headers, body, timeoutMs } = message;
  const { host, hostname } = new URL(url);
  try {
    reach.check(hostname);
    const response = await request(url, {
      ...{ dispatcher: agent, method: 'POST', headers: { ...headers }, body },
      ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs },
      signal: AbortSignal.timeout(timeoutMs),
    });
    // It has been answered: whatever becomes of the rest changes nothing.
    await response.body.dump({ limit: DUMP_BYTES_MAX }).catch(() => undefined);
    return { kind: 'answered', status: response.statusCode };
  } catch (error) {
    if (error instanceof ClosedNetworkError) return { kind: 'failed', trouble: 'closed-network' };
    const { kind } = outsideFailure(host, error).failure;
    return { kind: 'failed', trouble: kind === 'unreachable' ? 'unreachable' : 'unanswered' };
  }
}

function outsideFailure(host: string, error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error;
  // It goes through as soon as whoever runs the hub lets it: nobody else has to do anything.
  if (error instanceof ClosedNetworkError) {
    return new ConnectorError(error.message, { kind: 'unreachable' }, { cause: error });
  }
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
