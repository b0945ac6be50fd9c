import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kr } from '../../testing/day-reports.ts';
import { claim, entry, payout } from '../../testing/payouts.ts';
import { day } from '../date.ts';
import { matchPayout, paidOtherwise, type PaymentClaim } from './payments.ts';
import type { PayoutEntry } from './payout.ts';

function found(entries: readonly PayoutEntry[], claims: readonly PaymentClaim[]) {
  return matchPayout(payout(entries), claims).map((one) => one?.document.split('/')[2] ?? null);
}

describe('matchPayout', () => {
  const sale = (gross: string, change: Partial<PayoutEntry> = {}) => entry('sale', gross, change);

  it('goes by the provider’s reference before everything else', () => {
    const claims = [claim('1', '100'), claim('2', '100')];
    const entries = [sale('100', { references: ['pi_9', 'ch_2'], order: '1' })];
    assert.deepEqual(found(entries, claims), ['2']);
  });

  it('goes by the order’s number, whatever a plug-in writes before it', () => {
    const claims = [claim('1001', '100', { transaction: null })];
    for (const order of ['1001', '#1001', 'WC-1001']) {
      assert.deepEqual(found([sale('100', { order })], claims), ['1001'], order);
    }
  });

  it('takes a number behind other letters only when the amount is the same', () => {
    const claims = [claim('1001', '100', { transaction: null })];
    assert.deepEqual(found([sale('90', { order: 'WC-1001' })], claims), [null]);
    assert.deepEqual(found([sale('90', { order: '1001' })], claims), ['1001']);
  });

  it('prefers the shop whose order was paid by this provider', () => {
    const other = claim('7', '100', { transaction: null, method: 'klarna_payments' });
    const own = claim('7', '100', { transaction: null, document: 'quickbutik/b/own' });
    assert.deepEqual(found([sale('100', { order: '7' })], [other, own]), ['own']);
  });

  it('goes by amount and day when only one order and one row fit', () => {
    const claims = [claim('1', '349', { transaction: null })];
    assert.deepEqual(found([sale('349')], claims), ['1']);
    assert.deepEqual(found([sale('349'), sale('349')], claims), [null, null]);
    const two = [...claims, claim('2', '349', { transaction: null })];
    assert.deepEqual(found([sale('349')], two), [null]);
    const old = [claim('1', '349', { transaction: null, date: day('2026-04-28') })];
    assert.deepEqual(found([sale('349')], old), [null]);
  });

  it('finds by amount no order of another method, nor one that is settled', () => {
    const klarna = claim('1', '349', { transaction: null, method: 'klarna' });
    const settled = claim('2', '349', { transaction: null, settled: kr('349') });
    assert.deepEqual(found([sale('349')], [klarna, settled]), [null]);
  });

  it('takes refunds for refunds', () => {
    const back = claim('1', '-100', { kind: 'refund', document: 'woocommerce/shop/refund' });
    const entries = [
      sale('100', { references: ['ch_1'] }),
      entry('refund', '-100', { references: ['ch_1'] }),
    ];
    assert.deepEqual(found(entries, [claim('1', '100'), back]), ['1', 'refund']);
  });

  it('asks for no order behind fees and disputes', () => {
    const entries = [entry('chargeback', '-100', { references: ['ch_1'] })];
    assert.deepEqual(found(entries, [claim('1', '100')]), [null]);
  });
});

describe('paidOtherwise', () => {
  it('counts all parts of an order, and what other payouts have settled of it', () => {
    const known = claim('1', '1000', { settled: kr('300') });
    const parts = [
      entry('sale', '300', { references: ['ch_1'] }),
      entry('sale', '300', { references: ['ch_1'] }),
    ];
    const document = payout(parts);
    assert.deepEqual(paidOtherwise(document, matchPayout(document, [known])), [
      { claim: known, paid: kr('900') },
    ]);
    const whole = payout([...parts, entry('sale', '100', { references: ['ch_1'] })]);
    assert.deepEqual(paidOtherwise(whole, matchPayout(whole, [known])), []);
  });
});
