import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import { Delivery, expectFound } from '../../testing/target-contract/delivery.ts';
import { makeOne, withPlan } from './invoice-bench-for-test.ts';
import {
  ATTACH_STEP,
  CUSTOMER_INVOICE_STEP,
  SUPPLIER_INVOICE_STEP,
} from './invoice-plan-for-test.ts';

const SUPPLIER_PLAN: readonly Step[] = [SUPPLIER_INVOICE_STEP, ATTACH_STEP];
const CUSTOMER_PLAN: readonly Step[] = [CUSTOMER_INVOICE_STEP, ATTACH_STEP];

describe('invoices and lost answers', () => {
  for (const [name, steps] of [
    ['supplier', SUPPLIER_PLAN],
    ['customer', CUSTOMER_PLAN],
  ] as const) {
    for (const at of [0, 1, 2, 3, 4]) {
      test(`finds call ${at} of a ${name} invoice, and makes it once`, () =>
        withPlan(steps, async (bench, delivery) => {
          await delivery.make(0, at);
          assert.deepEqual(await delivery.find(at), []);
          const { call } = present(delivery.writes[at], `write ${at}`);
          bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
          assert.equal((await delivery.fail(at)).kind, 'unanswered');
          const remote = expectFound(await delivery.find(at, bench.another()));
          delivery.keep(at, remote);
          await delivery.make(at + 1);
          for (const number of delivery.writes.keys()) expectFound(await delivery.find(number));
          assert.equal(bench.run.booked().length, 1);
        }));

      test(`finds nothing of call ${at} of a ${name} invoice that never arrived`, () =>
        withPlan(steps, async (bench, delivery) => {
          await delivery.make(0, at);
          const { call } = present(delivery.writes[at], `write ${at}`);
          bench.run.fail({ kind: 'server-error', commits: false }, { kind: 'write', call });
          assert.equal((await delivery.fail(at)).kind, 'unanswered');
          assert.deepEqual(await delivery.find(at), []);
          await delivery.make(at);
          assert.equal(bench.run.booked().length, 1);
        }));
    }

    test(`does not enter or book a ${name} invoice again for a hub that lost its database`, () =>
      withPlan(steps, async (bench, delivery) => {
        await delivery.make(0);
        const again = new Delivery({ bench, writes: delivery.writes, key: 'doc-1' });
        // Its file is uploaded once more, and stands there twice.
        await again.makeUnlooked(0);
        assert.equal(bench.run.booked().length, 1);
        assert.deepEqual(again.results.get('invoice-1'), delivery.results.get('invoice-1'));
      }));
  }

  test('never takes a booking for undone when its voucher cannot be read', () =>
    withPlan([SUPPLIER_INVOICE_STEP], async (bench, delivery) => {
      await delivery.make(0, 2);
      bench.run.fail({ kind: 'busy' }, { kind: 'reading' });
      assert.equal((await delivery.fail(2)).kind, 'unanswered');
      assert.equal(expectFound(await delivery.find(2)).label, 'D 1');
    }));

  test('says in Fortnox’s words why an invoice is not booked', () =>
    withPlan([SUPPLIER_INVOICE_STEP], async (bench, delivery) => {
      await delivery.make(0, 2);
      await bench.run.arrange({ kind: 'locked', upTo: day('2026-05-31') });
      const outcome = await makeOne(bench, delivery, 2);
      assert.equal(outcome.kind === 'refused' && outcome.refusals[0]?.code, 'period-locked');
    }));
});
