import type { IncomingMessage, ServerResponse } from 'node:http';
import { newRouter } from '../api/router.ts';
import type { Choices } from '../choices.ts';
import type { FaultRule } from '../faults/fault.ts';
import type { RateRule } from '../rate.ts';
import { addCompany, handleOf, type CompanyHandle } from './company-handle.ts';
import { headOf, readAll } from './exchange.ts';
import type { StateChange } from './state-change.ts';
import type { World } from './world.ts';

/** Taking the API off the network and back. */
export type Line = { offline(): Promise<void>; online(): Promise<void> };

type ControlCall = {
  readonly world: World;
  readonly line: Line;
  readonly params: readonly string[];
  /** The body. A test that drives the simulator is trusted to send what is asked for. */
  readonly body: unknown;
};

type ControlRoute = {
  readonly method: string;
  readonly path: string;
  readonly act: (call: ControlCall) => unknown;
};

const COMPANY = '/_control/companies/{id}';

/** The same acts as those of the object that `startTripletexSimulator` gives. */
const ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: '/_control/health', act: () => ({ ok: true }) },
  { method: 'GET', path: '/_control/companies', act: ({ world }) => [...world.companies.keys()] },
  {
    method: 'POST',
    path: '/_control/companies',
    act: ({ world, body }) => {
      const { id, employeeId, credentials } = addCompany(world, body ?? {});
      return { id, employeeId, ...credentials };
    },
  },
  {
    method: 'POST',
    path: `${COMPANY}/session`,
    act: (call) => ({ token: companyOf(call).session() }),
  },
  {
    method: 'POST',
    path: `${COMPANY}/state`,
    act: (call) => companyOf(call).set(call.body as StateChange),
  },
  { method: 'POST', path: `${COMPANY}/expire`, act: (call) => companyOf(call).endSessions() },
  { method: 'POST', path: `${COMPANY}/withdraw`, act: (call) => companyOf(call).withdraw() },
  { method: 'GET', path: `${COMPANY}/ledger`, act: (call) => companyOf(call).ledger() },
  { method: 'GET', path: `${COMPANY}/journal`, act: (call) => companyOf(call).journal() },
  { method: 'GET', path: `${COMPANY}/outbox`, act: (call) => companyOf(call).outbox() },
  { method: 'GET', path: `${COMPANY}/counters`, act: (call) => companyOf(call).tally() },
  { method: 'GET', path: '/_control/counters', act: ({ world }) => world.counters.tally(null) },
  { method: 'DELETE', path: '/_control/counters', act: ({ world }) => world.counters.reset() },
  { method: 'GET', path: '/_control/webhooks', act: ({ world }) => world.webhooks.calls },
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
    path: '/_control/offline',
    act: ({ line, world, body }) => {
      const { ms } = body as { ms: number };
      void line.offline();
      world.clock.after(ms, () => void line.online());
    },
  },
];

type Incoming = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** `/_control/` on a port of its own, so that the API can be brought back from there. */
export function controlServer(world: World, line: Line): (incoming: Incoming) => void {
  const router = newRouter(ROUTES);
  return ({ request, response }) => {
    const { method, path } = headOf(request);
    const found = router.find(method, path);
    readAll(request, (bytes) => {
      if (found.kind !== 'route') return answer(response, 404, { error: 'no such act' });
      const { route, params } = found;
      const isUnknown = route.path.startsWith(COMPANY) && !world.companies.has(Number(params[0]));
      if (isUnknown) return answer(response, 404, { error: 'no such company' });
      const body = parse(bytes);
      if (body === undefined) return answer(response, 400, { error: 'the body is not JSON' });
      return answer(response, 200, route.act({ world, line, params, body }) ?? null);
    });
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const isText = typeof body === 'string';
  const mediaType = isText ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, { 'Content-Type': mediaType });
  response.end(isText ? body : JSON.stringify(body));
}

/** @returns null for an empty body, undefined for one that is not JSON */
function parse(bytes: Uint8Array | null): unknown {
  if (bytes === null || bytes.length === 0) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function companyOf({ world, params }: ControlCall): CompanyHandle {
  return handleOf(world, Number(params[0]));
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
