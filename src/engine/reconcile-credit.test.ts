import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../domain/date.ts';
import { dayReport, sale, tender } from '../testing/day-reports.ts';
import { creditPurchases, purchase } from '../testing/invoices.ts';
import { creditDays } from './reconcile-credit.ts';

const MAY_2 = day('2026-05-02');
const lines = [sale('6215', '0', 600), tender('credit', '6215')];
const report = dayReport({ businessDate: MAY_2, lines });
const school = creditPurchases({
  ref: { system: 'minbutik', account: '1234', id: 'credit:2026-05:10017' },
  purchases: [purchase('4-88121', '1185')],
});

describe('creditDays', () => {
  test('explains the credit tenders of a day by receipts', () => {
    // 1 185 + 2 500 + 2 530 = 6 215
    assert.deepEqual(creditDays([report, school, creditPurchases()]), [
      { store: '1234', day: '2026-05-02', reported: 621_500n, invoiced: 621_500n },
    ]);
  });

  test('gives both numbers of a day that has a receipt too few, and of one with none', () => {
    const later = dayReport({ businessDate: day('2026-05-03'), lines });
    assert.deepEqual(creditDays([later, report, creditPurchases()]), [
      { store: '1234', day: '2026-05-02', reported: 621_500n, invoiced: 503_000n },
      { store: '1234', day: '2026-05-03', reported: 621_500n, invoiced: 0n },
    ]);
  });

  test('says nothing of a store whose receipts do not come here', () => {
    assert.deepEqual(creditDays([report]), []);
    const elsewhere = creditPurchases({ storeNumber: '9' });
    assert.deepEqual(
      creditDays([report, elsewhere]).map(({ store }) => store),
      ['9'],
    );
  });
});
