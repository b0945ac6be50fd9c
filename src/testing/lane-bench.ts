import type { Document } from '../domain/document/document.ts';
import { workLane, type TurnEnd } from '../engine/lane.ts';
import { newSurvey, type LaneTools } from '../engine/lane-run.ts';
import { callGate, type CallGate } from '../engine/calls.ts';
import type { Timing } from '../engine/timing.ts';
import { listDeliveries, readJournal } from '../store/deliveries.ts';
import { handClock, type HandClock } from './hand-clock.ts';
import { addLaneRows, type LaneRows } from './lane-rows.ts';
import { scriptedTarget, type ScriptedTarget } from './scripted-target.ts';
import type { TestServer } from './test-server.ts';

/** Waits that are easy to add up. The database's own clock is far behind: see `laneBench`. */
export const TEST_TIMING: Timing = {
  callMs: 1_000,
  deadlineMs: 5_000,
  firstLookMs: 200,
  secondLookMs: 2_000,
  retryMs: { first: 100, longest: 800 },
  sliceMs: 60_000,
  booksMs: 600_000,
  lookAroundMs: 1_000,
  forsakenMs: 3_000,
  holdMs: 120_000,
};

/** One lane on a real database, before a ledger that does as it is told. */
export type LaneBench = {
  readonly rows: LaneRows;
  readonly target: ScriptedTarget;
  readonly clock: HandClock;
  readonly stop: AbortController;
  /** One turn of the lane, by a worker of this process. */
  turn(change?: Partial<LaneTools>): Promise<TurnEnd>;
  /** `state label` of each delivery, oldest first. */
  states(): Promise<readonly string[]>;
  /** `state attempt looks` of each step, in order. */
  steps(): Promise<readonly string[]>;
  /** Refusal codes of each delivery. */
  codes(): Promise<readonly (readonly string[])[]>;
  events(): Promise<readonly string[]>;
};

/** The clock starts an hour after the database's, so that all that was taken in is due. */
const AHEAD_MS = 3_600_000;

export async function laneBench(
  server: TestServer,
  documents: readonly Document[],
  choices: unknown = { attachFile: false },
): Promise<LaneBench> {
  const rows = await addLaneRows(await server.newDatabase(), { choices });
  await rows.takeIn(documents);
  const { db } = rows.database;
  const target = scriptedTarget();
  const clock = handClock(Date.now() + AHEAD_MS);
  const stop = new AbortController();
  const survey = newSurvey();
  const http = { send: () => Promise.reject(new Error('no network here')) };
  const gate: CallGate = callGate({ http, store: rows.store, clock, limit: null });
  const tools: LaneTools = {
    ...{ store: rows.store, target, ledger: target, gate, clock, survey, timing: TEST_TIMING },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    stop: stop.signal,
  };
  const views = () => listDeliveries(db, { companyId: rows.company.id });
  return {
    ...{ rows, target, clock, stop },
    turn: (change = {}) => workLane(rows.target.id, 'worker 1', { ...tools, ...change }),
    states: async () =>
      (await views()).map((view) => `${view.state}${view.label === null ? '' : ` ${view.label}`}`),
    steps: async () => {
      const found = await db
        .selectFrom('step')
        .select(['state', 'attempt', 'looks'])
        .orderBy('delivery_id')
        .orderBy('seq')
        .execute();
      return found.map((step) => `${step.state} ${step.attempt} ${step.looks}`);
    },
    codes: async () => (await views()).map((view) => view.refusals.map((refusal) => refusal.code)),
    events: async () => {
      const ids = await rows.deliveryIds();
      const journals = await Promise.all(ids.map((id) => readJournal(db, id)));
      return journals.flat().map((entry) => entry.event);
    },
  };
}
