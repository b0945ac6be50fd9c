import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { startArticleBench, type ArticleBench } from './article-bench.ts';
import { envOf, startChild } from './child.ts';
import { forgetPlaces } from './fetching.ts';
import { startStage, until, type Stage } from './stage.ts';

/** Three pages of the ledger. */
const COUNT = 1_100;
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `ART-${String(i).padStart(5, '0')}`);
/** Each twentieth is for the shop: a card is a call, and the child keeps Fortnox’ limit. */
const SOLD = NUMBERS.filter((_, i) => i % 20 === 0);

describe('bokbro sync articles --full', () => {
  let database: TestServer;
  let stage: Stage;
  let bench: ArticleBench;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
    bench = await startArticleBench(stage, { shop: ['prices=without-vat'] });
    stage.simulator.tenants.get(bench.player.tenantId).set({
      objects: {
        articles: NUMBERS.map((number) => ({
          ...{ ArticleNumber: number, Description: number },
          WebshopArticle: SOLD.includes(number),
        })),
      },
    });
    assert.equal((await bench.follow('products.which=webshop')).code, 0);
  });
  after(async () => {
    await bench.stop();
    await forgetPlaces(stage);
    await stage.stop();
    await database.stop();
  });

  it('goes on where it was killed, and every product is there once', async () => {
    const argv = ['sync', 'articles', '--connection', bench.name, '--full'];
    const company = ['--company', bench.player.company.name];
    const child = startChild(envOf(stage), ...argv, ...company);
    await until(() => child.said.err.includes('500 of 1100'));
    child.process.kill('SIGKILL');
    await child.ended;
    assert.ok(!child.said.err.includes('1100 of 1100'), 'it was killed in the middle');
    // Its hold runs out after some minutes; a test does not wait for them.
    const { db } = stage.hub.database;
    await db.updateTable('goods_look').set({ held_until: null }).execute();
    const rest = await bench.bokbro(...argv);
    assert.equal(rest.code, 0, rest.out + rest.err);
    assert.match(rest.err, /^1100 av 1100 artiklar jämförda/m);
    assert.doesNotMatch(rest.err, /^500 av/m);
    const { shop } = bench.simulator;
    assert.deepEqual(shop.skus().toSorted(), SOLD);
  });

  it('writes what differs alone, each card by a call, and products by the hundred', async () => {
    for (const number of SOLD.slice(0, 30)) {
      const [id] = bench.simulator.shop.idsOf(number);
      assert.ok(id !== undefined);
      bench.simulator.shop.renameProduct({ id, name: 'Omdöpt' });
    }
    bench.calls('ledger');
    bench.calls('shop');
    const second = await bench.bokbro('sync', 'articles', '--full');
    assert.equal(second.code, 0, second.err);
    assert.match(second.out, /: 1100 artiklar jämförda, 30 ändrade$/m);
    assert.deepEqual(bench.calls('ledger'), [
      'GET /3/articles 3',
      `GET /3/articles/{ArticleNumber} ${SOLD.length}`,
    ]);
    const writes = bench.calls('shop').filter((call) => !call.startsWith('GET'));
    assert.deepEqual(writes, ['POST /products/batch 2']);
    const [product] = await bench.products('ART-00000');
    assert.equal(product?.['name'], 'ART-00000');
  });
});
