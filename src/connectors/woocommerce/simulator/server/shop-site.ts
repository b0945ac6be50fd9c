import { html, json, refused, type Answer } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import { isFields, type Fields } from '../api/fields.ts';
import { withoutSlash } from '../api/query.ts';
import { refuse, Refused } from '../api/refusal.ts';
import { newRouter, type Router } from '../api/router.ts';
import { answerApproval } from '../auth/approval.ts';
import { checkRights, keyOf, refuseStranger } from '../auth/keys.ts';
import { allRoutes } from '../resources/all.ts';
import { rootFields } from '../resources/site-facts.ts';
import { apiOf, homeOf, sceneOf, type Received, type Site, type World } from './world.ts';

const ROOT = '/wc/v3';

/** A WordPress with WooCommerce: its API, its page for keys, and nothing else but a front page. */
export function shopSite(world: World): Site {
  const router = newRouter(allRoutes({ ping: (webhook) => world.hooks.ping(webhook) }));
  return (received) => {
    const path = inFolder(world, received.path);
    if (path === null) return html(404, NOT_FOUND);
    if (path.startsWith('/wc-auth/')) return approve(world, path, received);
    const route = routeOf(world, path, received);
    if (route === null) return html(path === '/' ? 200 : 404, path === '/' ? FRONT : NOT_FOUND);
    try {
      return answerRest(world, router, { ...received, path: route });
    } catch (error) {
      if (error instanceof Refused) return refused(error);
      throw error;
    }
  };
}

const FRONT = '<!DOCTYPE html><html lang="sv-SE"><head><title>Butiken</title></head></html>';
const NOT_FOUND = '<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>';

/** @returns null for what lies beside the shop */
function inFolder(world: World, path: string): string | null {
  if (world.folder === '') return path;
  if (path === world.folder) return '/';
  return path.startsWith(`${world.folder}/`) ? path.slice(world.folder.length) : null;
}

/** The route within WordPress' API. @returns null for what is no call to it */
function routeOf(world: World, path: string, { query }: Received): string | null {
  const asked = query.get('rest_route');
  const isHome = path === '/' || path === '/index.php';
  if (asked !== undefined && asked !== '' && isHome) return withoutSlash(asked);
  if (world.choices.permalinks === 'plain') return null;
  if (path === '/wp-json') return '/';
  return path.startsWith('/wp-json/') ? path.slice('/wp-json'.length) : null;
}

function approve(world: World, path: string, { query }: Received): Promise<Answer> {
  const desk = {
    scene: sceneOf(world),
    home: homeOf(world),
    choices: world.choices,
    open: world.approvals,
  };
  return answerApproval(desk, path, query);
}

/** Who asks comes first, then what for, and then whether they may. */
function answerRest(world: World, router: Router, received: Received): Answer {
  const scene = sceneOf(world);
  const method = methodOf(received);
  const { shop } = world;
  if (received.path === '/') return json(rootFields(scene, homeOf(world)));
  const key = keyOf(
    shop,
    {
      method: received.method,
      authorization: received.header('authorization'),
      query: received.query,
      url: signedUrl(world, received),
      nowMs: scene.nowMs,
    },
    world.choices,
  );
  if (key) checkRights(key, method);
  const path = received.path.startsWith(`${ROOT}/`) ? received.path.slice(ROOT.length) : '';
  const found = router.find(method === 'HEAD' ? 'GET' : method, path);
  if (found.kind === 'none') {
    refuse(404, 'rest_no_route', 'No route was found matching the URL and request method.');
  }
  const isList = !/\/\d+$/.test(path);
  if (!key) refuseStranger(401, { method, isList });
  if (!key.isAllowed) refuseStranger(403, { method, isList });
  const { route, params } = found;
  const call: Call = {
    ...scene,
    key,
    path,
    params,
    query: received.query,
    body: bodyOf(received),
    home: homeOf(world),
    api: apiOf(world),
  };
  const name = `${route.method} ${route.path}`;
  world.counts.routes.set(name, (world.counts.routes.get(name) ?? 0) + 1);
  return route.act(call);
}

/** Signatures are made for the shop's own address, without what stands behind the question mark. */
function signedUrl(world: World, { target }: Received): string {
  return `${world.origin}${target.split('?')[0] ?? ''}`;
}

/** Hosts that let only GET and POST through: the method can be said beside it. */
function methodOf({ method, query, header }: Received): string {
  if (method !== 'POST') return method;
  return (query.get('_method') ?? (header('x-http-method-override') || method)).toUpperCase();
}

function bodyOf({ body, header }: Received): Fields {
  if (body === '') return {};
  if (!header('content-type').includes('json'))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    const parsed: unknown = JSON.parse(body);
    return isFields(parsed) ? parsed : {};
  } catch {
    throw new Refused(400, 'rest_invalid_json', {
      message: 'Invalid JSON body passed.',
      more: { json_error_code: 4, json_error_message: 'Syntax error' },
    });
  }
}
