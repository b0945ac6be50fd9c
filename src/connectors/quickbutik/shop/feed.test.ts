import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openOutbound, type Outbound } from '../../../hub/outbound.ts';
import { LOOPBACK, openReach } from '../../../hub/reach.ts';
import type { Json } from '../../../lib/json.ts';
import { present } from '../../../lib/assert.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { settingsSchema } from '../settings.ts';
import type { Choices } from '../simulator/choices.ts';
import type { Fault } from '../simulator/faults/fault.ts';
import type { ShopHandle } from '../simulator/shop/shop-handle.ts';
import type { QuickbutikSimulator } from '../simulator/simulator.ts';
import { COFFEE_SHOP, startTestSimulator } from '../simulator/test-client.ts';
import { ShopClient } from './client.ts';
import { orderFeed } from './feed.ts';

/** The day of the simulator's clock. */
const SINCE = '2026-05-04';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the feed of a Quickbutik shop', () => {
  let simulator: QuickbutikSimulator;
  let shop: ShopHandle;
  let outbound: Outbound;
  /** What our clock shows more than the shop's. */
  let ahead = 0;
  const clock = { nowMs: () => simulator.clock.nowMs() + ahead };
  beforeEach(async () => {
    ahead = 0;
    simulator = await startTestSimulator();
    const [coffee] = COFFEE_SHOP.products ?? [];
    const products = [{ ...present(coffee, 'an article'), stock: 10_000 }];
    shop = simulator.shops.add({ ...COFFEE_SHOP, products });
    outbound = openOutbound(openReach(LOOPBACK));
  });
  afterEach(async () => {
    await outbound.close();
    await simulator.stop();
  });

  const buy = (qty = 1): number => shop.buy({ lines: [{ sku: 'KAF-500', qty }] });
  const buyMany = (count: number): readonly string[] =>
    Array.from({ length: count }, () => String(buy()));

  function client(apiKey: string = shop.apiKey): ShopClient {
    const settings = settingsSchema.parse({ apiUrl: simulator.apiUrl });
    return new ShopClient({
      settings,
      http: outbound.to([new URL(settings.apiUrl).host], { timeoutMs: 5_000 }),
      credentials: { current: async () => ({ apiKey }), refresh: async (stale) => stale },
    });
  }

  type Look = { readonly told: readonly string[]; readonly cursor: Json; readonly pages: number };

  /** Asks until there is no more. Tells numbers of orders, with those of refunds behind a +. */
  async function look(from: Json | null = null, since = SINCE): Promise<Look> {
    const feed = orderFeed(client(), clock);
    const told: string[] = [];
    let [cursor, pages, isMore] = [from, 0, true];
    while (isMore) {
      const page = await feed.next(cursor, since);
      pages += 1;
      assert.ok(pages < 100, 'it goes on for ever');
      told.push(...toldIn(page.file?.bytes));
      // As the database gives it back.
      ({ isMore } = page);
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
    }
    return { told, cursor, pages };
  }

  it('tells each order once, and again when its status has changed', async () => {
    const [first, second] = buyMany(2);
    const one = await look();
    assert.deepEqual(one.told, [first, second]);
    const two = await look(one.cursor);
    assert.deepEqual(two.told, []);
    simulator.clock.advance(5 * HOUR_MS);
    shop.send(Number(first));
    const third = String(buy());
    const three = await look(two.cursor);
    assert.deepEqual(three.told, [first, third]);
    assert.deepEqual((await look(three.cursor)).told, []);
  });

  it('tells nothing of what has not changed since the day asked for', async () => {
    buy();
    simulator.clock.advance(3 * DAY_MS);
    assert.deepEqual((await look(null, '2026-05-07')).told, []);
  });

  it('tells the orders of a day that begins in Sweden before it does in Greenwich', async () => {
    // 4 May 2026 00:30 in Sweden is 3 May 22:30 in Greenwich.
    simulator.clock.moveTo(Date.UTC(2026, 4, 3, 22, 30));
    const id = String(buy());
    simulator.clock.moveTo(Date.UTC(2026, 4, 4, 8, 0));
    assert.deepEqual((await look()).told, [id]);
  });

  it('misses nothing where our clock and the shop’s stand hours apart', async () => {
    // We are twenty hours ahead, and have looked for two days.
    ahead = 20 * HOUR_MS;
    simulator.clock.advance(2 * DAY_MS);
    const { cursor } = await look();
    const id = String(buy());
    assert.deepEqual((await look(cursor)).told, [id]);
  });

  it('tells many orders in pages, also while others are added and sent', async () => {
    const ids = buyMany(600);
    const feed = orderFeed(client(), clock);
    const page = await feed.next(null, SINCE);
    assert.deepEqual(toldIn(page.file?.bytes), ids.slice(0, 250));
    for (const id of ids.slice(0, 30)) shop.send(Number(id));
    const later = buyMany(3);
    const rest = await look(page.cursor);
    assert.deepEqual(rest.told, [...ids.slice(250), ...later]);
    // Those that were sent meanwhile come with the next look.
    assert.deepEqual((await look(rest.cursor)).told, ids.slice(0, 30));
  });

  it('sweeps each week, and finds what changes no status: refunds and edits', async () => {
    const [first = '', second = ''] = buyMany(2);
    const begun = await look();
    simulator.clock.advance(2 * DAY_MS);
    const { cursor } = await look(begun.cursor);
    simulator.clock.advance(DAY_MS);
    shop.refund(Number(first), { amount: '19.00' });
    shop.edit(Number(second), { addLines: [{ sku: 'KAF-500', qty: 1 }] });
    const early = await look(cursor);
    assert.deepEqual(early.told, []);
    simulator.clock.advance(4 * DAY_MS);
    const week = await look(early.cursor);
    assert.deepEqual(week.told, [second, `${first}+55`]);
    const after = await look(week.cursor);
    assert.deepEqual([after.told, after.pages], [[], 1]);
    simulator.clock.advance(7 * DAY_MS);
    assert.deepEqual((await look(after.cursor)).told, []);
  });

  it('sweeps seventy-five days and no more', async () => {
    const old = String(buy());
    const { cursor } = await look();
    simulator.clock.advance(70 * DAY_MS);
    const young = String(buy());
    const between = await look(cursor);
    assert.deepEqual(between.told, [young]);
    shop.refund(Number(old), { amount: '19.00' });
    simulator.clock.advance(6 * DAY_MS);
    shop.refund(Number(young), { amount: '20.00' });
    simulator.clock.advance(DAY_MS);
    assert.deepEqual((await look(between.cursor)).told, [`${young}+56`]);
  });

  it('goes on with a long sweep look by look, and where it was cut off', async () => {
    const ids = buyMany(1_300);
    const begun = await look();
    simulator.clock.advance(2 * DAY_MS);
    const { cursor } = await look(begun.cursor);
    simulator.clock.advance(5 * DAY_MS);
    const [oldest = ''] = ids;
    shop.refund(Number(oldest), { amount: '19.00' });
    // What has changed, and four pages of the sweep.
    const one = await look(cursor);
    assert.deepEqual([one.told, one.pages], [[], 5]);
    const changes = await orderFeed(client(), clock).next(one.cursor, SINCE);
    const cut = await orderFeed(client(), clock).next(changes.cursor, SINCE);
    assert.equal(cut.isMore, true);
    const two = await look(cut.cursor);
    assert.deepEqual([two.told, two.pages], [[`${oldest}+55`], 2]);
    assert.deepEqual((await look(two.cursor)).pages, 1);
  });

  it('gives each order the rates that its articles have', async () => {
    buy();
    const page = await orderFeed(client(), clock).next(null, SINCE);
    const [one] = JSON.parse(Buffer.from(page.file?.bytes ?? []).toString('utf8')) as Told[];
    assert.deepEqual(Object.entries(one?.taxRates ?? {}), [['310', '6']]);
  });

  const spellings: readonly (readonly [string, Partial<Choices>])[] = [
    ['an empty list where others say 404', { noOrders: 'empty-list', noProducts: 'empty-list' }],
    ['ids as texts', { ids: 'text', quantities: 'number' }],
    ['a limit lower than what was asked for', { limits: 'capped' }],
  ];
  for (const [name, choices] of spellings) {
    it(`understands ${name}`, async () => {
      simulator.setChoices(choices);
      const { cursor } = await look();
      const id = String(buy());
      assert.deepEqual((await look(cursor)).told, [id]);
    });
  }

  describe('says what is in the way', () => {
    const failure = async (of: ShopClient): Promise<ConnectorError> => {
      const error: unknown = await orderFeed(of, clock)
        .next(null, SINCE)
        .then(
          () => null,
          (thrown: unknown) => thrown,
        );
      assert.ok(error instanceof ConnectorError, String(error));
      return error;
    };
    const fault = (one: Fault): number => simulator.faults.add({ fault: one });

    it('a key that the shop does not know', async () => {
      const { failure: kind, message } = await failure(client('fel'));
      assert.equal(kind.kind, 'reconnect');
      assert.match(message, /does not take our key/);
    });

    it('no key at all', async () => {
      const { failure: kind, message } = await failure(client(''));
      assert.equal(kind.kind, 'reconnect');
      assert.match(message, /control panel/);
    });

    it('a limit, and how long to wait', async () => {
      fault({ kind: 'too-many-requests', waitS: 7 });
      assert.deepEqual((await failure(client())).failure, { kind: 'busy', waitMs: 7_000 });
      fault({ kind: 'too-many-requests' });
      assert.deepEqual((await failure(client())).failure, { kind: 'busy', waitMs: 60_000 });
    });

    const unanswered: readonly (readonly [string, Fault, RegExp])[] = [
      ['a failure of the shop', { kind: 'server-error', commits: false }, /Internal server error/],
      ['a page where data should be', { kind: 'wrong-body', body: 'html' }, /Underhåll/],
      ['an empty page', { kind: 'wrong-body', body: 'empty' }, /an empty page/],
      ['an error under 200', { kind: 'wrong-body', body: 'error' }, /Internal server error/],
      ['half an answer', { kind: 'cut-answer' }, /broke off the answer/],
    ];
    for (const [name, one, says] of unanswered) {
      it(name, async () => {
        buy();
        fault(one);
        const { failure: kind, message } = await failure(client());
        assert.equal(kind.kind, 'unanswered');
        assert.match(message, says);
        // Nothing is lost by asking again.
        assert.equal((await look()).told.length, 1);
      });
    }

    it('a shop that is off the network', async () => {
      const api = client();
      await simulator.goOffline();
      assert.equal((await failure(api)).failure.kind, 'unreachable');
      await simulator.goOnline();
    });
  });
});

type Told = {
  readonly order: {
    readonly order_id: string;
    readonly refunds: readonly { readonly id: string }[];
  };
  readonly taxRates: Readonly<Record<string, string>>;
};

function toldIn(bytes: Uint8Array = Buffer.from('[]')): readonly string[] {
  const orders = JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly Told[];
  return orders.map(({ order }) => {
    return [order.order_id, ...order.refunds.map(({ id }) => id)].join('+');
  });
}
