import { localTime } from '../clock.ts';
import { json, nothing, value, type Answer } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import { decode, newRouter } from '../api/router.ts';
import type { Company, Moment } from '../company/company.ts';
import type { RateState } from '../rate.ts';
import { ROUTES } from '../resources/all.ts';
import { isFields, textOf, type Fields } from '../wire/record.ts';
import { errorBody, Refused, refuse, type Problem } from '../wire/refusals.ts';
import type { Language } from '../wire/sentences.ts';
import { readExpiration, type EmployeeKey, type Session } from './sessions.ts';
import type { Received, World } from './world.ts';

export const BASE = '/v2';

/** An answer, and what the headers and the books of calls say about it. */
export type Outcome = {
  readonly answer: Answer;
  /** The operation that was reached: `POST /ledger/voucher`. */
  readonly route: string | null;
  readonly rate: RateState | null;
  readonly requestId: string;
};

/** The API under `/v2`: sessions, and for each call session, rate, company and the operation. */
export type ApiSite = {
  /** The company a request is for, as far as its session tells. */
  readonly companyOf: (received: Received) => number | null;
  /** Does what is asked, at once and whole. */
  readonly answer: (received: Received, lagMs: number) => Outcome;
  /** What stands in the place of an answer. */
  readonly refusal: (received: Received, refused: Refused) => Outcome;
};

export function apiSite(world: World): ApiSite {
  const router = newRouter(ROUTES);
  const refusal = (received: Received, refused: Refused): Outcome => {
    const session = sessionOf(world, received);
    const company = session === null ? undefined : world.companies.get(session.key.companyId);
    const requestId = world.chance.uuid();
    const language = company?.setup.language ?? 'nb';
    return {
      answer: refusedAnswer(world, refused, { language, requestId }),
      route: null,
      rate: null,
      requestId,
    };
  };
  const answer = (received: Received, lagMs: number): Outcome => {
    const requestId = world.chance.uuid();
    const state: Gate = { language: 'nb', rate: null, route: null };
    try {
      const done = pass(world, received, { router, lagMs, state });
      return { answer: done, route: state.route, rate: state.rate, requestId };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { language, route, rate } = state;
      return {
        answer: refusedAnswer(world, error, { language, requestId }),
        route,
        rate,
        requestId,
      };
    }
  };
  return { companyOf: (received) => companyIdOf(world, received), answer, refusal };
}

/** What has become known of a request by the time it is refused. */
type Gate = { language: Language; rate: RateState | null; route: string | null };

type Passing = {
  readonly router: ReturnType<typeof newRouter<(typeof ROUTES)[number]>>;
  readonly lagMs: number;
  readonly state: Gate;
};

function pass(world: World, received: Received, { router, lagMs, state }: Passing): Answer {
  const path = received.path.startsWith(`${BASE}/`) ? received.path.slice(BASE.length) : '';
  const opened = sessionAct(world, received, path);
  if (opened !== null) {
    state.route = `${received.method} /token/session`;
    return opened;
  }
  const session = sessionOf(world, received);
  if (session === null || !world.sessions.isLive(session)) refuse('unauthenticated');
  const { key } = session;
  state.rate = world.limiter.count(`${key.consumerToken}/${key.employeeId}`, world.clock.nowMs());
  if (state.rate?.isAllowed === false) refuse('too-many-requests');
  const company = companyFor(world, received, key);
  state.language = company.setup.language;
  const found = router.find(received.method, path);
  if (found.kind !== 'route') return refuse(found.kind);
  state.route = `${found.route.method} ${found.route.path}`;
  return found.route.act(callOf(world, received, { company, key, params: found.params, lagMs }));
}

function refusedAnswer(
  world: World,
  refused: Refused,
  said: { readonly language: Language; readonly requestId: string },
): Answer {
  const isProxy = refused.kind === 'unauthenticated' && world.choices.deadSession === 'proxy';
  if (isProxy) return json(403, { error: 'Invalid or expired token' });
  return json(refused.status, errorBody(refused, said));
}

