import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import {
  bothYears,
  Delivery,
  expectFound,
  routed,
} from '../../../testing/target-contract/delivery.ts';
import type { TripletexUnderTest } from '../bench-for-test.ts';
import { ask, basic } from '../simulator/test-client.ts';
import { OLA, orderStep, withOrder } from './orders-for-test.ts';

const CALLS = ['customer', 'project', 'first product', 'second product', 'order'] as const;
const ORDER = CALLS.indexOf('order');

async function list({ simulator, company }: TripletexUnderTest, path: string) {
  const headers = basic(company.session());
  return (await ask(`${simulator.apiUrl}${path}`, { headers })).values as readonly WireObject[];
}

function ordersOf(under: TripletexUnderTest): Promise<readonly WireObject[]> {
  const fields =
    'id,number,project(number,customer(id)),customer(id),orderLines(*,vatType(number))';
  return list(under, `/order?orderDateFrom=2026-01-01&orderDateTo=2027-01-01&fields=${fields}`);
}

async function change(under: TripletexUnderTest, path: string, body: object): Promise<string> {
  const { simulator, company } = under;
  const headers = basic(company.session());
  const sent = { method: 'POST', headers, body: JSON.stringify(body) };
  return textOf((await ask(`${simulator.apiUrl}${path}`, sent)).value, 'id');
}

/** Why a write is refused. */
async function refusalOf(bench: Bench, delivery: Delivery, at: number): Promise<Refusal> {
  const write = present(delivery.writes[at], `write ${at}`);
  const outcome = await bench.target.write(write, delivery.contextFor(write));
  assert.equal(outcome.kind, 'refused');
  return present(outcome.kind === 'refused' ? outcome.refusals[0] : undefined, 'a reason');
}

async function expectOneOfEach(under: TripletexUnderTest): Promise<void> {
  assert.equal((await list(under, '/customer?fields=id')).length, 1);
  assert.equal((await list(under, '/project?fields=id')).length, 1);
  assert.equal((await list(under, '/product?fields=id')).length, 2);
  assert.equal((await ordersOf(under)).length, 1);
  assert.deepEqual(under.company.outbox(), []);
}

