import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { creditPurchases, purchase } from '../../../testing/invoices.ts';
import { day } from '../../date.ts';
import { formatMoney } from '../../money.ts';
import type { PostingOutcome } from '../voucher.ts';
import { postCreditPurchases } from './credit-purchases.ts';

function rowsOf(outcome: PostingOutcome): string[] {
  assert.equal(outcome.kind, 'vouchers');
  const [voucher] = outcome.vouchers;
  return (voucher?.rows ?? []).map(
    (row) => `${row.account} ${formatMoney(row.amount)} ${row.text}`,
  );
}

describe('postCreditPurchases', () => {
  test('moves the claim to the customer receipt by receipt, without revenue and VAT', () => {
    const outcome = postCreditPurchases(creditPurchases(), choices());
    assert.deepEqual(rowsOf(outcome), [
      '1510 5030.00 Kreditköp kund 10044',
      '1518 -2500.00 Kvitto 2-51900 2026-05-02 Bil 12',
      '1518 -2530.00 Kvitto 2-51907 2026-05-02 Fika',
    ]);
  });

  test('credits the customer for what was returned', () => {
    const purchases = [purchase('2-1', '-80')];
    assert.deepEqual(rowsOf(postCreditPurchases(creditPurchases({ purchases }), choices())), [
      '1510 -80.00 Kreditköp kund 10044',
      '1518 80.00 Kvitto 2-1 2026-05-02',
    ]);
  });

  test('asks nothing and books nothing when everything was returned', () => {
    const purchases = [purchase('2-1', '80'), { ...purchase('2-1', '-80'), gross: kr('-80') }];
    const outcome = postCreditPurchases(creditPurchases({ purchases }), choices());
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.refusals, [{ code: 'empty-document' }]);
  });

  test('books on the accounts that the company has chosen, and on the day that was decided', () => {
    const accounts = { customers: '1511', 'tender.credit': '1519' };
    const decisions = [{ kind: 'book-on', date: day('2026-06-01') } as const];
    const outcome = postCreditPurchases(creditPurchases(), choices({ accounts }), decisions);
    assert.deepEqual(
      rowsOf(outcome).map((row) => row.slice(0, 4)),
      ['1511', '1519', '1519'],
    );
    assert.equal(outcome.kind === 'vouchers' && outcome.vouchers[0]?.date, '2026-06-01');
  });
});
