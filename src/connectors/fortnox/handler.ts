import type { Target } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';

/** How a write is made, and how it is found when its answer was lost. */
export type Handler = {
  readonly make: (
    client: FortnoxClient,
    ...given: Parameters<Target['write']>
  ) => ReturnType<Target['write']>;
  readonly find: (
    client: FortnoxClient,
    ...given: Parameters<Target['find']>
  ) => ReturnType<Target['find']>;
};