describe('an order in Tripletex', () => {
  test('is tied to customer and project, and comes to what was sold', async () => {
    await withOrder(orderStep(), async (_, delivery, under) => {
      await delivery.make(0);
      const [order] = await ordersOf(under);
      assert.ok(order !== undefined);
      const customer = textOf(objectOf(order, 'customer'), 'id');
      const project = objectOf(order, 'project');
      assert.equal(textOf(project, 'number'), '24017');
      assert.equal(textOf(objectOf(project, 'customer'), 'id'), customer);
      assert.deepEqual(
        listOf(order, 'orderLines').map((line) => [
          line['count'],
          line['amountIncludingVatCurrency'],
          line['amountExcludingVatCurrency'],
          textOf(objectOf(line, 'vatType'), 'number'),
        ]),
        [
          [1, 24_500, 19_600, '3'],
          [-1, -100, -80, '3'],
        ],
      );
      assert.equal(delivery.results.get('order-1.in')?.label, `Ordre ${textOf(order, 'number')}`);
    });
  });

  test('takes the VAT of its products where lines of a project may name none', async () => {
    await withOrder(orderStep(), async (_, delivery, under) => {
      under.simulator.setChoices({ vatOnProjectOrder: 'refused' });
      await delivery.make(0);
      assert.equal((await ordersOf(under)).length, 1);
    });
  });

  for (const [at, what] of CALLS.entries()) {
    test(`whose ${what} was made and not answered is made once`, async () => {
      await withOrder(orderStep(), async (bench, delivery, under) => {
        await delivery.make(0, at);
        assert.deepEqual(await delivery.find(at), []);
        const { call } = present(delivery.writes[at], `write ${at}`);
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        delivery.keep(at, expectFound(await delivery.find(at, bench.another())));
        await delivery.make(at + 1);
        await expectOneOfEach(under);
      });
    });

    test(`whose ${what} never arrived is made`, async () => {
      await withOrder(orderStep(), async (bench, delivery, under) => {
        await delivery.make(0, at);
        const { call } = present(delivery.writes[at], `write ${at}`);
        bench.run.fail({ kind: 'server-error', commits: false }, { kind: 'write', call });
        assert.equal((await delivery.fail(at)).kind, 'unanswered');
        assert.deepEqual(await delivery.find(at), []);
        await delivery.make(at);
        await expectOneOfEach(under);
      });
    });
  }

  test('is seen by a hub that lost its database', async () => {
    await withOrder(orderStep(), async (bench, delivery) => {
      await delivery.make(0);
      assert.deepEqual(await bench.target.survey(bothYears(bench)), ['doc-1-order-1-in']);
    });
  });

  test('of somebody without e-mail finds them by the number of the quoting system', async () => {
    const customer = { ...OLA, email: null, knownBy: 'none' } as const;
    await withOrder(orderStep({ customer }), async (bench, delivery, under) => {
      await change(under, '/customer', { name: 'Ola Hansen' });
      await delivery.make(0);
      const again = new Delivery({ bench, writes: delivery.writes, key: 'doc-2' });
      await again.make(0);
      assert.equal(
        (await list(under, '/customer?fields=id')).length,
        2,
        'a namesake is left alone',
      );
      assert.equal(
        new Set((await ordersOf(under)).map((one) => textOf(objectOf(one, 'customer'), 'id'))).size,
        1,
      );
    });
  });

  test('is changed in place, once', async () => {
    await withOrder(orderStep(), async (bench, delivery, under) => {
      await delivery.make(0);
      const { id } = present(delivery.results.get('order-1.in'), 'the order');
      const { sale } = orderStep();
      const [kitchen] = sale.rows;
      const dearer = { ...present(kitchen, 'a row'), price: money(30_000_00n, 'NOK') };
      const rows = [{ ...dearer, gross: dearer.price }];
      const step = orderStep({ rows, total: dearer.price, vat: money(6_000_00n, 'NOK') }, id);
      const writes = await routed(bench, [step]);
      const changing = new Delivery({ bench, writes, key: 'doc-2' });
      const at = writes.length - 1;
      await changing.make(0, at);
      assert.deepEqual(await changing.find(at), []);
      bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: `PUT /order/${id}` });
      assert.equal((await changing.fail(at)).kind, 'unanswered');
      expectFound(await changing.find(at, bench.another()));
      const [order, ...more] = await ordersOf(under);
      assert.equal(more.length, 0);
      assert.deepEqual(
        listOf(order ?? {}, 'orderLines').map((line) => line['amountIncludingVatCurrency']),
        [30_000],
      );
    });
  });

  test('that was changed is found by its first key, and by that of the change', async () => {
    await withOrder(orderStep(), async (bench, delivery) => {
      await delivery.make(0);
      const { id } = present(delivery.results.get('order-1.in'), 'the order');
      const [kitchen] = orderStep().sale.rows;
      const row = present(kitchen, 'a row');
      const changes: Delivery[] = [];
      for (const [i, kroner] of [30_000n, 40_000n].entries()) {
        const total = money(kroner * 100n, 'NOK');
        const rows = [{ ...row, price: total, gross: total }];
        const step = orderStep({ rows, total, vat: money(kroner * 20n, 'NOK') }, id);
        const changing = new Delivery({
          ...{ bench, writes: await routed(bench, [step]) },
          key: `doc-${i + 2}`,
        });
        await changing.make(0);
        changes.push(changing);
      }
      const other = bench.another();
      // A hub that has lost its database sends nothing anew: what it would send stands there.
      const [first, ...more] = await delivery.find(ORDER, other);
      assert.deepEqual([first?.remote.id, more.length], [id, 0]);
      assert.deepEqual(
        first?.differences.map((one) => one.code === 'read-back-differs' && [one.sent, one.booked]),
        [['24400.00 NOK, mva 4880.00', '40000.00 NOK, mva 8000.00']],
      );
      const [earlier, latest] = changes;
      const at = (latest?.writes.length ?? 0) - 1;
      assert.deepEqual(await earlier?.find(at, other), []);
      expectFound((await latest?.find(at, other)) ?? []);
      const surveyed = await other.survey(bothYears(bench));
      const keyOf = (of: Delivery, at: number): string =>
        of.contextFor(present(of.writes[at], 'it')).key;
      assert.deepEqual(surveyed, [
        keyOf(delivery, ORDER),
        keyOf(present(latest, 'the last change'), at),
      ]);
    });
  });

  test('that has been invoiced is not changed', async () => {
    await withOrder(orderStep(), async (bench, delivery, under) => {
      const { simulator, company } = under;
      company.set({ bankAccountNumber: '15062012345' });
      await delivery.make(0);
      const { id } = present(delivery.results.get('order-1.in'), 'the order');
      const url = `${simulator.apiUrl}/order/${id}/:invoice`;
      const query = 'invoiceDate=2026-05-20&sendToCustomer=false';
      await ask(`${url}?${query}`, { method: 'PUT', headers: basic(company.session()) });
      const writes = await routed(bench, [orderStep({}, id)]);
      const changing = new Delivery({ bench, writes, key: 'doc-2' });
      await changing.make(0, writes.length - 1);
      const refusal = await refusalOf(bench, changing, writes.length - 1);
      assert.equal(refusal.code === 'ledger-needs' && refusal.need, 'open-order');
    });
  });
});

