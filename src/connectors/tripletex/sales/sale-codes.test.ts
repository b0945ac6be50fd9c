import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../../domain/date.ts';
import { withTripletex } from '../bench-for-test.ts';
import { saleCode } from './sale-codes.ts';

const DATE = day('2026-05-20');

describe('saleCode', () => {
  test('is told by the source, the rate, the account and the buyer, in that order', async () => {
    await withTripletex({}, async ({ target }) => {
      const books = await target.readBooks({ from: DATE, to: DATE });
      const codeOf = (row: Parameters<typeof saleCode>[0], isAbroad = false) =>
        saleCode(row, { date: DATE, isAbroad, books });
      const home = (account: string, vatCode?: string) =>
        codeOf({ rate: 0, account, ...(vatCode === undefined ? {} : { vatCode }) });
      const abroad = (account: string) => codeOf({ rate: 0, account }, true);
      assert.deepEqual(
        ['3100', '3105', '3200', '7740'].map((one) => home(one)),
        ['5', '52', '6', '7'],
      );
      // What is rounded off is no export, and what is outside the act stays outside.
      assert.deepEqual(['3100', '3105', '3200', '7740'].map(abroad), ['52', '52', '6', '7']);
      assert.equal(home('3100', '52'), '52');
      // Nothing says why it is without VAT; 25 % is not what code 52 is of; 1 is of purchases.
      assert.deepEqual([home('3900'), home('3100', '1')], [null, null]);
      assert.equal(codeOf({ rate: 2500, account: '3000', vatCode: '52' }), null);
      assert.equal(codeOf({ rate: 2500, account: '3000' }), '3');
    });
  });
});
