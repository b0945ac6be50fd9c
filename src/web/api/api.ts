import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Hub } from '../../hub/hub.ts';
import { PeopleError } from '../../hub/people.ts';
import { ConnectorError, OperatorError } from '../../ports/errors.ts';
import { standingOf, type Standing } from '../../store/firm.ts';
import { endSessions } from '../../store/own-account.ts';
import { membershipsOf } from '../../store/people.ts';
import { ownOrigins, type Accounts } from '../access/accounts.ts';
import type { Live } from '../live.ts';
import { holderOfKey, noteUse } from '../../store/upload-keys.ts';
import { RIGHTS } from '../access/rights.ts';
import { ApiRefusal, keyOf, languageOf, problem, refused, type ProblemStatus } from '../problem.ts';
import { requestLimit } from '../request-limit.ts';
import { balanceRoutes } from './balances.ts';
import { closedDayRoutes } from './closed-days.ts';
import { connectRoutes } from './connect.ts';
import { connectionRoutes } from './connections.ts';
import { chartRoutes } from './charts.ts';
import { companyRoutes, type DemoCompanies } from './demo.ts';
import { documentRoutes, downloadRoutes } from './documents.ts';
import { flowRoutes } from './flows.ts';
import { heldRoutes } from './held.ts';
import { invitationRoutes } from './invitations.ts';
import { importProgressRoutes } from './import-progress.ts';
import { importRoutes } from './imports.ts';
import { accountRoutes } from './account.ts';
import { accountListRoutes } from './accounts.ts';
import { keyRoutes } from './keys.ts';
import { meRoutes } from './me.ts';
import { orderRoutes } from './orders.ts';
import { overviewRoutes } from './overview.ts';
import { peopleRoutes } from './people.ts';
import { placeRoutes } from './places.ts';
import { settingsRoutes } from './settings.ts';
import { scheduleRoutes } from './schedules.ts';
import { reconcileRoutes } from './reconcile.ts';
import { reviewRoutes } from './review.ts';
import { missingRoutes } from './missing.ts';
import { firmRoutes } from './firm.ts';
import { once } from './once.ts';
import { webhookRoutes } from './webhooks.ts';
import { addressOf, offerSignIn } from './sign-in.ts';
import { trailRoutes } from './trail.ts';
import {
  createRoute,
  forCompany,
  forSignedIn,
  InCompany,
  newRoutes,
  type ApiEnv,
} from './route.ts';

/** What the API is made of. */
export type ApiParts = {
  readonly hub: Hub;
  readonly accounts: Accounts;
  readonly live: Live;
  /** What the first person has to know. */
  readonly setupToken: string;
  /** null: this hub has none. */
  readonly demo: DemoCompanies | null;
};

/** The API's routes, as a typed client sees them: put below `/api`. */
export function apiRoutes(parts: Pick<ApiParts, 'accounts' | 'setupToken' | 'demo'>) {
  return newRoutes()
    .route('/', meRoutes(parts.accounts, parts.setupToken))
    .route('/', accountRoutes(parts.accounts))
    .route('/', overviewRoutes())
    .route('/', accountListRoutes())
    .route('/', heldRoutes())
    .route('/', reviewRoutes())
    .route('/', documentRoutes())
    .route('/', orderRoutes())
    .route('/', importRoutes())
    .route('/', importProgressRoutes())
    .route('/', reconcileRoutes())
    .route('/', connectionRoutes())
    .route('/', connectRoutes())
    .route('/', placeRoutes())
    .route('/', flowRoutes())
    .route('/', chartRoutes())
    .route('/', scheduleRoutes())
    .route('/', missingRoutes())
    .route('/', closedDayRoutes())
    .route('/', balanceRoutes())
    .route('/', settingsRoutes())
    .route('/', companyRoutes(parts.demo))
    .route('/', keyRoutes())
    .route('/', webhookRoutes())
    .route('/', firmRoutes())
    .route('/', peopleRoutes(parts.accounts))
    .route('/', invitationRoutes(parts.accounts))
    .route('/', trailRoutes());
}

/** The type by which the web app calls the API. */
export type Api = ReturnType<typeof apiRoutes>;

/** The API with sign-in and live changes, below `/api`. */
export function openApi(parts: ApiParts): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>().basePath('/api');
  app.use('*', fromOurPages, withCaller(parts), limited(parts.hub), once(parts.hub));
  offerSignIn(app, parts.accounts);
  const routes = allRoutes(parts);
  app.get('/openapi.json', (c) => c.json(routes.getOpenAPI31Document(OPENAPI)));
  app.route('/', routes);
  app.notFound((c) => refused(c, 404, { code: 'nothing' }));
  app.onError((error, c) => failed(error, c, parts.hub));
  return app;
}

/** Every route with a description. */
export function allRoutes(parts: Omit<ApiParts, 'hub'>): OpenAPIHono<ApiEnv> {
  const all = newRoutes();
  for (const routes of [apiRoutes(parts), downloadRoutes(), liveRoutes(parts.live)]) {
    all.route('/', routes);
  }
  all.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    ...{ type: 'apiKey', in: 'cookie', name: 'bokbro.session_token' },
  });
  all.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    ...{ type: 'http', scheme: 'bearer' },
  });
  return all;
}

