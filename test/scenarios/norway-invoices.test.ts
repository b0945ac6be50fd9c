import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, basic } from '../../src/connectors/tripletex/simulator/test-client.ts';
import { day } from '../../src/domain/date.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { FAULTS, Lives, untilDone, workerTask } from './lives.ts';
import { addNorwegian, OCTOBER, SHOP_SUMS, shopFile, sumsIn, type Norwegian } from './norway.ts';
import { startStage, take, until, type Stage } from './stage.ts';

const PERIOD = { from: day(OCTOBER.from), to: day(OCTOBER.to) };
const INVOICED = { as: 'booked-invoice', articles: 'sku' } as const;
const ORDERS = [45, 46, 47, 48, 49, 50] as const;

/** What so many orders come to: 297.75 each, invoiced on 1500 and paid on 1579. */
function sumsOf(count: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(SHOP_SUMS).map(([of, ore]) => [of, ore * count]));
}

/** Accounts that nothing is left on count for nothing. */
function standingIn({ books }: Norwegian): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(sumsIn(books)).filter(([, ore]) => ore !== 0));
}

/** The kind of each voucher. */
function kindsIn({ books }: Norwegian): readonly string[] {
  return books
    .ledger()
    .vouchers.map(({ type }) => type)
    .sort();
}

/** How many orders stand there: a lost one that is entered again would be invoiced by nobody. */
async function ordersIn({ simulator, books }: Norwegian): Promise<number> {
  simulator.faults.clear();
  const url = `${simulator.apiUrl}/order?orderDateFrom=2020-01-01&orderDateTo=2040-01-01&fields=id`;
  return (await ask(url, { headers: basic(books.session()) })).values.length;
}

describe('orders of a Norwegian shop that are invoiced in Tripletex', () => {
  let stage: Stage;
  let norwegian: Norwegian;
  before(async () => {
    stage = await startStage();
    norwegian = await addNorwegian(stage.hub, 'Fjell Nettbutikk AS', INVOICED);
  });
  after(async () => {
    await stage.stop();
    await norwegian.simulator.stop();
  });

  it('are booked and paid to the øre, reconciled, and sent to nobody', async () => {
    const { company, shop, books } = norwegian;
    await take({ stage, source: shop.source }, shopFile());
    await until(async () => (await countDeliveries(stage.hub.database.db, company.id)).done === 1);
    assert.deepEqual(standingIn(norwegian), SHOP_SUMS);
    assert.deepEqual(kindsIn(norwegian), ['Betaling', 'Utgående faktura']);
    assert.deepEqual(books.outbox(), []);
    const { differences } = await reconcileFlow(stage.hub, {
      company,
      flow: shop.flow,
      period: PERIOD,
    });
    assert.deepEqual(differences, []);
  });
});

describe('Norwegian invoices while processes are killed and answers lost', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  for (const seed of [1, 2]) {
    it(`are each made and paid once (seed ${seed})`, async () => {
      const databaseUrl = await server.newUrl();
      const stage = await startStage({ databaseUrl, hasWorker: false });
      const norwegian = await addNorwegian(stage.hub, 'Storm Nettbutikk AS', INVOICED);
      const lives = new Lives();
      let [fallen, orders] = [0, 0];
      try {
        for (const fault of FAULTS) {
          norwegian.simulator.faults.add({ fault, path: '/v2/*', chance: 0.04, times: 3 });
        }
        const { shop, company } = norwegian;
        const files = ORDERS.map((id) => ({ ...shopFile(id), source: shop.source }));
        const chances = { kill: 0.003, database: 0.002, twice: 0.02 };
        lives.begin(workerTask(stage, { databaseUrl, seed, chances, files }));
        await untilDone(stage, company, ORDERS.length);
        fallen = norwegian.simulator.faults.list().reduce((sum, one) => sum + one.fallen, 0);
        orders = await ordersIn(norwegian);
      } finally {
        await lives.end();
        await stage.stop();
        await norwegian.simulator.stop();
      }
      assert.ok(fallen >= 5, `${fallen} calls went wrong`);
      assert.deepEqual(standingIn(norwegian), sumsOf(ORDERS.length));
      assert.deepEqual(kindsIn(norwegian), [
        ...ORDERS.map(() => 'Betaling'),
        ...ORDERS.map(() => 'Utgående faktura'),
      ]);
      assert.equal(orders, ORDERS.length, 'each order is entered once');
      assert.deepEqual(norwegian.books.outbox(), []);
    });
  }
});
