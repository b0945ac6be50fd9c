import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { LaneJob, LaneQueue, Presence } from '../ports/queue.ts';
import type { LaneStore } from '../ports/store.ts';
import type { Recipient, Target } from '../ports/target.ts';
import type { CallGate } from './calls.ts';
import { workLane, type TurnEnd } from './lane.ts';
import { newSurvey, type Survey } from './lane-run.ts';
import type { Timing } from './timing.ts';

/** A connection opened for its lane. `ledger` is the target itself, where it keeps books. */
export type OpenLane = {
  readonly target: Recipient;
  readonly ledger: Target | null;
  readonly gate: CallGate;
};

/** What the runner works with. */
export type RunnerTools = {
  readonly queue: LaneQueue;
  readonly presence: Presence;
  readonly store: LaneStore;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly log: Log;
  /** null: the connection waits for a person. */
  readonly open: (laneId: string) => Promise<OpenLane | null>;
  /** Lanes worked at the same time. */
  readonly lanesMax: number;
};

/** Well below the heartbeat that the job queue expects. */
const TOUCH_MS = 4_000;

/**
 * Works lanes until it is told to stop: takes those that have something to do, gives each a turn,
 * and looks after those whose worker has died. Alone in the engine to own timers.
 */
export class Runner {
  readonly #tools: RunnerTools;
  readonly #stop = new AbortController();
  readonly #running = new Map<string, LaneJob>();
  readonly #turns = new Set<Promise<void>>();
  readonly #surveys = new Map<string, Survey>();
  /** Ends the wait for something to do. */
  #wake = new AbortController();
  #loop: Promise<void> | null = null;

  constructor(tools: RunnerTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#loop ??= Promise.all([
      this.#takeLanes(),
      this.#touchLanes(),
      this.#lookAfterOthers(),
    ]).then(() => undefined);
  }

  /** Takes no more lanes, lets the deliveries that are on their way arrive, and ends. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#look();
    await this.#loop;
  }

  async #takeLanes(): Promise<void> {
    const { queue, presence, lanesMax, timing } = this.#tools;
    while (!this.#stop.signal.aborted) {
      this.#wake = new AbortController();
      const { signal } = this.#wake;
      const free = lanesMax - this.#running.size;
      const jobs = free > 0 ? await this.#tried(() => queue.take(free), []) : [];
      for (const job of jobs) {
        const turn = this.#work(job).finally(() => this.#turns.delete(turn));
        this.#turns.add(turn);
      }
      await this.#tried(() => presence.wait(timing.lookAroundMs, signal), undefined);
    }
    await Promise.all(this.#turns);
  }

  /** Something may be there to be taken. */
  #look(): void {
    this.#wake.abort();
  }

  async #work(job: LaneJob): Promise<void> {
    this.#running.set(job.laneId, job);
    try {
      await this.#settleTurn(job, await this.#turn(job.laneId));
    } catch (error) {
      // The lane's next turn starts from what is on disk; nothing of this one is trusted.
      this.#tools.log.error({ lane: job.laneId, error: String(error) }, 'a lane stopped');
      const retryMs = this.#tools.clock.nowMs() + this.#tools.timing.lookAroundMs;
      await this.#tried(
        () => this.#settleTurn(job, { kind: 'worked', nextMs: retryMs }),
        undefined,
      );
    } finally {
      this.#running.delete(job.laneId);
      this.#look();
    }
  }

  async #turn(laneId: string): Promise<TurnEnd> {
    const { store, clock, timing, log, presence } = this.#tools;
    const opened = await this.#tools.open(laneId);
    if (opened === null) return { kind: 'ended' };
    const survey = this.#surveys.get(laneId) ?? newSurvey();
    this.#surveys.set(laneId, survey);
    const stop = this.#stop.signal;
    const tools = { ...opened, store, clock, timing, log, survey, stop };
    try {
      return await workLane(laneId, presence.workerId, tools);
    } finally {
      const counted = opened.gate.takeCounts();
      if (counted.calls > 0) await store.countCalls(laneId, counted);
    }
  }

  async #settleTurn(job: LaneJob, end: TurnEnd): Promise<void> {
    const { queue, clock } = this.#tools;
    if (end.kind === 'worked' && end.nextMs !== null) {
      if (end.nextMs <= clock.nowMs()) await queue.wakeLane(job.laneId);
      else await queue.wakeLaneAt(job.laneId, end.nextMs);
    }
    await queue.finish([job]);
  }

  async #touchLanes(): Promise<void> {
    await this.#every(TOUCH_MS, () => this.#tools.queue.touch([...this.#running.values()]));
  }

  async #lookAfterOthers(): Promise<void> {
    const { queue, presence, timing } = this.#tools;
    await this.#every(timing.lookAroundMs, async () => {
      if ((await queue.ring()) > 0) this.#look();
      const { dead, due } = await presence.forsaken(timing.forsakenMs);
      await queue.release(dead);
      const forgotten = due.filter((laneId) => !this.#running.has(laneId));
      await Promise.all(forgotten.map((laneId) => queue.wakeLane(laneId)));
      if (dead.length + forgotten.length > 0) this.#look();
    });
  }

  async #every(ms: number, act: () => Promise<void>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#tools.clock.sleep(ms, this.#stop.signal);
      if (!this.#stop.signal.aborted) await this.#tried(act, undefined);
    }
  }

  /** The database may be away for a while: that is logged, waited out and tried again. */
  async #tried<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await act();
    } catch (error) {
      this.#tools.log.warn({ error: String(error) }, 'the database could not be asked');
      await this.#tools.clock.sleep(this.#tools.timing.lookAroundMs, this.#stop.signal);
      return otherwise;
    }
  }
}
