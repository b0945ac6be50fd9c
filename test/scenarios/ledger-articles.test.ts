import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { shown, startArticleBench, type ArticleBench, type Entered } from './article-bench.ts';
import { forgetPlaces } from './fetching.ts';
import { deliveriesOf, startStage, statesOf, type Stage } from './stage.ts';

const LAMP = 10;
const PRODUCTS = [{ id: LAMP, name: 'Gammalt namn', sku: 'LAMPA-1', regularPrice: '10.00' }];
const ARTICLES: readonly Entered[] = [
  {
    ...{ ArticleNumber: 'LAMPA-1', Description: 'Bordslampa & skärm', EAN: '7310000000017' },
    ...{ price: 159.2, Note: 'Mässing\nE27' },
  },
  { ArticleNumber: 'BULLE-1', Description: 'Kanelbulle', VAT: 12, price: 20, StockGoods: true },
];
const FIELDS = ['name', 'regular_price', 'status', 'global_unique_id'];

describe('products of a web shop that follow the ledger’s articles', () => {
  let stage: Stage;
  let bench: ArticleBench;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(async () => {
    await forgetPlaces(stage);
    await bench.stop();
  });

  const start = async (
    of: Parameters<typeof startArticleBench>[1],
    ...choices: readonly string[]
  ): Promise<void> => {
    bench = await startArticleBench(stage, of);
    const followed = await bench.follow(...choices);
    assert.equal(followed.code, 0, followed.err);
  };
  const lamp = async (...names: readonly string[]): Promise<string> =>
    shown((await bench.products('LAMPA-1'))[0], ...(names.length === 0 ? FIELDS : names));

  it('are changed where they stand otherwise, with the VAT of the day on their price', async () => {
    await start({ products: PRODUCTS, articles: ARTICLES.slice(0, 1) });
    await bench.look();
    // 159.20 and 25 % of it are 199.00.
    assert.equal(await lamp(), 'Bordslampa &amp; skärm | 199.00 | publish | 7310000000017');
    // The description is the shop’s own: nobody has said that the ledger owns it.
    assert.equal(await lamp('description'), '');
    // What the shop now says is no change, and neither is what the ledger said before.
    bench.calls('shop');
    bench.calls('ledger');
    assert.deepEqual(await bench.look(), { kind: 'looked', compared: 1, twice: [] });
    assert.deepEqual(
      bench.calls('shop').filter((call) => !call.startsWith('GET')),
      [],
    );
    await bench.inLedger('PUT', '/3/prices/A/LAMPA-1/0', { Price: { Price: 200 } });
    await bench.inLedger('PUT', '/3/articles/LAMPA-1', { Article: { Note: 'Ny text' } });
    await bench.look();
    assert.equal(await lamp(), 'Bordslampa &amp; skärm | 250.00 | publish | 7310000000017');
    assert.equal((await bench.products('LAMPA-1')).length, 1);
  });

  it('are made as drafts, taxed as the article is, and counted from none', async () => {
    await start({ articles: ARTICLES, shop: ['taxRates={"standard":"25","mat":"12"}'] });
    await bench.look();
    const [bun] = await bench.products('BULLE-1');
    assert.equal(
      shown(bun, 'name', 'regular_price', 'status', 'tax_class', 'manage_stock', 'stock_quantity'),
      // 20.00 and 12 % of it are 22.40.
      'Kanelbulle | 22.40 | draft | mat | true | 0',
    );
    // All is written when it is made, whoever owns it afterwards.
    assert.equal(await lamp('status', 'description'), 'draft | Mässing<br />\nE27');
    const calls = bench.calls('shop').filter((call) => call.startsWith('POST'));
    assert.deepEqual(calls, ['POST /products/batch 1']);
    // A person lets it out, and it stays so.
    await bench.inLedger('PUT', '/3/articles/BULLE-1', { Article: { Description: 'Bulle' } });
    await bench.look();
    assert.equal(shown((await bench.products('BULLE-1'))[0], 'name', 'status'), 'Bulle | draft');
  });

  it('are let out at once where the company says so, and hidden with the article', async () => {
    await start(
      { articles: ARTICLES.slice(0, 1) },
      ...['products.publish=true', 'articleFields=["active"]'],
    );
    await bench.look();
    assert.equal(await lamp('status'), 'publish');
    await bench.inLedger('PUT', '/3/articles/LAMPA-1', { Article: { Active: false } });
    await bench.look();
    assert.equal(await lamp('status', 'name'), 'draft | Bordslampa &amp; skärm');
    await bench.inLedger('PUT', '/3/articles/LAMPA-1', { Article: { Active: true } });
    await bench.look();
    assert.equal(await lamp('status'), 'publish');
  });

  it('keep what the ledger does not own', async () => {
    await start({ products: PRODUCTS, articles: ARTICLES.slice(0, 1) }, 'articleFields=["price"]');
    await bench.look();
    assert.equal(await lamp('name', 'regular_price'), 'Gammalt namn | 199.00');
  });

  it('are neither made nor asked for one by one where only those there are followed', async () => {
    await start({ products: PRODUCTS, articles: ARTICLES }, 'articles=update');
    bench.calls('ledger');
    assert.deepEqual(await bench.look(), { kind: 'looked', compared: 2, twice: [] });
    assert.deepEqual(await bench.products('BULLE-1'), []);
    assert.deepEqual(bench.calls('ledger'), [
      'GET /3/articles 1',
      'GET /3/articles/{ArticleNumber} 1',
    ]);
  });

  it('have the prices of the list that is chosen, without VAT where the shop has them so', async () => {
    await start(
      { products: PRODUCTS, articles: ARTICLES.slice(0, 1), shop: ['prices=without-vat'] },
      ...['priceList=B', 'listPrices=with-vat'],
    );
    await bench.inLedger('POST', '/3/prices', {
      Price: { PriceList: 'B', ArticleNumber: 'LAMPA-1', FromQuantity: 0, Price: 125 },
    });
    await bench.look();
    // 125.00 holds 25.00 of VAT.
    assert.equal(await lamp('regular_price'), '100.00');
  });

  it('have no price that is reckoned with a rate that is not in force', async () => {
    const [article] = ARTICLES;
    await start({
      products: PRODUCTS,
      articles: [{ ...article, ArticleNumber: 'LAMPA-1', VAT: 17 }],
    });
    await bench.look();
    assert.equal(await lamp('name', 'regular_price'), 'Bordslampa &amp; skärm | 10.00');
    assert.deepEqual(await statesOf(bench.player), ['done']);
    const [delivery] = await deliveriesOf(bench.player);
    assert.deepEqual(delivery?.notices, [{ code: 'products-left', products: ['LAMPA-1'] }]);
  });

  it('are left alone where two have the number', async () => {
    await start({ products: PRODUCTS, articles: ARTICLES.slice(0, 1) });
    const copy = bench.simulator.shop.addProduct({ name: 'Kopia', regularPrice: '1.00' });
    bench.simulator.shop.setSku({ id: copy, sku: 'LAMPA-1' });
    assert.deepEqual(await bench.look(), { kind: 'looked', compared: 1, twice: ['LAMPA-1'] });
    const names = (await bench.products('LAMPA-1')).map((one) => String(one['name']));
    assert.deepEqual(names.toSorted(), ['Gammalt namn', 'Kopia']);
  });

  it('that are sold in variations have the price of each, and the name of none', async () => {
    await start({
      articles: [{ ArticleNumber: 'TEE-S', Description: 'T-shirt liten', price: 80 }],
    });
    const parentId = bench.simulator.shop.addProduct({ name: 'T-shirt', type: 'variable' });
    bench.simulator.shop.addProduct({
      ...{ name: 'T-shirt', type: 'variation', parentId, sku: 'TEE-S', regularPrice: '5.00' },
      attributes: [{ name: 'Storlek', option: 'S' }],
    });
    bench.calls('shop');
    await bench.look();
    const [tee] = await bench.products('TEE-S');
    assert.equal(shown(tee, 'regular_price', 'name', 'type'), '100.00 | T-shirt | variation');
    const calls = bench.calls('shop').filter((call) => call.startsWith('POST'));
    assert.deepEqual(calls, ['POST /products/{parent}/variations/batch 1']);
  });

  it('are made once when the answer is lost', async () => {
    await start({ articles: ARTICLES, shop: ['taxRates={"standard":"25","mat":"12"}'] });
    const { faults } = bench.simulator;
    faults.add({ fault: { kind: 'lose-answer' }, method: 'POST', path: '*/batch' });
    await bench.look();
    assert.deepEqual(await statesOf(bench.player), ['done']);
    assert.equal((await bench.products('LAMPA-1')).length, 1);
    assert.equal((await bench.products('BULLE-1')).length, 1);
    const calls = bench.calls('shop').filter((call) => call.startsWith('POST'));
    assert.deepEqual(calls, ['POST /products/batch 1']);
  });

  it('that the shop refuses are named, and not told again until they say something else', async () => {
    await start({ articles: ARTICLES, shop: ['taxRates={"standard":"25","mat":"12"}'] });
    // The shop has the number elsewhere: in a list that no product shows.
    const hidden = bench.simulator.shop.addProduct({ name: 'Papperskorg', status: 'trash' });
    bench.simulator.shop.setSku({ id: hidden, sku: 'LAMPA-1' });
    await bench.look();
    assert.equal((await bench.products('BULLE-1')).length, 1);
    const [delivery] = await deliveriesOf(bench.player);
    assert.deepEqual(delivery?.notices, [
      {
        ...{ code: 'products-left', products: ['LAMPA-1'] },
        said: 'Invalid or duplicated SKU.',
      },
    ]);
    await bench.look();
    assert.deepEqual(await statesOf(bench.player), ['done']);
  });

  it('are refused when both directions would own the same', async () => {
    bench = await startArticleBench(stage, { products: PRODUCTS, articles: ARTICLES });
    const { name } = bench;
    const there = ['--set', 'articles=create', '--set', 'articleFields=["name","price"]'];
    assert.equal((await bench.bokbro('flow', 'set', name, 'fortnox', ...there)).code, 0);
    const refused = await bench.follow();
    assert.equal(refused.code, 2);
    assert.match(refused.err, /name, price på artiklar skulle följa både fortnox och sortiment-/);
    const followed = await bench.follow('articleFields=["description","active"]');
    assert.equal(followed.code, 0, followed.err);
    const later = await bench.bokbro(
      ...['flow', 'set', name, 'fortnox', '--set', 'articleFields=["name","active"]'],
    );
    assert.equal(later.code, 2);
    assert.match(later.err, /active på artiklar kan inte följa sortiment-/);
  });
});
