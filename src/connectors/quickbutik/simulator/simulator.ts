import { createServer } from 'node:http';
import { close, listen } from '../../../lib/stand-in/server.ts';
import { seededChance } from '../../../lib/stand-in/chance.ts';
import { DEFAULT_CHOICES, type Choices } from './choices.ts';
import { startClock, type ClockOptions, type StandInClock } from '../../../lib/stand-in/clock.ts';
import { noFaults, type Faults } from './faults/fault.ts';
import { RateLimit, type RateRule } from './rate.ts';
import { serve } from './server/exchange.ts';
import { addShop, shopHandle } from './server/shops.ts';
import type { World } from './server/world.ts';
import type { ShopSeed } from './shop/seed.ts';
import type { ShopHandle } from './shop/shop-handle.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export type SimulatorOptions = {
  /** A port on 127.0.0.1; a free one when absent or 0. */
  readonly port?: number;
  /** Runs with real time unless it is told otherwise. */
  readonly clock?: ClockOptions;
  /** What chance, keys and transaction ids start from. */
  readonly seed?: number;
  readonly shops?: readonly ShopSeed[];
  /** No limit is known: there is none unless one is given. */
  readonly rate?: RateRule | null;
  readonly choices?: Partial<Choices>;
};

/** Quickbutik on loopback: any number of shops, each behind its own key. */
export type QuickbutikSimulator = {
  /** Stands for `https://api.quickbutik.com`; paths begin with `/v1`. */
  readonly apiUrl: string;
  readonly clock: StandInClock;
  readonly faults: Faults;
  /** What was told to whom, and what is to go wrong with it. */
  readonly webhooks: Webhooks;
  readonly shops: {
    /** @throws ShopRefusal when the seed names what is not there */
    add(seed?: ShopSeed): ShopHandle;
    /** @throws InvariantError when there is no such shop */
    get(id: number): ShopHandle;
    list(): ShopHandle[];
  };
  /** Requests of the API as they were answered: `GET /v1/orders 200`; 0 for no answer. */
  counts(): Readonly<Record<string, number>>;
  setChoices(choices: Partial<Choices>): void;
  setRate(rate: RateRule | null): void;
  /** Connections are refused until it is back on the same port. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';

export async function startQuickbutikSimulator(
  options: SimulatorOptions = {},
): Promise<QuickbutikSimulator> {
  const world = newWorld(options);
  for (const seed of options.shops ?? []) addShop(world, seed);
  const server = createServer((request, response) => serve(world, { request, response }));
  const port = await listen(server, options.port ?? 0);
  return {
    apiUrl: `http://${HOST}:${port}`,
    clock: world.clock,
    faults: world.faults,
    webhooks: world.webhooks,
    shops: {
      add: (seed = {}) => addShop(world, seed),
      get: (id) => shopHandle(world, id),
      list: () => [...world.shops.keys()].map((id) => shopHandle(world, id)),
    },
    counts: () => Object.fromEntries(world.counts),
    setChoices: (choices) => {
      world.choices = { ...world.choices, ...choices };
    },
    setRate: (rate) => world.rate.change(rate),
    goOffline: () => close(server),
    goOnline: async () => void (await listen(server, port)),
    stop: async () => {
      world.clock.stop();
      await Promise.all([close(server), world.webhooks.settled()]);
    },
  };
}

function newWorld(options: SimulatorOptions): World {
  const seed = options.seed ?? 1;
  const clock = startClock(options.clock ?? { kind: 'running' });
  const world: World = {
    clock,
    chance: seededChance(seed),
    shops: new Map(),
    rate: new RateLimit(options.rate ?? null),
    faults: noFaults(seed),
    webhooks: new Webhooks({ clock, choices: () => world.choices, seed }),
    choices: { ...DEFAULT_CHOICES, ...options.choices },
    counts: new Map(),
  };
  return world;
}
