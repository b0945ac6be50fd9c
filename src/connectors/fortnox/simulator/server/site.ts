import type { Answer } from '../api/answer.ts';
import type { Received } from './world.ts';

/** One host: what it answers, faults aside. */
export type Site = {
  /** False for the simulator's own controls: no fault falls on them, and they are not counted. */
  readonly isFortnox: boolean;
  /** The company a request is for, as far as it can be told while its body may not be read yet. */
  readonly tenantOf: (received: Received) => number | null;
  /** Does what is asked, at once and whole. */
  readonly answer: (received: Received, lagMs: number) => Outcome;
};

export type Outcome = {
  readonly answer: Answer;
  /** The operation that was reached: `POST /3/vouchers`. */
  readonly route: string | null;
};
