import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { findPickup } from '../../src/store/pickups.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces, received } from './fetching.ts';
import { addPlayer, ledgerOf, startStage, untilQuiet, type Player, type Stage } from './stage.ts';

const PRODUCTS = [{ name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' }];
/** Noon in Stockholm: orders of the test are of this day. */
const AT_MS = Date.UTC(2026, 10, 20, 11, 0);
const SINCE = ['--since', '2026-11-20'];

describe('a web shop that is asked what is new', () => {
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

  /** Connects the shop with keys of its own. By a header: its clock stands still, ours does not. */
  const connect = async (...more: readonly string[]): Promise<Ended> => {
    const { consumerKey, consumerSecret } = shop.shop.newKey('read');
    const secret = { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret };
    const company = ['--company', player.company.name];
    const where = ['--set', `url=${shop.url}`, '--set', 'login=header'];
    return commandWith(stage, secret, 'connect', 'woocommerce', ...company, ...where, ...more);
  };
  const book = async (): Promise<void> => {
    const company = ['--company', player.company.name];
    const between = ['woocommerce', 'fortnox', '--set', 'series=K'];
    const added = await command(stage, 'flow', 'add', ...between, ...company);
    assert.equal(added.code, 0, added.err);
  };
  const buy = (quantity = 1): number =>
    shop.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity }], payment: 'swish' });
  const textsOf = (): readonly string[] => ledgerOf(player).map(([head = '']) => head);

  it('is connected with read-only keys, and its orders are booked once', async () => {
    const connected = await connect(...SINCE);
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /Its keys work\. What has changed since 2026-11-20 is fetched/);
    await book();
    const id = buy();
    const end = await fetchFrom(stage.hub, 'woocommerce');
    assert.deepEqual([end.kind, end.kind === 'looked' && end.taken], ['looked', 1]);
    await untilQuiet(player);
    assert.equal(textsOf().length, 1, textsOf().join());
    assert.match(textsOf()[0] ?? '', new RegExp(`2026-11-20 .*${id}`));
    // Looking again finds nothing, and the file says where it came from.
    const again = await fetchFrom(stage.hub, 'woocommerce');
    assert.equal(again.kind === 'looked' && again.taken, 0);
    assert.match((await received(stage)).at(-1) ?? '', /orders-until-.*\.json feed read$/);
    assert.equal(textsOf().length, 1);
  });

  it('asked from an earlier day begins anew, and books nothing twice', async () => {
    await connect(...SINCE);
    await book();
    buy();
    await fetchFrom(stage.hub, 'woocommerce');
    await untilQuiet(player);
    const earlier = await connect('--since', '2026-11-01');
    assert.equal(earlier.code, 0, earlier.err);
    const end = await fetchFrom(stage.hub, 'woocommerce');
    assert.equal(end.kind === 'looked' && end.taken, 1);
    await untilQuiet(player);
    assert.equal(textsOf().length, 1);
  });

  it('that is away or takes the keys back is told, and goes on where it was', async () => {
    await connect(...SINCE);
    await book();
    await shop.goOffline();
    assert.equal((await fetchFrom(stage.hub, 'woocommerce')).kind, 'failed');
    const told = await command(stage, 'fetch', 'list');
    assert.equal(told.code, 1);
    assert.match(told.out, /✗ Det misslyckades: 127\.0\.0\.1:\d+ could not be reached/);
    await shop.goOnline();
    buy();
    const end = await fetchFrom(stage.hub, 'woocommerce');
    assert.equal(end.kind === 'looked' && end.taken, 1);
    const well = await command(stage, 'fetch', 'list');
    assert.match(well.out, /what has changed since 2026-11-20\n.*1 files taken/);
    assert.equal(well.code, 0);
  });

  it('with wrong keys is not connected in silence', async () => {
    const secret = { CONSUMERKEY: 'ck_fel', CONSUMERSECRET: 'cs_fel' };
    const company = ['--company', player.company.name];
    const where = ['--set', `url=${shop.url}`, '--set', 'login=header'];
    const ended = await commandWith(stage, secret, 'connect', 'woocommerce', ...company, ...where);
    assert.notEqual(ended.code, 0);
    assert.match(ended.err, /does not take our keys.*Skapa nya nycklar/s);
    assert.notEqual(await findPickup(stage.hub.database.db, 'woocommerce'), null);
  });
});
