import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { forgetPlaces } from './fetching.ts';
import { startStockBench, type StockBench } from './stock-bench.ts';
import { startStage, type Stage } from './stage.ts';

const LAMP = 10;
const SHADE = 11;
const PRODUCTS = [
  { id: LAMP, name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00', stockQuantity: 12 },
  { id: SHADE, name: 'Skärm', sku: 'SKARM-1', regularPrice: '99.00' },
];
const ARTICLES = [
  { number: 'LAMPA-1', quantity: 3 },
  { number: 'SKARM-1', quantity: 5 },
];

describe('stock of the ledger that follows a web shop', () => {
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
    const set = ['series=K', 'attachFile=false', 'stock.follows=true', ...choices];
    const options = set.flatMap((choice) => ['--set', choice]);
    const added = await bench.bokbro('flow', 'add', bench.name, 'fortnox', ...options);
    assert.equal(added.code, 0, added.err);
  };

  it('is set to what the shop counts, once', async () => {
    await start();
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '12 12');
    // The shop does not count it.
    assert.equal(await bench.inLedger('SKARM-1'), '5 5');
    bench.calls('ledger');
    await bench.look();
    assert.deepEqual(bench.calls('ledger'), []);
    bench.shop.setStock({ id: LAMP, quantity: 40 });
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '40 40');
  });

  it('leaves what is sold to its invoice where orders are invoiced with articles', async () => {
    await start('invoicing.as=booked-invoice');
    await bench.look();
    await bench.bokbro('flow', 'set', bench.name, 'fortnox', '--book-when', 'default=manual');
    bench.buy('LAMPA-1', 4);
    await bench.look();
    // Eight lie in the shop; the invoice that is to come takes four.
    assert.equal(await bench.inLedger('LAMPA-1'), '12 12');
    await bench.bokbro('flow', 'set', bench.name, 'fortnox', '--book-when', 'default=accepted');
    await bench.bokbro('held', 'resolve', 'all', '--again');
    await bench.look();
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '8 8');
  });

  it('falls with what is sold where orders are booked as vouchers', async () => {
    await start();
    await bench.look();
    bench.buy('LAMPA-1', 4);
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '8 8');
  });

  it('counts what the ledger’s own orders have reserved', async () => {
    await start('invoicing.as=order');
    await bench.look();
    bench.buy('LAMPA-1', 4);
    await bench.fetch();
    // The order has reserved four of twelve, and the shop has eight.
    assert.equal(await bench.inLedger('LAMPA-1'), '12 8');
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '12 8');
  });

  it('is left alone, in words, where the warehouse module counts', async () => {
    await start();
    const tenant = stage.simulator.tenants.get(bench.player.tenantId);
    tenant.set({ setup: { hasWarehouse: true } });
    // Without the right to ask for the module, the answer to a write says that it was not taken.
    const looked = await bench.look();
    assert.equal(looked.kind, 'looked');
    bench.calls('ledger');
    await bench.look();
    assert.deepEqual(
      bench.calls('ledger').filter((call) => call.startsWith('PUT')),
      [],
    );
  });

  it('is not kept both ways', async () => {
    await start('invoicing.as=booked-invoice');
    const back = await bench.bokbro(
      ...['flow', 'add', 'fortnox', bench.name, '--set', 'stock.follows=true'],
    );
    assert.equal(back.code, 2);
    assert.match(back.err, /Saldot går både från fortnox till lager-\d+ och tillbaka/);
  });
});