describe('what Tripletex does not take of an order', () => {
  const needs = { code: 'ledger-needs', system: 'Tripletex', account: '' } as const;

  test('is an order in another currency', async () => {
    await withOrder(orderStep(), async (bench) => {
      const total = money(1_00n, 'SEK');
      const route = bench.target.route([orderStep({ total })], await booksOf(bench));
      assert.equal(route.kind, 'cannot');
    });
  });

  test('is a line without VAT on an account that has no code for that', async () => {
    await withOrder(orderStep(), async (bench) => {
      const [row] = orderStep().sale.rows;
      const rows = [{ ...present(row, 'a row'), rate: 0 }];
      const route = bench.target.route([orderStep({ rows })], await booksOf(bench));
      assert.equal(route.kind, 'cannot');
    });
  });

  test('is a project that nobody known leads', async () => {
    const settings = { projectManager: 'kari@example.no' };
    await withOrder(
      orderStep(),
      async (bench, delivery, under) => {
        await delivery.make(0, 1);
        const refusal = { ...needs, need: 'project-manager', about: 'kari@example.no' };
        assert.deepEqual(await refusalOf(bench, delivery, 1), refusal);
        const person = { firstName: 'Kari', lastName: 'Nes', email: 'kari@example.no' };
        const [department] = await list(under, '/department?fields=id');
        const more = { userType: 'STANDARD', department: { id: department?.['id'] } };
        await change(under, '/employee', { ...person, ...more });
        // There now, and without the right to lead projects.
        assert.deepEqual(await refusalOf(bench, delivery, 1), refusal);
      },
      { settings },
    );
  });

  test('is a product with another rate, before the order is made', async () => {
    await withOrder(orderStep(), async (bench, delivery, under) => {
      await change(under, '/product', { name: 'Kjøkken', number: 'KJO', vatType: { id: 31 } });
      await delivery.make(0, 2);
      const refusal = { ...needs, need: 'article-rate', about: 'KJO (25 %)' };
      assert.deepEqual(await refusalOf(bench, delivery, 2), refusal);
      assert.deepEqual(await ordersOf(under), []);
    });
  });

  test('is a VAT code that the company does not have', async () => {
    await withOrder(orderStep(), async (bench, delivery, under) => {
      under.company.set({ isVatRegistered: false });
      await delivery.make(0, 2);
      const refusal = { ...needs, account: '3000', need: 'vat-code', about: '3' };
      assert.deepEqual(await refusalOf(bench, delivery, 2), refusal);
    });
  });

  test('is a cost centre or project that is not there', async () => {
    const { projectName: _, ...sale } = orderStep().sale;
    const step = { ...orderStep(), sale: { ...sale, costCentre: '99', project: 'P9' } };
    await withOrder(step, async (bench, delivery) => {
      await delivery.make(0, delivery.writes.length - 1);
      const write = present(delivery.writes.at(-1), 'the order');
      const outcome = await bench.target.write(write, delivery.contextFor(write));
      assert.deepEqual(outcome, {
        kind: 'refused',
        refusals: [
          { code: 'project-unknown', project: 'P9' },
          { code: 'cost-centre-unknown', costCentre: '99' },
        ],
      });
    });
  });

  test('is told when its lines come to something else', async () => {
    await withOrder(orderStep({ vat: money(4_880_01n, 'NOK') }), async (bench, delivery) => {
      await delivery.make(0, ORDER);
      const write = present(delivery.writes[ORDER], 'the order');
      const outcome = await bench.target.write(write, delivery.contextFor(write));
      assert.deepEqual(outcome.kind === 'done' && outcome.differences, [
        {
          ...{ code: 'read-back-differs', what: 'order', id: '1' },
          ...{ sent: '24400.00 NOK, mva 4880.01', booked: '24400.00 NOK, mva 4880.00' },
        },
      ]);
    });
  });
});

async function booksOf(bench: Bench) {
  return bench.target.readBooks(bothYears(bench));
}
