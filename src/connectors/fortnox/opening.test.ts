import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import { book } from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import { withFortnox } from './bench-for-test.ts';

describe('readOpening', () => {
  test('is what stood there before the day: the year’s opening balances and its rows so far', () =>
    withFortnox(async (bench) => {
      const { ledger, target } = bench;
      const { money, sales } = ledger.accounts;
      const amounts = [
        [ledger.lastYear, 100_00n],
        [day('2026-05-01'), 25_50n],
        [ledger.day, 7_00n],
      ] as const;
      for (const [at, [date, minor]] of amounts.entries()) {
        const rows = [[money, minor] as const, [sales, -minor] as const];
        await book(bench, testVoucher(ledger, { date, rows }), `key-${at}`);
      }
      // 2 May 2026 is not before itself. 100.00 of last year + 25.50
      const opening = await target.readOpening?.(ledger.day);
      assert.equal(opening?.[money], 125_50n);
      // Sales begin anew in each year.
      assert.equal(opening?.[sales], -25_50n);
      const next = await target.readOpening?.(day('2026-05-03'));
      assert.equal(next?.[money], 132_50n);
    }));

  test('is nothing where no financial year holds the day', () =>
    withFortnox(async ({ ledger, target }) => {
      assert.deepEqual(await target.readOpening?.(ledger.dayWithoutYear), {});
    }));
});
