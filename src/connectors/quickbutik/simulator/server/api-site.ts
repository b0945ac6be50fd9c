import { ApiRefusal, notFound, refused, tooManyRequests, type Answer } from '../api/answer.ts';
import { findRoute } from '../api/router.ts';
import { ROUTES } from '../resources/all.ts';
import { ShopRefusal, type Shop } from '../shop/shop.ts';
import { deskOf, type Received, type World } from './world.ts';

/**
 * `api.quickbutik.com`: the key, the rate, and then the operation.
 *
 * A shop that is found by its key is the only one a request can reach: a key knows one shop and
 * all of it.
 */
export function answerApi(world: World, received: Received): Answer {
  const shop = shopOf(world, received);
  if (!shop) return refused(new ApiRefusal(401, 'Unauthorized'));
  const waitMs = world.rate.take(String(shop.id), world.clock.nowMs());
  if (waitMs !== null) return tooManyRequests(Math.ceil(waitMs / 1_000));
  try {
    return act(world, shop, received);
  } catch (error) {
    if (error instanceof ApiRefusal) return refused(error);
    if (error instanceof ShopRefusal) return refused(new ApiRefusal(400, error.message));
    throw error;
  }
}

/** The shop whose key a request carries. */
export function shopOf(world: World, received: Pick<Received, 'header' | 'query'>): Shop | null {
  const key = keyOf(received.header('authorization')) ?? keyInQuery(world, received.query);
  if (key === null) return null;
  return [...world.shops.values()].find(({ apiKey }) => apiKey === key) ?? null;
}

/** The same key stands as user name and as password. @returns null when it does not */
function keyOf(authorization: string): string | null {
  const [scheme = '', encoded = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'basic') return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  const [user, password] = [decoded.slice(0, at), decoded.slice(at + 1)];
  return at > 0 && user === password ? user : null;
}

function keyInQuery({ choices }: World, query: ReadonlyMap<string, string>): string | null {
  return choices.apiKeyInQuery === 'accepted' ? (query.get('apiKey') ?? null) : null;
}

function act(world: World, shop: Shop, received: Received): Answer {
  const found = findRoute(ROUTES, received);
  if (found.kind === 'no-path') throw notFound();
  if (found.kind === 'no-method') throw new ApiRefusal(405, 'Method not allowed');
  return found.route.act({
    desk: deskOf(world, shop),
    choices: world.choices,
    params: found.params,
    query: received.query,
    body: received.body,
  });
}
