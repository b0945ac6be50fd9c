import { creditDiffers } from '../domain/document/credit-sales.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Notice, Refusal } from '../domain/refusal.ts';
import type { OrderStates } from '../domain/sales-document.ts';
import { present } from '../lib/assert.ts';
import { stableJson } from '../lib/json.ts';
import type { DueDelivery, NewStep, Settlement, StoredStep } from '../ports/store.ts';
import type { Remote, Write } from '../ports/target.ts';
import { attemptRead } from './attempt.ts';
import { writeKey, type LaneRun } from './lane-run.ts';
import { linksOf } from './linked-steps.ts';
import { planInputOf } from './delivery-input.ts';
import type { PlanInput } from './plan-input.ts';
import { planDocument } from './plan.ts';
import { asideSettlement, orderOf, wasRefunded } from './prepare-sale.ts';
import { readPurchases } from './purchases.ts';
import { readQuotedOrders } from './quoted-orders.ts';
import { restFor } from './rest.ts';
import { routeOf } from './route.ts';

/** A delivery whose intents are on disk: its calls may go out. */
export type Prepared = {
  readonly delivery: DueDelivery;
  /** Every step in order, those done by an earlier attempt included. */
  readonly steps: readonly StoredStep[];
  /** What the target was known to hold of it. Absent: nobody has looked. */
  readonly links?: ReadonlyMap<string, Remote>;
  /** What its plan told. Absent when an earlier attempt planned it: that stands at the delivery. */
  readonly notices?: readonly Notice[];
};

/** What became of a delivery when it was prepared. */
export type Preparation =
  | { readonly kind: 'ready'; readonly prepared: Prepared }
  /** Held, postponed or taken by someone else: nothing to send. */
  | { readonly kind: 'aside' };

/**
 * Plans a delivery and writes down what is about to be called, before anything is called.
 *
 * A delivery of which something has been done already is not planned again: the rest of its steps
 * is sent as it was decided then.
 */
export async function prepare(run: LaneRun, delivery: DueDelivery): Promise<Preparation> {
  if (delivery.steps.some((step) => step.state === 'done')) {
    return begin(run, delivery, { steps: delivery.steps });
  }
  const before = delivery.follows;
  if (before !== null && !['done', 'skipped', 'pending'].includes(before.state)) {
    return waitFor(run, delivery, before.dueAtMs);
  }
  if (awaitsOrder(run, delivery)) return waitForOrder(run, delivery);
  const purchases = await openPurchases(run, delivery);
  if (purchases === 'unavailable') return { kind: 'aside' };
  const orders = await quotedOrdersOf(run, delivery);
  if (orders === 'unavailable') return { kind: 'aside' };
  const order = await orderOf(run, delivery);
  const isRefunded = await wasRefunded(run, delivery);
  const outcome = planDocument({
    ...planInput(run, delivery, purchases),
    ...{ order, isRefunded, orders },
  });
  if (outcome.kind === 'not-booked' || outcome.kind === 'gathers') {
    await run.settle(asideSettlement(run, delivery, outcome));
    return { kind: 'aside' };
  }
  if (outcome.kind === 'held') {
    await holdPlanned(run, delivery, outcome);
    return { kind: 'aside' };
  }
  const { plan } = outcome;
  if (plan.idle !== undefined) {
    run.note(planned(delivery, unchangedSettlement(delivery.id, plan.idle)));
    return { kind: 'aside' };
  }
  const route = routeOf(run.tools.target, delivery.document, {
    steps: plan.steps,
    books: run.books,
  });
  if (route.kind === 'cannot') {
    const draft = plan.vouchers.flatMap((voucher) => voucher.rows);
    const { refusals } = route;
    const held = heldSettlement(delivery.id, { refusals, draft, notices: plan.notices });
    run.note(planned(delivery, held));
    return { kind: 'aside' };
  }
  return begin(run, delivery, {
    steps: route.writes.map((write, seq) => freshStep(delivery, write, seq)),
    vouchers: plan.vouchers,
    notices: [...plan.notices, ...route.notices],
  });
}

