import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { after, afterEach, before, describe, it } from 'node:test';
import { followLedger, startStockBench, type StockBench } from './stock-bench.ts';
import { startStage, statesOf, type Stage } from './stage.ts';
import { forgetPlaces } from './fetching.ts';

const LAMP = 10;
const SHADE = 11;
const BULB = 12;
const PRODUCTS = [
  { id: LAMP, name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00', stockQuantity: 3 },
  { id: SHADE, name: 'Skärm', sku: 'SKARM-1', regularPrice: '99.00', stockQuantity: 3 },
  { id: BULB, name: 'Glödlampa', sku: 'LED-1', regularPrice: '33.33' },
];
const ARTICLES = [
  { number: 'LAMPA-1', quantity: 10 },
  { number: 'SKARM-1', quantity: 3 },
  { number: 'LED-1', quantity: 50 },
  { number: 'BARA-HAR', quantity: 5 },
];

describe('stock of a web shop that follows the ledger', () => {
  let stage: Stage;
  let bench: StockBench;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(async () => {
    await forgetPlaces(stage);
    await bench.stop();
  });

  const start = async (...choices: readonly string[]): Promise<void> => {
    bench = await startStockBench(stage, { shop: { products: PRODUCTS }, articles: ARTICLES });
    await followLedger(bench, ...choices);
  };

  it('is set to what the ledger has, where the shop counts, in one call for all', async () => {
    await start();
    bench.calls('shop');
    const looked = await bench.look();
    assert.deepEqual(looked, { kind: 'looked', compared: 4, changes: 1, twice: [] });
    assert.equal(bench.shop.stockOf(LAMP), 10);
    assert.equal(bench.shop.stockOf(SHADE), 3);
    // The shop does not count it, and is not made to.
    assert.equal(bench.shop.stockOf(BULB), null);
    assert.deepEqual(
      bench.calls('shop').filter((call) => call.startsWith('POST')),
      ['POST /products/batch 1'],
    );
    // What the shop now says back is no change: the ledger is listed, and nobody else is asked.
    bench.calls('ledger');
    assert.equal((await bench.look()).kind, 'looked');
    assert.deepEqual(bench.calls('shop'), []);
    assert.deepEqual(bench.calls('ledger'), ['GET /3/articles 1']);
  });

  it('keeps units back, and is never below none', async () => {
    await start('stock.keepBack=4');
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 6);
    assert.equal(bench.shop.stockOf(SHADE), 0);
  });

  it('is told of the articles that are chosen', async () => {
    await start('stock.only=["SKARM*"]');
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 3);
  });

  it('is not raised by what has been sold and the ledger does not know', async () => {
    await start();
    await bench.look();
    bench.calls('shop');
    // Sold, and booked at the next fetch: the ledger says 10 until then.
    bench.buy('LAMPA-1', 4);
    assert.equal(bench.shop.stockOf(LAMP), 6);
    bench.count('SKARM-1', 8);
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 6);
    assert.equal(bench.shop.stockOf(SHADE), 8);
    // The order has come by that look, and is booked: the ledger knows it now.
    assert.equal(await bench.inLedger('LAMPA-1'), '6 6');
    await bench.look();
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 6);
    assert.deepEqual(await statesOf(bench.player), ['done', 'done', 'done']);
  });

  it('stays as low as orders that wait for a person make it', async () => {
    await start();
    await bench.look();
    await bench.bokbro('flow', 'set', bench.name, 'fortnox', '--book-when', 'default=manual');
    bench.buy('LAMPA-1', 4);
    await bench.fetch();
    assert.equal(await bench.inLedger('LAMPA-1'), '10 10');
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 6);
    // More has come in: six of eleven are promised to nobody … seven are left of them.
    bench.count('LAMPA-1', 11);
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 7);
  });

  it('is left alone where somebody buys while it is written', async () => {
    await start();
    bench.simulator.faults.add({
      fault: { kind: 'delay-answer', ms: 300 },
      method: 'GET',
      path: '*/products',
      times: 1,
    });
    bench.count('LAMPA-1', 20);
    const looking = bench.look();
    await new Promise((resolve) => setTimeout(resolve, 100));
    bench.buy('LAMPA-1', 2);
    await looking;
    for (let i = 0; i < 3; i += 1) await bench.look();
    // Twenty were counted, two of them are sold.
    assert.equal(bench.shop.stockOf(LAMP), 18);
    assert.equal(await bench.inLedger('LAMPA-1'), '18 18');
  });

  it('is written once when the answer is lost', async () => {
    await start();
    bench.simulator.faults.add({ fault: { kind: 'lose-answer' }, method: 'POST', path: '*/batch' });
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 10);
    assert.deepEqual(
      bench.calls('shop').filter((call) => call.startsWith('POST')),
      ['POST /products/batch 1'],
    );
  });

  it('of variations is written under their product', async () => {
    await start();
    const parent = bench.shop.addProduct({ name: 'T-shirt', type: 'variable' });
    const add = (sku: string): number =>
      bench.shop.addProduct({
        ...{ name: 'T-shirt', type: 'variation', parentId: parent, sku },
        ...{ regularPrice: '100.00', stockQuantity: 1 },
      });
    const [small, medium] = [add('TEE-S'), add('TEE-M')];
    stage.simulator.tenants.get(bench.player.tenantId).set({
      objects: {
        articles: ['TEE-S', 'TEE-M'].map((number) => ({
          ...{ ArticleNumber: number, Description: number },
          ...{ StockGoods: true, QuantityInStock: 7.5 },
        })),
      },
    });
    await bench.look();
    // Half a piece is not told of.
    assert.equal(bench.shop.stockOf(small), 7);
    assert.equal(bench.shop.stockOf(medium), 7);
  });

  it('is not set to none for what the ledger does not count', async () => {
    await start();
    stage.simulator.tenants.get(bench.player.tenantId).set({
      objects: {
        articles: [{ ArticleNumber: 'LAMPA-1', Description: 'Lampa', StockGoods: false }],
      },
    });
    await bench.look();
    assert.equal(bench.shop.stockOf(LAMP), 3);
    bench.calls('ledger');
    await bench.look();
    assert.deepEqual(bench.calls('ledger'), ['GET /3/articles 1']);
  });

  it('follows the balances of the warehouse module, over all its stock points', async () => {
    await start();
    stage.simulator.tenants.get(bench.player.tenantId).set({ setup: { hasWarehouse: true } });
    stage.simulator.setChoices({ stockPoints: 'two' });
    await stage.hub.database.db
      .updateTable('connection')
      .set({ settings: sql`settings || '{"scopes": ["article", "warehouse"]}'` })
      .where('id', '=', bench.player.target.id)
      .execute();
    await bench.look();
    stage.simulator.setChoices({ stockPoints: 'one' });
    assert.equal(bench.shop.stockOf(LAMP), 10);
  });

  it('is refused in words where the ledger’s count never falls', async () => {
    bench = await startStockBench(stage, { shop: { products: PRODUCTS }, articles: ARTICLES });
    const added = await bench.bokbro('flow', 'add', bench.name, 'fortnox', '--set', 'series=K');
    assert.equal(added.code, 0, added.err);
    const set = ['--set', 'stock.follows=true'];
    const back = await bench.bokbro('flow', 'add', 'fortnox', bench.name, ...set);
    assert.equal(back.code, 2);
    assert.match(back.err, /bokförs utan artiklar i fortnox, så saldot där minskar aldrig/);
    assert.match(back.err, /invoicing\.as=booked-invoice/);
  });
});
