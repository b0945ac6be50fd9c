import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { envOf, startChild } from './child.ts';
import { command, type Ended } from './command.ts';
import { commandWith, forgetPlaces } from './fetching.ts';
import { addPlayer, startStage, today, until, type Player, type Stage } from './stage.ts';

/** Three pages of the ledger, and as many of the shop. */
const COUNT = 1_100;
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `ART-${String(i).padStart(5, '0')}`);
/** Each twentieth is a web shop article whose card is read: a call each, under Fortnox’ limit. */
const SOLD = new Set(NUMBERS.filter((_, i) => i % 20 === 0));

describe('a comparison of everything with a Quickbutik shop that is killed', () => {
  let database: TestServer;
  let stage: Stage;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let player: Player;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
    simulator = await startQuickbutikSimulator();
    shop = simulator.shops.add({
      products: NUMBERS.map((sku) => ({ title: 'Utan namn', sku, price: '10.00', stock: 1 })),
    });
    player = await addPlayer(stage, { name: 'Mycket AB' });
    stage.simulator.tenants.get(player.tenantId).set({
      setup: { roundsOff: false },
      objects: {
        articles: NUMBERS.map((number) => ({
          ...{ ArticleNumber: number, Description: number, WebshopArticle: SOLD.has(number) },
          ...{ StockGoods: true, QuantityInStock: 7 },
        })),
      },
    });
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today()];
    const secret = { APIKEY: shop.apiKey };
    const company = ['--company', player.company.name];
    const connected = await commandWith(
      ...([stage, secret, 'connect', 'quickbutik', ...company, ...where] as const),
    );
    assert.equal(connected.code, 0, connected.err);
    const there = ['series=K', 'attachFile=false', 'invoicing.as=booked-invoice'];
    const back = ['news=off', 'stock.follows=true', 'articles=update', 'products.which=webshop'];
    for (const [ends, choices] of [
      [['quickbutik', 'fortnox'], there],
      [['fortnox', 'quickbutik'], back],
    ] as const) {
      const set = choices.flatMap((one) => ['--set', one]);
      const added = await command(stage, 'flow', 'add', ...ends, ...set, ...company);
      assert.equal(added.code, 0, added.err);
    }
  });
  after(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
    await stage.stop();
    await database.stop();
  });

  const writes = (): number =>
    Object.entries(simulator.counts()).reduce(
      (sum, [route, times]) => sum + (route.startsWith('GET') ? 0 : times),
      0,
    );
  /** Begins in a process that is killed behind the first page, and ends in another. */
  const killed = async (what: 'stock' | 'articles'): Promise<Ended> => {
    const argv = ['sync', what, '--full', '--company', player.company.name];
    const child = startChild(envOf(stage), ...argv);
    await until(() => child.said.err.includes('500 of 1100'));
    child.process.kill('SIGKILL');
    await child.ended;
    assert.ok(!child.said.err.includes('1100 of 1100'), 'it was killed in the middle');
    // Its hold runs out after some minutes; a test does not wait for them.
    await stage.hub.database.db.updateTable('goods_look').set({ held_until: null }).execute();
    const rest = await command(stage, ...argv);
    assert.equal(rest.code, 0, rest.out + rest.err);
    assert.match(rest.err, /^1100 av 1100 artiklar jämförda/m);
    assert.doesNotMatch(rest.err, /^500 av/m);
    return rest;
  };

  it('sets every quantity, and none that stands as it should', async () => {
    await killed('stock');
    assert.deepEqual(new Set(NUMBERS.map((sku) => shop.stock(sku))), new Set([7]));
    const before = writes();
    const again = await command(stage, 'sync', 'stock', '--full');
    assert.match(again.out, /: 1100 artiklar jämförda, 0 ändrade$/m);
    assert.equal(writes(), before);
  });

  it('changes every product, and none that stands as it should', async () => {
    await killed('articles');
    const authorization = `Basic ${Buffer.from(`${shop.apiKey}:${shop.apiKey}`).toString('base64')}`;
    const address = `${simulator.apiUrl}/v1/products?include_details=true&limit=500`;
    const told = [];
    for (const offset of [0, 500, 1_000]) {
      const reply = await fetch(`${address}&offset=${offset}`, { headers: { authorization } });
      told.push(...((await reply.json()) as readonly { sku: string; title: string }[]));
    }
    const wanted = NUMBERS.map((sku) => [sku, SOLD.has(sku) ? sku : 'Utan namn']);
    const stands = told.map(({ sku, title }) => [sku, title] as const);
    assert.deepEqual(
      new Map(stands),
      new Map(wanted.map(([sku = '', title = '']) => [sku, title])),
    );
    assert.equal(stands.length, COUNT);
    const before = writes();
    const again = await command(stage, 'sync', 'articles', '--full');
    assert.match(again.out, /: 1100 artiklar jämförda, 0 ändrade$/m);
    assert.equal(writes(), before);
  });
});
