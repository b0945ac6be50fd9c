import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import type { OrderTelling } from '../domain/tell-order.ts';
import { present } from '../lib/assert.ts';
import { ConnectorError } from '../ports/errors.ts';
import type { HookPlace } from '../ports/hooks.ts';
import type { Shop, Write, WriteContext } from '../ports/target.ts';
import { withShop, type ShopBench } from './shop-contract/bench.ts';
import { checkGoods } from './shop-contract/goods.ts';
import type { ShopUnderTest } from './shop-contract/trial.ts';

type Check = (title: string, body: (bench: ShopBench) => Promise<void>) => void;

const TOKEN = 'AbCdEfGh0123456789_-AbCdEfGh0123';
const SECRET = 'a secret of forty-three characters, no more';
const SAYS = 'Bokförd i Fortnox: K 12.';
/** No simulated shop has so many orders. */
const NO_ORDER = '99999999';
const RUNS = 300;

/**
 * What every shop must keep that is told something back, or that tells us what has changed: it is
 * told once whatever becomes of the answer, and no message is more than a reason to look.
 *
 * A connector gets these tests for its folder's being there. They run against its simulator over
 * real HTTP.
 */
export function shopContract(under: ShopUnderTest): void {
  const { connector, trial } = under;
  describe(`${connector.id}: shop`, () => {
    const titles = new Set<string>();
    const check: Check = (title, body) => {
      titles.add(title);
      const gap = trial.gaps?.[title];
      test(title, gap === undefined ? {} : { skip: gap }, () => withShop(under, body));
    };
    if (connector.hears !== undefined) checkTelling(check, under);
    if (connector.hooks !== undefined) checkMessages(check, under);
    if (trial.ordersMessages) checkKeeping(check);
    if (connector.hears?.includes('stock-balance') === true) checkGoods(check);
    if (connector.keyPage !== undefined) checkKeyPage(check, under);

    test('has a gap for no test that there is not', () => {
      const gaps = Object.keys(trial.gaps ?? {});
      assert.deepEqual(
        gaps.filter((title) => !titles.has(title)),
        [],
      );
    });
  });
}

function telling(order: string, change: Partial<OrderTelling> = {}): OrderTelling {
  return { order, note: SAYS, facts: { _bokbro_booked: 'K 12' }, status: null, ...change };
}

function shopOf(bench: ShopBench): Shop {
  return present(bench.open().shop, 'a shop that is told something');
}

function writesOf(shop: Shop, of: OrderTelling): readonly Write[] {
  const route = shop.route([{ kind: 'tell-order', id: 'tell-1', telling: of }], UNKNOWN_BOOKS);
  assert.ok(route.kind === 'route', JSON.stringify(route));
  return route.writes;
}

function contextOf(key: string): WriteContext {
  return {
    key,
    wasSeen: false,
    earlier: new Map(),
    file: () => Promise.reject(new Error('news has no file')),
  };
}

/** The key of a write, as the hub makes them: short, and the same on every attempt. */
const keyOf = ({ id }: Write): string => `bb0123456789abcdef01234567-${id.replaceAll('.', '-')}`;

/** Tells all of it, each call once. */
async function tell(shop: Shop, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    const outcome = await shop.write(write, contextOf(keyOf(write)));
    assert.equal(outcome.kind, 'done', JSON.stringify(outcome));
  }
}

