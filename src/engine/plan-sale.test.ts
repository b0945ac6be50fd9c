import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day } from '../domain/date.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import { present } from '../lib/assert.ts';
import { choices, invoicing, kr } from '../testing/day-reports.ts';
import { order, soldLine } from '../testing/sales.ts';
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

describe('planDocument, of an invoiced order that comes again', () => {
  const invoices = { as: 'booked-invoice', revised: 'credit' } as const;
  const paidAtOnce = { 1580: 'CARD' };
  const ways = { claims: '1510', vat: {}, vatRounding: 'per-rate', paidAtOnce } as const;
  const before = order({});
  const booked = (step: string, voucher: Voucher) => ({
    label: 'B 1',
    vouchers: [voucher],
    history: [voucher],
    document: before,
    results: { 'invoice-1.in': { id: '1' }, [step]: { id: 'B-1', label: 'B 1' } },
  });
  const stepsOf = (outcome: PlanOutcome): readonly string[] =>
    outcome.kind === 'plan'
      ? outcome.plan.steps.map(({ kind, id }) => `${kind} ${id}`)
      : [dayOf(outcome)];
  const voucherOf = (outcome: PlanOutcome): Voucher => {
    assert.ok(outcome.kind === 'plan');
    return present(outcome.plan.vouchers[0], 'a voucher');
  };
  const more = order({ lines: [soldLine('Kaffe', '160', '40')], total: kr('200') });
  const changed = {
    ...more,
    settlements: more.settlements.map((one) => ({ ...one, amount: kr('200') })),
  };

  it('asks about one that is booked when it is paid: nothing else credits that', () => {
    const year = { id: '1', from: day('2026-01-01'), to: day('2026-12-31'), isCashMethod: true };
    const books = { ...UNKNOWN_BOOKS, years: [year] };
    const own = { invoicing: invoicing(invoices) };
    const first = plan(own, { books, document: before });
    assert.deepEqual(stepsOf(first), ['invoice-sale invoice-1', 'pay-sale payment-1']);
    const again = { books, document: changed, booked: booked('payment-1', voucherOf(first)) };
    assert.deepEqual(stepsOf(plan(own, again)), ['invoice-revised']);
    assert.deepEqual(stepsOf(plan(own, { ...again, document: before })), ['not-booked']);
  });

  it('pays an invoice that stands by a payment, and what was money at once not again', () => {
    const books = { ...UNKNOWN_BOOKS, invoices: ways };
    const atOnce = { invoicing: invoicing({ ...invoices, cashInvoices: true }) };
    const later = { invoicing: invoicing({ ...invoices, cashInvoices: false }) };
    const unpaid = order({ paidOn: null });
    const owed = voucherOf(plan(atOnce, { books, document: unpaid }));
    const paidLater = { books, document: before, booked: booked('invoice-1', owed) };
    assert.deepEqual(stepsOf(plan(atOnce, paidLater)), ['pay-sale payment-1']);
    const paid = voucherOf(plan(atOnce, { books, document: before }));
    const after = { books, document: before, booked: booked('invoice-1', paid) };
    assert.deepEqual(stepsOf(plan(later, after)), ['not-booked']);
  });
});
