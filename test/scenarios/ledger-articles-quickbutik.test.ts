import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import { articleFlows } from '../../src/hub/articles/article-flow.ts';
import { lookAtArticles } from '../../src/hub/articles/look-at-articles.ts';
import { present } from '../../src/lib/assert.ts';
import { shown } from './article-bench.ts';
import { command } from './command.ts';
import { commandWith, forgetPlaces } from './fetching.ts';
import { addPlayer, startStage, statesOf, today, untilQuiet } from './stage.ts';
import type { Player, Stage } from './stage.ts';

type Fields = Readonly<Record<string, unknown>>;

const ARTICLES = [
  { ArticleNumber: 'MUGG-BL', Description: 'Mugg, blå', Note: 'Stengods', EAN: '7310000000017' },
  { ArticleNumber: 'TEE-S', Description: 'T-shirt liten' },
  { ArticleNumber: 'KAFFE', Description: 'Kaffe 500 g', VAT: 12, StockGoods: true },
];
const PRICES = { 'MUGG-BL': 119.2, 'TEE-S': 80, KAFFE: 50 };

describe('products of a Quickbutik shop that follow the ledger’s articles', () => {
  let stage: Stage;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let player: Player;
  let count = 0;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
  });

  const start = async (...choices: readonly string[]): Promise<void> => {
    simulator = await startQuickbutikSimulator();
    shop = simulator.shops.add({
      products: [
        { title: 'Mugg', sku: 'MUGG-BL', price: '1.00' },
        { title: 'T-shirt', price: '2.00', variants: [{ sku: 'TEE-S' }, { sku: 'TEE-M' }] },
      ],
    });
    count += 1;
    player = await addPlayer(stage, { name: `Sortiment Q ${count} AB` });
    const prices = Object.entries(PRICES).map(([ArticleNumber, Price]) => {
      return { PriceList: 'A', ArticleNumber, FromQuantity: 0, Price };
    });
    stage.simulator.tenants.get(player.tenantId).set({ objects: { articles: ARTICLES, prices } });
    const company = ['--company', player.company.name];
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today()];
    const secret = { APIKEY: shop.apiKey };
    const connect = ['connect', 'quickbutik', ...company, ...where];
    const connected = await commandWith(stage, secret, ...connect);
    assert.equal(connected.code, 0, connected.err);
    const back = ['news=off', 'articles=create', ...choices].flatMap((one) => ['--set', one]);
    for (const argv of [
      ['quickbutik', 'fortnox', '--set', 'series=K'],
      ['fortnox', 'quickbutik', ...back],
    ]) {
      const added = await command(stage, 'flow', 'add', ...argv, ...company);
      assert.equal(added.code, 0, added.err);
    }
  };
  const look = async () => {
    const [flow] = await articleFlows(stage.hub, player.company);
    const looked = await lookAtArticles(stage.hub, present(flow, 'a flow that keeps articles'));
    await untilQuiet(player);
    return looked;
  };
  /** As the API shows them. */
  const products = async (): Promise<readonly Fields[]> => {
    const authorization = `Basic ${Buffer.from(`${shop.apiKey}:${shop.apiKey}`).toString('base64')}`;
    const address = `${simulator.apiUrl}/v1/products?include_details=true`;
    return (await (await fetch(address, { headers: { authorization } })).json()) as Fields[];
  };
  const product = async (sku: string): Promise<Fields | undefined> =>
    (await products()).find((one) => one['sku'] === sku);

  it('are changed, and made unseen, with the VAT of the day on their prices', async () => {
    await start('articleFields=["name","description","price"]');
    assert.deepEqual(await look(), { kind: 'looked', compared: 3, twice: [] });
    // 119.20 and 25 % of it are 149.00.
    assert.equal(
      shown(await product('MUGG-BL'), 'title', 'description', 'price', 'gtin', 'visible'),
      'Mugg, blå | Stengods | 149.00 |  | 1',
    );
    // 50.00 and 12 % of it are 56.00; nobody can buy what has not been counted.
    assert.equal(
      shown(await product('KAFFE'), 'title', 'price', 'tax_rate', 'visible', 'stock'),
      'Kaffe 500 g | 56.00 | 12 | 0 | 0',
    );
    assert.equal((await product('KAFFE'))?.['disable_minusqty'], '1');
    // A variant has a price of its own, and the name of its product.
    const tee = (await products()).find((one) => one['title'] === 'T-shirt');
    const [small, medium] = (tee?.['variants'] ?? []) as readonly Fields[];
    assert.equal(shown(small, 'sku', 'price'), 'TEE-S | 100.00');
    assert.equal(shown(medium, 'sku', 'price'), 'TEE-M | 2.00');
    assert.equal((await products()).length, 3);
  });

  for (const method of ['PUT', 'POST'] as const) {
    it(`are written once when the answer to ${method} is lost`, async () => {
      await start();
      const fault = { kind: 'lose-answer' } as const;
      simulator.faults.add({ fault, method, path: '/v1/products' });
      await look();
      assert.deepEqual(await statesOf(player), ['done']);
      assert.equal(shown(await product('KAFFE'), 'title'), 'Kaffe 500 g');
      assert.equal(shown(await product('MUGG-BL'), 'price'), '149.00');
      assert.equal((await products()).length, 3);
    });
  }
});
