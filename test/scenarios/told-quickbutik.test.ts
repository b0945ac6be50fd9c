import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import { tellBooked } from '../../src/hub/tell-shops.ts';
import { command } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
import {
  addPlayer,
  ledgerOf,
  noonToday,
  startStage,
  statesOf,
  today,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

describe('a Quickbutik shop that is told what has become of its orders', () => {
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
      products: [{ title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25 }],
    });
    count += 1;
    player = await addPlayer(stage, { name: `Muggar ${count} AB` });
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await simulator.stop();
  });

  const begin = async (...back: readonly string[]): Promise<void> => {
    const company = ['--company', player.company.name];
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today()];
    const connected = await commandWith(
      stage,
      { APIKEY: shop.apiKey },
      ...['connect', 'quickbutik', ...company, ...where],
    );
    assert.equal(connected.code, 0, connected.err);
    for (const argv of [
      ['quickbutik', 'fortnox', '--set', 'series=K'],
      ['fortnox', 'quickbutik', ...back],
    ]) {
      const added = await command(stage, 'flow', 'add', ...argv, ...company);
      assert.equal(added.code, 0, added.err);
    }
  };
  const buy = (): number =>
    shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }], payment: { method: 'klarna3' } });
  const round = async (): Promise<number> => {
    const end = await fetchFrom(stage.hub, 'quickbutik');
    assert.ok(end.kind === 'looked', JSON.stringify(end));
    await untilQuiet(player);
    await tellBooked(stage.hub);
    await untilQuiet(player);
    return end.taken;
  };
  const get = async (path: string): Promise<unknown> => {
    const authorization = `Basic ${Buffer.from(`${shop.apiKey}:${shop.apiKey}`).toString('base64')}`;
    const reply = await ask(`${simulator.apiUrl}/v1${path}`, { headers: { authorization } });
    return JSON.parse(reply.text);
  };
  const label = (): string => /^K \d+/.exec(ledgerOf(player)[0]?.[0] ?? '')?.[0] ?? '';

  it('has it in its metadata and goes on to another state; the echo ends', async () => {
    await begin('--set', 'news=both', '--set', 'newsStatus={"booked":"done"}');
    const id = buy();
    await round();
    assert.deepEqual(await get(`/metadata/order/${id}`), {
      bokbro_booked: label(),
      bokbro_note: `Bokförd i Fortnox: ${label()}.`,
    });
    const [order] = (await get(`/orders?order_id=${id}&include_details=true`)) as {
      readonly status: string | number;
    }[];
    assert.equal(String(order?.status), '2');
    // The order comes back as sent, once; it is booked already, and nobody is told of that.
    assert.equal(await round(), 1);
    assert.deepEqual([await round(), await round()], [0, 0]);
    assert.equal(ledgerOf(player).length, 1);
    assert.deepEqual(await statesOf(player), ['done', 'done', 'skipped order-unchanged']);
  });

  it('is told once when the answer is lost', async () => {
    await begin('--set', 'newsStatus={"booked":"done"}');
    const id = buy();
    simulator.faults.add({ fault: { kind: 'lose-answer' }, method: 'POST', path: '*/metadata/*' });
    simulator.faults.add({ fault: { kind: 'lose-answer' }, method: 'PUT', path: '/v1/orders' });
    await round();
    assert.deepEqual(await get(`/metadata/order/${id}`), {
      bokbro_note: `Bokförd i Fortnox: ${label()}.`,
    });
    assert.deepEqual(await statesOf(player), ['done', 'done']);
  });
});