/**
 * Holds a delivery. When it is for what other documents say, those may have come since they were
 * read: it is looked again once the hold is written, for whoever takes in a file after that finds
 * it held, and lets it be planned again.
 */
async function holdPlanned(
  run: LaneRun,
  delivery: DueDelivery,
  outcome: Extract<PlanOutcome, { readonly kind: 'held' }>,
): Promise<void> {
  const held = planned(delivery, heldSettlement(delivery.id, outcome));
  if (!outcome.refusals.some(({ code }) => code === 'credit-differs')) return run.note(held);
  if (!(await run.settle(held))) return;
  const { document, credit } = delivery;
  const now = creditDiffers(document, await run.tools.store.readCredit(delivery));
  if (stableJson(now) === stableJson(creditDiffers(document, credit))) return;
  await run.settle({
    deliveryId: delivery.id,
    expect: ['held'],
    state: 'waiting',
    dueAtMs: run.tools.clock.nowMs(),
    refusals: [],
    draft: [],
    reason: 'more has come of the same day',
  });
}

/** Gives the intents of a prepared delivery back: nothing of it was sent. */
export async function unprepare(run: LaneRun, { delivery, steps }: Prepared): Promise<void> {
  await run.settle({
    deliveryId: delivery.id,
    state: 'waiting',
    changes: steps
      .filter((step) => step.state !== 'done')
      .map(({ seq }) => ({ seq, state: 'waiting' as const })),
    events: [{ event: 'nothing happened', detail: 'the turn ended before it' }],
  });
}

/**
 * What a plan came to without a call. It is not written down when the delivery has changed since
 * it was read: a person may have taken back in between what made it due.
 */
function planned({ state }: DueDelivery, settlement: Settlement): Settlement {
  return { ...settlement, expect: [state] };
}

/** A version by which the books stay as they are: the one before it is what stands. */
function unchangedSettlement(deliveryId: string, reason: string): Settlement {
  const events = [{ event: 'done', detail: reason }] as const;
  return { deliveryId, state: 'skipped', reason, events };
}

/** A delivery that a person is asked about. */
export function heldSettlement(
  deliveryId: string,
  why: Pick<Settlement, 'draft' | 'notices'> & { readonly refusals: readonly Refusal[] },
): Settlement {
  return {
    deliveryId,
    state: 'held',
    ...why,
    events: [{ event: 'held', detail: why.refusals.map((refusal) => refusal.code).join(' ') }],
  };
}

/**
 * What is open in the ledger of suppliers at this moment. The delivery before may be paying or
 * booking invoices while this one is planned: it is waited for.
 */
async function openPurchases(
  run: LaneRun,
  { document, flowId }: DueDelivery,
): Promise<PlanInput['purchases'] | 'unavailable'> {
  const { ledger, timing } = run.tools;
  if (document.kind !== 'account-statement' || ledger === null) return null;
  await run.untilSent();
  const { choices } = present(run.flows.get(flowId), `flow ${flowId}`);
  const read = await attemptRead(() => {
    return readPurchases(ledger, { document, choices }, run.purchases);
  });
  if (read.kind === 'answered') {
    run.purchases = read.value ?? run.purchases;
    return read.value;
  }
  if (read.kind === 'nothing')
    run.rest ??= restFor(read.failure, read.says, { timing, attempt: 1 });
  return 'unavailable';
}

/** How the orders stand at this moment that an earlier version of a quote has become. */
async function quotedOrdersOf(
  run: LaneRun,
  { document, follows }: DueDelivery,
): Promise<OrderStates | null | 'unavailable'> {
  const { ledger, timing } = run.tools;
  if (ledger === null) return null;
  const results = follows?.results ?? {};
  const read = await attemptRead(() => readQuotedOrders(ledger, { document, results }));
  if (read.kind === 'answered') return read.value;
  if (read.kind === 'nothing') {
    run.rest ??= restFor(read.failure, read.says, { timing, attempt: 1 });
  }
  return 'unavailable';
}

