import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { SimulatorClock } from '../clock.ts';
import type { Counters } from '../counters.ts';
import type { Grants, OAuthClient } from '../oauth/grants.ts';
import type { RateLimiter, RateRule } from '../rate.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Faults } from '../faults/fault.ts';

/** All that a running simulator is. */
export type World = {
  readonly clock: SimulatorClock;
  readonly chance: Chance;
  readonly tenants: Map<number, Tenant>;
  readonly clients: Map<string, OAuthClient>;
  readonly grants: Grants;
  readonly limiter: RateLimiter;
  readonly counters: Counters;
  readonly faults: Faults;
  choices: Choices;
  rate: RateRule | null;
  consent: 'automatic' | 'page' | 'denied';
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
