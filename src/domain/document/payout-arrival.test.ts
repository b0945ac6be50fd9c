import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kr } from '../../testing/day-reports.ts';
import { day } from '../date.ts';
import { payoutOf, type BookedPayout } from './payout-arrival.ts';

const ON = day('2026-05-11');

function booked(change: Partial<BookedPayout> = {}): BookedPayout {
  const names = ['po_1MayA'];
  const about = { provider: 'stripe', names, date: day('2026-05-08'), account: '1680' } as const;
  return { ...about, amount: kr('883.20'), ...change };
}

function entry(text: string, amount = '883.20') {
  return { id: '1', amount: kr(amount), text, reference: null, counterparty: null };
}

describe('payoutOf', () => {
  it('goes by the reference, however it is written', () => {
    const payouts = [booked(), booked({ names: ['po_2MayB'] })];
    assert.equal(payoutOf(entry('INS. PO_2MAYB'), ON, payouts), payouts[1]);
  });

  it('goes by the provider when only one of its payouts fits', () => {
    assert.deepEqual(payoutOf(entry('Stripe Technology'), ON, [booked()]), booked());
    assert.equal(payoutOf(entry('Stripe Technology'), ON, [booked(), booked()]), null);
  });

  it('takes nothing of another amount, another provider or another time', () => {
    assert.equal(payoutOf(entry('Stripe po_1MayA', '883.21'), ON, [booked()]), null);
    assert.equal(payoutOf(entry('Klarna'), ON, [booked()]), null);
    assert.equal(payoutOf(entry('Stripe'), ON, [booked({ date: day('2026-04-30') })]), null);
    assert.equal(payoutOf(entry('Stripe'), ON, [booked({ date: day('2026-05-13') })]), null);
  });

  it('takes no short number for a name', () => {
    assert.equal(payoutOf(entry('INS 380 KR'), ON, [booked({ names: ['380'] })]), null);
  });

  it('goes by the bank’s own reference, and never by the word bank', () => {
    const payment = booked({ provider: 'bank', names: ['B506-77'] });
    const named = { ...entry('INSÄTTNING'), id: '3 B506-77' };
    assert.deepEqual(payoutOf(named, ON, [payment]), payment);
    assert.equal(payoutOf(entry('BANKGIRO BANK'), ON, [payment]), null);
  });
});