/** What stands above the list of routes. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Bokbro',
    version: '1',
    description:
      'What the web app does. Amounts are whole minor units as text; errors are RFC 9457. ' +
      'The language of sentences is that of `accept-language`: sv, nb or en. Programs come with ' +
      'a key of a company (`authorization: Bearer …`), which opens what its scopes name. An act ' +
      'with an `idempotency-key` is done once, whatever becomes of its answer.',
  },
  servers: [{ url: '/api' }],
};

const events = createRoute({
  method: 'get',
  path: '/companies/{company}/events',
  summary: 'What changes in a company, as server-sent events',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: { 200: { description: 'A stream', content: { 'text/event-stream': {} } } },
});

const allEvents = createRoute({
  method: 'get',
  path: '/events',
  summary: 'What changes in every company of the one who asks, as server-sent events',
  ...forSignedIn(),
  responses: { 200: { description: 'A stream', content: { 'text/event-stream': {} } } },
});

function liveRoutes(live: Live) {
  return newRoutes()
    .openapi(events, (c) => live.stream(c, [c.get('company').id]))
    .openapi(allEvents, (c) => live.stream(c, c.get('companyIds')));
}

/** Another site's page may make a browser send a request; it may not make it do anything. */
const fromOurPages: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (['GET', 'HEAD'].includes(c.req.method)) return next();
  const origin = c.req.header('origin');
  const isOther =
    origin === undefined
      ? !['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site'))
      : !ownOrigins(c.req.raw).includes(origin);
  return isOther ? refused(c, 403, { code: 'other-site' }) : next();
};

function withCaller({ hub, accounts }: ApiParts): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.header('cache-control', 'no-store');
    c.set('hub', hub);
    c.set('language', languageOf(c));
    c.set('person', null);
    c.set('key', null);
    c.set('lacksFactor', false);
    const given = keyOf(c);
    if (given !== null) return byKey(c, given, next);
    if (!c.req.path.startsWith('/api/auth/')) {
      const session = await accounts.api.getSession({ headers: c.req.raw.headers });
      if (session !== null) {
        const standing = await standingOf(hub.database.db, session.user.id);
        if (isOver(session.session.createdAt, standing, hub.clock.nowMs())) {
          await endSessions(hub.database.db, session.user.id, session.session.id);
          return next();
        }
        const { id, name, email } = session.user;
        const memberships = await membershipsOf(hub.database.db, id);
        c.set('person', { id, name, email, memberships });
        c.set('lacksFactor', standing.lacksFactor);
        if (standing.lacksFactor && !WITHOUT_FACTOR.test(c.req.path)) {
          return refused(c, 403, { code: 'needs-factor' });
        }
      }
    }
    return next();
  };
}

/** What somebody reaches who is still to set up the codes that the firm asks for. */
const WITHOUT_FACTOR = /^\/api\/(me|account(\/.*)?|setup|events)$/;

/** The firm may ask everybody to sign in again after a time, however busy they are. */
function isOver(begunAt: Date, { signInHours }: Standing, nowMs: number): boolean {
  return signInHours !== null && nowMs - begunAt.getTime() >= signInHours * HOUR_MS;
}

const HOUR_MS = 3_600_000;

/** A program asks; with a key that opens nothing here it is nobody, whatever cookie it has. */
async function byKey(c: Context<ApiEnv>, given: string, next: Next): Promise<void> {
  const { db } = c.get('hub').database;
  const holder = await holderOfKey(db, given);
  const rights = RIGHTS.filter((right) => holder?.scopes.includes(right));
  if (holder === null || holder.companyId === null || rights.length === 0) {
    return next();
  }
  await noteUse(db, holder.id);
  const email = `key ${holder.name}`;
  c.set('person', { id: `key ${holder.id}`, name: holder.name, email, memberships: [] });
  c.set('key', { companyId: holder.companyId, rights });
  return next();
}

/** So many requests at once, and so many a second for good, for each person and each program. */
const LIMITS = {
  person: { atOnce: 600, perSecond: 20 },
  program: { atOnce: 120, perSecond: 10 },
};

function limited({ clock }: Hub): MiddlewareHandler<ApiEnv> {
  const limits = {
    person: requestLimit(LIMITS.person),
    program: requestLimit(LIMITS.program),
  };
  return async (c, next) => {
    const kind = c.get('key') === null ? 'person' : 'program';
    const who = c.get('person')?.id ?? addressOf(c);
    const waitMs = limits[kind].take(who, clock.nowMs());
    const { atOnce, perSecond } = LIMITS[kind];
    // As the IETF's draft of rate limit fields has it.
    c.header('ratelimit-policy', `"${kind}";q=${atOnce};w=${atOnce / perSecond}`);
    const waits = Math.ceil(waitMs / 1_000);
    c.header('ratelimit', `"${kind}";r=${limits[kind].left(who)};t=${waits}`);
    if (waitMs === 0) return next();
    c.header('retry-after', String(waits));
    return refused(c, 429, { code: 'too-often' });
  };
}

function failed(error: Error, c: Context, hub: Hub): Response {
  if (error instanceof ApiRefusal) return refused(c, error.status, error.problem);
  if (error instanceof HTTPException) {
    return problem(c, error.status as ProblemStatus, error.message);
  }
  if (error instanceof PeopleError) return refused(c, 409, { code: error.fault });
  // These say themselves what happened outside and what to do.
  if (error instanceof ConnectorError) return problem(c, 502, error.message);
  if (error instanceof OperatorError) return problem(c, 409, error.message);
  hub.log.error({ error: String(error), path: c.req.path }, 'a request failed');
  return refused(c, 500, { code: 'hub-error' });
}
