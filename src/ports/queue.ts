/** A lane that this process may work until it finishes the job. */
export type LaneJob = { readonly id: string; readonly laneId: string };

/** The queue of lanes that have something to do. */
export type LaneQueue = {
  /** Takes up to `count` lanes; no lane is given to two at once. */
  take(count: number): Promise<readonly LaneJob[]>;
  finish(jobs: readonly LaneJob[]): Promise<void>;
  /** Says that these are still being worked. */
  touch(jobs: readonly LaneJob[]): Promise<void>;
  /** Makes the lane's turn come now. */
  wakeLane(laneId: string): Promise<void>;
  /** Makes the lane's turn come at a time. A later call replaces the time. */
  wakeLaneAt(laneId: string, atMs: number): Promise<void>;
  /** Wakes the lanes whose time has come. @returns how many */
  ring(): Promise<number>;
  /** Gives back lanes that a dead worker had taken. */
  release(laneIds: readonly string[]): Promise<void>;
};

/** This process among the hub's processes. */
export type Presence = {
  readonly workerId: string;
  /** Resolves when something new may be there, after `ms`, or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Lanes whose worker has died, and lanes with something due that nobody was told of.
   *
   * @param afterMs - how long a lane must have been due, or taken without a word
   */
  forsaken(
    afterMs: number,
  ): Promise<{ readonly dead: readonly string[]; readonly due: readonly string[] }>;
};
