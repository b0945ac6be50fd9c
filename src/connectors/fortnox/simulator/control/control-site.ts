import { encodeJson } from '../../../../lib/json.ts';
import { file, json, type Answer } from '../api/answer.ts';
import { newRouter } from '../api/router.ts';
import type { Choices } from '../choices.ts';
import type { FaultRule } from '../faults/fault.ts';
import type { RateRule } from '../rate.ts';
import type { Outcome, Site } from '../server/site.ts';
import {
  addTenant,
  handleOf,
  type SieRequest,
  type TenantHandle,
} from '../server/tenant-handle.ts';
import type { Received, World } from '../server/world.ts';
import type { StateChange } from '../server/state-change.ts';

/** Taking the API off the network and back. */
export type Line = { offline(): Promise<void>; online(): Promise<void> };

type ControlCall = {
  readonly world: World;
  readonly line: Line;
  readonly params: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  /** The body. A test that drives the simulator is trusted to send what is asked for. */
  readonly body: unknown;
};

type ControlRoute = {
  readonly method: string;
  readonly path: string;
  readonly act: (call: ControlCall) => unknown;
};

const TENANT = '/_control/tenants/{id}';

/** The same acts as those of the object that `startFortnoxSimulator` gives, for other processes. */
const ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: '/_control/health', act: () => ({ ok: true }) },
  { method: 'GET', path: '/_control/tenants', act: ({ world }) => [...world.tenants.keys()] },
  {
    method: 'POST',
    path: '/_control/tenants',
    act: ({ world, body }) => {
      const tenant = addTenant(world, body ?? {});
      return { id: tenant.id, ...tenant.grant() };
    },
  },
  {
    method: 'POST',
    path: `${TENANT}/grant`,
    act: (call) => tenantOf(call).grant(call.body ?? {}),
  },
  {
    method: 'POST',
    path: `${TENANT}/state`,
    act: (call) => tenantOf(call).set(call.body as StateChange),
  },
  { method: 'POST', path: `${TENANT}/expire`, act: (call) => tenantOf(call).expireAccessTokens() },
  { method: 'POST', path: `${TENANT}/lose`, act: (call) => tenantOf(call).loseRefreshTokens() },
  { method: 'POST', path: `${TENANT}/withdraw`, act: (call) => tenantOf(call).withdrawConsent() },
  { method: 'GET', path: `${TENANT}/ledger`, act: (call) => tenantOf(call).ledger() },
  { method: 'GET', path: `${TENANT}/sie`, act: (call) => tenantOf(call).sie(readSie(call.query)) },
  {
    method: 'GET',
    path: `${TENANT}/counters`,
    act: (call) => ({ ...tenantOf(call).tally(), usage: tenantOf(call).usage() }),
  },
  { method: 'GET', path: '/_control/counters', act: ({ world }) => world.counters.tally(null) },
  { method: 'DELETE', path: '/_control/counters', act: ({ world }) => world.counters.reset() },
  { method: 'GET', path: '/_control/faults', act: ({ world }) => world.faults.list() },
  {
    method: 'POST',
    path: '/_control/faults',
    act: ({ world, body }) => {
      const rules = (Array.isArray(body) ? body : [body]) as FaultRule[];
      return { ids: rules.map((rule) => world.faults.add(rule)) };
    },
  },
  { method: 'DELETE', path: '/_control/faults', act: ({ world }) => world.faults.clear() },
  {
    method: 'DELETE',
    path: '/_control/faults/{id}',
    act: ({ world, params }) => world.faults.remove(Number(params[0])),
  },
  { method: 'GET', path: '/_control/clock', act: ({ world }) => clockOf(world) },
  { method: 'POST', path: '/_control/clock', act: moveClock },
  {
    method: 'POST',
    path: '/_control/choices',
    act: ({ world, body }) => {
      world.choices = { ...world.choices, ...(body as Partial<Choices>) };
      return world.choices;
    },
  },
  {
    method: 'POST',
    path: '/_control/rate',
    act: ({ world, body }) => {
      world.rate = body as RateRule | null;
      world.limiter.change(world.rate);
    },
  },
  {
    method: 'POST',
    path: '/_control/consent',
    act: ({ world, body }) => {
      world.consent = (body as { mode: World['consent'] }).mode;
    },
  },
  {
    method: 'POST',
    path: '/_control/offline',
    act: ({ line, world, body }) => {
      const { ms } = body as { ms: number };
      void line.offline();
      world.clock.after(ms, () => void line.online());
    },
  },
];

/** `/_control/`: on both ports, so that the API can be brought back from the other one. */
export function controlSite(world: World, line: Line): Site {
  const router = newRouter(ROUTES);
  const answer = (received: Received): Outcome => {
    const found = router.find(received.method, received.path);
    if (found.kind !== 'route') return problem(404, 'no such act');
    const { params, route } = found;
    const isUnknown = route.path.startsWith(TENANT) && !world.tenants.has(Number(params[0]));
    if (isUnknown) return problem(404, 'no such company');
    const body = readJson(received);
    if (body === undefined) return problem(400, 'the body is not JSON');
    const call = { world, line, params, query: received.query, body };
    return { answer: answerOf(route.act(call)), route: null };
  };
  return { isFortnox: false, tenantOf: () => null, answer };
}

function problem(status: number, error: string): Outcome {
  return { answer: json(status, JSON.stringify({ error })), route: null };
}

function answerOf(result: unknown): Answer {
  if (result instanceof Uint8Array) return file(result, 'application/octet-stream');
  return json(200, encodeJson(result ?? null));
}

/** @returns null for an empty body, undefined for one that is not JSON */
/** @returns null for an empty body, undefined for one that is not JSON */
function readJson({ body }: Received): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function tenantOf({ world, params }: ControlCall): TenantHandle {
  return handleOf(world, Number(params[0]));
}

function readSie(query: ReadonlyMap<string, string>): SieRequest {
  const type = ([1, 2, 3, 4] as const).find((one) => String(one) === query.get('type'));
  const year = query.get('financialyear');
  const [from, to] = [query.get('fromdate'), query.get('todate')];
  return {
    ...(type === undefined ? {} : { type }),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function clockOf({ clock }: World): { readonly nowMs: number; readonly today: string } {
  return { nowMs: clock.nowMs(), today: clock.today() };
}

function moveClock({ world, body }: ControlCall): unknown {
  const { advanceMs, atMs } = body as { advanceMs?: number; atMs?: number };
  if (atMs !== undefined) world.clock.moveTo(atMs);
  if (advanceMs !== undefined) world.clock.advance(advanceMs);
  return clockOf(world);
}
