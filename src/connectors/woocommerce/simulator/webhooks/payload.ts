import { wordPressJson } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import { bodyOf, Refused } from '../api/refusal.ts';
import type { Fields } from '../api/fields.ts';
import { newRouter } from '../api/router.ts';
import { refuseStranger } from '../auth/keys.ts';
import { allRoutes } from '../resources/all.ts';
import type { Scene, Webhook } from '../shop/shop.ts';

const PATHS: Readonly<Record<string, string>> = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  coupon: 'coupons',
};

const router = newRouter(allRoutes({ ping: () => {} }));

type Asked = { readonly webhook: Webhook; readonly id: number };
type Place = Pick<Call, 'home' | 'api'>;

/**
 * The body of a hook: what the API answers now to the user who owns it. When that user may not see
 * it, or it is gone, it is the API's refusal, signed like any other body.
 */
export function payloadOf(scene: Scene, { webhook, id }: Asked, place: Place): string {
  const [resource = '', event = ''] = webhook.topic.split('.');
  if (event === 'deleted') return wordPressJson({ id });
  const path = `/${PATHS[resource] ?? resource}/${id}`;
  const owner = scene.shop.keys.get(webhook.keyId ?? 0);
  try {
    // Hooks are sent from cron, where nobody is logged in.
    if (owner && !owner.isAllowed) refuseStranger(401, { method: 'GET', isList: false });
    const found = router.find('GET', path);
    if (found.kind === 'none') return wordPressJson({ id });
    const none: Fields = {};
    const key = owner ?? { ...STAND_IN, nonces: new Map() };
    const { route, params } = found;
    return route.act({ ...scene, ...place, key, path, params, query: new Map(), body: none }).body;
  } catch (error) {
    if (error instanceof Refused) return wordPressJson(bodyOf(error));
    throw error;
  }
}

/** The owner of a hook that was there from the start. */
const STAND_IN = {
  id: 0,
  consumerKey: '',
  consumerSecret: '',
  permissions: 'read',
  isAllowed: true,
} as const;
