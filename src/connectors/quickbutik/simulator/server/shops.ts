import { present } from '../../../../lib/assert.ts';
import { newShop, type ShopSeed } from '../shop/seed.ts';
import { handleOf, type ShopHandle } from '../shop/shop-handle.ts';
import { deskOf, type World } from './world.ts';

/** @throws ShopRefusal when the seed names what is not there */
export function addShop(world: World, seed: ShopSeed): ShopHandle {
  const id = world.shops.size + 1;
  const made = { nowMs: world.clock.nowMs(), chance: world.chance };
  world.shops.set(id, newShop(id, seed, made));
  return shopHandle(world, id);
}

/** @throws InvariantError when there is no such shop */
export function shopHandle(world: World, id: number): ShopHandle {
  const shop = present(world.shops.get(id), `shop ${id}`);
  return handleOf(shop, () => deskOf(world, shop));
}
