import { jsonIn } from '../../../lib/json.ts';
import { readOrder, type OrderOutcome } from '../order/order.ts';
import type { QbSettings } from '../settings.ts';
import { bundleSchema, orderSchema, type QbOrder } from '../wire.ts';
import { taxRates } from './articles.ts';
import type { ShopClient } from './client.ts';
import { orders } from './feed.ts';

const LATEST = '100';
const PLACE = { line: 1, column: 1 };

/** An order as the shop tells it, and as it is read. */
export type LatestOrder = { readonly wire: QbOrder; readonly outcome: OrderOutcome };

/**
 * The latest hundred orders as they would be read, newest first: a call, and one for each hundred
 * of their articles. What is no order at all is told as such when it is fetched.
 */
export async function latestOrders(
  shop: ShopClient,
  settings: QbSettings,
): Promise<readonly LatestOrder[]> {
  const seen = await orders(shop, { sort_order: 'desc', limit: LATEST });
  return (await taxRates(shop, seen)).flatMap((text) => {
    const { order, taxRates: rates } = bundleSchema.parse(jsonIn(text));
    const wire = orderSchema.safeParse(order);
    if (!wire.success) return [];
    const outcome = readOrder(wire.data, { settings, place: PLACE, taxRates: rates });
    return [{ wire: wire.data, outcome }];
  });
}
