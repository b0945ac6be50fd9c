import type { Target } from '../../ports/target.ts';
import type { Session } from './session.ts';

/** How a write is made, and how it is found when its answer was lost. */
export type Handler = {
  readonly make: (
    session: Session,
    ...given: Parameters<Target['write']>
  ) => ReturnType<Target['write']>;
  readonly find: (
    session: Session,
    ...given: Parameters<Target['find']>
  ) => ReturnType<Target['find']>;
};
