import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { beginKeyPage, takeKeys } from '../../src/hub/key-page.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { findPickup } from '../../src/store/pickups.ts';
import { addConnection } from '../../src/store/registry.ts';
import { command, commandHeard, type Ended } from './command.ts';
import { fetchFrom, forgetPlaces } from './fetching.ts';
import { startShopStage, type ShopStage } from './shop-stage.ts';
import { startStage, untilQuiet, type Stage } from './stage.ts';

describe('a web shop that hands out its keys', () => {
  let on: Stage;
  let stage: ShopStage;
  let count = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  beforeEach(async () => {
    count += 1;
    stage = await startShopStage(on, { name: `Lampor ${count} AB` });
    stage.shop.setChoices({ keyCallbacks: 'any', owner: 'approves' });
  });
  afterEach(async () => {
    await forgetPlaces(stage.stage);
    await stage.stop();
  });

  /** Connects without keys. The person opens the page that is printed. */
  const connect = (
    visit: (page: string) => Promise<unknown>,
    ...more: readonly string[]
  ): Promise<Ended> => {
    const where = ['--set', `url=${stage.shop.url}`, '--set', 'login=header'];
    const company = ['--company', stage.player.company.name, '--since', '2026-11-20'];
    const hear = (text: string): void => {
      const page = /^ {2}(http\S+)$/m.exec(text)?.[1];
      if (page !== undefined) void visit(page);
    };
    const args = ['connect', 'woocommerce', ...where, ...company, ...more];
    return commandHeard(stage.stage, hear, ...args);
  };
  const scopeOf = (page: string): string | null => new URL(page).searchParams.get('scope');

  it('opens the page where it is asked to, and says so when there is no browser', async () => {
    const { DISPLAY: display, WAYLAND_DISPLAY: wayland } = process.env;
    delete process.env['DISPLAY'];
    delete process.env['WAYLAND_DISPLAY'];
    try {
      const connected = await connect((page) => fetch(page), '--open');
      assert.equal(connected.code, 0, connected.err);
      assert.match(connected.err, /There is no browser here/);
      assert.match(connected.out, /Open this page and approve; .*\n\n {2}http/);
    } finally {
      if (display !== undefined) process.env['DISPLAY'] = display;
      if (wayland !== undefined) process.env['WAYLAND_DISPLAY'] = wayland;
    }
  });

  it('is connected by approving on its own page, and its orders are booked', async () => {
    const answers: Response[] = [];
    const connected = await connect(async (page) => {
      assert.equal(scopeOf(page), 'read');
      answers.push(await fetch(page));
    });
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /Its keys work\. What has changed since 2026-11-20 is fetched/);
    assert.equal(await answers[0]?.text(), 'Connected. You can close this page.');
    await stage.book();
    stage.buy();
    await fetchFrom(stage.stage.hub, 'woocommerce');
    await untilQuiet(stage.player);
    assert.equal(stage.texts().length, 1);
  });

  it('gives keys that may write when messages are wanted', async () => {
    const connected = await connect(async (page) => {
      assert.equal(scopeOf(page), 'read_write');
      await fetch(page);
    }, '--hooks');
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /tells us at once what has changed: order\.created/);
  });

  it('whose owner says no is not connected, and waits for nobody', async () => {
    stage.shop.setChoices({ owner: 'denies' });
    const connected = await connect((page) => fetch(page));
    assert.equal(connected.code, 2);
    assert.match(connected.err, /There are no keys for/);
  });

  it('sends keys that count once, for a quarter of an hour, and for whom they were asked', async () => {
    const { db } = on.hub.database;
    const connection = await addConnection(db, {
      ...{ companyId: stage.player.company.id, connector: 'woocommerce', name: 'butik' },
      settings: { url: stage.shop.url },
    });
    const { hub } = stage.stage;
    const begin = async (): Promise<string> => {
      const page = await beginKeyPage(hub, connection.id, { mayWrite: false });
      return new URL(page ?? '').searchParams.get('user_id') ?? '';
    };
    const give = (by: Hub, state: string, connector = 'woocommerce'): Promise<boolean> => {
      const keys = { user_id: state, consumer_key: 'ck_1', consumer_secret: 'cs_1' };
      return takeKeys(by, { connector, body: Buffer.from(JSON.stringify(keys)) });
    };
    const state = await begin();
    assert.ok(state.length >= 32);
    assert.equal(await give(hub, 'guessed'), false);
    assert.equal(await takeKeys(hub, { connector: 'woocommerce', body: Buffer.from('x') }), false);
    assert.equal(await give(hub, state, 'fortnox'), false);
    assert.equal(await give(hub, state), true);
    assert.equal(await give(hub, state), false);
    const { clock } = hub;
    const late = { ...hub, clock: { ...clock, nowMs: () => clock.nowMs() + 16 * 60_000 } };
    assert.equal(await give(late, await begin()), false);
    assert.notEqual(await findPickup(db, 'butik'), null);
    await command(stage.stage, 'fetch', 'remove', 'butik');
  });

  it('takes keys back that were sent to nobody', async () => {
    const page = new URL(`${stage.shop.url}/wc-auth/v1/authorize`);
    const to = `${stage.server.url}/v1/keys/woocommerce`;
    const asked = { app_name: 'x', scope: 'read', user_id: 'me', return_url: to, callback_url: to };
    for (const [name, value] of Object.entries(asked)) page.searchParams.set(name, value);
    assert.equal((await fetch(page)).status, 401);
  });

  it('is asked by hand for its keys when the hub cannot be reached by https', async () => {
    const { hub } = stage.stage;
    const publicUrl = 'http://hubb.example.se';
    const plain = { ...hub, config: { ...hub.config, publicUrl } };
    const connection = await addConnection(hub.database.db, {
      ...{ companyId: stage.player.company.id, connector: 'woocommerce', name: 'butik' },
      settings: { url: stage.shop.url },
    });
    assert.equal(await beginKeyPage(plain, connection.id, { mayWrite: false }), null);
  });
});
