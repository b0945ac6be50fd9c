import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day } from '../domain/date.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import { choices } from '../testing/day-reports.ts';
import { order } from '../testing/sales.ts';
import type { PlanInput } from './plan-input.ts';
import { planDocument } from './plan.ts';

/** Placed on 4 May, paid on 3 August. */
const LATE = order({ paidOn: day('2026-08-03') });

function plan(own: Parameters<typeof choices>[0], change: Partial<PlanInput> = {}): PlanOutcome {
  return planDocument({
    document: LATE,
    doubts: [],
    decisions: [],
    choices: choices(own),
    startDate: null,
    books: UNKNOWN_BOOKS,
    purchases: null,
    booked: null,
    overlaps: null,
    credit: [],
    today: day('2026-08-04'),
    ...change,
  });
}

/** The day of the voucher, or why there is none. */
function dayOf(outcome: PlanOutcome): string {
  if (outcome.kind === 'plan') return outcome.plan.vouchers.map(({ date }) => date).join();
  if (outcome.kind === 'held') return outcome.refusals.map(({ code }) => code).join();
  return outcome.kind;
}

describe('planDocument, of an order that is paid months later', () => {
  const books = { ...UNKNOWN_BOOKS, lockedTo: day('2026-06-30') };

  it('books it on the day that is chosen', () => {
    assert.equal(dayOf(plan({})), '2026-05-04');
    assert.equal(dayOf(plan({ saleDate: 'paid' })), '2026-08-03');
  });

  it('asks about a locked day, books on the first open one, or is past the lock when paid', () => {
    assert.equal(dayOf(plan({}, { books })), 'period-locked');
    assert.equal(dayOf(plan({ lockedPeriod: 'first-open-day' }, { books })), '2026-07-01');
    assert.equal(dayOf(plan({ saleDate: 'paid' }, { books })), '2026-08-03');
  });

  it('gathers it on its own day, and on that of the voucher', () => {
    const own = { perVoucher: 'day', lockedPeriod: 'first-open-day' } as const;
    const outcome = plan(own, { books });
    assert.ok(outcome.kind === 'gathers');
    assert.equal(outcome.day, '2026-05-04');
    assert.deepEqual(
      outcome.vouchers.map(({ date }) => date),
      ['2026-07-01'],
    );
  });
});
