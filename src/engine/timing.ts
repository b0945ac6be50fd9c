/** How long the engine waits for what. Tests give shorter ones. */
export type Timing = {
  /** A call that is not answered within this is given up, and a write is in doubt. */
  readonly callMs: number;
  /**
   * No attempt is on its way any longer than this after its intent was written: a call leaves
   * `callMs` before it at the latest, and the worker renews the intent rather than send later.
   * After it, a step that was not found may be sent again.
   */
  readonly deadlineMs: number;
  /** A write in doubt is looked for after this, for a quick answer when it arrived. */
  readonly firstLookMs: number;
  /**
   * The last look comes so long after the deadline: longer than a ledger takes to carry out a call
   * that we have given up, and to show in its lists what it has made.
   */
  readonly secondLookMs: number;
  /** Waits between attempts while the target cannot be reached: doubled up to the longest. */
  readonly retryMs: { readonly first: number; readonly longest: number };
  /** A lane is worked for so long before others have their turn. */
  readonly sliceMs: number;
  /** What is known of a ledger is read again after this. */
  readonly booksMs: number;
  /** A worker looks for what it was not told of, and after others, this often. */
  readonly lookAroundMs: number;
  /** A lane that is due, or was taken without a word, for this long has been forsaken. */
  readonly forsakenMs: number;
  /** Whoever looks into a place, and has not said for so long that it lives, has died. */
  readonly holdMs: number;
};

/** The waits that a hub runs with. */
export const TIMING: Timing = {
  callMs: 20_000,
  deadlineMs: 45_000,
  firstLookMs: 2_000,
  secondLookMs: 20_000,
  retryMs: { first: 2_000, longest: 300_000 },
  sliceMs: 2_000,
  booksMs: 600_000,
  lookAroundMs: 1_000,
  forsakenMs: 3_000,
  holdMs: 120_000,
};

/**
 * Attempts at one step that were sent and never found, before a person is asked. High, because
 * answers are lost in swarms, and an outage of a day is no reason to ask anyone.
 */
export const ATTEMPTS_MAX = 20;

/** Looks without finding before a step in doubt counts as not done. */
export const LOOKS_MIN = 2;

/** The wait before attempt number `attempt` (counted from 1) while nothing gets through. */
export function retryWaitMs(timing: Timing, attempt: number): number {
  const doubled = timing.retryMs.first * 2 ** Math.min(attempt - 1, 20);
  return Math.min(doubled, timing.retryMs.longest);
}
