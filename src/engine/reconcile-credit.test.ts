import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { day } from '../domain/date.ts';
import type { DayReport } from '../domain/document/day-report.ts';
import { dayReport, tender } from '../testing/day-reports.ts';
import { creditPurchases, purchase } from '../testing/invoices.ts';
import { openCredit } from './reconcile-credit.ts';

const MAY_2 = day('2026-05-02');

function report(register: string, gross: string): DayReport {
  const lines = [tender('credit', gross)];
  return dayReport({ storeNumber: '1234', businessDate: MAY_2, register, lines });
}

/** Receipts of till 2 on the 2nd of May. */
function signed(...grosses: readonly (readonly [receipt: string, gross: string])[]) {
  const purchases = grosses.map(([receipt, gross]) => purchase(receipt, gross));
  return creditPurchases({ purchases });
}

const shown = (documents: Parameters<typeof openCredit>[0]): readonly string[] =>
  openCredit(documents).map(({ register, receipt, minor }) =>
    [register, receipt?.number ?? 'report', minor].join(' '),
  );

describe('openCredit', () => {
  it('is nothing where report and receipts agree, till by till', () => {
    assert.deepEqual(shown([report('2', '50'), signed(['2-1', '20'], ['2-2', '30'])]), []);
  });

  it('is the receipts whose report is not booked, and the report without receipts', () => {
    const documents = [report('1', '70'), signed(['2-1', '20'], ['2-2', '30'])];
    assert.deepEqual(shown(documents), ['1 report 7000', '2 2-1 -2000', '2 2-2 -3000']);
  });

  it('is both sides where they differ', () => {
    const documents = [report('2', '60'), signed(['2-1', '20'], ['2-2', '30'])];
    assert.deepEqual(shown(documents), ['2 report 6000', '2 2-1 -2000', '2 2-2 -3000']);
  });

  it('compares the whole store where its report is of the whole store', () => {
    assert.deepEqual(shown([report('ALL', '50'), signed(['2-1', '20'], ['2-2', '30'])]), []);
  });
});
