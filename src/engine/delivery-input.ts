import { dayAt } from '../domain/date.ts';
import type { Books } from '../domain/books.ts';
import type { LocalDate } from '../domain/date.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { DueDelivery } from '../ports/store.ts';
import { refundedOrder, type PlanInput } from './plan-input.ts';

/** What is known besides the delivery itself when it is planned. */
export type PlanPlace = {
  readonly flow: {
    readonly choices: FlowChoices;
    readonly startDate: LocalDate | null;
    readonly timeZone: string;
  };
  readonly books: Books;
  readonly purchases: PlanInput['purchases'];
  readonly nowMs: number;
};

/** What a delivery's plan is made of, for the turn that books it and for a person who asks. */
export function planInputOf(
  delivery: DueDelivery,
  { flow, books, purchases, nowMs }: PlanPlace,
): PlanInput {
  const { follows } = delivery;
  const booked =
    follows?.state === 'done' && follows.label !== null
      ? {
          label: follows.label,
          vouchers: follows.vouchers,
          history: follows.history,
          document: follows.document,
          results: follows.results,
        }
      : null;
  return {
    document: delivery.document,
    doubts: delivery.doubts,
    decisions: delivery.decisions,
    choices: flow.choices,
    startDate: flow.startDate,
    books,
    purchases,
    booked,
    overlaps: delivery.overlaps,
    credit: delivery.credit,
    receiptsTwice: delivery.receiptsTwice,
    payments: delivery.payments,
    payouts: delivery.payouts,
    attachments: delivery.attachments,
    of: delivery.of && refundedOrder(delivery.of.document, delivery.of.results),
    today: dayAt(new Date(nowMs), flow.timeZone),
  };
}
