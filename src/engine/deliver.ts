import type { Notice, Refusal } from '../domain/refusal.ts';
import type { DueDelivery, Settlement, StepChange, StoredStep } from '../ports/store.ts';
import type { Remote } from '../ports/target.ts';
import { attemptWrite, type WriteAttempt } from './attempt.ts';
import { resultsOf, type LaneRun } from './lane-run.ts';
import { heldSettlement, type Prepared } from './prepare.ts';
import { LinkedSteps } from './linked-steps.ts';
import { wakesRefunds } from './prepare-sale.ts';
import { restFor } from './rest.ts';

/**
 * Makes the calls of one delivery, in order, each once.
 *
 * A clear refusal holds the delivery; a call that never took effect puts it back; a call that may
 * have taken effect leaves it in doubt, and it is looked for before anything is sent again.
 */
export async function deliver(run: LaneRun, prepared: Prepared): Promise<void> {
  const { delivery, steps } = prepared;
  const results = resultsOf(steps);
  const links = new LinkedSteps(run, prepared);
  await links.read();
  const notices = [...(prepared.notices ?? delivery.notices)];
  let told: Settlement | null = null;
  for (const step of steps) {
    if (step.state === 'done' || links.stands(step, results)) continue;
    if (told !== null && !(await noteBefore(run, step, told))) return;
    told = null;
    if (wasSeen(run, step)) return lookFirst(run, prepared, step);
    const made = await send(run, prepared, { step, results, links, notices });
    if (made === null) return;
    results.set(step.write.id, made.remote);
    // The last answer is written down with the end of the delivery.
    told = made.told;
  }
  finish(run, delivery, { results: [...results.values()], told });
}

/**
 * Writes down what an earlier step has made. A step after which that could not be found any more
 * waits until it is on disk.
 *
 * @returns false when the lane is not ours any more
 */
async function noteBefore(run: LaneRun, next: StoredStep, told: Settlement): Promise<boolean> {
  if (run.tools.target.hidesEarlier?.(next.write) === true) return run.settle(told);
  run.note(told);
  return true;
}

/** Whether the step stood in the ledger when we came to it, and has not been looked for yet. */
function wasSeen({ tools: { survey } }: LaneRun, { key }: StoredStep): boolean {
  if (!survey.keys.has(key) || survey.looked.has(key)) return false;
  survey.looked.add(key);
  return true;
}

/**
 * Marks a delivery as arrived, under the names its users know, with what is still `told` of its
 * last step. A supplier's invoice that is booked
 * can be paid: what was held for it is planned again.
 */
export function finish(
  run: LaneRun,
  { id: deliveryId, document }: DueDelivery,
  {
    results,
    told = null,
  }: { readonly results: readonly Remote[]; readonly told?: Settlement | null },
): void {
  const labels = results.map((remote) => remote.label).filter((label) => label !== '');
  const label = [...new Set(labels)].join(', ');
  const wakes =
    document.kind === 'supplier-invoice'
      ? { wakes: 'invoice-not-open' as const }
      : wakesRefunds({ document });
  const events = [...(told?.events ?? []), { event: 'done', detail: label } as const];
  run.note({ ...told, deliveryId, state: 'done', label, ...wakes, events });
}

type At = {
  readonly step: StoredStep;
  readonly results: ReadonlyMap<string, Remote>;
  readonly links: LinkedSteps;
  /** What a person wants to know of it so far: what steps tell is added. */
  readonly notices: Notice[];
};

/** What a step made, and what is to be written down about that. */
type Made = { readonly remote: Remote; readonly told: Settlement };

/** @returns null when the delivery goes no further now */
async function send(run: LaneRun, prepared: Prepared, at: At): Promise<Made | null> {
  const { step, results, links } = at;
  const { delivery } = prepared;
  const deadlineMs = run.mustEnd ? null : await timelyDeadline(run, prepared, step);
  if (deadlineMs === null) {
    await putBack(run, prepared, {
      from: links.first(step),
      waitMs: 0,
      says: 'the turn ended before it',
    });
    return null;
  }
  const { target, gate, timing } = run.tools;
  const context = { ...run.contextOf(delivery, step.key, results), ...links.before(step) };
  const attempt = await gate.notLater(deadlineMs - timing.callMs, () =>
    attemptWrite(target, step.write, context),
  );
  if (attempt.kind !== 'answered') {
    await settleFailure(run, prepared, { step, attempt, links });
    return null;
  }
  if (attempt.value.kind === 'refused') {
    await hold(run, prepared, { step, refusals: attempt.value.refusals, links });
    return null;
  }
  const { remote, differences, notices: news = [] } = attempt.value;
  at.notices.push(...news);
  if (differences.length > 0) {
    const made = { step, remote, differences, notices: at.notices, links };
    await holdDifferent(run, prepared, made);
    return null;
  }
  const told: Settlement = {
    deliveryId: delivery.id,
    ...(news.length === 0 ? {} : { notices: [...at.notices] }),
    changes: [...links.proven(), { seq: step.seq, state: 'done', remote }],
    ...links.of(step, remote),
    events: [{ event: 'answer', seq: step.seq, attempt: step.attempt, detail: remote.label }],
  };
  return { remote, told };
}

