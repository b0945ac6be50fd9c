import { createServer } from 'node:http';
import { close, listen } from '../../../lib/stand-in/server.ts';
import { seededChance } from '../../../lib/stand-in/chance.ts';
import { DEFAULT_CHOICES, type Choices } from './choices.ts';
import { startNorwegianClock, type SimulatorClock } from './clock.ts';
import type { ClockOptions } from '../../../lib/stand-in/clock.ts';
import type { CompanySeed } from './company/seed.ts';
import { Counters } from './counters.ts';
import { GUESSED_RATE, newRateLimiter, type RateRule } from './rate.ts';
import { apiSite, BASE } from './server/api-site.ts';
import { addCompany, handleOf, type CompanyHandle } from './server/company-handle.ts';
import { controlServer, type Line } from './server/control.ts';
import { serve } from './server/exchange.ts';
import { Sessions } from './server/sessions.ts';
import type { World } from './server/world.ts';
import { WebhookSender, type WebhookCall } from './webhooks/sender.ts';
import { noFaults, type Faults } from './faults/fault.ts';

export type SimulatorOptions = {
  /** Ports on 127.0.0.1; free ones when absent or 0. */
  readonly port?: number;
  readonly controlPort?: number;
  /** Runs with real time unless it is told otherwise. */
  readonly clock?: ClockOptions;
  /** What chance, ids and tokens start from. */
  readonly seed?: number;
  readonly companies?: readonly CompanySeed[];
  /** Null switches the rate limit off. */
  readonly rate?: RateRule | null;
  readonly choices?: Partial<Choices>;
};

/** A Tripletex on loopback. */
export type TripletexSimulator = {
  /** Stands for `https://tripletex.no/v2`. */
  readonly apiUrl: string;
  /** Where `/_control/` is. */
  readonly controlUrl: string;
  readonly clock: SimulatorClock;
  readonly faults: Faults;
  readonly counters: Counters;
  readonly companies: {
    add(seed?: CompanySeed): CompanyHandle;
    /** @throws InvariantError when there is no such company */
    get(id: number): CompanyHandle;
    list(): CompanyHandle[];
  };
  /** Calls to subscribers so far. */
  readonly webhooks: readonly WebhookCall[];
  /** Ends when no call to a subscriber is under way. */
  webhooksSettled(): Promise<void>;
  setChoices(choices: Partial<Choices>): void;
  setRate(rate: RateRule | null): void;
  /** Connections to the API are refused until it is back on the same port. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';

/** Ids are large and shared by all companies, as those of the real system are. */
const FIRST_ID = 20_000_001;

export async function startTripletexSimulator(
  options: SimulatorOptions = {},
): Promise<TripletexSimulator> {
  const world = newWorld(options);
  for (const seed of options.companies ?? []) addCompany(world, seed);
  const api = apiSite(world);
  const apiServer = createServer((request, response) => serve(world, api, { request, response }));
  apiServer.keepAliveTimeout = 60_000;
  const line: Line = {
    offline: () => close(apiServer),
    online: async () => void (await listen(apiServer, apiPort)),
  };
  const control = controlServer(world, line);
  const ctlServer = createServer((request, response) => control({ request, response }));
  const apiPort = await listen(apiServer, options.port ?? 0);
  const controlPort = await listen(ctlServer, options.controlPort ?? 0);
  return {
    apiUrl: `http://${HOST}:${apiPort}${BASE}`,
    controlUrl: `http://${HOST}:${controlPort}`,
    clock: world.clock,
    faults: world.faults,
    counters: world.counters,
    companies: {
      add: (seed = {}) => addCompany(world, seed),
      get: (id) => handleOf(world, id),
      list: () => [...world.companies.keys()].map((id) => handleOf(world, id)),
    },
    webhooks: world.webhooks.calls,
    webhooksSettled: () => world.webhooks.settled(),
    setChoices: (choices) => {
      world.choices = { ...world.choices, ...choices };
    },
    setRate: (rate) => {
      world.rate = rate;
      world.limiter.change(rate);
    },
    goOffline: line.offline,
    goOnline: line.online,
    stop: async () => {
      world.clock.stop();
      await world.webhooks.settled();
      await Promise.all([close(apiServer), close(ctlServer)]);
    },
  };
}

function newWorld(options: SimulatorOptions): World {
  const seed = options.seed ?? 1;
  const clock = startNorwegianClock(options.clock ?? { kind: 'running' });
  const chance = seededChance(seed);
  const rate = options.rate === undefined ? GUESSED_RATE : options.rate;
  let lastId = FIRST_ID - 1;
  const world: World = {
    clock,
    chance,
    companies: new Map(),
    sessions: new Sessions(clock, chance),
    limiter: newRateLimiter(rate, () => world.choices.limitedCalls),
    counters: new Counters(),
    faults: noFaults(seed),
    webhooks: new WebhookSender(chance, () => world.choices),
    newId: () => {
      lastId += 1;
      return lastId;
    },
    choices: { ...DEFAULT_CHOICES, ...options.choices },
    rate,
  };
  return world;
}
