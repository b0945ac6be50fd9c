import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isFields, textOf, type Fields } from './api/fields.ts';
import { ask, basic, START_MS, type Reply } from './test-client.ts';

let child: ChildProcessWithoutNullStreams;
let started: Fields;
before(async () => {
  const options = JSON.stringify({ clock: { kind: 'frozen', atMs: START_MS } });
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  child = spawn(process.execPath, [main, '--port', '0', '--json-options', options]);
  child.stderr.pipe(process.stderr);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const parsed: unknown = JSON.parse(String(line));
  started = isFields(parsed) ? parsed : {};
});
after(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
});

function control(method: string, path: string, body?: unknown): Promise<Reply> {
  return ask(`${textOf(started, 'controlUrl')}/_control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function get(path: string): Promise<Reply> {
  const keys = {
    consumerKey: textOf(started, 'consumerKey'),
    consumerSecret: textOf(started, 'consumerSecret'),
  };
  const headers = { authorization: basic(keys) };
  return ask(`${textOf(started, 'url')}/wp-json/wc/v3/${path}`, { headers });
}

describe('the simulator as a process', () => {
  test('sells Swedish food', async () => {
    const { list } = await get('products?per_page=100');
    assert.equal(list.length, 8);
    assert.ok(list.some(({ name }) => name === 'Surdegsknäcke 500 g'));
  });

  test('is bought from, refunded and changed from outside', async () => {
    const bought = await control('POST', 'shop/buy', {
      lines: [{ sku: 'KNACKE-500', quantity: 2 }],
      shippingMethod: 1,
      payment: 'stripe',
    });
    const id = Number(bought.text);
    const { body } = await get(`orders/${id}`);
    // 2 × 54.00 with 6 % in it, and 39.20 + 6 % for the post: 108.00 + 41.55.
    assert.equal(body['total'], '149.55');
    assert.equal(body['status'], 'processing');
    await control('POST', 'shop/refund', { orderId: id, amount: '20.00', reason: 'Krossad' });
    const { list } = await get(`orders/${id}/refunds`);
    assert.equal(list[0]?.['reason'], 'Krossad');
    await control('POST', 'shop/setStatus', { id, status: 'completed' });
    assert.equal((await get(`orders/${id}`)).body['status'], 'completed');
  });

  test('is given faults, choices and time', async () => {
    await control('POST', 'faults', { fault: { kind: 'page', page: 'maintenance' } });
    assert.equal((await get('orders')).status, 503);
    assert.equal(JSON.parse((await control('GET', 'faults')).text)[0].fallen, 1);
    await control('DELETE', 'faults');
    await control('POST', 'choices', { authorizationHeader: 'stripped' });
    assert.equal((await get('orders')).status, 401);
    await control('POST', 'choices', { authorizationHeader: 'kept' });
    const moved = (await control('POST', 'clock', { advanceMs: 1000 })).body;
    assert.equal(moved['nowMs'], START_MS + 1000);
    assert.ok(Number((await control('GET', 'counters')).body['calls']) > 2);
  });

  test('goes off the network for a while', async () => {
    await control('POST', 'offline', { ms: 1000 });
    await assert.rejects(async () => {
      for (let tries = 0; tries < 100; tries += 1) await get('orders');
    }, /ECONNREFUSED|ECONNRESET|hang up/);
    await control('POST', 'clock', { advanceMs: 1000 });
    let status = 0;
    for (let tries = 0; tries < 100 && status !== 200; tries += 1) {
      status = await get('orders').then(
        (reply) => reply.status,
        () => 0,
      );
    }
    assert.equal(status, 200);
  });

  test('says what it does not know', async () => {
    assert.equal((await control('POST', 'nonsense')).status, 404);
    assert.equal((await control('POST', 'shop/nonsense')).status, 404);
    assert.equal((await control('POST', 'shop/trash', 99_999)).status, 422);
  });
});
