import type { Order } from '../../../domain/document/sale.ts';
import { jsonIn } from '../../../lib/json.ts';
import { readOrder } from '../order/order.ts';
import { shopOf, type WooSettings } from '../settings.ts';
import { orderSchema } from '../wire.ts';
import { ordersOf } from './bundles.ts';
import type { ShopClient } from './client.ts';

const PLACE = { line: 1, column: 1 };

/**
 * The latest hundred orders as they would be read, newest first. One call. An order that cannot be
 * read is told as such when it is fetched, and says nothing here.
 */
export async function latestOrders(
  shop: ShopClient,
  settings: WooSettings,
): Promise<readonly Order[]> {
  const account = shopOf(settings) || shop.host;
  return (await ordersOf(shop, {})).flatMap(({ text }) => {
    const woo = orderSchema.safeParse(jsonIn(text));
    if (!woo.success) return [];
    const read = readOrder(woo.data, { settings, account, place: PLACE });
    return read.kind === 'order' ? [read.order] : [];
  });
}
