import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ShopHandle } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import { findPickup } from '../../src/store/pickups.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { envOf, startChild, stopChild } from './child.ts';
import { command } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
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

const PRODUCTS = [{ title: 'Mugg', sku: 'MUGG-BL', price: '149.00', taxRate: 25, stock: 10_000 }];
/** Three pages. */
const ORDERS = 600;

describe('a shop whose fetching is cut off', () => {
  let database: TestServer;
  let stage: Stage;
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
    simulator = await startQuickbutikSimulator({ clock: { kind: 'running' } });
    shop = simulator.shops.add({ products: PRODUCTS });
  });
  after(async () => {
    await simulator.stop();
    await stage.stop();
    await database.stop();
  });

  async function connected(name: string): Promise<Player> {
    const player = await addPlayer(stage, { name });
    const where = ['--set', `apiUrl=${simulator.apiUrl}`, '--since', today(), '--every', '5'];
    const argv = ['connect', 'quickbutik', '--company', name, ...where];
    const ended = await commandWith(stage, { APIKEY: shop.apiKey }, ...argv);
    assert.equal(ended.code, 0, ended.err);
    return player;
  }

  it('between keeping a page and noting it asks again, and books nothing twice', async () => {
    const player = await connected('Avbruten AB');
    const between = ['quickbutik', 'fortnox', '--set', 'series=K', '--company', 'Avbruten AB'];
    assert.equal((await command(stage, 'flow', 'add', ...between)).code, 0);
    const worker = await stage.hub.startWorker();
    for (let i = 0; i < 20; i += 1) shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }] });
    const { db } = stage.hub.database;
    for (let cut = 0; cut < 3; cut += 1) {
      const { id } = (await findPickup(db, 'quickbutik')) ?? { id: '' };
      const noted = db.selectFrom('pickup').select('cursor').where('id', '=', id);
      const { cursor } = await noted.executeTakeFirstOrThrow();
      const end = await fetchFrom(stage.hub, 'quickbutik');
      assert.equal(end.kind === 'looked' && end.taken, 1);
      // It is as if the process had died before the place behind the page was written down.
      const before = cursor === null ? null : JSON.stringify(cursor);
      await db.updateTable('pickup').set({ cursor: before }).where('id', '=', id).execute();
    }
    await untilQuiet(player);
    assert.equal(ledgerOf(player).length, 20);
    await worker.stop();
    await forgetPlaces(stage);
  });

  it('by a kill loses nothing and tells nothing twice to the one after it', async () => {
    shop = simulator.shops.add({ products: PRODUCTS });
    for (let i = 0; i < ORDERS; i += 1) shop.buy({ lines: [{ sku: 'MUGG-BL', qty: 1 }] });
    const player = await connected('Dödad AB');
    const { db } = stage.hub.database;
    const of = db.selectFrom('document').where('company_id', '=', player.company.id);
    const count = async (): Promise<number> => (await of.select('id').execute()).length;
    const first = startChild(envOf(stage), 'worker');
    await until(async () => (await count()) > 0);
    first.process.kill('SIGKILL');
    await first.ended;
    assert.ok((await count()) < ORDERS, 'it was killed in the middle');
    // Its hold runs out after two minutes; a test does not wait for them.
    await db
      .updateTable('pickup')
      .set({ held_until: new Date(0), due_at: new Date(0) })
      .execute();
    const second = startChild(envOf(stage), 'worker');
    try {
      await until(async () => {
        return ((await findPickup(db, 'quickbutik'))?.lookedAtMs ?? null) !== null;
      });
    } finally {
      assert.equal(await stopChild(second), 0);
    }
    assert.equal(await count(), ORDERS);
    const versions = await of.select('version').distinct().execute();
    assert.deepEqual(versions, [{ version: 1 }]);
  });
});
