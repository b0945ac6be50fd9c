import { withoutAccepted } from '../domain/posting/decisions.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { DueDelivery, StoredStep } from '../ports/store.ts';
import type { Remote } from '../ports/target.ts';
import { attemptFind } from './attempt.ts';
import { finish } from './deliver.ts';
import { resultsOf, type LaneRun } from './lane-run.ts';
import { LinkedSteps } from './linked-steps.ts';
import { heldSettlement, type Prepared } from './prepare.ts';
import { restFor } from './rest.ts';
import { ATTEMPTS_MAX, LOOKS_MIN } from './timing.ts';

/**
 * Finds out what became of a delivery that may have arrived.
 *
 * Each step in doubt is looked for by its key. Found once, it is adopted when it says what was
 * sent; found twice or otherwise, a person is asked, who may accept it. Not found, it is looked for
 * again later, for a ledger may show new objects late; only when it was not found `LOOKS_MIN` times
 * and no attempt can still be on its way is it sent again.
 *
 * @returns what is to be sent again, with its intents renewed; null when there is nothing now
 */
export async function resolveDoubt(run: LaneRun, delivery: DueDelivery): Promise<Prepared | null> {
  const results = resultsOf(delivery.steps);
  const notices = [...delivery.notices];
  const links = new LinkedSteps(run, delivery);
  await links.read();
  for (const step of delivery.steps) {
    if (step.state === 'done') continue;
    // Steps are made in order: what comes after one that was never sent was not sent either.
    if (step.state === 'waiting') {
      return sendAgain(run, asFound(delivery, { results, notices }), step);
    }
    const context = { ...run.contextOf(delivery, step.key, results), ...links.before(step) };
    const look = await attemptFind(run.tools.target, step.write, context);
    if (look.kind !== 'answered') {
      if (look.kind === 'nothing') await postpone(run, delivery, look);
      return null;
    }
    const [found, ...others] = look.value;
    if (found === undefined) {
      return notFound(run, asFound(delivery, { results, notices }), step);
    }
    const differs = others.length > 0 ? [foundTwice(step, look.value)] : found.differences;
    const doubts = withoutAccepted(differs, delivery.decisions);
    if (doubts.length > 0) {
      await run.settle(heldSettlement(delivery.id, { refusals: doubts }));
      return null;
    }
    results.set(step.write.id, found.remote);
    notices.push(...(found.notices ?? []));
    run.note({
      deliveryId: delivery.id,
      ...(notices.length === delivery.notices.length ? {} : { notices: [...notices] }),
      changes: [{ seq: step.seq, state: 'done', remote: found.remote }],
      ...links.of(step, found.remote),
      events: [{ event: 'found', seq: step.seq, detail: found.remote.label }],
    });
  }
  finish(run, delivery, { results: [...results.values()] });
  return null;
}

/** The delivery with what was found just now: later calls need it, and what they tell is added. */
function asFound(
  delivery: DueDelivery,
  {
    results,
    notices,
  }: { readonly results: ReadonlyMap<string, Remote>; readonly notices: readonly Notice[] },
): DueDelivery {
  const steps = delivery.steps.map((step): StoredStep => {
    const remote = results.get(step.write.id);
    return remote === undefined ? step : { ...step, state: 'done', remote };
  });
  return { ...delivery, steps, notices };
}

function foundTwice(
  step: StoredStep,
  found: readonly { readonly remote: { readonly label: string } }[],
): Refusal {
  return { code: 'found-twice', what: step.write.call, ids: found.map((f) => f.remote.label) };
}

async function notFound(
  run: LaneRun,
  delivery: DueDelivery,
  step: StoredStep,
): Promise<Prepared | null> {
  const { clock, timing } = run.tools;
  const looks = step.looks + 1;
  const nowMs = clock.nowMs();
  // The last look must come after anything that was on its way can have become visible.
  const lastLookMs = step.deadlineMs + timing.secondLookMs;
  if (looks >= LOOKS_MIN && nowMs > lastLookMs) return sendAgain(run, delivery, step);
  await run.settle({
    deliveryId: delivery.id,
    dueAtMs: Math.max(nowMs + timing.firstLookMs, lastLookMs + 1),
    reason: 'looked for and not found yet',
    changes: [{ seq: step.seq, looks }],
    events: [{ event: 'looked', seq: step.seq, attempt: step.attempt, detail: 'not found' }],
  });
  return null;
}

/** It never arrived: the intent is written anew, and the rest of the delivery is sent. */
async function sendAgain(
  run: LaneRun,
  delivery: DueDelivery,
  from: StoredStep,
): Promise<Prepared | null> {
  const refusals = withoutAccepted(tooOften(from), delivery.decisions);
  if (refusals.length > 0) {
    await run.settle(heldSettlement(delivery.id, { refusals }));
    return null;
  }
  const deadlineMs = run.tools.clock.nowMs() + run.tools.timing.deadlineMs;
  const steps = delivery.steps.map((step): StoredStep => {
    if (step.seq < from.seq) return step;
    return { ...step, state: 'sending', attempt: step.attempt + 1, looks: 0, deadlineMs };
  });
  const again = steps.filter((step) => step.state !== 'done');
  const renewed = await run.settle({
    deliveryId: delivery.id,
    expect: [delivery.state],
    state: 'sending',
    isAttempt: true,
    changes: again.map(({ seq, state, attempt, looks }) => {
      return { seq, state, attempt, looks, deadlineMs };
    }),
    events: [{ event: 'again', seq: from.seq, attempt: from.attempt + 1, detail: 'not found' }],
  });
  return renewed ? { delivery, steps } : null;
}

function tooOften({ attempt }: StoredStep): readonly Refusal[] {
  if (attempt < ATTEMPTS_MAX) return [];
  const last = 'it was sent and never found';
  return [{ code: 'attempts-exhausted', attempts: attempt, last }];
}

/** The target cannot be searched now: the doubt stays. */
async function postpone(
  run: LaneRun,
  delivery: DueDelivery,
  look: { readonly failure: Parameters<typeof restFor>[0]; readonly says: string },
): Promise<void> {
  const { clock, timing } = run.tools;
  const rest = restFor(look.failure, look.says, { timing, attempt: delivery.attempts });
  run.rest ??= rest;
  const waitMs = rest.kind === 'unavailable' ? rest.waitMs : timing.retryMs.longest;
  await run.settle({
    deliveryId: delivery.id,
    dueAtMs: clock.nowMs() + waitMs,
    reason: look.says,
    events: [{ event: 'looked', detail: look.says }],
  });
}
