import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { present } from '../../../lib/assert.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import { expectFound } from '../../../testing/target-contract/delivery.ts';
import { withPlan } from '../invoice-bench-for-test.ts';
import { listOf, type WireObject } from '../../../lib/json-object.ts';
import { annasOrder, invoiceFor, orderedSteps, paidSteps } from './shop-plan-for-test.ts';

/** What each call makes, in the order of the calls. */
const PLANS: readonly (readonly [string, readonly Step[], readonly string[]])[] = [
  [
    'an invoice that is paid',
    paidSteps(invoiceFor(annasOrder())),
    ['customer', 'article', 'invoice', 'booking', 'payment', "payment's booking"],
  ],
  [
    'an order that is invoiced',
    orderedSteps(invoiceFor(annasOrder())),
    ['customer', 'article', 'order', 'invoice', "invoice's day", 'booking'],
  ],
];

describe('orders of shops and lost answers', () => {
  for (const [plan, steps, calls] of PLANS) {
    for (const [at, what] of calls.entries()) {
      test(`the ${what} of ${plan} is found, and made once`, () =>
        withPlan(steps, async (bench, delivery) => {
          await delivery.make(0, at);
          assert.deepEqual(await delivery.find(at), []);
          const { call } = present(delivery.writes[at], `write ${at}`);
          bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
          assert.equal((await delivery.fail(at)).kind, 'unanswered');
          delivery.keep(at, expectFound(await delivery.find(at, bench.another())));
          await delivery.make(at + 1);
          for (const number of delivery.writes.keys()) expectFound(await delivery.find(number));
          await expectOneOfEach(bench);
        }));

      test(`the ${what} of ${plan} that never arrived is made`, () =>
        withPlan(steps, async (bench, delivery) => {
          await delivery.make(0, at);
          const { call } = present(delivery.writes[at], `write ${at}`);
          bench.run.fail({ kind: 'server-error', commits: false }, { kind: 'write', call });
          assert.equal((await delivery.fail(at)).kind, 'unanswered');
          assert.deepEqual(await delivery.find(at), []);
          await delivery.make(at);
          await expectOneOfEach(bench);
        }));
    }
  }

  test('are seen by a hub that lost its database', () =>
    withPlan(paidSteps(invoiceFor(annasOrder())), async (bench, delivery) => {
      await delivery.make(0);
      const year = { from: '2026-01-01', to: '2026-12-31' } as Parameters<
        typeof bench.target.survey
      >[0];
      assert.deepEqual(await bench.target.survey(year), ['doc-1-invoice-1-in']);
    }));
});

async function expectOneOfEach(bench: Bench): Promise<void> {
  const counts = await Promise.all(
    ['Customers', 'Articles', 'Invoices'].map(async (envelope) => {
      const body = await read(bench, `/3/${envelope.toLowerCase()}`);
      return listOf(body, envelope).length;
    }),
  );
  assert.deepEqual(counts, [1, 1, 1]);
  assert.deepEqual(bench.run.problems(), []);
}

async function read(bench: Bench, path: string): Promise<WireObject> {
  const { settings, secrets } = bench.run;
  const headers = { authorization: `Bearer ${secrets['accessToken'] ?? ''}` };
  const url = `${String(settings['apiUrl'])}${path}`;
  const { body } = await bench.http(settings).send({ method: 'GET', url, headers });
  return JSON.parse(Buffer.from(body).toString()) as WireObject;
}
