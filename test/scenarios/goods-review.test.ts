import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startArticleBench, type ArticleBench } from './article-bench.ts';
import { forgetPlaces } from './fetching.ts';
import { startStockBench, type StockBench } from './stock-bench.ts';
import { startStage, statesOf, untilQuiet, type Stage } from './stage.ts';

const LAMP = { id: 10, name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' };
const FOLLOWS = ['--set', 'stock.follows=true'];
const WAITS = /väntar på granskning, och ett saldo som har väntat stämmer inte längre: välj --auto/;

describe('stock of a flow that waits for a person', () => {
  let stage: Stage;
  let bench: StockBench;
  before(async () => {
    stage = await startStage();
    bench = await startStockBench(stage, {
      shop: { products: [{ ...LAMP, stockQuantity: 12 }] },
      articles: [{ number: 'LAMPA-1', quantity: 3 }],
    });
  });
  after(async () => {
    await forgetPlaces(stage);
    await bench.stop();
    await stage.stop();
  });

  it('is refused in a flow to the ledger', async () => {
    const to = [bench.name, 'fortnox', '--set', 'series=K'];
    const refused = await bench.bokbro('flow', 'add', ...to, ...FOLLOWS, '--review');
    assert.equal(refused.code, 2);
    assert.match(refused.err, WAITS);
    assert.equal((await bench.bokbro('flow', 'add', ...to, ...FOLLOWS)).code, 0);
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '12 12');
  });

  it('is refused when a flow that keeps it is to wait, and goes on as it was', async () => {
    const ends = [bench.name, 'fortnox'];
    const refused = await bench.bokbro('flow', 'set', ...ends, '--review');
    assert.equal(refused.code, 2);
    assert.match(refused.err, WAITS);
    bench.shop.setStock({ id: LAMP.id, quantity: 9 });
    await bench.look();
    assert.equal(await bench.inLedger('LAMPA-1'), '9 9');
    const off = ['--set', 'stock.follows=false'];
    assert.equal((await bench.bokbro('flow', 'set', ...ends, ...off, '--review')).code, 0);
    const on = await bench.bokbro('flow', 'set', ...ends, ...FOLLOWS);
    assert.match(on.err, WAITS);
  });

  it('is refused in a flow back to the shop', async () => {
    const set = ['--set', 'invoicing.as=booked-invoice', '--automatic'];
    assert.equal((await bench.bokbro('flow', 'set', bench.name, 'fortnox', ...set)).code, 0);
    const to = ['fortnox', bench.name, '--set', 'news=off'];
    const refused = await bench.bokbro('flow', 'add', ...to, ...FOLLOWS, '--review');
    assert.equal(refused.code, 2);
    assert.match(refused.err, WAITS);
    assert.equal(bench.shop.stockOf(LAMP.id), 9);
  });
});

describe('articles of a flow that waits for a person', () => {
  let stage: Stage;
  let bench: ArticleBench;
  before(async () => {
    stage = await startStage();
    bench = await startArticleBench(stage, {
      products: [LAMP],
      shop: ['products=fetch', 'productMinutes=0'],
      choices: ['articles=create'],
    });
  });
  after(async () => {
    await forgetPlaces(stage);
    await bench.stop();
    await stage.stop();
  });

  it('are shown once, however often everything is compared, and written when let go', async () => {
    const { name, player } = bench;
    const compare = async (): Promise<void> => {
      const told = await bench.bokbro('sync', 'articles', '--full', '--flow', name, 'fortnox');
      assert.equal(told.code, 0, told.out + told.err);
      assert.match(told.out, /: 1 artiklar jämförda, 0 ändrade$/m);
    };
    const written = (): readonly string[] =>
      bench.calls('ledger').filter((call) => !call.startsWith('GET'));
    assert.equal((await bench.bokbro('flow', 'set', name, 'fortnox', '--review')).code, 0);
    await compare();
    await compare();
    assert.deepEqual(written(), []);
    assert.deepEqual(await statesOf(player), ['review']);
    const released = await bench.bokbro('held', 'resolve', 'all', '--again');
    assert.equal(released.code, 0, released.out + released.err);
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done']);
    assert.deepEqual(written(), ['POST /3/articles 1', 'POST /3/prices 1']);
    await compare();
    assert.deepEqual(await statesOf(player), ['done']);
  });
});
