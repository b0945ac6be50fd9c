import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { SimulatorClock } from '../clock.ts';
import type { Company } from '../company/company.ts';
import type { Counters } from '../counters.ts';
import type { RateLimiter, RateRule } from '../rate.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import type { Sessions } from './sessions.ts';
import type { Faults } from '../faults/fault.ts';

/** All that a running simulator is. */
export type World = {
  readonly clock: SimulatorClock;
  readonly chance: Chance;
  readonly companies: Map<number, Company>;
  readonly sessions: Sessions;
  readonly limiter: RateLimiter;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly webhooks: WebhookSender;
  /** Gives ids that no object of any company has. */
  readonly newId: () => number;
  choices: Choices;
  rate: RateRule | null;
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
