import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import { present } from '../../src/lib/assert.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { startArticleBench, type ArticleBench } from './article-bench.ts';
import { envOf, startChild } from './child.ts';
import { fetchFrom, forgetPlaces } from './fetching.ts';
import { startStage, until, type Stage } from './stage.ts';

/** Five pages of the shop, and one of the ledger. */
const COUNT = 450;
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `ART-${String(i).padStart(5, '0')}`);
/** What somebody has changed in the ledger: eight articles of each page of the shop. */
const CHANGED = NUMBERS.filter((_, i) => i % 100 < 8);
const PRODUCTS = NUMBERS.map((sku, i) => {
  return { id: 1_000 + i, name: sku, sku, regularPrice: '125.00' };
});

describe('bokbro sync articles --full from a shop to its ledger', () => {
  let database: TestServer;
  let stage: Stage;
  let bench: ArticleBench;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
    bench = await startArticleBench(stage, {
      products: PRODUCTS,
      shop: ['products=fetch', 'productMinutes=0'],
      choices: ['articles=create'],
    });
  });
  after(async () => {
    await bench.stop();
    await forgetPlaces(stage);
    await stage.stop();
    await database.stop();
  });

  const tenant = () => stage.simulator.tenants.get(bench.player.tenantId);
  const token = (): string => tenant().grant({ isService: true }).accessToken;
  /** As the ledger lists it: number, name and price. */
  const listed = async (): Promise<readonly string[]> => {
    const own = token();
    const reply = await ask(`${stage.simulator.apiUrl}/3/articles?limit=500`, { token: own });
    return reply
      .all('Articles')
      .map((one) => [one['ArticleNumber'], one['Description'], one['SalesPrice']].join(' | '));
  };
  const full = () => bench.bokbro('sync', 'articles', '--connection', bench.name, '--full');
  const ended = /: (\d+) artiklar jämförda, (\d+) ändrade(.*)$/m;
  /** 125.00 with 25 % is 100.00 without. */
  const AS_TOLD = NUMBERS.map((number) => `${number} | ${number} | 100`);

  it('makes every article that the ledger lacks', async () => {
    const first = await full();
    assert.equal(first.code, 0, first.out + first.err);
    assert.deepEqual(ended.exec(first.out)?.slice(1), ['450', '450', '']);
    assert.match(first.err, /^100 artiklar jämförda, 100 ändras$/m);
    assert.deepEqual((await listed()).toSorted(), AS_TOLD);
  });

  it('makes one call for each page of the ledger where nothing differs', async () => {
    bench.calls('ledger');
    const second = await full();
    assert.deepEqual(ended.exec(second.out)?.slice(1), ['450', '0', '']);
    assert.deepEqual(bench.calls('ledger'), ['GET /3/articles 1']);
  });

  it('goes on where it was killed, and writes what differs alone', async () => {
    for (const number of CHANGED) {
      await bench.inLedger('PUT', `/3/articles/${number}`, { Article: { Description: 'Omdöpt' } });
    }
    const argv = ['sync', 'articles', '--connection', bench.name, '--full'];
    const child = startChild(envOf(stage), ...argv, '--company', bench.player.company.name);
    await until(() => child.said.err.includes('200 articles compared, 16 to be written'));
    child.process.kill('SIGKILL');
    await child.ended;
    assert.ok(!child.said.err.includes('450'), 'it was killed in the middle');
    // Its hold runs out after some minutes; a test does not wait for them.
    const { db } = stage.hub.database;
    await db.updateTable('goods_look').set({ held_until: null }).execute();
    bench.calls('ledger');
    const rest = await full();
    assert.equal(rest.code, 0, rest.out + rest.err);
    assert.match(rest.err, /^300 artiklar jämförda, 24 ändras$/m);
    assert.doesNotMatch(rest.err, /^200 /m);
    assert.deepEqual(ended.exec(rest.out)?.slice(1), ['450', '40', '']);
    assert.deepEqual((await listed()).toSorted(), AS_TOLD);
    const writes = bench.calls('ledger').filter((call) => !call.startsWith('GET'));
    // The page that was on its way when it was killed may have been written by then.
    const count = Number(/PUT .* (\d+)$/.exec(writes.join())?.[1]);
    assert.ok(count <= 24 && count >= 8, writes.join());
  });

  it('makes again what somebody has deleted in the ledger, and prices it', async () => {
    const url = `${stage.simulator.apiUrl}/3/articles/ART-00007`;
    assert.equal((await ask(url, { token: token(), method: 'DELETE' })).status, 204);
    const body = { PriceList: 'A', ArticleNumber: 'ART-00008', FromQuantity: 0, Price: 1 };
    await bench.inLedger('PUT', '/3/prices/A/ART-00008/0', { Price: body });
    const again = await full();
    assert.deepEqual(ended.exec(again.out)?.slice(1), ['450', '2', '']);
    assert.deepEqual((await listed()).toSorted(), AS_TOLD);
  });

  it('leaves articles whose number two products have, and names them', async () => {
    const { shop } = bench.simulator;
    bench.simulator.clock.advance(60_000);
    const copy = shop.addProduct({ name: 'Kopia', regularPrice: '10.00' });
    shop.setSku({ id: copy, sku: 'ART-00003' });
    // The one that came first has the number; the copy is asked about.
    assert.equal((await full()).code, 0);
    await bench.inLedger('PUT', '/3/articles/ART-00003', { Article: { Description: 'Vem då?' } });
    const told = await full();
    assert.match(told.out, /lämnade eftersom flera har numret: ART-00003$/m);
    assert.ok((await listed()).includes('ART-00003 | Vem då? | 100'));
    bench.simulator.clock.advance(60_000);
    shop.setSku({ id: copy, sku: '' });
    assert.equal((await full()).code, 0);
  });

  it('means one of two flows by its ends', async () => {
    assert.equal((await bench.follow('articleFields=["active"]')).code, 0);
    const [name, both] = [bench.name, await bench.bokbro('sync', 'articles')];
    assert.match(both.out, new RegExp(`^${name} → fortnox: det som har ändrats i butiken`, 'm'));
    assert.match(both.out, new RegExp(`^fortnox → ${name}: `, 'm'));
    const one = await bench.bokbro('sync', 'articles', '--full', '--flow', name, 'fortnox');
    assert.deepEqual(one.out.split('\n').length, 2, one.out);
    assert.match(one.out, new RegExp(`^${name} → fortnox: 451 artiklar`));
    const half = await bench.bokbro('sync', 'articles', '--flow', name);
    assert.equal(half.code, 2);
    assert.match(half.err, /--flow SOURCE TARGET/);
  });

  it('says that articles of a shop are not fetched', async () => {
    const other = await startArticleBench(stage, { choices: ['articles=update'] });
    try {
      const told = await other.bokbro('sync', 'articles', '--full');
      assert.equal(told.code, 1);
      assert.match(told.out, /Artiklar hämtas inte från sortiment-\d+\. Låt dem hämtas/);
      assert.equal((await fetchFrom(stage.hub, other.name)).kind, 'looked');
    } finally {
      await other.stop();
    }
  });

  it('compares by list where a list tells, and by card where it does not', async () => {
    const set = ['--set', 'priceList=B', '--set', 'articles=update'];
    const changed = await bench.bokbro('flow', 'set', bench.name, 'fortnox', ...set);
    assert.equal(changed.code, 0, changed.err);
    bench.calls('ledger');
    const told = await full();
    assert.equal(told.code, 0, told.out + told.err);
    const calls = new Map(
      bench.calls('ledger').map((call) => {
        const [, route = '', times] = /^(.*) (\d+)$/.exec(call) ?? [];
        return [route, Number(times)];
      }),
    );
    assert.equal(present(calls.get('POST /3/prices'), 'prices of list B'), COUNT);
  });
});
