import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { withFortnox } from './bench-for-test.ts';
import { withPlan } from './invoice-bench-for-test.ts';
import { SUPPLIER_INVOICE_STEP, WHOLESALER } from './invoice-plan-for-test.ts';

async function codingOf(bench: Bench, supplier = WHOLESALER) {
  return present(bench.target.readCoding, 'a ledger that keeps suppliers')(supplier);
}

describe('how invoices of a supplier stand in Fortnox', () => {
  test('is what the booked ones cost, without debt and VAT', () =>
    withPlan([SUPPLIER_INVOICE_STEP], async (bench, delivery) => {
      assert.deepEqual(await codingOf(bench), []);
      await delivery.make(0);
      const costs = SUPPLIER_INVOICE_STEP.voucher.rows
        .filter(({ account }) => /^[4-8]/.test(account))
        .map(({ account, amount }) => ({ account, minor: amount.minor }));
      assert.ok(costs.length > 0);
      const { number } = SUPPLIER_INVOICE_STEP.payable;
      assert.deepEqual(await codingOf(bench), [
        { number, date: SUPPLIER_INVOICE_STEP.voucher.date, costs },
      ]);
    }));

  test('leaves out what is a draft', () =>
    withPlan([SUPPLIER_INVOICE_STEP], async (bench, delivery) => {
      await delivery.make(0, delivery.writes.length - 1);
      assert.deepEqual(await codingOf(bench), []);
    }));

  test('is nothing for a supplier that the ledger does not know', () =>
    withFortnox(async (bench) => {
      assert.deepEqual(await codingOf(bench), []);
      const nobody = { ...WHOLESALER, orgNumber: null, vatNumber: null, endpoint: null };
      assert.deepEqual(await codingOf(bench, nobody), []);
    }));
});
