import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import { lookAtStock } from '../../src/hub/stock/look-at-stock.ts';
import { stockFlows } from '../../src/hub/stock/stock-flow.ts';
import { present } from '../../src/lib/assert.ts';
import { command } from './command.ts';
import { commandWith, forgetPlaces } from './fetching.ts';
import {
  addPlayer,
  noonToday,
  startStage,
  today,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const ARTICLES = { 'MUGG-BL': 10, 'TEE-S': 4, 'TEE-M': 5 };

describe('stock of a Quickbutik shop that follows the ledger', () => {
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

  const start = async (): Promise<void> => {
    simulator = await startQuickbutikSimulator({ clock: { kind: 'frozen', atMs: noonToday() } });
    shop = simulator.shops.add({
      products: [
        { title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25, stock: 1 },
        {
          ...{ title: 'T-shirt', price: '99.00', taxRate: 25 },
          variants: [
            { sku: 'TEE-S', stock: 1 },
            { sku: 'TEE-M', stock: 1 },
          ],
        },
      ],
    });
    count += 1;
    player = await addPlayer(stage, { name: `Muggar ${count} AB` });
    stage.simulator.tenants.get(player.tenantId).set({
      setup: { roundsOff: false },
      objects: {
        articles: Object.entries(ARTICLES).map(([number, quantity]) => ({
          ...{ ArticleNumber: number, Description: number },
          ...{ StockGoods: true, QuantityInStock: quantity },
        })),
      },
    });
    const company = ['--company', player.company.name];
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today()];
    const secret = { APIKEY: shop.apiKey };
    const connected = await commandWith(
      stage,
      secret,
      'connect',
      'quickbutik',
      ...company,
      ...where,
    );
    assert.equal(connected.code, 0, connected.err);
    for (const argv of [
      ['quickbutik', 'fortnox', '--set', 'series=K', '--set', 'invoicing.as=booked-invoice'],
      ['fortnox', 'quickbutik', '--set', 'news=off', '--set', 'stock.follows=true'],
    ]) {
      const added = await command(stage, 'flow', 'add', ...argv, ...company);
      assert.equal(added.code, 0, added.err);
    }
  };
  const look = async () => {
    const [flow] = await stockFlows(stage.hub, player.company);
    const { id, ...rest } = present(flow, 'a flow that keeps stock');
    const looked = await lookAtStock(stage.hub, { ...rest, id: present(id, 'its id') });
    await untilQuiet(player);
    return looked;
  };
  const stands = (): readonly number[] => Object.keys(ARTICLES).map((sku) => shop.stock(sku));

  it('is set for products and variants in one call, and is not raised by what is sold', async () => {
    await start();
    assert.deepEqual(await look(), { kind: 'looked', compared: 3, changes: 3, twice: [] });
    assert.deepEqual(stands(), [10, 4, 5]);
    shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 3 }], payment: { method: 'klarna3' } });
    assert.deepEqual(stands(), [7, 4, 5]);
    await look();
    await look();
    await look();
    assert.deepEqual(stands(), [7, 4, 5]);
  });

  it('is set once when the answer is lost', async () => {
    await start();
    const fault = { kind: 'lose-answer' } as const;
    simulator.faults.add({ fault, method: 'PUT', path: '/v1/products' });
    await look();
    assert.deepEqual(stands(), [10, 4, 5]);
  });
});
