import { refKey } from '../domain/document/source-ref.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import { isTakenBack, type OrderStanding } from '../domain/posting/sale-timing.ts';
import { present } from '../lib/assert.ts';
import type { DueDelivery, Settlement } from '../ports/store.ts';
import type { LaneRun } from './lane-run.ts';
import { nextDueMs } from './schedule.ts';
import { dayAt, type LocalDate } from '../domain/date.ts';

/**
 * When a day's orders are put on a voucher: an hour after it is over, so that what was bought last
 * has come by then.
 */
const GATHER_AT = { times: ['01:00'], days: [] };

/** Where the order of a refund stands at this moment: it may have been planned just before. */
export async function orderOf(run: LaneRun, delivery: DueDelivery): Promise<OrderStanding | null> {
  if (delivery.document.kind !== 'refund') return null;
  return run.tools.store.readOrderStanding(delivery);
}

/** Whether something has been given back of an order that is cancelled now. */
export async function wasRefunded(run: LaneRun, delivery: DueDelivery): Promise<boolean> {
  return isTakenBack(delivery.document) && (await run.tools.store.isRefunded(delivery));
}

/** What is written down of a sale that is not booked by itself now. */
export function asideSettlement(
  run: LaneRun,
  delivery: DueDelivery,
  outcome: Extract<PlanOutcome, { readonly kind: 'not-booked' | 'gathers' }>,
): Settlement {
  // Only as it was read: a later version may have taken its place meanwhile.
  const common = { deliveryId: delivery.id, expect: [delivery.state], draft: [] };
  if (outcome.kind === 'not-booked') {
    const { state, reason } = outcome;
    const events = [{ event: state, detail: reason.code }] as const;
    return { ...common, state, refusals: [reason], notices: [], vouchers: [], events };
  }
  const { day, vouchers, notices } = outcome;
  return {
    ...common,
    state: 'gathering',
    dueAtMs: dueAfter(run, delivery, day),
    refusals: [{ code: 'day-not-over', day }],
    ...{ vouchers, notices, ...wakesRefunds(delivery) },
    events: [{ event: 'gathering', detail: day }],
  };
}

/** What is given back of an order may be booked when the order is. */
export function wakesRefunds({
  document,
}: Pick<DueDelivery, 'document'>): Pick<Settlement, 'wakes' | 'wakesFor'> {
  if (document.kind !== 'order') return {};
  return { wakes: 'refund-waits-for-order', wakesFor: refKey(document.ref) };
}

function dueAfter(run: LaneRun, { flowId }: DueDelivery, day: LocalDate): number {
  const { timeZone } = present(run.flows.get(flowId), `flow ${flowId}`);
  const nowMs = run.tools.clock.nowMs();
  if (day < dayAt(new Date(nowMs), timeZone)) return nowMs;
  // Before one o'clock the hour that comes is that of the day before.
  const next = nextDueMs(GATHER_AT, timeZone, nowMs);
  return day < dayAt(new Date(next), timeZone) ? next : nextDueMs(GATHER_AT, timeZone, next);
}
