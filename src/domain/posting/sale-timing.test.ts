import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choices } from '../../testing/day-reports.ts';
import { kr } from '../../testing/day-reports.ts';
import { order, refund, soldLine } from '../../testing/sales.ts';
import { day } from '../date.ts';
import type { Order, Refund } from '../document/sale.ts';
import { bookingDate, notBooked, type SaleTerms } from './sale-timing.ts';

/** What becomes of a sale, as `state code`; `booked` when nothing stands in its way. */
function answer(
  sale: Order | Refund,
  own: Parameters<typeof choices>[0] = {},
  more: Partial<SaleTerms> = {},
): string {
  const none = {
    decisions: [],
    startDate: null,
    booked: null,
    order: null,
    ...{ isAlike: false, isCompared: true },
  };
  const found = notBooked(sale, { ...none, choices: choices(own), ...more });
  return found === null ? 'booked' : `${found.state} ${found.reason.code}`;
}

const paidBy = (method: string) => ({
  settlements: [
    { method, title: method, means: 'other' as const, amount: kr('100'), transaction: null },
  ],
});
const STATES = ['draft', 'open', 'accepted', 'shipped', 'cancelled', 'unknown'] as const;
const UNPAID = { paidOn: null };

describe('notBooked', () => {
  const each = (own: Parameters<typeof choices>[0], change: Partial<Order> = {}) =>
    STATES.map((state) => answer(order({ state, sourceState: state, ...change }), own));
  const NEVER_SOLD = ['skipped order-not-placed', 'skipped order-cancelled'];

  it('books what the shop is content with, unless something else is chosen', () => {
    assert.deepEqual(each({}), [
      'skipped order-not-placed',
      'pending order-waits',
      'booked',
      'booked',
      'skipped order-cancelled',
      'pending order-state-unknown',
    ]);
  });

  it('waits for the goods to be sent, or for the money, by method', () => {
    const own = { bookWhen: { card: 'shipped', bacs: 'paid' } } as const;
    assert.deepEqual(each(own).slice(1, 4), [
      'pending order-waits',
      'pending order-waits',
      'booked',
    ]);
    const bacs = { ...paidBy('bacs'), ...UNPAID };
    assert.equal(answer(order(bacs), own), 'pending order-waits');
    assert.equal(answer(order({ ...bacs, paidOn: day('2026-06-01') }), own), 'booked');
    // Another method is answered for by `default`.
    const other = { bookWhen: { ...own.bookWhen, default: 'never' } } as const;
    assert.equal(answer(order(paidBy('swish')), other), 'skipped method-not-booked');
  });

  it('leaves what is booked by hand to a person, who books it whatever it waits for', () => {
    const own = { bookWhen: { card: 'manual', cod: 'never' } } as const;
    const now = { decisions: [{ kind: 'book-now' }] } as const;
    assert.equal(answer(order({}), own), 'pending order-waits-for-you');
    assert.equal(answer(order({}), own, now), 'booked');
    assert.equal(answer(order(paidBy('cod')), own, now), 'booked');
    assert.equal(answer(order({ state: 'open' }), {}, now), 'booked');
    assert.equal(answer(order({ state: 'cancelled' }), {}, now), NEVER_SOLD[1]);
  });

  it('leaves orders of before the start, which a person may have booked all the same', () => {
    const startDate = day('2026-05-05');
    assert.equal(answer(order({}), {}, { startDate }), 'skipped before-start-date');
    const accepted = [{ kind: 'accept', code: 'before-start-date' }] as const;
    assert.equal(answer(order({}), {}, { startDate, decisions: accepted }), 'booked');
    assert.equal(answer(order({}), {}, { startDate: day('2026-05-04') }), 'booked');
  });

  it('leaves what another program has booked, unless it is to be booked anyway', () => {
    const done = order({ bookedElsewhere: { by: 'visma_voucher_id', number: '9' } });
    assert.equal(answer(done), 'skipped booked-elsewhere');
    assert.equal(answer(done, { bookedElsewhere: 'book' }), 'booked');
  });

  it('leaves parts of other orders, those of nothing, and those that come another way', () => {
    assert.equal(answer(order({ partOf: '1000' })), 'skipped order-left-out');
    assert.equal(answer(order({ partOf: '1000' }), { leaveOut: [] }), 'booked');
    const nothing = { total: kr('0'), settlements: [], lines: [soldLine('Prov', '0', '0')] };
    assert.equal(answer(order(nothing)), 'skipped order-left-out');
    assert.equal(answer(order({ createdVia: 'pos' })), 'booked');
    const own = { leaveOutVia: ['pos'] };
    assert.equal(answer(order({ createdVia: 'pos' }), own), 'skipped order-left-out');
  });

  it('asks nothing when only the state, a name or an article of a booked order has changed', () => {
    const booked = { document: order({}), label: 'K 1' };
    const line = soldLine('Kaffe', '80', '20', { sku: 'NY-1', text: 'Kaffe, mald' });
    const renamed = { ...line, id: 'Kaffe' };
    const same = order({ state: 'open', sourceState: 'on-hold', lines: [renamed] });
    assert.equal(answer(same, {}, { booked }), 'skipped order-unchanged');
    const dearer = order({ lines: [soldLine('Kaffe', '160', '40')], total: kr('200') });
    assert.equal(answer(dearer, {}, { booked }), 'booked');
    assert.equal(answer(order(paidBy('swish')), {}, { booked }), 'booked');
    assert.equal(answer(order({ state: 'cancelled' }), {}, { booked }), 'booked');
  });

  it('waits with a refund for its order, unless that stands in the ledger already', () => {
    const standing = (state: string, ...codes: string[]) => ({ order: { state, codes } });
    assert.equal(answer(refund({})), 'booked');
    assert.equal(answer(refund({}), {}, standing('done')), 'booked');
    const waits = 'pending refund-waits-for-order';
    assert.equal(answer(refund({}), {}, standing('pending', 'order-waits')), waits);
    assert.equal(answer(refund({}), {}, standing('skipped', 'order-cancelled')), waits);
    assert.equal(answer(refund({}), {}, standing('skipped', 'booked-elsewhere')), 'booked');
    assert.equal(answer(refund({}), {}, standing('gathering', 'day-not-over')), 'booked');
  });
});

describe('bookingDate', () => {
  it('is the day of the order, or that of its payment when one is known', () => {
    const late = order({ paidOn: day('2026-08-01') });
    assert.equal(bookingDate(late, { saleDate: 'order' }), '2026-05-04');
    assert.equal(bookingDate(late, { saleDate: 'paid' }), '2026-08-01');
    assert.equal(bookingDate(order(UNPAID), { saleDate: 'paid' }), '2026-05-04');
  });
});
