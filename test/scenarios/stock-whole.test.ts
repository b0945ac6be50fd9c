import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { forgetPlaces } from './fetching.ts';
import { followLedger, startStockBench, type StockBench } from './stock-bench.ts';
import { startStage, type Stage } from './stage.ts';

/** Two pages of the ledger, and a part of a third. */
const COUNT = 1_200;
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `ART-${String(i).padStart(5, '0')}`);
const PRODUCTS = NUMBERS.map((sku, i) => {
  return { id: 100 + i, name: sku, sku, regularPrice: '10.00', stockQuantity: 7 };
});
const ARTICLES = NUMBERS.map((number) => ({ number, quantity: 7 }));

/** Calls to the ledger but those of its login. */
function reads(bench: StockBench): readonly string[] {
  return bench.calls('ledger').filter((call) => !call.includes('oauth'));
}

describe('bokbro sync stock --full', () => {
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

  it('compares every article by lists alone, and writes what differs by the hundred', async () => {
    bench = await startStockBench(stage, { shop: { products: PRODUCTS }, articles: ARTICLES });
    await followLedger(bench);
    const sync = ['sync', 'stock', '--connection', bench.name, '--full'];
    bench.calls('ledger');
    bench.calls('shop');
    const first = await bench.bokbro(...sync);
    assert.equal(first.code, 0, first.err);
    assert.match(first.out, /1200 artiklar jämförda, 0 ändrade/);
    assert.match(first.err, /^500 av 1200 artiklar jämförda, 0 ändras$/m);
    assert.deepEqual(reads(bench), ['GET /3/articles 3']);
    // The shop is asked for a hundred numbers a call, and nothing in it is touched.
    const shop = bench.calls('shop');
    assert.deepEqual(
      shop.filter((call) => !call.startsWith('GET ')),
      [],
    );
    // Of the first five hundred 167 are wrong, of the next 83: two calls, and one.
    for (let i = 0; i < 250; i += 1) bench.shop.setStock({ id: 100 + i * 3, quantity: 1 });
    const second = await bench.bokbro(...sync);
    assert.match(second.out, /1200 artiklar jämförda, 250 ändrade/);
    assert.deepEqual(
      bench.calls('shop').filter((call) => call.startsWith('POST')),
      ['POST /products/batch 3'],
    );
    assert.equal(bench.shop.stockOf(100 + 249 * 3), 7);
    assert.equal(bench.shop.stockOf(100), 7);
  });

  it('goes on where it was cut off', async () => {
    bench = await startStockBench(stage, { shop: { products: PRODUCTS }, articles: ARTICLES });
    await followLedger(bench);
    for (const { id } of PRODUCTS) bench.shop.setStock({ id, quantity: 1 });
    const sync = ['sync', 'stock', '--connection', bench.name, '--full'];
    const fault = { kind: 'system-error', commits: false } as const;
    stage.simulator.faults.add({ fault, method: 'GET', path: '/3/articles', skip: 1 });
    const cut = await bench.bokbro(...sync);
    assert.equal(cut.code, 1);
    assert.equal(bench.shop.stockOf(100), 7);
    assert.equal(bench.shop.stockOf(100 + COUNT - 1), 1);
    bench.calls('ledger');
    const rest = await bench.bokbro(...sync);
    assert.equal(rest.code, 0, rest.err);
    assert.match(rest.err, /^1000 av 1200/m);
    assert.doesNotMatch(rest.err, /^500 av/m);
    assert.deepEqual(reads(bench), ['GET /3/articles 2']);
    assert.equal(bench.shop.stockOf(100 + COUNT - 1), 7);
  });

  it('writes in a ledger, a call for each, no more at once than what can still be written', async () => {
    // More than a ledger is sent of one comparison: the rest is compared again before it is written.
    const [products, articles] = [PRODUCTS.slice(0, 450), ARTICLES.slice(0, 450)];
    bench = await startStockBench(stage, { shop: { products }, articles });
    const choices = ['series=K', 'attachFile=false', 'stock.follows=true'];
    const options = choices.flatMap((choice) => ['--set', choice]);
    const added = await bench.bokbro('flow', 'add', bench.name, 'fortnox', ...options);
    assert.equal(added.code, 0, added.err);
    for (const { id } of products) bench.shop.setStock({ id, quantity: 3 });
    bench.calls('ledger');
    const synced = await bench.bokbro('sync', 'stock', '--connection', bench.name, '--full');
    assert.equal(synced.code, 0, synced.err);
    assert.match(synced.out, /450 artiklar jämförda, 450 ändrade/);
    assert.match(synced.err, /^400 artiklar jämförda, 400 ändras$/m);
    assert.deepEqual(
      reads(bench).filter((call) => call.startsWith('PUT')),
      ['PUT /3/articles/{ArticleNumber} 450'],
    );
    for (const { number } of articles) assert.equal(await bench.inLedger(number), '3 3');
  });
});
