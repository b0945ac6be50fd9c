import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import { present } from '../../lib/assert.ts';
import type { CustomerBalance } from '../../ports/balances.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { withFortnox } from './bench-for-test.ts';
import { withPlan } from './invoice-bench-for-test.ts';
import { CUSTOMER_INVOICE_STEP } from './invoice-plan-for-test.ts';
import { createWrite } from './register-writes.ts';

const { customer, receivable } = CUSTOMER_INVOICE_STEP;

async function claims(bench: Bench, on: string): Promise<readonly CustomerBalance[]> {
  const { target } = bench;
  return present(target.readClaims?.(day(on)), 'claims');
}

describe('what customers owe in Fortnox', () => {
  test('is nothing for one who has not bought', () =>
    withFortnox(async (bench) => {
      const idle = createWrite('c', 'customer', { CustomerNumber: '7', Name: 'Lilla Caféet' });
      const context = { key: 'c', earlier: new Map(), file: () => Promise.reject(new Error()) };
      await bench.target.write(idle, context);
      const found = (await claims(bench, '2026-05-02')).find(({ number }) => number === '7');
      assert.deepEqual(found, {
        ...{ number: '7', name: 'Lilla Caféet', creditLimit: null },
        ...{ balance: 0n, overdue: 0n },
      });
    }));

  test('is what stands on booked invoices, overdue from the day after they are due', () =>
    withPlan([CUSTOMER_INVOICE_STEP], async (bench, delivery) => {
      await delivery.make(0);
      const owed = async (on: string) =>
        (await claims(bench, on)).find(({ number }) => number === customer.number);
      const balance = receivable.total.minor;
      const about = { number: customer.number, name: customer.name, balance, creditLimit: null };
      assert.deepEqual(await owed('2026-05-02'), { ...about, overdue: 0n });
      assert.deepEqual(await owed('2027-05-02'), { ...about, overdue: balance });
    }));
});
