import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import { command } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
import { addPlayer, startStage, today, untilQuiet, type Player, type Stage } from './stage.ts';

describe('articles of a Quickbutik shop in the ledger’s register', () => {
  let stage: Stage;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let player: Player;
  before(async () => {
    stage = await startStage();
    simulator = await startQuickbutikSimulator({ clock: { kind: 'running' } });
    shop = simulator.shops.add({
      products: [
        { title: 'Kaffe', sku: 'KAF-500', price: '89.00', taxRate: 6 },
        {
          ...{ title: 'T-shirt', price: '100.00', taxRate: 25 },
          variants: [{ sku: 'TEE-S', values: { Storlek: 'S' } }],
        },
      ],
    });
    player = await addPlayer(stage, { name: 'Kaffe AB' });
    const company = ['--company', player.company.name];
    const set = [`apiUrl=${simulator.apiUrl}`, 'products=fetch', 'productMinutes=0'];
    const where = [...set.flatMap((one) => ['--set', one]), '--since', today()];
    const secret = { APIKEY: shop.apiKey };
    const ended = await commandWith(stage, secret, 'connect', 'quickbutik', ...company, ...where);
    assert.equal(ended.code, 0, ended.err);
    const chosen = ['--set', 'series=K', '--set', 'articles=create'];
    const added = await command(
      stage,
      'flow',
      'add',
      'quickbutik',
      'fortnox',
      ...chosen,
      ...company,
    );
    assert.equal(added.code, 0, added.err);
  });
  after(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
    await stage.stop();
  });
  afterEach(() => untilQuiet(player));

  const look = async (): Promise<number> => {
    const end = await fetchFrom(stage.hub, 'quickbutik');
    await untilQuiet(player);
    return end.kind === 'looked' ? end.taken : -1;
  };
  /** As the ledger shows it: name, price of list A without VAT, and rate. */
  const article = async (number: string): Promise<string> => {
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const { accessToken: token } = tenant.grant({ isService: true });
    const reply = await ask(`${stage.simulator.apiUrl}/3/articles/${number}`, { token });
    const one = reply.one('Article');
    return ['Description', 'SalesPrice', 'VAT'].map((name) => one[name]).join(' | ');
  };

  it('are made with their price without VAT, by variant, and followed', async () => {
    assert.equal(await look(), 1);
    // 89.00 with 6 % is 83.96 without.
    assert.equal(await article('KAF-500'), 'Kaffe | 83.96 | 6');
    assert.equal(await article('TEE-S'), 'T-shirt, S | 80 | 25');
    shop.changeProduct('KAF-500', { price: '106.00' });
    await look();
    assert.equal(await article('KAF-500'), 'Kaffe | 100 | 6');
    // Nothing has changed: the same page is the same file.
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const before = tenant.tally().calls;
    await look();
    assert.equal(tenant.tally().calls, before);
  });
});
