import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_CHOICES } from './choices.ts';
import type { Fault } from './faults/fault.ts';
import type { QuickbutikSimulator } from './simulator.ts';
import { ask, basic, startTestSimulator, visitIn, type Visit } from './test-client.ts';

let simulator: QuickbutikSimulator;
let visit: Visit;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  simulator.setChoices(DEFAULT_CHOICES);
  simulator.setRate(null);
  simulator.faults.clear();
  visit = visitIn(simulator);
});
after(() => simulator.stop());

function buy(): number {
  return visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
}

describe('the key', () => {
  const status = async (headers: Record<string, string>, query = ''): Promise<number> =>
    (await ask(`${simulator.apiUrl}/v1/products${query}`, { headers })).status;

  test('stands as user name and as password', async () => {
    const key = visit.shop.apiKey;
    assert.equal(await status(basic(key)), 200);
    assert.equal(await status(basic(key, 'other')), 401);
    assert.equal(await status(basic(key, '')), 401);
    assert.equal(await status({ authorization: `Bearer ${key}` }), 401);
    assert.equal(await status({}), 401);
  });

  test('is refused with a code and an error', async () => {
    const reply = await ask(`${simulator.apiUrl}/v1/orders`, { headers: basic('nobody') });
    assert.equal(reply.text, '{"code":401,"error":"Unauthorized"}');
  });

  test('in the query is being withdrawn', async () => {
    const query = `?apiKey=${visit.shop.apiKey}`;
    assert.equal(await status({}, query), 401);
    simulator.setChoices({ apiKeyInQuery: 'accepted' });
    assert.equal(await status({}, query), 200);
  });

  test('opens one shop, until it is renewed or withdrawn', async () => {
    const other = visitIn(simulator);
    const id = buy();
    assert.equal((await other.get(`orders?order_id=${id}`)).status, 404);
    const old = visit.shop.apiKey;
    const fresh = visit.shop.renewKey();
    assert.deepEqual([await status(basic(old)), await status(basic(fresh))], [401, 200]);
    visit.shop.withdrawKey();
    assert.equal(await status(basic(fresh)), 401);
  });
});

describe('the rate', () => {
  test('has no limit unless one is given, and then says how long to wait', async () => {
    simulator.setRate({ requests: 2, windowMs: 1_500 });
    assert.equal((await visit.get('products')).status, 200);
    assert.equal((await visit.get('products')).status, 200);
    const limited = await visit.get('products');
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '2']);
    simulator.clock.advance(1_500);
    assert.equal((await visit.get('products')).status, 200);
  });
});

describe('what does not exist', () => {
  for (const path of ['customers', 'refunds', 'payouts', 'orders/10482', '']) {
    test(`/${path} is 404`, async () => assert.equal((await visit.get(path)).status, 404));
  }

  test('is counted like all the rest', async () => {
    const { simulator: counted } = visit;
    await visit.get('orders/1');
    await visit.get('orders/2');
    assert.ok((counted.counts()['GET /v1/orders/{id} 404'] ?? 0) >= 2);
  });

  test('a method that a path does not have is 405', async () => {
    assert.equal((await visit.delete('orders', [])).status, 405);
  });
});

describe('faults', () => {
  const put = (id: number) => visit.put('orders', [{ order_id: id, status: 'done' }]);
  const isDone = async (id: number): Promise<boolean> => (await visit.order(id))['status'] === '2';

  test('leave a write undone', async () => {
    const cases: readonly (readonly [Fault, number])[] = [
      [{ kind: 'too-many-requests', waitS: 3 }, 429],
      [{ kind: 'unauthorized' }, 401],
      [{ kind: 'server-error', status: 503, commits: false }, 503],
      [{ kind: 'wrong-body', body: 'html' }, 200],
    ];
    for (const [fault, status] of cases) {
      const id = buy();
      simulator.faults.add({ fault, method: 'PUT' });
      assert.equal((await put(id)).status, status);
      assert.equal(await isDone(id), false);
    }
  });

  test('lose the answer of a write that took effect', async () => {
    for (const kind of ['lose-answer', 'cut-answer'] as const) {
      const id = buy();
      simulator.faults.add({ fault: { kind }, path: '/v1/orders', method: 'PUT' });
      await assert.rejects(put(id));
      assert.equal(await isDone(id), true);
    }
    const id = buy();
    simulator.faults.add({ fault: { kind: 'server-error', commits: true }, method: 'PUT' });
    assert.equal((await put(id)).status, 500);
    assert.equal(await isDone(id), true);
  });

  test('reset a connection before anything happens', async () => {
    const id = buy();
    simulator.faults.add({ fault: { kind: 'reset' }, shop: visit.shop.id });
    await assert.rejects(put(id));
    assert.equal(await isDone(id), false);
  });

  test('give no answer, or a late one', async () => {
    const url = `${simulator.apiUrl}/v1/products/count`;
    const headers = basic(visit.shop.apiKey);
    simulator.faults.add({ fault: { kind: 'hang', commits: false } });
    await assert.rejects(ask(url, { headers, patienceMs: 50 }));
    simulator.faults.add({ fault: { kind: 'delay-answer', ms: 5_000 } });
    const late = ask(url, { headers });
    while (simulator.faults.list().at(-1)?.fallen !== 1) await new Promise(setImmediate);
    simulator.clock.advance(5_000);
    assert.equal((await late).status, 200);
  });

  test('fall where and as often as they are told', async () => {
    simulator.faults.add({
      fault: { kind: 'too-many-requests' },
      path: '/v1/metadata/*',
      skip: 1,
      times: 2,
    });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await visit.get('metadata/product/310')).status);
    assert.equal((await visit.get('products/count')).status, 200);
    assert.deepEqual(statuses, [200, 429, 429, 200]);
  });

  test('take it off the network and back', async () => {
    await simulator.goOffline();
    await assert.rejects(visit.get('products/count'));
    await simulator.goOnline();
    assert.equal((await visit.get('products/count')).status, 200);
  });
});

describe('nonsense', () => {
  const paths = [
    'orders',
    'products',
    'categories',
    'metadata/order/10482',
    'metadata/product/310',
  ];

  test('is refused, item by item or whole, and breaks nothing', async () => {
    const id = buy();
    const before = await visit.order(id);
    const item = fc.dictionary(
      fc.constantFrom(
        'order_id',
        'products',
        'customer',
        'shipping',
        'title',
        'images',
        'variants',
        'name',
      ),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const bodies = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.array(item, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.constantFrom('post', 'put'),
        bodies,
        async (path, method, body) => {
          const reply =
            method === 'post' ? await visit.post(path, body) : await visit.put(path, body);
          assert.ok([200, 400, 404, 405].includes(reply.status), `${reply.status} ${reply.text}`);
        },
      ),
      { numRuns: 200 },
    );
    assert.deepEqual(await visit.order(id), before);
  });

  test('in a query is refused', async () => {
    buy();
    for (const query of [
      'order_id=%00',
      'limit=1e3',
      'from_date_paid=igår',
      'include_details=[]',
    ]) {
      const { status } = await visit.get(`orders?${query}`);
      assert.ok([200, 400, 404].includes(status), `${query} ${status}`);
    }
  });

  test('that is no JSON is refused', async () => {
    const reply = await fetch(`${simulator.apiUrl}/v1/orders`, {
      method: 'PUT',
      body: '[{',
      headers: basic(visit.shop.apiKey),
    });
    assert.equal(reply.status, 400);
  });
});
