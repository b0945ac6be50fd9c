import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { envOf, startChild } from './child.ts';
import { forgetPlaces } from './fetching.ts';
import { followLedger, startStockBench, type StockBench } from './stock-bench.ts';
import { startStage, until, type Stage } from './stage.ts';

/** Three pages of the ledger. */
const COUNT = 1_300;
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `ART-${String(i).padStart(5, '0')}`);
const PRODUCTS = NUMBERS.map((sku, i) => {
  return { id: 100 + i, name: sku, sku, regularPrice: '10.00', stockQuantity: 1 };
});
const ARTICLES = NUMBERS.map((number) => ({ number, quantity: 7 }));

describe('a comparison of all stock that is killed', () => {
  let database: TestServer;
  let stage: Stage;
  let bench: StockBench | null = null;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
  });
  after(async () => {
    await bench?.stop();
    await forgetPlaces(stage);
    await stage.stop();
    await database.stop();
  });

  it('goes on behind the last part that was kept, and every quantity is right', async () => {
    bench = await startStockBench(stage, {
      shop: { products: PRODUCTS },
      articles: ARTICLES,
    });
    await followLedger(bench);
    const argv = ['sync', 'stock', '--connection', bench.name, '--full'];
    const company = ['--company', bench.player.company.name];
    const child = startChild(envOf(stage), ...argv, ...company);
    const { shop } = bench;
    await until(() => child.said.err.includes('500 of 1300'));
    child.process.kill('SIGKILL');
    await child.ended;
    assert.ok(!child.said.err.includes('1300 of 1300'), 'it was killed in the middle');
    const { db } = stage.hub.database;
    // Its hold runs out after two minutes; a test does not wait for them.
    await db.updateTable('goods_look').set({ held_until: null }).execute();
    const rest = await bench.bokbro(...argv);
    assert.equal(rest.code, 0, rest.out + rest.err);
    assert.match(rest.err, /^1300 av 1300/m);
    assert.doesNotMatch(rest.err, /^500 av/m);
    const stands = PRODUCTS.map(({ id }) => shop.stockOf(id));
    assert.deepEqual(new Set(stands), new Set([7]));
  });
});
