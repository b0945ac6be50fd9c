import { createServer, type Server } from 'node:http';
import { close, listen } from '../../../lib/stand-in/server.ts';
import { seededChance } from '../../../lib/stand-in/chance.ts';
import { DEFAULT_CHOICES, type Choices } from './choices.ts';
import { startSwedishClock, type SimulatorClock } from './clock.ts';
import type { ClockOptions } from '../../../lib/stand-in/clock.ts';
import { controlSite, type Line } from './control/control-site.ts';
import { Counters } from './counters.ts';
import { Grants, type OAuthClient } from './oauth/grants.ts';
import { SCOPES } from './oauth/scopes.ts';
import { FORTNOX_RATE, newRateLimiter, type RateRule } from './rate.ts';
import { apiSite } from './server/api-site.ts';
import { authSite } from './server/auth-site.ts';
import { serve } from './server/exchange.ts';
import type { Site } from './server/site.ts';
import { addTenant, handleOf, type TenantHandle } from './server/tenant-handle.ts';
import type { World } from './server/world.ts';
import type { TenantSeed } from './tenant/seed.ts';
import { noFaults, type Faults } from './faults/fault.ts';

export type SimulatorOptions = {
  /** Ports on 127.0.0.1; free ones when absent or 0. */
  readonly port?: number;
  readonly authPort?: number;
  /** Runs with real time unless it is told otherwise. */
  readonly clock?: ClockOptions;
  /** What chance, ids and tokens start from. */
  readonly seed?: number;
  /** Apps; the one in `DEFAULT_CLIENT` when absent. */
  readonly clients?: readonly (Pick<OAuthClient, 'id' | 'secret'> & Partial<OAuthClient>)[];
  readonly tenants?: readonly TenantSeed[];
  /** Null switches the rate limit off. */
  readonly rate?: RateRule | null;
  readonly choices?: Partial<Choices>;
  /** How a person answers the consent page. */
  readonly consent?: World['consent'];
};

/** A Fortnox on loopback. */
export type FortnoxSimulator = {
  /** Stands for `https://api.fortnox.se`. */
  readonly apiUrl: string;
  /** Stands for `https://apps.fortnox.se`. */
  readonly authUrl: string;
  readonly clock: SimulatorClock;
  readonly faults: Faults;
  readonly counters: Counters;
  readonly tenants: {
    add(seed?: TenantSeed): TenantHandle;
    /** @throws InvariantError when there is no such company */
    get(id: number): TenantHandle;
    list(): TenantHandle[];
  };
  setChoices(choices: Partial<Choices>): void;
  setRate(rate: RateRule | null): void;
  setConsent(consent: World['consent']): void;
  /** Connections to the API are refused until it is back on the same port. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
};

/** The app that is registered when no other is: all scopes, any redirect address. */
export const DEFAULT_CLIENT = { id: 'bokbro', secret: 'bokbro-secret' } as const;

const HOST = '127.0.0.1';

export async function startFortnoxSimulator(
  options: SimulatorOptions = {},
): Promise<FortnoxSimulator> {
  const world = newWorld(options);
  for (const seed of options.tenants ?? []) addTenant(world, seed);
  const api = apiSite(world);
  const line: Line = {
    offline: () => close(apiServer),
    online: async () => void (await listen(apiServer, apiPort)),
  };
  const control = controlSite(world, line);
  const isControl = (path: string): boolean => path.startsWith('/_control/');
  const apiServer = newServer(world, (path) => (isControl(path) ? control : api));
  const auth = authSite(world);
  const authServer = newServer(world, (path) => (isControl(path) ? control : auth));
  const apiPort = await listen(apiServer, options.port ?? 0);
  const authPort = await listen(authServer, options.authPort ?? 0);
  return {
    apiUrl: `http://${HOST}:${apiPort}`,
    authUrl: `http://${HOST}:${authPort}`,
    clock: world.clock,
    faults: world.faults,
    counters: world.counters,
    tenants: {
      add: (seed = {}) => addTenant(world, seed),
      get: (id) => handleOf(world, id),
      list: () => [...world.tenants.keys()].map((id) => handleOf(world, id)),
    },
    setChoices: (choices) => {
      world.choices = { ...world.choices, ...choices };
    },
    setRate: (rate) => {
      world.rate = rate;
      world.limiter.change(rate);
    },
    setConsent: (consent) => {
      world.consent = consent;
    },
    goOffline: line.offline,
    goOnline: line.online,
    stop: async () => {
      world.clock.stop();
      await Promise.all([close(apiServer), close(authServer)]);
    },
  };
}

function newWorld(options: SimulatorOptions): World {
  const seed = options.seed ?? 1;
  const clock = startSwedishClock(options.clock ?? { kind: 'running' });
  const chance = seededChance(seed);
  const rate = options.rate === undefined ? FORTNOX_RATE : options.rate;
  const clients = (options.clients ?? [DEFAULT_CLIENT]).map((client) => ({
    redirectUris: [],
    scopes: SCOPES,
    mayUseServiceAccount: true,
    hasLicence: true,
    ...client,
  }));
  const world: World = {
    clock,
    chance,
    tenants: new Map(),
    clients: new Map(clients.map((client) => [client.id, client])),
    grants: new Grants(clock, chance),
    limiter: newRateLimiter(rate, () => world.choices.limitedCalls),
    counters: new Counters(),
    faults: noFaults(seed),
    choices: { ...DEFAULT_CHOICES, ...options.choices },
    rate,
    consent: options.consent ?? 'automatic',
  };
  return world;
}

function newServer(world: World, siteOf: (path: string) => Site): Server {
  const server = createServer((request, response) => {
    serve(world, siteOf(request.url ?? '/'), { request, response });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}
