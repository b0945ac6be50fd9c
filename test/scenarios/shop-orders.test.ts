import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import {
  addConnection,
  addFlow,
  listConnections,
  listFlows,
  type Connection,
} from '../../src/store/registry.ts';
import { readFileSync } from 'node:fs';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { day } from '../../src/domain/date.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const PRODUCTS = [{ name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' }];
/** Noon in Stockholm, a day that is over whenever the tests are run. */
const AT_MS = Date.UTC(2026, 10, 18, 11, 0);

/** The recorded orders of a Quickbutik shop. */
function quickbutikOrders(): readonly object[] {
  const name = '../../src/connectors/quickbutik/fixtures/order-10482-b2c-mixed-vat.json';
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as object[];
}

describe('orders of a shop, as a company chooses when they are booked', () => {
  let stage: Stage;
  let shop: WooCommerceSimulator;
  let player: Player;
  let count = 0;
  before(async () => {
    stage = await startStage();
  });
  beforeEach(async () => {
    await forgetPlaces(stage);
    await shop?.stop();
    const clock = { kind: 'frozen', atMs: AT_MS } as const;
    shop = await startWooCommerceSimulator({ clock, shop: { products: PRODUCTS } });
    count += 1;
    player = await addPlayer(stage, { name: `Lampor ${count} AB` });
  });
  after(async () => {
    await forgetPlaces(stage);
    await shop.stop();
    await stage.stop();
  });

  const run = (...argv: readonly string[]): Promise<Ended> =>
    command(stage, ...argv, '--company', player.company.name);
  const connect = async (...choices: readonly string[]): Promise<void> => {
    const { consumerKey, consumerSecret } = shop.shop.newKey('read');
    const secret = { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret };
    const where = ['--set', `url=${shop.url}`, '--set', 'login=header', '--since', '2026-11-01'];
    const company = ['--company', player.company.name];
    const connected = await commandWith(
      stage,
      secret,
      'connect',
      'woocommerce',
      ...company,
      ...where,
    );
    assert.equal(connected.code, 0, connected.err);
    const between = ['woocommerce', 'fortnox', '--set', 'series=K', '--set', 'attachFile=false'];
    const added = await run('flow', 'add', ...between, ...choices);
    assert.equal(added.code, 0, added.err);
  };
  const fetched = async (): Promise<void> => {
    assert.equal((await fetchFrom(stage.hub, 'woocommerce')).kind, 'looked');
    await untilQuiet(player);
  };
  const buy = (payment: string, quantity = 1): number =>
    shop.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity }], payment });
  const textsOf = (): readonly string[] => ledgerOf(player).map(([head = '']) => head);

  it('wait for the goods to be sent, by method, and say so to who asks', async () => {
    await connect('--book-when', 'swish=shipped', '--book-when', 'default=never');
    const id = buy('swish');
    const other = buy('bacs');
    await fetched();
    assert.deepEqual(textsOf(), []);
    const asked = await run('held');
    assert.equal(asked.code, 0);
    assert.match(asked.out, /1 wait \(bokbro held --waiting\):\n +1 until shipped processing\n/);
    assert.match(asked.out, /1 are left out.*\n +1 not booked by choice: bacs\n/);
    const why = await run('held', '--waiting');
    assert.match(
      why.out,
      new RegExp(`order ${id}\n.*”processing” och bokförs när den är slutförd`),
    );
    const left = await run('held', '--skipped');
    assert.match(left.out, new RegExp(`order ${other}: skipped\n.*med bacs bokförs inte`));
    shop.shop.setStatus({ id, status: 'completed' });
    await fetched();
    assert.match(textsOf().join('\n'), new RegExp(`^K 1 · 2026-11-18 · Order ${id}$`));
    // Another choice is another answer for what waits, or was left out.
    const changed = await run('flow', 'set', 'woocommerce', '--book-when', 'default=accepted');
    assert.match(changed.out, /1 that waited or were left out are planned again/);
    await untilQuiet(player);
    assert.deepEqual((await run('held', '--waiting')).out.match(/order \d+/g), [`order ${other}`]);
  });

  it('are booked by hand by their number, also one that has not come yet', async () => {
    await connect('--book-when', 'default=manual');
    const id = buy('swish');
    await fetched();
    assert.deepEqual(textsOf(), []);
    const booked = await run('sync', '--order', String(id));
    assert.equal(booked.code, 0, booked.err);
    assert.match(booked.out, new RegExp(`order ${id}: booked as K 1\n`));
    const again = await run('sync', '--order', `#${id}`);
    assert.match(again.out, /booked as K 1\n/);
    const next = buy('swish', 2);
    const named = await run('sync', '--order', String(next));
    assert.match(named.out, new RegExp(`order ${next}: booked as K 2\n`));
    await fetched();
    assert.equal(textsOf().length, 2);
    const none = await run('sync', '--order', '99999');
    assert.equal(none.code, 2);
    assert.match(none.err, /There is no order 99999 in woocommerce, and none has come/);
  });

  it('of before the start are counted and held by nobody', async () => {
    buy('swish');
    buy('swish');
    await connect('--start', '2026-11-19');
    await fetched();
    assert.deepEqual(textsOf(), []);
    const asked = await run('held');
    assert.equal(asked.code, 0);
    assert.match(asked.out, /2 are left out.*\n +2 of before the start\n/);
  });

  it('share the voucher of their day, which reconciles by day, rate and means', async () => {
    await connect('--set', 'perVoucher=day');
    buy('swish');
    buy('swish', 2);
    await fetched();
    await untilBooked(1);
    const [voucher] = ledgerOf(player);
    assert.deepEqual(voucher, [
      'K 1 · 2026-11-18 · Försäljning 2026-11-18: 2 order',
      '1580 597.00 · Swish',
      '3001 -477.60 · Försäljning 25 %',
      '2611 -119.40 · Moms 25 %',
    ]);
    buy('swish');
    await fetched();
    await untilBooked(2);
    assert.match(textsOf()[1] ?? '', /^K 2 · 2026-11-18 · Försäljning 2026-11-18 \(2\): 1 order$/);
    const proof = await reconciled();
    assert.deepEqual(proof.differences, []);
    assert.deepEqual(
      proof.rows.map(({ what, source, hub, ledger }) => [what, source, hub, ledger]),
      [
        ['payment', 79600n, 79600n, 79600n],
        ['sales.25', -63680n, -63680n, -63680n],
        ['vat.25', -15920n, -15920n, -15920n],
      ],
    );
  });

  it('that are cancelled when they are booked are asked about, and reversed', async () => {
    await connect();
    const id = buy('swish');
    const cancelled = buy('swish', 2);
    await fetched();
    assert.equal(textsOf().length, 2);
    shop.shop.setStatus({ id, status: 'completed' });
    shop.shop.setStatus({ id: cancelled, status: 'cancelled' });
    await fetched();
    const asked = await run('held');
    assert.equal(asked.code, 1);
    assert.match(asked.out, /bokförd som K 2 med 398,00, och är nu ”cancelled” i butiken: 0,00/);
    const settled = await run('held', 'resolve', 'all', '--correct');
    assert.equal(settled.code, 0, settled.err);
    assert.match(textsOf().at(-1) ?? '', /^K 3 · .* · Rättelse av K 2: återföring$/);
    assert.deepEqual((await reconciled()).differences, []);
  });

  it('of Quickbutik are asked about when they are edited, and not when they are sent', async () => {
    const { db } = stage.hub.database;
    const settings = { articleRates: { 'KAF*': '6', 'KVARN*': '25', 'MUGG*': '25' } };
    const own = { companyId: player.company.id, connector: 'quickbutik', name: 'quickbutik' };
    const source = await addConnection(db, { ...own, settings });
    const target = await chosen('fortnox');
    const accounts = { 'payment/swish': '1930' };
    const choices = { series: 'K', attachFile: false, revisions: 'correct', accounts };
    await addFlow(db, { source, target, mode: 'automatic', choices, startDate: null });
    const [first] = quickbutikOrders();
    const come = async (change: object): Promise<void> => {
      const content = JSON.stringify([{ ...first, ...change }]);
      await take({ stage, source }, { name: 'orders.json', content });
      await untilQuiet(player);
    };
    await come({ status: '1' });
    await come({ status: '2' });
    assert.equal(textsOf().length, 1, textsOf().join('\n'));
    await come({ status: '2', paymethod: { method: 'swish', transaction_id: '1' } });
    assert.deepEqual(
      textsOf().map((text) => text.replace(/^.* · /, '')),
      ['Order 10482', 'Rättelse av K 1: återföring', 'Rättelse av K 1: rätt bokning'],
    );
  });

  async function chosen(connector: string): Promise<Connection> {
    const all = await listConnections(stage.hub.database.db, player.company.id);
    const found = all.find((one) => one.connector === connector);
    assert.ok(found);
    return found;
  }

  async function untilBooked(vouchers: number): Promise<void> {
    for (let i = 0; i < 500 && ledgerOf(player).length < vouchers; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await untilQuiet(player);
  }

  async function reconciled() {
    const source = await chosen('woocommerce');
    const flows = await listFlows(stage.hub.database.db, player.company.id);
    const flow = flows.find((one) => one.source.id === source.id);
    assert.ok(flow);
    const period = { from: day('2026-11-01'), to: day('2026-11-30') };
    return reconcileFlow(stage.hub, { company: player.company, flow, period });
  }
});
