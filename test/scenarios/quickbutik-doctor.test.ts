import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import { command } from './command.ts';
import { commandWith, forgetPlaces } from './fetching.ts';
import { addPlayer, noonToday, startStage, today, type Player, type Stage } from './stage.ts';

type Card = {
  readonly about: string;
  readonly items: readonly { item: string; state: string; says: string }[];
};

describe('the doctor looks at a Quickbutik shop', () => {
  let stage: Stage;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let player: Player;
  let count = 0;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  beforeEach(async () => {
    simulator = await startQuickbutikSimulator({ clock: { kind: 'frozen', atMs: noonToday() } });
    shop = simulator.shops.add({
      products: [
        { title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25 },
        { title: 'Kaffe', sku: 'KAFFE', price: '89.00', taxRate: 6 },
      ],
      shippingMethods: [
        { id: '4', title: 'Paket till ombud', price: '49.00', countries: ['SE', 'FI'] },
        { id: '5', title: 'Bud', price: '99.00', active: false, countries: ['DK'] },
      ],
    });
    count += 1;
    player = await addPlayer(stage, { name: `Koppar ${count} AB` });
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today()];
    const connected = await commandWith(
      stage,
      { APIKEY: shop.apiKey },
      ...['connect', 'quickbutik', '--company', player.company.name, ...where],
    );
    assert.equal(connected.code, 0, connected.err);
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
  });

  const cards = async (...more: readonly string[]): Promise<readonly Card[]> => {
    const args = ['doctor', '--json', '--company', player.company.name, ...more];
    return JSON.parse((await command(stage, ...args)).out) as readonly Card[];
  };
  const items = async (about = 'quickbutik'): Promise<Card['items']> =>
    (await cards()).find((card) => card.about.endsWith(`› ${about}`))?.items ?? [];
  const ills = async (): Promise<readonly string[]> =>
    (await items()).filter((one) => one.state !== 'ok').map((one) => `${one.state} ${one.item}`);
  const says = async (item: string, about?: string): Promise<string> =>
    (await items(about)).find((one) => one.item === item)?.says ?? '';
  const book = async (): Promise<void> => {
    const argv = ['quickbutik', 'fortnox', '--set', 'series=K', '--company', player.company.name];
    const added = await command(stage, 'flow', 'add', ...argv);
    assert.equal(added.code, 0, added.err);
  };

  // No shop tells its settings: what to look at by hand is said of each.
  const USUAL = ['warning look-by-hand'];

  it('that is as it should be, by calls that change nothing', async () => {
    shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }], payment: { method: 'klarna3' } });
    assert.deepEqual(await ills(), USUAL);
    assert.match(await says('currency'), /SEK/);
    assert.match(await says('payments'), /^betalas med klarna3, swish, invoice$/);
    assert.match(await says('shipping'), /^skickar med Paket till ombud till SE, FI$/);
    assert.match(await says('products-rated'), /^2 produkter/);
    assert.match(
      await says('look-by-hand'),
      /i SEK, .* i Europe\/Stockholm, .* SE, .* med moms\.$/,
    );
    const writes = Object.keys(simulator.counts()).filter((route) => !route.startsWith('GET '));
    assert.deepEqual(writes, []);
  });

  it('that lists nothing and has sold nothing yet', async () => {
    for (const id of [101, 102]) shop.removeProduct(id);
    assert.deepEqual(await ills(), USUAL);
    const codes = (await items()).map(({ item }) => item);
    assert.ok(!codes.includes('currency') && !codes.includes('products-rated'), codes.join());
  });

  it('with products that have no rate, or one of no law, and an order that mixes them', async () => {
    shop.addProduct({ title: 'Tidning', sku: 'TIDN', price: '59.00', taxRate: null });
    shop.addProduct({ title: 'Tavla', price: '590.00', taxRate: 13 });
    assert.deepEqual(await ills(), ['warning products-without-rate', ...USUAL]);
    assert.match(await says('products-without-rate'), /^2 produkter .*\(TIDN, Tavla\)/);
    const order = shop.buy({
      lines: [
        { sku: 'TIDN', qty: 1 },
        { sku: 'KAFFE', qty: 3 },
      ],
    });
    assert.deepEqual(await ills(), [
      'warning orders-not-proven',
      'warning products-without-rate',
      ...USUAL,
    ]);
    assert.match(await says('orders-not-proven'), new RegExp(`^1 .*\\(${order}\\)`));
  });

  it('whose old list tells no rates', async () => {
    simulator.setChoices({ productList: 'old' });
    assert.deepEqual(await ills(), ['warning not-told', ...USUAL]);
    assert.match(await says('not-told'), /^products gick inte .*without tax_rate/);
  });

  it('that sells in another currency', async () => {
    shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }], currency: 'EUR' });
    assert.deepEqual(await ills(), ['warning other-currencies', ...USUAL]);
  });

  it('whose means of payment have no account, those of its orders too; and is rehearsed', async () => {
    shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }], payment: { method: 'qliro' } });
    await book();
    assert.deepEqual(await ills(), ['warning payment-without-account', ...USUAL]);
    assert.match(await says('payment-without-account'), /klarna3, swish, invoice, qliro har/);
    const ledger = (await items('fortnox')).map(({ item }) => item);
    assert.ok(ledger.includes('rehearsed'), ledger.join());
    assert.ok(!ledger.includes('shop-not-asked'), ledger.join());
  });

  it('that does not tell how it is paid', async () => {
    simulator.faults.add({
      path: '/v1/paymentmethods',
      times: 'always',
      fault: { kind: 'server-error', commits: false },
    });
    assert.deepEqual(await ills(), ['warning not-told', ...USUAL]);
    assert.match(await says('not-told'), /^paymentmethods gick inte/);
  });

  it('that does not take the key any more', async () => {
    shop.withdrawKey();
    assert.deepEqual(await ills(), ['problem connection']);
    assert.match(await says('connection'), /does not take our key/);
  });
});
