import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed } from '../../testing/target-contract/delivery.ts';
import { withTripletex, type TripletexUnderTest } from './bench-for-test.ts';
import { creditStep, CUSTOMER_INVOICE_STEP, KEEP_STEP } from './invoice-plan-for-test.ts';
import { ask, basic } from './simulator/test-client.ts';
import { objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

async function deliver(bench: Bench, step: Step, key: string): Promise<Delivery> {
  const delivery = new Delivery({ bench, writes: await routed(bench, [step]), key });
  await delivery.make(0);
  return delivery;
}

async function cardOf({ simulator, company }: TripletexUnderTest): Promise<WireObject> {
  const url = `${simulator.apiUrl}/customer?customerAccountNumber=4712&fields=*,postalAddress(*)`;
  const { values } = await ask(url, { headers: basic(company.session()) });
  return present(values[0], 'the customer');
}

function putsOf(bench: Bench): readonly WireObject[] {
  return bench.sent
    .filter(({ request }) => request.method === 'PUT')
    .map(({ request }) => JSON.parse(String(request.body)) as WireObject);
}

describe("a customer's card", () => {
  test('is made, filled in, and changed where the source owns it', async () => {
    await withTripletex({}, async (bench, under) => {
      const first = await deliver(bench, KEEP_STEP, 'doc-1');
      assert.equal((await cardOf(under))['globalLocationNumber'], 7_080_000_000_016);
      const { data } = present(first.results.get('customer-1'), 'what became of it');
      const address = { street: 'Torget 2', postcode: '5004', city: 'Bergen', country: 'NO' };
      const customer = { ...KEEP_STEP.customer, name: 'Kantinen', email: null, address };
      await deliver(bench, { ...KEEP_STEP, customer, sent: data ?? null }, 'doc-2');
      const card = await cardOf(under);
      assert.equal(card['name'], 'Kantinen');
      assert.equal(card['email'], 'kantinen@skolen.example', 'what is empty takes nothing away');
      assert.equal(textOf(objectOf(card, 'postalAddress'), 'postalCode'), '5004');
      assert.equal(putsOf(bench).length, 2, 'what was filled in, and what was changed');
    });
  });

  test('is left where somebody has changed it, and that is told', async () => {
    await withTripletex({}, async (bench, under) => {
      const first = await deliver(bench, KEEP_STEP, 'doc-1');
      const { data } = present(first.results.get('customer-1'), 'what became of it');
      const card = await cardOf(under);
      await ask(`${under.simulator.apiUrl}/customer/${textOf(card, 'id')}`, {
        method: 'PUT',
        headers: basic(under.company.session()),
        body: JSON.stringify({ name: 'Vår kantine' }),
      });
      const customer = { ...KEEP_STEP.customer, name: 'Kantinen' };
      const step: Step = { ...KEEP_STEP, customer, sent: data ?? null };
      const writes = await routed(bench, [step]);
      const delivery = new Delivery({ bench, writes, key: 'doc-2' });
      await delivery.make(0, 1);
      const keep = present(writes[1], 'the write');
      const outcome = await bench.target.write(keep, delivery.contextFor(keep));
      assert.deepEqual(outcome.kind === 'done' ? outcome.notices : [], [
        { code: 'customer-field-kept', customer: '4712', fields: ['name'] },
      ]);
      assert.equal((await cardOf(under))['name'], 'Vår kantine');
    });
  });

  test('stands once and as it should when answers are lost', async () => {
    await withTripletex({}, async (bench, under) => {
      const writes = await routed(bench, [KEEP_STEP]);
      const delivery = new Delivery({ bench, writes, key: 'doc-1' });
      for (const [at, write] of writes.entries()) {
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: write.call });
        assert.equal((await delivery.fail(at)).kind, 'unanswered', write.call);
        delivery.keep(at, expectFound(await delivery.find(at)));
      }
      assert.equal((await cardOf(under))['name'], 'Skolekantinen');
    });
  });
});

describe('what customers owe', () => {
  test('is what is open of them, overdue from the day after it is due', async () => {
    await withTripletex({}, async (bench) => {
      await deliver(bench, KEEP_STEP, 'doc-1');
      const made = await deliver(bench, CUSTOMER_INVOICE_STEP, 'doc-2');
      const owed = async (on: string) => bench.target.readClaims?.(day(on));
      const about = { number: '4711', name: 'Skolekantinen', creditLimit: null };
      const nobody = { ...about, number: '4712', balance: 0n, overdue: 0n };
      assert.deepEqual(await owed('2026-06-30'), [
        nobody,
        { ...about, balance: 3_164_00n, overdue: 0n },
      ]);
      assert.deepEqual(await owed('2026-07-01'), [
        nobody,
        { ...about, balance: 3_164_00n, overdue: 3_164_00n },
      ]);
      await deliver(bench, creditStep(CUSTOMER_INVOICE_STEP, made.results), 'doc-3');
      assert.equal((await owed('2026-06-30'))?.[1]?.balance, 0n);
    });
  });
});
