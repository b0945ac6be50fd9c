import { json, type Answer } from '../api/answer.ts';
import type { Choices } from '../choices.ts';
import type { ShopHandle } from '../drive/shop-handle.ts';
import type { FaultRule } from '../faults/fault.ts';
import { homeOf, type Received, type Site, type World } from '../server/world.ts';

/** Taking the shop off the network and back. */
export type Line = { offline(): Promise<void>; online(): Promise<void> };

type Act = (body: unknown) => unknown;

/** The same acts as those of the object that `startWooCommerceSimulator` gives, over HTTP. */
export function controlSite(world: World, handle: ShopHandle, line: Line): Site {
  const acts = actsOf(world, line);
  return async (received) => {
    const name = received.path.slice('/_control/'.length);
    const body: unknown = received.body === '' ? undefined : JSON.parse(received.body);
    const [, act] = /^shop\/(\w+)$/.exec(name) ?? [];
    if (act !== undefined && received.method === 'POST') return inShop(handle, act, body);
    const known = acts[`${received.method} ${name}`];
    if (known) return told(await known(body));
    return faultRemoved(world, received, name) ?? json({ error: 'no such control' }, 404);
  };
}

/** Any act of the handle by its name; its one argument is the body. */
async function inShop(handle: ShopHandle, name: string, body: unknown): Promise<Answer> {
  if (!Object.hasOwn(handle, name)) return json({ error: 'no such act' }, 404);
  const act = handle[name as keyof ShopHandle] as Act;
  try {
    return told(await act(body));
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : String(error) }, 422);
  }
}

function told(value: unknown): Answer {
  return json(value ?? { ok: true });
}

function actsOf(world: World, line: Line): Readonly<Record<string, Act>> {
  return {
    'GET health': () => ({ ok: true }),
    'GET shop': () => ({ home: homeOf(world), orders: [...world.shop.orders.keys()] }),
    'GET faults': () => world.faults.list(),
    'POST faults': (body) => {
      const rules = (Array.isArray(body) ? body : [body]) as FaultRule[];
      return { ids: rules.map((rule) => world.faults.add(rule)) };
    },
    'DELETE faults': () => world.faults.clear(),
    'GET clock': () => ({ nowMs: world.clock.nowMs() }),
    'POST clock': (body) => {
      const asked = body as { readonly advanceMs?: number; readonly atMs?: number };
      if (asked.atMs !== undefined) world.clock.moveTo(asked.atMs);
      if (asked.advanceMs !== undefined) world.clock.advance(asked.advanceMs);
      return { nowMs: world.clock.nowMs() };
    },
    'POST choices': (body) => {
      world.choices = { ...world.choices, ...(body as Partial<Choices>) };
      return world.choices;
    },
    'GET counters': () => ({
      calls: world.counts.calls,
      statuses: Object.fromEntries(world.counts.statuses),
      routes: Object.fromEntries(world.counts.routes),
    }),
    'POST offline': (body) => {
      const { ms } = body as { readonly ms: number };
      world.clock.after(ms, () => void line.online());
      // The answer is on its way before the line goes.
      setImmediate(() => void line.offline());
    },
  };
}

function faultRemoved(world: World, { method }: Received, name: string): Answer | null {
  const [, id] = /^faults\/(\d+)$/.exec(name) ?? [];
  if (id === undefined || method !== 'DELETE') return null;
  world.faults.remove(Number(id));
  return told(undefined);
}
