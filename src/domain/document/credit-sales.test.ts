import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dayReport, kr, sale, tender } from '../../testing/day-reports.ts';
import { creditPurchases, purchase } from '../../testing/invoices.ts';
import { day } from '../date.ts';
import { creditDiffers, creditSalesOf, type CreditBeside } from './credit-sales.ts';

const DAY = day('2026-05-02');

/** What one side says of a till of store 1234 on 2 May, in kronor. */
function said(
  side: CreditBeside['side'],
  register: string,
  kronor: bigint,
  isBooked = false,
): CreditBeside {
  return { store: '1234', day: DAY, register, side, minor: kronor * 100n, isBooked };
}

/** 1 000 kr sold on till 2, some of it on account. */
function report(onAccount: string, register = '2') {
  const lines = [sale('1 000', '200', 2500), tender('credit', onAccount)];
  return dayReport({ storeNumber: '1234', businessDate: DAY, register, lines });
}

/** Receipts of 2 500.00 + 2 530.00 on till 2. */
const bought = creditPurchases();

describe('creditSalesOf', () => {
  test('adds up the credit tenders of a report, and says so when there is none', () => {
    const lines = [tender('credit', '100'), tender('card', '700'), tender('credit', '-25.50')];
    const of = { store: '1234', day: DAY, register: '2', side: 'report' };
    const twice = dayReport({ storeNumber: '1234', businessDate: DAY, register: '2', lines });
    assert.deepEqual(creditSalesOf(twice), [{ ...of, minor: 7_450n }]);
    assert.deepEqual(creditSalesOf(report('0')), [{ ...of, minor: 0n }]);
  });

  test('adds up receipts by day and till, returns taken off', () => {
    const purchases = [
      purchase('2-1', '100'),
      { ...purchase('2-2', '-30'), register: '2' },
      { ...purchase('3-1', '5'), register: '3' },
      { ...purchase('2-3', '7'), date: day('2026-05-03') },
    ];
    const sums = creditSalesOf(creditPurchases({ purchases }));
    assert.deepEqual(
      sums.map((one) => [one.day, one.register, one.minor]),
      [
        ['2026-05-02', '2', 7_000n],
        ['2026-05-02', '3', 500n],
        ['2026-05-03', '2', 700n],
      ],
    );
  });
});

describe('creditDiffers', () => {
  test('holds receipts that differ from the report of their till, with both sums', () => {
    const beside = [said('report', '2', 6_215n, true), said('receipts', '2', 5_030n)];
    assert.deepEqual(creditDiffers(bought, beside), [
      {
        code: 'credit-differs',
        store: '1234',
        day: '2026-05-02',
        register: '2',
        reported: kr('6 215'),
        receipts: kr('5 030'),
        difference: kr('1 185'),
      },
    ]);
  });

  const nothing: readonly (readonly [string, Parameters<typeof creditDiffers>])[] = [
    ['when both say the same', [bought, [said('report', '2', 9n), said('receipts', '2', 9n)]]],
    ['when no report has come', [bought, [said('receipts', '2', 5_030n)]]],
    ['when no receipts have come', [report('100'), [said('report', '2', 100n)]]],
    [
      'when only another till has reported',
      [bought, [said('report', '1', 6_215n), said('receipts', '2', 5_030n)]],
    ],
    [
      'when receipts name no till and each till has a report of its own',
      [bought, [said('report', '2', 1n), said('receipts', '', 5_030n), said('receipts', '2', 9n)]],
    ],
    [
      'when it is a report, and nothing of the receipts is booked',
      [report('100'), [said('report', '2', 100n), said('receipts', '2', 5_030n)]],
    ],
  ];
  for (const [title, given] of nothing) {
    test(`holds nothing ${title}`, () => assert.deepEqual(creditDiffers(...given), []));
  }

  test('holds a report whose receipts are booked with another sum', () => {
    const beside = [said('report', '2', 100n), said('receipts', '2', 5_030n, true)];
    assert.deepEqual(
      creditDiffers(report('100'), beside).map((one) => one.code),
      ['credit-differs'],
    );
  });

  // 6 215.00 for the whole store: 5 030.00 at till 2 and 1 185.00 at till 4.
  test('compares the whole store when its report is of the whole store', () => {
    const receipts = [said('receipts', '2', 5_030n), said('receipts', '4', 1_185n)];
    assert.deepEqual(creditDiffers(bought, [said('report', 'ALL', 6_215n), ...receipts]), []);
    const [differs] = creditDiffers(bought, [said('report', 'ALL', 6_000n), ...receipts]);
    assert.ok(differs?.code === 'credit-differs');
    assert.deepEqual([differs.register, differs.difference], ['ALL', kr('-215')]);
  });
});
