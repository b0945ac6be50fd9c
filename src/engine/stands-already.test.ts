import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../domain/date.ts';
import type { Order } from '../domain/document/sale.ts';
import { postSale } from '../domain/posting/rules/sale.ts';
import { choices, kr } from '../testing/day-reports.ts';
import { order, soldLine } from '../testing/sales.ts';
import { standsAlready } from './stands-already.ts';

const CHOICES = choices({ accounts: { payment: '1580' } });

/** Whether an order that is booked needs nothing when it comes again, changed like this. */
function stands(change: Partial<Order>): boolean {
  const [before, now] = [order({}), order(change)];
  const was = postSale(before, CHOICES);
  assert.ok(was.kind === 'vouchers', JSON.stringify(was.kind === 'refused' && was.refusals));
  const booked = { label: 'K 1', vouchers: was.vouchers, document: before, results: {} };
  return standsAlready({ document: now, booked }, postSale(now, CHOICES));
}

describe('standsAlready', () => {
  test('is so of an order that was sent, paid or read anew', () => {
    assert.equal(stands({ state: 'shipped', sourceState: 'completed' }), true);
    assert.equal(stands({ paidOn: null }), true);
  });

  test('is not so when money, an account or the day is another', () => {
    const lines = [soldLine('Kaffe', '160', '40')];
    const settlements = order({}).settlements.map((one) => ({ ...one, amount: kr('200') }));
    assert.equal(stands({ lines, settlements, total: kr('200') }), false);
    assert.equal(stands({ lines: [soldLine('Kaffe', '80', '20', { kind: 'gift-card' })] }), false);
    assert.equal(stands({ date: day('2026-05-05') }), false);
  });

  test('is not so of what was never booked', () => {
    const of = { document: order({}), booked: null };
    assert.equal(standsAlready(of, postSale(order({}), CHOICES)), false);
  });
});
