import { present } from '../../../../lib/assert.ts';
import { buy } from '../shop/buy.ts';
import type { Desk } from '../shop/desk.ts';
import { setStatus } from '../shop/order-status.ts';
import { newShop, type PastOrder, type ShopSeed } from '../shop/seed.ts';
import { orderIn, ShopRefusal } from '../shop/shop.ts';
import { handleOf, type ShopHandle } from '../shop/shop-handle.ts';
import { readMoment } from '../wire/moment.ts';
import { deskOf, type World } from './world.ts';

/** @throws ShopRefusal when the seed names what is not there */
export function addShop(world: World, seed: ShopSeed): ShopHandle {
  const id = world.shops.size + 1;
  const made = { nowMs: world.clock.nowMs(), chance: world.chance };
  const shop = newShop(id, seed, made);
  world.shops.set(id, shop);
  for (const order of seed.orders ?? []) placePast(deskOf(world, shop), order);
  return shopHandle(world, id);
}

function placePast(now: Desk, order: PastOrder): void {
  const nowMs = readMoment(order.placedAt);
  if (nowMs === null) throw new ShopRefusal(`${order.placedAt} is not a moment`);
  const desk: Desk = { ...now, nowMs, tell: () => {} };
  const id = buy(desk, order);
  if (order.isSent === true) setStatus(desk, orderIn(desk.shop, id), { to: 'done' });
}

/** @throws InvariantError when there is no such shop */
export function shopHandle(world: World, id: number): ShopHandle {
  const shop = present(world.shops.get(id), `shop ${id}`);
  return handleOf(shop, () => deskOf(world, shop));
}
