import { createServer, type Server } from 'node:http';
import { close, listen } from '../../../lib/stand-in/server.ts';
import { seededChance } from '../../../lib/stand-in/chance.ts';
import { DEFAULT_CHOICES, type Choices } from './choices.ts';
import { startClock, type ClockOptions, type StandInClock } from '../../../lib/stand-in/clock.ts';
import { controlSite, type Line } from './control/control-site.ts';
import { shopHandle, type ShopHandle } from './drive/shop-handle.ts';
import { serve, serveControl } from './server/exchange.ts';
import { shopSite } from './server/shop-site.ts';
import { apiOf, homeOf, sceneOf, type Counts, type Site, type World } from './server/world.ts';
import { fillShop, newShop, type ShopSeed } from './shop/seed.ts';
import { HookQueue } from './webhooks/hook-queue.ts';
import { noFaults, type Faults } from './faults/fault.ts';

export type SimulatorOptions = {
  /** Ports on 127.0.0.1; free ones when absent or 0. */
  readonly port?: number;
  readonly controlPort?: number;
  /** Runs with real time unless it is told otherwise. */
  readonly clock?: ClockOptions;
  /** What chance, keys and tokens start from. */
  readonly seed?: number;
  readonly shop?: ShopSeed;
  /** Where the shop lies on its host, as `/butik`; at the top when absent. */
  readonly folder?: string;
  readonly choices?: Partial<Choices>;
};

/** A shop on loopback. */
export type WooCommerceSimulator = {
  /** The shop's address as it stands in its own settings: what a person would type in. */
  readonly url: string;
  /** Where it is driven from by other processes; still there when the shop is off the network. */
  readonly controlUrl: string;
  readonly clock: StandInClock;
  readonly faults: Faults;
  readonly counts: Counts;
  readonly shop: ShopHandle;
  setChoices(choices: Partial<Choices>): void;
  /** Connections are refused until it is back on the same port. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';

export async function startWooCommerceSimulator(
  options: SimulatorOptions = {},
): Promise<WooCommerceSimulator> {
  const world = newWorld(options);
  fillShop(sceneOf(world), options.shop ?? {});
  const site = shopSite(world);
  const handle = shopHandle(world);
  const server = createServer((request, response) => {
    void serve(world, site, { request, response });
  });
  const line: Line = {
    offline: () => close(server),
    online: async () => void (await listen(server, port)),
  };
  const control = controlServer(controlSite(world, handle, line));
  const port = await listen(server, options.port ?? 0);
  const controlPort = await listen(control, options.controlPort ?? 0);
  world.origin = `http://${HOST}:${port}`;
  startCron(world);
  return {
    url: homeOf(world),
    controlUrl: `http://${HOST}:${controlPort}`,
    clock: world.clock,
    faults: world.faults,
    counts: world.counts,
    shop: handle,
    setChoices: (choices) => {
      world.choices = { ...world.choices, ...choices };
    },
    goOffline: line.offline,
    goOnline: line.online,
    stop: async () => {
      world.clock.stop();
      await Promise.all([close(server), close(control)]);
    },
  };
}

function newWorld(options: SimulatorOptions): World {
  const seed = options.seed ?? 1;
  const clock = startClock(options.clock ?? { kind: 'running' });
  const chance = seededChance(seed);
  const world: World = {
    shop: newShop(options.shop ?? {}),
    clock,
    chance,
    faults: noFaults(seed),
    hooks: new HookQueue({
      scene: () => sceneOf(world),
      choices: () => world.choices,
      home: () => homeOf(world),
      api: () => apiOf(world),
    }),
    counts: { calls: 0, statuses: new Map(), routes: new Map() },
    cache: new Map(),
    approvals: new Set(),
    folder: options.folder ?? '',
    origin: '',
    choices: { ...DEFAULT_CHOICES, ...options.choices },
  };
  return world;
}

/** Runs what waits every so often, for as long as that is how the shop is set. */
function startCron(world: World): void {
  const { cron } = world.choices;
  if (typeof cron === 'string') return;
  world.clock.after(cron.everyMs, () => {
    void world.hooks.run();
    startCron(world);
  });
}

function controlServer(site: Site): Server {
  return createServer((request, response) => {
    void serveControl(site, { request, response });
  });
}
