import type { KnownSale, KnownSales } from '../../../ports/feed.ts';
import { orderAt, ordersOf, PAGE, type Seen, type Withdrawn } from './bundles.ts';
import type { ShopClient } from './client.ts';

/** Orders that were told and that no list shows any more. */
export type Lost = {
  /** In the trash, or there after all. */
  readonly there: readonly Seen[];
  /** Deleted for good. */
  readonly gone: readonly string[];
  /** So many that none of them was asked for one by one. */
  readonly tooMany: number;
};

/**
 * Where orders are that no list shows: one call shows those in the trash, and what is nowhere is
 * asked for by its id before it counts as deleted.
 *
 * @param most - of more than these that are nowhere none is asked for: it may be another shop
 */
export async function lostOf(
  shop: ShopClient,
  missing: readonly string[],
  most: number,
): Promise<Lost> {
  const there: Seen[] = [];
  for (let at = 0; at < missing.length; at += PAGE) {
    const include = missing.slice(at, at + PAGE).join(',');
    there.push(...(await ordersOf(shop, { include, status: 'trash', orderby: 'id' })));
  }
  const nowhere = missing.filter((id) => !there.some((one) => one.id === id));
  if (nowhere.length > most) return { there, gone: [], tooMany: nowhere.length };
  const gone: string[] = [];
  for (const id of nowhere) {
    const one = await orderAt(shop, id);
    if (one === null) gone.push(id);
    else there.push(one);
  }
  return { there, gone, tooMany: 0 };
}

/** Refunds of an order that were told and that the shop does not name any more. */
export function refundsGone(
  named: readonly { readonly id: string }[],
  orderId: string,
  sales: readonly KnownSale[],
): readonly Withdrawn[] {
  const there = new Set(named.map(({ id }) => `refund:${id}`));
  return sales
    .filter(({ of, ref, isZero }) => of === orderId && !isZero && !there.has(ref))
    .map(({ ref, date }) => ({ id: ref.replace(/^refund:/, ''), date_created: date }));
}

/**
 * Orders that are deleted, as files can tell it: as they were told last, in a state of their own,
 * and their refunds withdrawn.
 */
export async function tellLost(
  known: KnownSales,
  gone: readonly string[],
): Promise<readonly string[]> {
  const bundles: string[] = [];
  for (const id of gone) {
    const source = await known.source(id);
    if (source === null) continue; // It was never told: there is nothing to take back.
    const { order } = JSON.parse(Buffer.from(source).toString('utf8')) as { order: object };
    const withdrawn = refundsGone([], id, await known.family(id));
    const deleted = { ...order, status: 'deleted', refunds: [] };
    bundles.push(JSON.stringify({ order: deleted, refunds: [], withdrawn }));
  }
  return bundles;
}
