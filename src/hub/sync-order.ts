import { Readable } from 'node:stream';
import { attemptRead } from '../engine/attempt.ts';
import { listDeliveries, resolveDeliveries, type DeliveryView } from '../store/deliveries.ts';
import { findOrders, type FoundOrder } from '../store/find-order.ts';
import { listConnections, type Connection } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** An order that a person names. */
export type OrderAsked = {
  readonly companyId: string;
  /** The shops that may have it. */
  readonly shops: readonly Connection[];
  readonly number: string;
};

/** What asking a shop for one order came to. */
export type OrderFetched =
  | {
      readonly kind: 'found';
      readonly order: FoundOrder;
      /** Why it is as it came before, and not as the shop has it now; null: it is that. */
      readonly trouble: string | null;
    }
  /** Several shops have an order of this number. */
  | { readonly kind: 'several'; readonly names: readonly string[] }
  /** No shop has it, and none has come; or the shop could not be asked, and says why. */
  | { readonly kind: 'none'; readonly trouble: string | null };

/** The number of an order as people write it. */
export function orderNumber(said: string): string {
  return said.replace(/^#/, '').trim();
}

/** The connections of a company whose systems give orders. */
export async function shopsOf(hub: Hub, companyId: string): Promise<readonly Connection[]> {
  const all = await listConnections(hub.database.db, companyId);
  return all.filter(({ connector }) => {
    return hub.connectors.get(connector)?.gives.includes('order') === true;
  });
}

/** The order as its shop tells it now; as it is known, when that cannot be asked. */
export async function fetchOrder(hub: Hub, asked: OrderAsked): Promise<OrderFetched> {
  const known = await find(hub, asked);
  if (known.length > 1) return severalOf(known);
  const [one] = known;
  const shops = asked.shops.filter(({ id }) => one === undefined || one.connectionId === id);
  let trouble: string | null = null;
  for (const shop of shops) {
    const fetched = await attemptRead(() => fetchOne(hub, shop, asked.number));
    if (fetched.kind !== 'answered') trouble = fetched.says;
  }
  const found = await find(hub, asked);
  const [order] = found;
  if (order === undefined) return { kind: 'none', trouble };
  return found.length > 1 ? severalOf(found) : { kind: 'found', order, trouble };
}

function find(hub: Hub, asked: OrderAsked): Promise<readonly FoundOrder[]> {
  const { companyId, shops, number } = asked;
  const connectionIds = shops.map(({ id }) => id);
  return findOrders(hub.database.db, { companyId, connectionIds, number });
}

function severalOf(found: readonly FoundOrder[]): OrderFetched {
  return { kind: 'several', names: found.map(({ connection }) => connection) };
}

async function fetchOne(hub: Hub, { id }: Connection, number: string): Promise<void> {
  const feed = await hub.openFeed(id);
  const file = (await feed?.one?.(number)) ?? null;
  if (file === null) return;
  const bytes = Readable.from([Buffer.from(file.bytes)]);
  await hub.takeFile({ connectionId: id, name: file.name, via: 'feed', bytes });
}

/**
 * Books an order as it stands, whatever it waits for and whatever leaves it out. What is on its way
 * already is left alone: it may be booked by that.
 *
 * @returns whether anything was moved
 */
export async function bookNow(
  hub: Hub,
  of: {
    readonly companyId: string;
    readonly deliveryIds: readonly string[];
    readonly by: string;
  },
): Promise<boolean> {
  const { companyId, deliveryIds, by } = of;
  const { db } = hub.database;
  const deliveries = await listDeliveries(db, { companyId, ids: deliveryIds });
  const ids = deliveries.filter(isToBeBooked).map(({ id }) => id);
  if (ids.length === 0) return false;
  const resolution = { kind: 'again', decision: { kind: 'book-now' } } as const;
  await resolveDeliveries(db, hub.jobs, { companyId, ids, resolution, by });
  return true;
}

/** It waits for something, was left out, or waits for a person. */
function isToBeBooked({ state, refusals }: DeliveryView): boolean {
  if (state === 'skipped') return !refusals.some(({ code }) => code === 'order-unchanged');
  return ['pending', 'gathering', 'held', 'review'].includes(state);
}

/** Whether an order is in the books, by this delivery or by one before it. */
export function isBooked({ state, refusals }: DeliveryView): boolean {
  return state === 'done' || refusals.some(({ code }) => code === 'order-unchanged');
}
