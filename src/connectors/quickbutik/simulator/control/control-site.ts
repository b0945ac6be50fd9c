import { json, type Answer } from '../api/answer.ts';
import { findRoute } from '../api/router.ts';
import type { Choices } from '../choices.ts';
import type { FaultRule } from '../faults/fault.ts';
import type { RateRule } from '../rate.ts';
import { addShop, shopHandle } from '../server/shops.ts';
import type { Received, World } from '../server/world.ts';
import type { Purchase } from '../shop/buy.ts';
import type { OrderEdit, RefundRequest } from '../shop/change-order.ts';
import type { ProductSeed } from '../shop/product-seed.ts';
import { ShopRefusal } from '../shop/shop.ts';
import type { ProductEdit, ShopHandle } from '../shop/shop-handle.ts';
import type { WebhookRule } from '../webhooks/webhooks.ts';
import type { Json } from '../../../../lib/json.ts';

type ControlCall = {
  readonly world: World;
  readonly params: readonly string[];
  /** The body. A test that drives the simulator is trusted to send what is asked for. */
  readonly body: unknown;
};

type ControlRoute = {
  readonly method: string;
  readonly path: string;
  readonly act: (call: ControlCall) => unknown;
};

const SHOP = '/_control/shops/{id}';
const ORDER = `${SHOP}/orders/{order}`;

/** The acts of the object that `startQuickbutikSimulator` gives, for other processes. */
const ROUTES: readonly ControlRoute[] = [
  at('GET', '/_control/health', () => ({ ok: true })),
  at('GET', '/_control/shops', ({ world }) => [...world.shops.keys()]),
  at('POST', '/_control/shops', ({ world, body }) => {
    const { id, apiKey } = addShop(world, body ?? {});
    return { id, apiKey };
  }),
  at('POST', `${SHOP}/orders`, (call) => ({ order: shop(call).buy(call.body as Purchase) })),
  at('POST', `${ORDER}/pay`, (call) => shop(call).pay(number(call))),
  at('POST', `${ORDER}/send`, (call) => shop(call).send(number(call))),
  at('POST', `${ORDER}/cancel`, (call) => shop(call).cancel(number(call))),
  at('POST', `${ORDER}/refund`, (call) => ({
    refund: shop(call).refund(number(call), call.body as RefundRequest),
  })),
  at('POST', `${ORDER}/edit`, (call) => shop(call).edit(number(call), call.body as OrderEdit)),
  at('POST', `${SHOP}/products`, (call) => ({
    product: shop(call).addProduct(call.body as ProductSeed),
  })),
  at('POST', `${SHOP}/products/{sku}`, (call) =>
    shop(call).changeProduct(call.params[1] ?? '', call.body as ProductEdit),
  ),
  at('GET', `${SHOP}/stock/{sku}`, (call) => ({ stock: shop(call).stock(call.params[1] ?? '') })),
  at('POST', `${SHOP}/listen`, (call) =>
    shop(call).listen(...(call.body as { urls: string[] }).urls),
  ),
  at('POST', `${SHOP}/key`, (call) => ({ apiKey: shop(call).renewKey() })),
  at('DELETE', `${SHOP}/key`, (call) => shop(call).withdrawKey()),
  at('GET', '/_control/webhooks', ({ world }) => world.webhooks.list()),
  at('POST', '/_control/webhook-faults', ({ world, body }) => ({
    id: world.webhooks.faults.add(body as WebhookRule),
  })),
  at('DELETE', '/_control/webhook-faults', ({ world }) => world.webhooks.faults.clear()),
  at('GET', '/_control/faults', ({ world }) => world.faults.list()),
  at('POST', '/_control/faults', ({ world, body }) => ({
    id: world.faults.add(body as FaultRule),
  })),
  at('DELETE', '/_control/faults', ({ world }) => world.faults.clear()),
  at('GET', '/_control/counters', ({ world }) => Object.fromEntries(world.counts)),
  at('POST', '/_control/rate', ({ world, body }) => world.rate.change(body as RateRule | null)),
  at('POST', '/_control/choices', ({ world, body }) => {
    world.choices = { ...world.choices, ...(body as Partial<Choices>) };
    return world.choices;
  }),
  at('GET', '/_control/clock', ({ world }) => ({ nowMs: world.clock.nowMs() })),
  at('POST', '/_control/clock', moveClock),
];

/** `/_control/`, where no fault falls and nothing is counted. */
export function answerControl(world: World, received: Received): Answer {
  const found = findRoute(ROUTES, received);
  if (found.kind !== 'route') return json(404, { error: 'no such act' });
  const { params, route } = found;
  const isUnknown = route.path.startsWith(SHOP) && !world.shops.has(Number(params[0]));
  if (isUnknown) return json(404, { error: 'no such shop' });
  const body = readJson(received);
  if (body === undefined) return json(400, { error: 'the body is not JSON' });
  try {
    return json(200, (route.act({ world, params: params.map(decode), body }) ?? null) as Json);
  } catch (error) {
    if (error instanceof ShopRefusal) return json(409, { error: error.message });
    throw error;
  }
}

function at(method: string, path: string, act: ControlRoute['act']): ControlRoute {
  return { method, path, act };
}

function shop({ world, params }: ControlCall): ShopHandle {
  return shopHandle(world, Number(params[0]));
}

/** Of an order. */
function number({ params }: ControlCall): number {
  return Number(params[1]);
}

function moveClock({ world, body }: ControlCall): unknown {
  const { advanceMs, atMs } = body as { advanceMs?: number; atMs?: number };
  if (atMs !== undefined) world.clock.moveTo(atMs);
  if (advanceMs !== undefined) world.clock.advance(advanceMs);
  return { nowMs: world.clock.nowMs() };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @returns null for an empty body, undefined for one that is not JSON */
function readJson({ body }: Received): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