function checkTelling(check: Check, { connector, trial }: ShopUnderTest): void {
  check('takes what it is said to hear, and no vouchers', async (bench) => {
    const shop = shopOf(bench);
    assert.deepEqual(shop.capabilities.takes, connector.hears);
    const attached = { kind: 'attach-file', id: 'file-1', to: 'x', fileName: 'x' } as const;
    assert.equal(shop.route([attached], UNKNOWN_BOOKS).kind, 'cannot');
  });

  check('gives the same calls for the same news', async (bench) => {
    const shop = shopOf(bench);
    const of = telling(bench.run.buy(), { status: trial.nextState });
    assert.deepEqual(writesOf(shop, of), writesOf(shopOf(bench), of));
    assert.equal(new Set(writesOf(shop, of).map(({ id }) => id)).size, writesOf(shop, of).length);
  });

  check('has what it was told at the order, and finds it', async (bench) => {
    const shop = shopOf(bench);
    const [order, other] = [bench.run.buy(), bench.run.buy()];
    const writes = writesOf(shop, telling(order, { status: trial.nextState }));
    for (const write of writes) {
      assert.deepEqual(await shop.find(write, contextOf(keyOf(write))), []);
    }
    await tell(shop, writes);
    const told = await bench.run.told(order);
    assert.ok(
      told.some((text) => text.includes(SAYS)),
      told.join('; '),
    );
    assert.ok(told.includes('K 12'), told.join('; '));
    assert.ok(!(await bench.run.told(other)).some((text) => text.includes(SAYS)));
    for (const write of writes) {
      const found = await shop.find(write, contextOf(keyOf(write)));
      assert.deepEqual(
        found.map(({ differences }) => differences),
        [[]],
      );
    }
  });

  check('is told once when the answer is lost, whoever looks for it', async (bench) => {
    const shop = shopOf(bench);
    const order = bench.run.buy();
    for (const write of writesOf(shop, telling(order))) {
      bench.run.loseAnswer();
      const context = contextOf(keyOf(write));
      await assert.rejects(shop.write(write, context), (error: unknown) => {
        return error instanceof ConnectorError && error.failure.kind === 'unanswered';
      });
      assert.equal((await shopOf(bench).find(write, context)).length, 1);
    }
    const told = await bench.run.told(order);
    assert.equal(told.filter((text) => text.includes(SAYS)).length, 1, told.join('; '));
  });

  check('refuses news of an order that it does not have', async (bench) => {
    const shop = shopOf(bench);
    for (const write of writesOf(shop, telling(NO_ORDER, { status: trial.nextState }))) {
      const outcome = await shop.write(write, contextOf(keyOf(write)));
      assert.equal(outcome.kind, 'refused', write.call);
    }
  });

  check('asks to be connected again when its keys are taken away', async (bench) => {
    const shop = shopOf(bench);
    const [write] = writesOf(shop, telling(bench.run.buy()));
    bench.run.withdrawKeys();
    const one = present(write, 'a write');
    await assert.rejects(shop.write(one, contextOf(keyOf(one))), (error: unknown) => {
      assert.ok(error instanceof ConnectorError);
      assert.equal(error.failure.kind, 'reconnect');
      for (const secret of Object.values(bench.run.secrets)) {
        assert.ok(!error.message.includes(secret), 'no secret stands in a message');
      }
      return true;
    });
  });
}

/** Has messages sent to the bench's address, and one order changed. */
async function hearAbout(bench: ShopBench): Promise<string> {
  const url = bench.hookUrl(TOKEN);
  await bench.open().hooks?.keep(placeAt(url));
  bench.run.listen?.(url);
  const order = bench.run.buy();
  await bench.run.tellOf(order);
  return order;
}

function placeAt(url: string): HookPlace {
  return { url, token: TOKEN, secret: SECRET, isSecretWrong: false };
}

