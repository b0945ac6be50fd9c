import { json, refused, unauthorized, type Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import { newRouter } from '../api/router.ts';
import type { Session } from '../oauth/grants.ts';
import { ROUTES } from '../resources/all.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { Refused, refuse } from '../wire/refusals.ts';
import type { Outcome, Site } from './site.ts';
import type { Received, World } from './world.ts';

/**
 * `api.fortnox.se`: token, rate, licence and scope, and then the operation.
 *
 * | Uncertain                              | Chosen                                             |
 * |----------------------------------------|----------------------------------------------------|
 * | Body of a 429                          | `{"message":"Too Many Requests"}`, no Retry-After  |
 * | Order of licence and scope             | API licence, scope of the token, licence of scope  |
 * | Paths that do not exist                | 404 after the token and the rate                   |
 */
export function apiSite(world: World): Site {
  const router = newRouter(ROUTES);
  const answer = (received: Received, lagMs: number): Outcome => {
    const session = sessionOf(world, received);
    const tenant = session && world.tenants.get(session.tenantId);
    if (!session || !tenant || !world.grants.isLive(session)) {
      return { answer: unauthorized(), route: null };
    }
    const nowMs = world.clock.nowMs();
    if (!world.limiter.allows(`${session.clientId}/${tenant.id}`, nowMs)) {
      return { answer: tooManyRequests(), route: null };
    }
    world.counters.accept(tenant.id, nowMs);
    const found = router.find(received.method, received.path);
    if (found.kind !== 'route') {
      const name = found.kind === 'no-path' ? 'no-such-path' : 'no-such-method';
      return { answer: refused(new Refused(name)), route: null };
    }
    const { route, params } = found;
    const call = callOf(world, received, { session, tenant, nowMs, params, lagMs });
    return { answer: act(call, route, session), route: `${route.method} ${route.path}` };
  };
  const tenantOf = (received: Received): number | null =>
    sessionOf(world, received)?.tenantId ?? null;
  return { isFortnox: true, tenantOf, answer };
}

export function tooManyRequests(): Answer {
  return json(429, '{"message":"Too Many Requests"}');
}

/** The access token a request carries. */
export function tokenOf(received: Pick<Received, 'header'>): string {
  const authorization = received.header('authorization');
  return authorization.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : '';
}

function sessionOf(world: World, received: Pick<Received, 'header'>): Session | null {
  return world.grants.sessionOf(tokenOf(received));
}

type Admission = {
  readonly session: Session;
  readonly tenant: Tenant;
  readonly nowMs: number;
  readonly params: readonly string[];
  readonly lagMs: number;
};

function callOf(world: World, received: Received, admission: Admission): Call {
  const { session, tenant, nowMs, params, lagMs } = admission;
  return {
    tenant,
    user: { id: session.userId, name: session.isService ? 'Servicekonto' : 'Anna Åberg' },
    choices: world.choices,
    chance: world.chance,
    nowMs,
    today: world.clock.today(),
    params,
    query: received.query,
    body: received.body,
    mediaType: received.header('content-type'),
    accept: received.header('accept'),
    lagMs,
  };
}

/** A refusal found anywhere on the way becomes the answer; the operation has then done nothing. */
function act(call: Call, route: Route, session: Session): Answer {
  try {
    checkRights(call, route, session);
    return route.act(call);
  } catch (error) {
    if (error instanceof Refused) return refused(error);
    throw error;
  }
}

function checkRights({ tenant, choices }: Call, { scope }: Route, session: Session): void {
  const { setup } = tenant;
  if (!setup.hasApiLicence) refuse('no-api-licence');
  if (scope !== '' && !session.scopes.includes(scope)) {
    const isByResource = choices.scopeRefusals === 'by-resource';
    if (isByResource && scope === 'invoice') refuse('no-invoice-scope');
    if (isByResource && scope === 'bookkeeping') refuse('no-voucher-scope');
    refuse('no-scope');
  }
  if (setup.missingLicences.has(scope)) refuse('no-licence-for-scope');
}
