import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import { fetchFiles } from '../../src/hub/fetch/fetch-files.ts';
import { findPickup } from '../../src/store/pickups.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces, quick, received } from './fetching.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  today,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const PRODUCTS = [{ title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25 }];

describe('a Quickbutik shop that tells what has changed', () => {
  let on: Stage;
  let stage: Stage;
  let server: HubServer;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let player: Player;
  let url: string;
  let count = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  beforeEach(async () => {
    simulator = await startQuickbutikSimulator({ clock: { kind: 'running' } });
    shop = simulator.shops.add({ products: PRODUCTS });
    server = await openServer({ host: '127.0.0.1', port: 0 });
    const publicUrl = server.url.replace('127.0.0.1', 'localhost');
    const hub = { ...on.hub, config: { ...on.hub.config, publicUrl } };
    server.ready(hub);
    stage = { ...on, hub };
    count += 1;
    player = await addPlayer(stage, { name: `Muggar ${count} AB` });
    const company = ['--company', player.company.name];
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today(), '--every', '86400'];
    const argv = ['connect', 'quickbutik', ...company, ...where, '--hooks'];
    const connected = await commandWith(stage, { APIKEY: shop.apiKey }, ...argv);
    assert.equal(connected.code, 0, connected.err);
    url = /http:\/\/localhost:\d+\/v1\/hooks\/\S+/.exec(connected.out)?.[0] ?? '';
    assert.match(connected.out, /Enter this address there/);
    const between = ['quickbutik', 'fortnox', '--set', 'series=K', ...company];
    assert.equal((await command(stage, 'flow', 'add', ...between)).code, 0);
    shop.listen(url.replace('localhost', '127.0.0.1'));
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
    await server.close();
  });

  const buy = (): number => shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }] });
  const booked = (): readonly string[] => ledgerOf(player).map(([head = '']) => head);
  const asked = (): number => simulator.counts()['GET /v1/orders 200'] ?? 0;

  it('has its order booked long before it would have been asked', async () => {
    const fetching = fetchFiles(quick(stage));
    try {
      await until(async () => {
        return (await findPickup(on.hub.database.db, 'quickbutik'))?.lookedAtMs !== null;
      });
      buy();
      await until(() => booked().length === 1);
    } finally {
      await fetching.stop();
    }
    const listed = await command(stage, 'fetch', 'list');
    assert.match(listed.out, /1 meddelanden om ändringar har kommit/);
  });

  it('may tell it twice, as a form or of what is not there, and nothing is booked twice', async () => {
    simulator.setChoices({ webhooks: 'post' });
    const id = buy();
    shop.send(id);
    await simulator.webhooks.settled();
    const lies = [
      { event_type: 'order.cancelled', order_id: String(id) },
      { event_type: 'order.new', order_id: '999999' },
      { event_type: 'order.new', order_id: String(id), total_amount: '1.00' },
    ];
    for (const lie of lies) {
      assert.equal((await fetch(`${url}?${new URLSearchParams(lie).toString()}`)).status, 200);
    }
    assert.equal((await fetch(`${url}x`)).status, 404);
    await fetchFrom(stage.hub, 'quickbutik');
    await untilQuiet(player);
    assert.deepEqual(booked(), [`K 1 · ${today()} · Order ${id}`]);
    const files = (await received(on)).length;
    const before = asked();
    await fetchFrom(stage.hub, 'quickbutik');
    assert.equal((await received(on)).length, files);
    assert.equal(asked(), before + 1);
  });

  it('has an order looked at that it names, though no look would see it', async () => {
    await fetchFrom(stage.hub, 'quickbutik');
    // Its status changed before the day that was asked for: only its number leads to it.
    simulator.clock.advance(-5 * 86_400_000);
    const id = buy();
    await simulator.webhooks.settled();
    simulator.clock.advance(5 * 86_400_000);
    await fetchFrom(stage.hub, 'quickbutik');
    await untilQuiet(player);
    assert.equal(booked().length, 1);
    assert.match(booked()[0] ?? '', new RegExp(`Order ${id}$`));
  });
});