function checkMessages(check: Check, { connector, trial }: ShopUnderTest): void {
  const reader = present(connector.hooks, 'a reader of messages');

  check('orders its messages where it is said to', async (bench) => {
    assert.equal(bench.open().hooks !== undefined, trial.ordersMessages);
    assert.equal(bench.run.listen === undefined, trial.ordersMessages);
  });

  check('names the order that has changed, and nothing else of it', async (bench) => {
    const order = await hearAbout(bench);
    const looks = bench.heard.map((message) => reader.hear(message, SECRET));
    const named = looks.filter((one) => one.kind === 'look');
    assert.ok(named.length > 0, `${bench.heard.length} messages`);
    for (const one of named) {
      assert.deepEqual(Object.keys(one).sort(), ['kind', 'object']);
      assert.ok(one.object === null || one.object === order, String(one.object));
    }
    assert.ok(named.some(({ object }) => object === order));
  });

  check('takes no message for the shop’s own that another has signed', async (bench) => {
    await hearAbout(bench);
    for (const message of bench.heard) {
      const kinds = ['a secret of somebody else', ''].map((secret) => {
        return reader.hear(message, secret).kind;
      });
      const own = reader.hear(message, SECRET).kind;
      const expected = trial.signsMessages && own === 'look' ? 'forged' : own;
      assert.deepEqual(kinds, [expected, expected]);
    }
  });

  check('stands any message, and takes none of them for an order of its own', async () => {
    const text = fc.dictionary(fc.string({ maxLength: 30 }), fc.string({ maxLength: 60 }));
    const message = fc.record({
      method: fc.constantFrom('GET' as const, 'POST' as const),
      query: text,
      headers: text,
      body: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(message, fc.string({ maxLength: 50 }), (one, secret) => {
        const heard = reader.hear(one, secret);
        assert.ok(heard.kind !== 'look' || heard.object === null);
      }),
      { numRuns: RUNS },
    );
  });
}

/** Of shops whose messages we order ourselves. */
function checkKeeping(check: Check): void {
  const ordering = (title: string, body: (bench: ShopBench, place: HookPlace) => Promise<void>) =>
    check(title, (bench) => body(bench, placeAt(bench.hookUrl(TOKEN))));
  const keep = (bench: ShopBench, place: HookPlace) =>
    present(bench.open().hooks, 'a keeper of messages').keep(place);
  const sent = ({ run }: ShopBench): Promise<number> => present(run.kindsSent, 'a count')();

  ordering('orders its messages once, however often it is asked', async (bench, place) => {
    const first = await keep(bench, place);
    assert.ok(first.made.length > 0);
    assert.deepEqual(await keep(bench, place), { made: [], switchedOn: [], moved: [] });
    assert.equal(await sent(bench), first.made.length);
  });

  ordering('orders none twice when an answer is lost', async (bench, place) => {
    bench.run.loseAnswer();
    await assert.rejects(keep(bench, place), ConnectorError);
    await keep(bench, place);
    const count = await sent(bench);
    assert.deepEqual(await keep(bench, place), { made: [], switchedOn: [], moved: [] });
    assert.equal(await sent(bench), count);
  });

  ordering('moves them when the hub has moved', async (bench, place) => {
    const { made } = await keep(bench, place);
    const moved = await keep(bench, { ...place, url: bench.hookUrl(TOKEN, '/hub') });
    assert.deepEqual([...moved.moved].sort(), [...made].sort());
    assert.equal(await sent(bench), made.length);
  });

  ordering('switches on what the shop has switched off', async (bench, place) => {
    const { made } = await keep(bench, place);
    await present(bench.run.switchOff, 'a shop that stops')();
    const { switchedOn } = await keep(bench, place);
    assert.deepEqual([...switchedOn].sort(), [...made].sort());
  });

  ordering('takes back its own, and nobody else’s', async (bench, place) => {
    const other = { ...place, token: TOKEN.toLowerCase() };
    const theirs = await keep(bench, { ...other, url: bench.hookUrl(other.token) });
    const { made } = await keep(bench, place);
    const keeper = present(bench.open().hooks, 'a keeper of messages');
    assert.equal(await keeper.remove(place), made.length);
    assert.equal(await keeper.remove(place), 0);
    assert.equal(await sent(bench), theirs.made.length);
  });
}

function checkKeyPage(check: Check, { connector }: ShopUnderTest): void {
  const page = present(connector.keyPage, 'a page for keys');
  const at = {
    state: 'state-0123456789',
    keysTo: 'https://hub.example/v1/keys',
    personTo: 'https://hub.example/done',
    mayWrite: true,
  };

  check(
    'sends a person to the shop itself for keys, and knows them when they come',
    async (bench) => {
      const settings = connector.settings.parse(bench.run.settings);
      const keysTo = bench.hookUrl('keys');
      const url = page.url(settings, { ...at, keysTo });
      assert.ok(connector.hosts(settings).includes(new URL(url).host), url);
      for (const said of [at.state, keysTo, at.personTo]) {
        assert.ok([...new URL(url).searchParams.values()].includes(said), said);
      }
      await present(bench.run.approve, 'an owner who approves')(url);
      const sent = present(bench.heard.at(-1), 'what the shop sent');
      const keys = present(page.read(sent.body), 'keys');
      assert.equal(keys.state, at.state);
      assert.deepEqual(Object.keys(keys.secrets).sort(), [...connector.secrets].sort());
    },
  );

  check('takes nothing else for keys', async () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (body) => {
        assert.equal(page.read(body), null);
      }),
      { numRuns: RUNS },
    );
  });
}
