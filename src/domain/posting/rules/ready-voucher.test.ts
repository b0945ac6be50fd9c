import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { day } from '../../date.ts';
import type { ReadyVoucher } from '../../document/ready-voucher.ts';
import { postReadyVoucher } from './ready-voucher.ts';

const READY: ReadyVoucher = {
  kind: 'ready-voucher',
  ref: { system: 'minbutik', account: '1234', id: '64:2021-05-05' },
  date: day('2021-05-05'),
  text: ' nr. 64',
  number: '64',
  currency: 'SEK',
  rows: [
    { account: '1932', amount: kr('112'), text: 'Kort' },
    { account: '3210', amount: kr('-100'), text: 'MAT', costCentre: 'KAFE' },
    { account: '2620', amount: kr('-12'), text: 'Moms 12%' },
  ],
};

describe('postReadyVoucher', () => {
  test('books the rows as the source coded them', () => {
    const outcome = postReadyVoucher(READY, choices());
    assert.equal(outcome.kind, 'vouchers');
    const [voucher] = outcome.vouchers;
    assert.equal(voucher?.text, 'nr. 64');
    assert.deepEqual(
      voucher?.rows.map((row) => [row.account, row.amount.minor, row.text, row.costCentre]),
      [
        ['1932', 11_200n, 'Kort', undefined],
        ['3210', -10_000n, 'MAT', 'KAFE'],
        ['2620', -1_200n, 'Moms 12%', undefined],
      ],
    );
  });

  test("moves an account of the source to one of the company's own", () => {
    const outcome = postReadyVoucher(READY, choices({ accounts: { 'account/1932': '1580' } }));
    assert.equal(outcome.kind, 'vouchers');
    assert.equal(outcome.vouchers[0]?.rows[0]?.account, '1580');
  });

  // Debit 112.00, credit 110.00: 2.00 apart.
  test('refuses a voucher that does not balance, with both sides', () => {
    const rows = READY.rows.map((row) =>
      row.account === '2620' ? { ...row, amount: kr('-10') } : row,
    );
    const outcome = postReadyVoucher({ ...READY, rows }, choices());
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.refusals, [
      {
        code: 'voucher-does-not-balance',
        debit: kr('112'),
        credit: kr('110'),
        difference: kr('2'),
      },
    ]);
  });

  test('refuses a voucher without rows', () => {
    const outcome = postReadyVoucher({ ...READY, rows: [] }, choices());
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.refusals, [{ code: 'empty-document' }]);
  });
});