/** User name and password of a request. */
function credentialsOf({ header }: Received): { readonly user: string; readonly token: string } {
  const [, encoded = ''] = /^Basic (.+)$/i.exec(header('authorization')) ?? [];
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  return at < 0
    ? { user: '', token: '' }
    : { user: decoded.slice(0, at), token: decoded.slice(at + 1) };
}

export function sessionOf(world: World, received: Received): Session | null {
  return world.sessions.find(credentialsOf(received).token);
}

function companyIdOf(world: World, received: Received): number | null {
  const { user } = credentialsOf(received);
  const session = sessionOf(world, received);
  if (session === null) return null;
  return user === '' || user === '0' ? session.key.companyId : Number(user);
}

/** User 0 or none means the employee's own company; else one of the accountant's clients. */
function companyFor(world: World, received: Received, key: EmployeeKey): Company {
  const id = companyIdOf(world, received) ?? key.companyId;
  const isAllowed = id === key.companyId || key.clients.includes(id);
  const company = isAllowed ? world.companies.get(id) : undefined;
  return company ?? refuse('forbidden');
}

type Admission = {
  readonly company: Company;
  readonly key: EmployeeKey;
  readonly params: readonly string[];
  readonly lagMs: number;
};

function callOf(world: World, received: Received, admission: Admission): Call {
  const { company, key, params, lagMs } = admission;
  return {
    company,
    choices: world.choices,
    chance: world.chance,
    moment: momentIn(world, key.employeeId),
    clients: key.clients,
    params,
    query: received.query,
    body: received.body,
    mediaType: received.header('content-type'),
    digest: received.header('if-none-match'),
    lagMs,
  };
}

export function momentIn({ clock }: World, employeeId: number): Moment {
  const atMs = clock.nowMs();
  return { atMs, today: clock.today(), timestamp: localTime(atMs), employeeId };
}

/** Sessions need no session. @returns null when the request is about something else */
function sessionAct(world: World, received: Received, path: string): Answer | null {
  const create = decode(path) === '/token/session/:create';
  if (create && received.method === 'PUT') {
    return openSession(world, Object.fromEntries(received.query), 200);
  }
  if (create && received.method === 'POST') return openSession(world, bodyOf(received), 201);
  const [, token = ''] = /^\/token\/session\/([0-9a-f]+)$/.exec(path) ?? [];
  if (token === '' || received.method !== 'DELETE') return null;
  world.sessions.end(token);
  return nothing();
}

function bodyOf({ body }: Received): Fields {
  try {
    const sent: unknown = JSON.parse(new TextDecoder().decode(body));
    return isFields(sent) ? sent : refuse('json');
  } catch {
    return refuse('json');
  }
}

function openSession(world: World, sent: Fields, status: number): Answer {
  const names = ['consumerToken', 'employeeToken', 'expirationDate'];
  const problems = names
    .filter((field) => textOf(sent, field) === '')
    .map((field): Problem => ({ field, sentence: 'not-null' }));
  if (problems.length > 0) throw new Refused('invalid', { problems });
  const key = world.sessions.keyOf({
    consumer: textOf(sent, 'consumerToken'),
    employee: textOf(sent, 'employeeToken'),
  });
  if (key === null) refuseTokens(world);
  const expires = readExpiration(textOf(sent, 'expirationDate'), world.clock.today());
  if (expires === null) {
    const late: Problem = { field: 'expirationDate', sentence: 'expiration-date' };
    throw new Refused('invalid', { problems: [late] });
  }
  const { id, token, expirationDate } = world.sessions.open(key, expires);
  return value({ id, version: 0, expirationDate, token, encryptionKey: null }, status);
}

function refuseTokens({ choices }: World): never {
  if (choices.unknownTokens === 'unauthorized') return refuse('unauthenticated');
  const problems: Problem[] = [{ field: 'employeeToken', sentence: 'bad-token' }];
  throw new Refused('invalid', { problems });
}
