import type { Cleanup } from './cleanup.ts';
import type { Plan } from './plan.ts';

/** What every measurement is given. */
export type BenchRun = {
  readonly plan: Plan;
  readonly cleanup: Cleanup;
  /** Holds everything that the run makes; any user may enter it. */
  readonly folder: string;
  /** A PostgreSQL server to use instead of one of our own. */
  readonly databaseUrl: string | null;
  /** Says what is going on. */
  readonly tell: (text: string) => void;
};