/** What a delivery's plan is made of. */
function planInput(
  run: LaneRun,
  delivery: DueDelivery,
  purchases: PlanInput['purchases'],
): PlanInput {
  const flow = present(run.flows.get(delivery.flowId), `flow ${delivery.flowId}`);
  const nowMs = run.tools.clock.nowMs();
  return planInputOf(delivery, { flow, books: run.books, purchases, nowMs });
}

function freshStep(delivery: DueDelivery, write: Write, seq: number): StoredStep {
  const key = writeKey(delivery.key, write.id);
  const none = { attempt: 0, looks: 0, deadlineMs: 0, remote: null };
  return { seq, write, key, state: 'waiting', ...none };
}

async function begin(
  run: LaneRun,
  delivery: DueDelivery,
  plan: {
    readonly steps: readonly StoredStep[];
    readonly vouchers?: readonly Voucher[];
    readonly notices?: readonly Notice[];
  },
): Promise<Preparation> {
  const deadlineMs = run.tools.clock.nowMs() + run.tools.timing.deadlineMs;
  const steps = plan.steps.map((step) =>
    step.state === 'done' ? step : { ...step, deadlineMs, attempt: step.attempt + 1 },
  );
  const open = steps.filter((step) => step.state !== 'done');
  const links = await linksOf(run, open);
  const begun = await run.settle({
    deliveryId: delivery.id,
    expect: [delivery.state],
    state: 'sending',
    isAttempt: true,
    ...(plan.vouchers === undefined ? {} : { vouchers: plan.vouchers }),
    ...(plan.notices === undefined ? {} : { notices: plan.notices }),
    begin: open.map(intentOf),
    events: open.map(({ seq, attempt, write }) => {
      return { event: 'intent', seq, attempt, detail: write.call };
    }),
  });
  if (!begun) return { kind: 'aside' };
  const { notices = delivery.notices } = plan;
  return { kind: 'ready', prepared: { delivery, steps, links, notices } };
}

function intentOf(step: StoredStep): NewStep {
  const { seq, write, key, attempt, deadlineMs } = step;
  return { seq, write, key, attempt, deadlineMs };
}

/** A refund of an invoice comes after it: one of an order that is not invoiced yet waits. */
function awaitsOrder(run: LaneRun, { document, flowId, of }: DueDelivery): boolean {
  const { as } = present(run.flows.get(flowId), `flow ${flowId}`).choices.invoicing;
  if (document.kind !== 'refund' || of === null || as === 'voucher' || as === 'order') return false;
  const isInvoiced = 'invoice-1.in' in of.results || 'voucher-1' in of.results;
  const isToCome = of.state !== 'done' || as === 'order-then-invoice';
  // One that waits for the shop, or is left out, is told of by the plan.
  return !isInvoiced && isToCome && of.state !== 'skipped' && of.state !== 'pending';
}

async function waitForOrder(run: LaneRun, { id: deliveryId }: DueDelivery): Promise<Preparation> {
  const { clock, timing } = run.tools;
  const dueAtMs = clock.nowMs() + timing.retryMs.longest;
  run.note({ deliveryId, dueAtMs, reason: 'waits for the order that it is of' });
  return { kind: 'aside' };
}

/** The version before is on its way or in doubt: this one comes after it. */
async function waitFor(
  run: LaneRun,
  delivery: DueDelivery,
  beforeDueMs: number,
): Promise<Preparation> {
  const { clock, timing } = run.tools;
  run.note({
    deliveryId: delivery.id,
    dueAtMs: Math.max(beforeDueMs, clock.nowMs()) + timing.retryMs.first,
    reason: 'waits for the version before',
  });
  return { kind: 'aside' };
}
