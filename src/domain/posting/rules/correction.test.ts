import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, dayReport, sale, tender } from '../../../testing/day-reports.ts';
import { day } from '../../date.ts';
import { correctVoucher } from './correction.ts';
import { postDayReport } from './day-report.ts';
import type { Voucher } from '../voucher.ts';

function voucherOf(gross: string, vat: string): Voucher {
  const lines = [sale(gross, vat, 2500), tender('card', gross)];
  const outcome = postDayReport(dayReport({ lines }), choices());
  assert.equal(outcome.kind, 'vouchers');
  const [voucher] = outcome.vouchers;
  assert.ok(voucher);
  return voucher;
}

describe('correctVoucher', () => {
  const booked = { voucher: voucherOf('1 000', '200'), number: 'K 17' };
  const found = { on: day('2026-06-12'), language: 'sv' } as const;
  const [reversal, replacement] = correctVoucher(booked, voucherOf('1 250', '250'), found);

  test('reverses what was booked to the öre', () => {
    assert.deepEqual(
      reversal.rows.map((row) => [row.account, row.amount.minor]),
      [
        ['3001', 80_000n],
        ['2611', 20_000n],
        ['1580', -100_000n],
      ],
    );
  });

  test('books what is right', () => {
    assert.deepEqual(
      replacement.rows.map((row) => [row.account, row.amount.minor]),
      [
        ['3001', -100_000n],
        ['2611', -25_000n],
        ['1580', 125_000n],
      ],
    );
  });

  test('stands on the day the error was found, and names what it corrects', () => {
    assert.deepEqual([reversal.date, replacement.date], ['2026-06-12', '2026-06-12']);
    assert.equal(reversal.text, 'Rättelse av K 17: återföring');
    assert.equal(replacement.text, 'Rättelse av K 17: rätt bokning');
  });
});