/**
 * A call may not start so late that it could be on its way after the deadline that was written
 * down with its intent: then the intent is renewed first.
 *
 * @returns the deadline that is on disk; null when the lane is not ours any more
 */
async function timelyDeadline(
  run: LaneRun,
  prepared: Prepared,
  step: StoredStep,
): Promise<number | null> {
  const { clock, timing } = run.tools;
  const nowMs = clock.nowMs();
  if (nowMs + timing.callMs <= step.deadlineMs) return step.deadlineMs;
  const deadlineMs = nowMs + timing.deadlineMs;
  const open = prepared.steps.filter((s) => s.seq >= step.seq && s.state !== 'done');
  const renewed = await run.settle({
    deliveryId: prepared.delivery.id,
    changes: open.map(({ seq }) => ({ seq, deadlineMs })),
  });
  return renewed ? deadlineMs : null;
}

type Failed = {
  readonly step: StoredStep;
  readonly attempt: Exclude<WriteAttempt, { readonly kind: 'answered' }>;
  readonly links: LinkedSteps;
};

async function settleFailure(
  run: LaneRun,
  prepared: Prepared,
  { step, attempt, links }: Failed,
): Promise<void> {
  const { clock, timing } = run.tools;
  if (attempt.kind === 'unknown') {
    const [, ...later] = backToWaiting(prepared, step);
    const nowMs = clock.nowMs();
    await run.settle({
      deliveryId: prepared.delivery.id,
      state: 'in doubt',
      dueAtMs: nowMs + timing.firstLookMs,
      reason: attempt.says,
      // We have given the call up: nothing of ours is on its way from now on.
      changes: [
        ...links.proven(),
        { seq: step.seq, state: 'in doubt', looks: 0, deadlineMs: nowMs },
        ...later,
      ],
      events: [{ event: 'doubt', seq: step.seq, attempt: step.attempt, detail: attempt.says }],
    });
    return;
  }
  if (attempt.failure.kind === 'bug') {
    const refusal = { code: 'our-error', message: attempt.says } as const;
    await hold(run, prepared, { step, refusals: [refusal], links });
    return;
  }
  // A delivery that was planned anew has new steps: what counts is how often it was begun.
  const tries = prepared.delivery.attempts + 1;
  const rest = restFor(attempt.failure, attempt.says, { timing, attempt: tries });
  run.rest ??= rest;
  const waitMs = rest.kind === 'unavailable' ? rest.waitMs : 0;
  await putBack(run, prepared, { from: links.first(step), waitMs, says: attempt.says });
}

/** Asks a person; this step and those after it were not made. */
async function hold(
  run: LaneRun,
  prepared: Prepared,
  why: {
    readonly step: StoredStep;
    readonly refusals: readonly Refusal[];
    readonly links: LinkedSteps;
  },
): Promise<void> {
  await run.settle({
    ...heldSettlement(prepared.delivery.id, { refusals: why.refusals }),
    changes: backToWaiting(prepared, why.links.first(why.step)),
    ...why.links.dropped(),
  });
}

/** It was made, but not as it was sent: a person looks before anything more is done with it. */
async function holdDifferent(
  run: LaneRun,
  prepared: Prepared,
  made: {
    readonly step: StoredStep;
    readonly remote: Remote;
    readonly differences: readonly Refusal[];
    readonly notices: readonly Notice[];
    readonly links: LinkedSteps;
  },
): Promise<void> {
  const [, ...later] = backToWaiting(prepared, made.step);
  const { differences: refusals, notices } = made;
  await run.settle({
    ...heldSettlement(prepared.delivery.id, { refusals, notices: [...notices] }),
    changes: [
      ...made.links.proven(),
      { seq: made.step.seq, state: 'done', remote: made.remote },
      ...later,
    ],
  });
}

async function putBack(
  run: LaneRun,
  prepared: Prepared,
  back: { readonly from: StoredStep; readonly waitMs: number; readonly says: string },
): Promise<void> {
  await run.settle({
    deliveryId: prepared.delivery.id,
    state: 'waiting',
    dueAtMs: run.tools.clock.nowMs() + back.waitMs,
    reason: back.says,
    changes: backToWaiting(prepared, back.from),
    events: [{ event: 'nothing happened', seq: back.from.seq, detail: back.says }],
  });
}

/** This step and those after it were not made. */
function backToWaiting(prepared: Prepared, from: StoredStep): StepChange[] {
  return prepared.steps
    .filter((step) => step.seq >= from.seq && step.state !== 'done')
    .map(({ seq }) => ({ seq, state: 'waiting' as const }));
}

/** It stands in the ledger although we never sent it: ours from an earlier life of the hub. */
async function lookFirst(run: LaneRun, prepared: Prepared, from: StoredStep): Promise<void> {
  await run.settle({
    deliveryId: prepared.delivery.id,
    state: 'in doubt',
    dueAtMs: run.tools.clock.nowMs(),
    reason: 'found in the ledger before it was sent',
    changes: backToWaiting(prepared, from).map(({ seq }) => ({ seq, state: 'in doubt', looks: 0 })),
    events: [{ event: 'doubt', seq: from.seq, detail: 'found before it was sent' }],
  });
}
