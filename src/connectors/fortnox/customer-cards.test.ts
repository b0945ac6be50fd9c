import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed } from '../../testing/target-contract/delivery.ts';
import { withFortnox } from './bench-for-test.ts';
import { KEEP_STEP } from './invoice-plan-for-test.ts';
import { isRecord, type WireObject } from '../../lib/json-object.ts';

const KEEP = KEEP_STEP as Extract<Step, { readonly kind: 'keep-customer' }>;

async function delivery(bench: Bench, step: Step, key = 'doc-1'): Promise<Delivery> {
  return new Delivery({ bench, writes: await routed(bench, [step]), key });
}

async function cardOf(bench: Bench, number: string): Promise<WireObject> {
  const { settings, secrets } = bench.run;
  const answer = await bench.http(settings).send({
    method: 'GET',
    url: `${String(settings['apiUrl'])}/3/customers/${number}`,
    headers: { authorization: `Bearer ${secrets['accessToken'] ?? ''}` },
  });
  const body = JSON.parse(Buffer.from(answer.body).toString('utf8')) as WireObject;
  assert.ok(isRecord(body['Customer']), number);
  return body['Customer'];
}

describe('a customer’s card', () => {
  test('is made, and then changed where it differs', () =>
    withFortnox(async (bench) => {
      const first = await delivery(bench, KEEP);
      assert.deepEqual(
        first.writes.map(({ id, call }) => [id, call]),
        [
          ['customer-1.who', 'POST /3/customers'],
          ['customer-1', 'PUT /3/customers/K200'],
        ],
      );
      await first.make(0);
      const { data } = present(first.results.get('customer-1'), 'what became of it');
      const customer = { ...KEEP.customer, name: 'Köket i Byn', email: null };
      const changed = { ...KEEP, customer, sent: data ?? null };
      const sentBefore = bench.sent.length;
      const second = await delivery(bench, changed, 'doc-2');
      await second.make(0);
      const bodies = bench.sent.slice(sentBefore).flatMap(({ request }) => request.body ?? []);
      assert.deepEqual(bodies, ['{"Customer":{"Name":"Köket i Byn"}}']);
      // What the source leaves empty takes nothing away.
      assert.equal((await cardOf(bench, 'K200'))['Email'], 'koket@byn.example');
    }));

  test('calls for nothing when nothing is to be changed', () =>
    withFortnox(async (bench) => {
      await (
        await delivery(bench, { ...KEEP, customer: { ...KEEP.customer, terms: null } })
      ).make(0);
      const sentBefore = bench.sent.length;
      await (await delivery(bench, KEEP, 'doc-2')).make(0, 1);
      const methods = bench.sent.slice(sentBefore).map(({ request }) => request.method);
      assert.ok(methods.every((method) => method === 'GET'));
    }));

  test('of a private person says so, and keeps the number out of everything else', () =>
    withFortnox(async (bench) => {
      // January, of no day: nobody has such a number, and Fortnox would refuse it.
      const customer = { ...KEEP.customer, orgNumber: '9901990000' };
      await (await delivery(bench, { ...KEEP, customer })).make(0);
      const card = await cardOf(bench, 'K200');
      assert.deepEqual([card['Type'], card['OrganisationNumber']], ['PRIVATE', '']);
    }));

  for (const at of [0, 1]) {
    test(`is found, and made once, when the answer to call ${at} is lost`, () =>
      withFortnox(async (bench) => {
        const one = await delivery(bench, KEEP);
        await one.make(0, at);
        assert.deepEqual(await one.find(at), []);
        const { call } = present(one.writes[at], `write ${at}`);
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
        assert.equal((await one.fail(at)).kind, 'unanswered');
        one.keep(at, expectFound(await one.find(at, bench.another())));
        await one.make(at + 1);
        assert.equal((await cardOf(bench, 'K200'))['TermsOfPayment'], '30');
      }));
  }

  test('is refused beforehand with a number that Fortnox does not take', () =>
    withFortnox(async (bench) => {
      const step: Step = { ...KEEP, customer: { ...KEEP.customer, number: 'K 200' } };
      const period = { from: bench.ledger.day, to: bench.ledger.day };
      const route = bench.target.route([step], await bench.target.readBooks(period));
      const what = 'a customer with the number K 200';
      const refusals = [{ code: 'target-cannot', system: 'Fortnox', what }];
      assert.deepEqual(route, { kind: 'cannot', refusals });
    }));
});
