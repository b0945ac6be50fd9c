import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { present } from '../../../lib/assert.ts';
import { ask, basic, COFFEE_SHOP, MORNING_MS, type Reply } from './test-client.ts';
import { isFields, rowsOf, textOf, type Fields } from './wire/fields.ts';

let child: ChildProcessWithoutNullStreams;
let started: Fields;
before(async () => {
  const options = { clock: { kind: 'frozen', atMs: MORNING_MS }, shops: [COFFEE_SHOP] };
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  child = spawn(process.execPath, [main, '--port', '0', '--json-options', JSON.stringify(options)]);
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
  return ask(`${textOf(started, 'apiUrl')}/_control/${path}`, { method, body });
}

function read(path: string): Promise<Reply> {
  const shop = present(rowsOf(started, 'shops')[0], 'a shop');
  const headers = basic(textOf(shop, 'apiKey'));
  return ask(`${textOf(started, 'apiUrl')}/v1/${path}`, { headers });
}

describe('the simulator as a process', () => {
  test('prints its address and the keys of its shops', async () => {
    assert.match(textOf(started, 'apiUrl'), /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await read('products/count')).body['count'], '5');
  });

  test('is driven: bought, sent, paid back', async () => {
    const lines = [{ sku: 'TRO-1', qty: 2 }];
    const { order } = (await control('POST', 'shops/1/orders', { lines, isPaid: false })).body;
    await control('POST', `shops/1/orders/${String(order)}/pay`);
    await control('POST', 'clock', { advanceMs: 60_000 });
    await control('POST', `shops/1/orders/${String(order)}/send`);
    await control('POST', `shops/1/orders/${String(order)}/edit`, { discount: '98' });
    await control('POST', `shops/1/orders/${String(order)}/refund`, { amount: '100' });
    const [seen] = (await read(`orders?order_id=${String(order)}&include_details=true`)).rows;
    assert.deepEqual(
      [seen?.['status'], seen?.['total_amount'], rowsOf(seen ?? {}, 'refunds').length],
      ['2', '500.00', 1],
    );
    assert.equal((await control('GET', 'shops/1/stock/TRO-1')).body['stock'], 8);
    const again = await control('POST', `shops/1/orders/${String(order)}/pay`);
    assert.deepEqual([again.status, again.body['error']], [409, 'order 10482 is paid already']);
  });

  test('is given shops, products, faults, choices and a rate', async () => {
    const made = (await control('POST', 'shops', {})).body;
    await control('POST', 'shops/2/products', { title: 'Mugg', sku: 'M', price: '99' });
    await control('POST', 'shops/2/products/M', { stock: 4 });
    assert.equal((await control('GET', 'shops/2/stock/M')).body['stock'], 4);
    const url = `${textOf(started, 'apiUrl')}/v1/orders`;
    const orders = async (): Promise<number> =>
      (await ask(url, { headers: basic(textOf(made, 'apiKey')) })).status;
    await control('POST', 'faults', { fault: { kind: 'unauthorized' }, shop: 2 });
    assert.equal(await orders(), 401);
    await control('POST', 'choices', { noOrders: 'empty-list' });
    assert.equal(await orders(), 200);
    await control('POST', 'rate', { requests: 1, windowMs: 1_000 });
    assert.deepEqual([await orders(), await orders()], [200, 429]);
    await control('POST', 'rate');
    await control('DELETE', 'shops/2/key');
    assert.equal(await orders(), 401);
  });

  test('tells what webhooks have become of', async () => {
    await control('POST', 'shops/1/listen', { urls: ['http://127.0.0.1:1/'] });
    await control('POST', 'webhook-faults', { fault: { kind: 'lost' } });
    await control('POST', 'shops/1/orders', { lines: [{ sku: 'TRO-1', qty: 1 }] });
    const { rows } = await control('GET', 'webhooks');
    assert.deepEqual(rows.at(-1)?.['outcome'], 'lost');
  });

  test('says what it does not know', async () => {
    assert.equal((await control('POST', 'nonsense')).status, 404);
    assert.equal((await control('GET', 'shops/99/stock/X')).status, 404);
    const unknown = await control('POST', 'shops/1/orders', { lines: [{ sku: 'X', qty: 1 }] });
    assert.deepEqual([unknown.status, unknown.body['error']], [409, 'there is no article X']);
  });
});
