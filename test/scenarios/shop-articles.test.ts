import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { command } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
import { addPlayer, startStage, statesOf, untilQuiet, type Player, type Stage } from './stage.ts';

const AT_MS = Date.UTC(2026, 10, 20, 11, 0);
/** Ids of products are given when the shop is made. */
const LAMP = 10;
const PRODUCTS = [
  { id: LAMP, name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' },
  { name: 'Utan nummer', regularPrice: '50.00' },
];

describe('articles of a web shop in the ledger’s register', () => {
  let stage: Stage;
  let shop: WooCommerceSimulator;
  let count = 0;
  let player: Player;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  beforeEach(async () => {
    shop = await startWooCommerceSimulator({
      clock: { kind: 'frozen', atMs: AT_MS },
      shop: { products: PRODUCTS },
    });
    count += 1;
    player = await addPlayer(stage, { name: `Lampor ${count} AB` });
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await shop.stop();
  });

  let minutes = 0;
  const setUp = async (...choices: readonly string[]): Promise<void> => {
    const { consumerKey, consumerSecret } = shop.shop.newKey('read_write');
    const secret = { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret };
    const company = ['--company', player.company.name];
    const where = [
      `url=${shop.url}`,
      'login=header',
      'products=fetch',
      `productMinutes=${minutes}`,
    ];
    const set = where.flatMap((s) => ['--set', s]);
    const since = ['--since', '2026-11-20'];
    const argv = ['connect', 'woocommerce', ...company, ...set, ...since];
    const connected = await commandWith(stage, secret, ...argv);
    assert.equal(connected.code, 0, connected.err);
    const chosen = ['series=K', ...choices].flatMap((s) => ['--set', s]);
    const flow = ['flow', 'add', 'woocommerce', 'fortnox', ...chosen, ...company];
    const added = await command(stage, ...flow);
    assert.equal(added.code, 0, added.err);
  };
  const look = async (): Promise<number> => {
    const end = await fetchFrom(stage.hub, 'woocommerce');
    await untilQuiet(player);
    return end.kind === 'looked' ? end.taken : -1;
  };
  /** As the ledger shows it: name, EAN, price of list A, type and rate. */
  const article = async (number: string): Promise<string | null> => {
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const token = tenant.grant({ isService: true }).accessToken;
    const url = `${stage.simulator.apiUrl}/3/articles/${encodeURIComponent(number)}`;
    const reply = await ask(url, { token });
    if (reply.status === 404) return null;
    const one = reply.one('Article');
    return ['Description', 'EAN', 'SalesPrice', 'Type', 'VAT'].map((name) => one[name]).join(' | ');
  };
  const calls = (): number => stage.simulator.tenants.get(player.tenantId).tally().calls;

  it('are made with their price without VAT, and followed when the shop changes them', async () => {
    await setUp('articles=create');
    assert.equal(await look(), 1);
    // 199.00 with 25 % is 159.20 without.
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 159.2 | STOCK | 25');
    assert.deepEqual((await statesOf(player)).toSorted(), ['done', 'skipped']);
    shop.clock.advance(60_000);
    shop.shop.setPrice({ id: LAMP, price: '249.00' });
    assert.equal(await look(), 1);
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 199.2 | STOCK | 25');
    // Back to the first price: another version than the one in between.
    shop.clock.advance(60_000);
    shop.shop.setPrice({ id: LAMP, price: '199.00' });
    await look();
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 159.2 | STOCK | 25');
    // Nothing has changed: nobody is called.
    const before = calls();
    assert.equal(await look(), 0);
    assert.equal(calls(), before);
  });

  it('that are on sale have their regular price, which the sale does not change', async () => {
    const sku = 'REA-1';
    shop.shop.addProduct({ name: 'Realampa', sku, regularPrice: '250.00', salePrice: '125.00' });
    await setUp('articles=create');
    await look();
    // 250.00 with 25 % is 200.00 without.
    assert.equal(await article(sku), 'Realampa |  | 200 | STOCK | 25');
  });

  it('keep what the shop is not master of, at a call each', async () => {
    await setUp('articles=create', 'articleFields=["price"]');
    await look();
    const before = calls();
    shop.clock.advance(60_000);
    shop.shop.renameProduct({ id: LAMP, name: 'Lampa' });
    await look();
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 159.2 | STOCK | 25');
    // One that looks, and the one of this test.
    assert.equal(calls() - before, 2);
  });

  it('are only followed, never made, where that is chosen', async () => {
    await setUp('articles=update');
    await look();
    assert.equal(await article('LAMPA-1'), null);
  });

  it('are sold in variations, each by its own number', async () => {
    const parent = shop.shop.addProduct({ name: 'T-shirt', type: 'variable' });
    for (const [sku, size] of [
      ['TEE-S', 'S'],
      ['TEE-M', 'M'],
    ] as const) {
      shop.shop.addProduct({
        name: 'T-shirt',
        type: 'variation',
        parentId: parent,
        sku,
        regularPrice: '100.00',
        attributes: [{ name: 'Storlek', option: size }],
      });
    }
    await setUp('articles=create');
    await look();
    assert.equal(await article('TEE-S'), 'T-shirt, S |  | 80 | STOCK | 25');
    assert.equal(await article('TEE-M'), 'T-shirt, M |  | 80 | STOCK | 25');
  });

  it('of two products with one number are not written over each other', async () => {
    await setUp('articles=create');
    await look();
    shop.clock.advance(60_000);
    const copy = shop.shop.addProduct({ name: 'Kopia', regularPrice: '10.00' });
    shop.shop.setSku({ id: copy, sku: 'LAMPA-1' });
    await look();
    assert.ok((await statesOf(player)).includes('held article-twice'));
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 159.2 | STOCK | 25');
    // With a number of its own it is an article of its own.
    shop.clock.advance(60_000);
    shop.shop.setSku({ id: copy, sku: 'LAMPA-2' });
    await look();
    assert.equal(await article('LAMPA-2'), 'Kopia |  | 8 | STOCK | 25');
  });

  it('are asked for as often as is said, and orders each time', async () => {
    minutes = 15;
    await setUp('articles=create');
    minutes = 0;
    await look();
    shop.clock.advance(60_000);
    shop.shop.setPrice({ id: LAMP, price: '249.00' });
    assert.equal(await look(), 0);
    shop.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity: 1 }], payment: 'swish' });
    assert.equal(await look(), 1);
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 159.2 | STOCK | 25');
  });

  it('are made once when answers are lost', async () => {
    await setUp('articles=create');
    for (const path of ['/3/articles', '/3/prices']) {
      stage.simulator.faults.add({ fault: { kind: 'lose-answer' }, method: 'POST', path });
    }
    await look();
    assert.equal(await article('LAMPA-1'), 'Bordslampa |  | 159.2 | STOCK | 25');
    assert.deepEqual((await statesOf(player)).toSorted(), ['done', 'skipped']);
  });
});
