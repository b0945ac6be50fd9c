import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openOutbound, type Outbound } from '../../../hub/outbound.ts';
import { LOOPBACK, openReach } from '../../../hub/reach.ts';
import type { Json } from '../../../lib/json.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import { settingsSchema } from '../settings.ts';
import type { Choices } from '../simulator/choices.ts';
import type { WooCommerceSimulator } from '../simulator/simulator.ts';
import { startTestShop } from '../simulator/test-client.ts';
import { ShopClient } from './client.ts';
import { orderFeed } from './feed.ts';
import type { Keys } from './sign.ts';

const SINCE = '2026-11-21';
const PRODUCTS = [{ name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' }];

describe('the feed of a shop', () => {
  let shop: WooCommerceSimulator;
  let outbound: Outbound;
  beforeEach(async () => {
    shop = await startTestShop({ shop: { products: PRODUCTS } });
    outbound = openOutbound(openReach(LOOPBACK));
  });
  afterEach(async () => {
    await outbound.close();
    await shop.stop();
  });

  const buy = (): number => shop.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity: 1 }] });

  function client(
    settings: Readonly<Record<string, unknown>> = {},
    keys: Keys = shop.shop.newKey(),
  ): ShopClient {
    const read = settingsSchema.parse({ url: shop.url, ...settings });
    const { consumerKey, consumerSecret } = keys;
    return new ShopClient({
      settings: read,
      http: outbound.to([new URL(read.url).host], { timeoutMs: 5_000 }),
      clock: { nowMs: () => shop.clock.nowMs(), sleep: async () => undefined },
      credentials: {
        current: async () => ({ consumerKey, consumerSecret }),
        refresh: async (stale) => stale,
      },
    });
  }

  /** Asks until there is no more. Tells ids of orders, with those of refunds behind a +. */
  async function look(
    of: ShopClient,
    from: Json | null = null,
  ): Promise<{ readonly told: readonly string[]; readonly cursor: Json; readonly pages: number }> {
    const feed = orderFeed(of);
    const told: string[] = [];
    let [cursor, pages, isMore] = [from, 0, true];
    while (isMore) {
      const page = await feed.next(cursor, SINCE);
      pages += 1;
      assert.ok(pages < 100, 'it goes on for ever');
      const text = page.file === null ? '[]' : Buffer.from(page.file.bytes).toString('utf8');
      for (const one of JSON.parse(text) as readonly Told[]) {
        const { id } = 'order' in one ? one.order : one;
        const refunds = 'order' in one ? one.refunds.map((refund) => `+${refund.id}`) : [];
        told.push(`${id}${refunds.join('')}`);
      }
      ({ cursor, isMore } = page);
    }
    return { told, cursor, pages };
  }

  it('tells each order once, and again when it has changed', async () => {
    const [first, second] = [buy(), buy()];
    const api = client();
    const one = await look(api);
    assert.deepEqual(one.told, [String(first), String(second)]);
    const two = await look(api, one.cursor);
    assert.deepEqual(two.told, []);
    shop.clock.advance(5_000);
    shop.shop.setStatus({ id: first, status: 'completed' });
    const third = buy();
    const three = await look(api, two.cursor);
    assert.deepEqual(three.told.toSorted(), [String(first), String(third)]);
    assert.deepEqual((await look(api, three.cursor)).told, []);
  });

  it('tells the refunds of an order with it', async () => {
    const id = buy();
    const { cursor } = await look(client());
    shop.clock.advance(5_000);
    const refund = shop.shop.refund({ orderId: id, amount: '99.00', reason: 'Trasig' });
    assert.deepEqual((await look(client(), cursor)).told, [`${id}+${refund}`]);
  });

  // The clock stands still: every order changes in the same second, in three pages and a half.
  it('misses none of many that change in the same second', async () => {
    const ids = Array.from({ length: 350 }, buy);
    const { told, cursor } = await look(client());
    assert.deepEqual(told.map(Number).toSorted(byNumber), ids);
    assert.deepEqual((await look(client(), cursor)).told, []);
  });

  it('misses none when orders it has told change between two pages', async () => {
    const ids = Array.from({ length: 150 }, () => {
      shop.clock.advance(1_000);
      return buy();
    });
    const feed = orderFeed(client());
    const page = await feed.next(null, SINCE);
    for (const id of ids.slice(0, 60)) shop.shop.setStatus({ id, status: 'completed' });
    const rest = await look(client(), page.cursor);
    const told = new Set(rest.told.map(Number));
    assert.deepEqual(
      ids.slice(100).filter((id) => !told.has(id)),
      [],
    );
    assert.deepEqual(
      ids.slice(0, 60).filter((id) => !told.has(id)),
      [],
    );
  });

  it('tells nothing of what changed before the day asked for', async () => {
    buy();
    shop.clock.advance(3 * 86_400_000);
    const page = await orderFeed(client()).next(null, '2026-11-24');
    assert.equal(page.file, null);
  });

  describe('gets in', () => {
    const surroundings: readonly (readonly [string, Partial<Choices>, Record<string, string>])[] = [
      ['by a header', {}, { login: 'header' }],
      ['by the address', {}, { login: 'query' }],
      ['by a signature where nothing is encrypted', { scheme: 'http' }, {}],
      ['by a signature where the header is taken away', { authorizationHeader: 'stripped' }, {}],
      ['where permalinks are plain', { permalinks: 'plain' }, {}],
      ['signed, where permalinks are plain', { permalinks: 'plain', scheme: 'http' }, {}],
    ];
    for (const [name, choices, settings] of surroundings) {
      it(name, async () => {
        shop.setChoices(choices);
        const id = buy();
        assert.deepEqual((await look(client(settings))).told, [String(id)]);
      });
    }
  });

  describe('says what is in the way', () => {
    const failure = async (of: ShopClient): Promise<ConnectorError> => {
      const error: unknown = await orderFeed(of)
        .next(null, SINCE)
        .then(
          () => null,
          (thrown: unknown) => thrown,
        );
      assert.ok(error instanceof ConnectorError, String(error));
      return error;
    };

    it('keys that the shop does not know', async () => {
      const { failure: kind, message } = await failure(
        client({}, { consumerKey: 'ck_1', consumerSecret: 'cs_1' }),
      );
      assert.equal(kind.kind, 'reconnect');
      assert.match(message, /does not take our keys/);
    });

    it('keys whose owner may no longer see orders', async () => {
      const keys = shop.shop.newKey();
      shop.shop.loseRights(keys.id);
      assert.equal((await failure(client({}, keys))).failure.kind, 'reconnect');
    });

    it('a page of maintenance instead of data', async () => {
      shop.faults.add({ fault: { kind: 'page', page: 'maintenance', commits: false } });
      const { failure: kind, message } = await failure(client());
      assert.match(kind.kind, /^(busy|unanswered)$/);
      assert.match(message, /127\.0\.0\.1/);
    });

    it('a shop that is off the network', async () => {
      const api = client();
      await shop.goOffline();
      assert.equal((await failure(api)).failure.kind, 'unreachable');
      await shop.goOnline();
    });
  });
});

type Told =
  | { readonly id: number }
  | {
      readonly order: { readonly id: number };
      readonly refunds: readonly { readonly id: number }[];
    };

function byNumber(a: number, b: number): number {
  return a - b;
}
