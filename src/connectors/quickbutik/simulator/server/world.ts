import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { StandInClock } from '../../../../lib/stand-in/clock.ts';
import type { Faults } from '../faults/fault.ts';
import type { RateLimit } from '../rate.ts';
import type { Desk } from '../shop/desk.ts';
import type { Shop } from '../shop/shop.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

/** All that a running simulator is. */
export type World = {
  readonly clock: StandInClock;
  readonly chance: Chance;
  readonly shops: Map<number, Shop>;
  readonly rate: RateLimit;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  choices: Choices;
  /** Requests of the API as they were answered: `GET /v1/orders 200`; 0 for no answer. */
  readonly counts: Map<string, number>;
};

/** A request as it was received. */
export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** The value of a header; empty when it is absent. */
  readonly header: (name: string) => string;
  readonly body: Uint8Array;
};

/** Where one acts in a shop, as of now. */
export function deskOf(world: World, shop: Shop): Desk {
  return {
    shop,
    nowMs: world.clock.nowMs(),
    chance: world.chance,
    choices: world.choices,
    tell: (event, id) => world.webhooks.tell(shop, event, id),
  };
}
