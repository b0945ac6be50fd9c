import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LedgerAccount } from '../../domain/books.ts';
import { day } from '../../domain/date.ts';
import { money } from '../../domain/money.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import { postingsOf } from './postings.ts';

type TestRow = readonly [account: string, minor: bigint, role?: string];

function voucher(...rows: readonly TestRow[]): Voucher {
  return {
    date: day('2026-05-31'),
    text: 'Z-rapport 12',
    currency: 'NOK',
    origin: { system: 'minbutik', account: '1', id: '1' },
    rows: rows.map(([account, minor, role = '']) => {
      return { account, amount: money(minor, 'NOK'), text: '', why: 'a test', role };
    }),
  };
}

function account(vatCode: string): LedgerAccount {
  return { name: '', active: true, vatCode, costCentre: 'allowed', project: 'allowed' };
}

const CHART = {
  '1900': account('0'),
  '3000': account('3'),
  '3010': account('0'),
  '3030': account('31'),
  '3100': account('5'),
  '4300': account('1'),
};

/** `3000 -1000.00 3`: account, gross and code. */
function shown(of: Voucher, chart = CHART): readonly string[] {
  return postingsOf(of, chart).map(
    ({ account: number, gross, vat }) => `${number} ${gross} ${vat}`,
  );
}

describe('postingsOf', () => {
  test('sends revenue gross with its code, and no row for its VAT', () => {
    const sold = voucher(['1900', 1_000_00n], ['3000', -800_00n, 'sales.25'], ['2700', -200_00n]);
    assert.deepEqual(shown(sold), ['1900 1000.00 0', '3000 -1000.00 3']);
  });

  test('goes by the rate of the role where the account has no code of its own', () => {
    const sold = voucher(['1900', 1_000_00n], ['3010', -800_00n, 'sales.25'], ['2700', -200_00n]);
    assert.deepEqual(shown(sold), ['1900 1000.00 0', '3010 -1000.00 3']);
  });

  test("goes by the account's code where the row says no role", () => {
    const sold = voucher(['1900', 115_00n], ['3030', -100_00n], ['2701', -15_00n]);
    assert.deepEqual(shown(sold), ['1900 115.00 0', '3030 -115.00 31']);
  });

  test('shares VAT between the rows that it is of', () => {
    // 100.00 and 300.00 net: 25.00 and 75.00.
    const sold = voucher(
      ['1900', 500_00n],
      ['3000', -100_00n, 'sales.25'],
      ['3010', -300_00n, 'sales.25'],
      ['2700', -100_00n],
    );
    assert.deepEqual(shown(sold), ['1900 500.00 0', '3000 -125.00 3', '3010 -375.00 3']);
  });

  test('sends what is bought gross too', () => {
    const bought = voucher(['4300', 400_00n], ['2710', 100_00n], ['2400', -500_00n]);
    assert.deepEqual(shown(bought), ['4300 500.00 1', '2400 -500.00 0']);
  });

  test('names zero rate and export by their codes', () => {
    const sold = voucher(
      ['1900', 300_00n],
      ['3100', -100_00n],
      ['3010', -200_00n, 'sales.export-goods'],
    );
    assert.deepEqual(shown(sold), ['1900 300.00 0', '3100 -100.00 5', '3010 -200.00 52']);
  });

  test('leaves VAT alone that no other row explains', () => {
    const settled = voucher(['2700', 200_00n], ['2740', -200_00n]);
    assert.deepEqual(shown(settled), ['2700 200.00 0', '2740 -200.00 0']);
  });

  test('sends revenue without code when the voucher has no VAT for it', () => {
    const moved = voucher(['3000', 100_00n], ['3010', -100_00n]);
    assert.deepEqual(shown(moved), ['3000 100.00 0', '3010 -100.00 0']);
  });

  test('keeps to the VAT where it is far from its net, and sends the rest without code', () => {
    // VAT 190.00 is that of 760.00; the voucher has 800.00.
    const odd = voucher(['1900', 990_00n], ['3000', -800_00n], ['2700', -190_00n]);
    assert.deepEqual(shown(odd), ['1900 990.00 0', '3000 -950.00 3', '3000 -40.00 0']);
  });

  test('goes by roles alone when the chart is not known', () => {
    const sold = voucher(['1900', 115_00n], ['3030', -100_00n, 'sales.15'], ['2701', -15_00n]);
    assert.deepEqual(shown(sold, {} as typeof CHART), ['1900 115.00 0', '3030 -115.00 31']);
  });
});
