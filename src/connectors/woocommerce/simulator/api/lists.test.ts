import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, basic, clientOf, START_MS, startTestShop, type Client } from '../test-client.ts';
import type { WooCommerceSimulator } from '../simulator.ts';
import { partOf, rowsOf, type Fields } from './fields.ts';

let simulator: WooCommerceSimulator;
let client: Client;
const orders: number[] = [];
const MINUTE_MS = 60_000;

// Five orders, a minute apart from each other: 00:30 to 00:34 on 22 November 2026 in Stockholm.
before(async () => {
  simulator = await startTestShop({
    shop: { products: [{ name: 'Knäcke', sku: 'K', regularPrice: '54' }] },
  });
  client = clientOf(simulator);
  for (let at = 0; at < 5; at += 1) {
    simulator.clock.moveTo(START_MS + at * MINUTE_MS);
    orders.push(simulator.shop.buy({ lines: [{ sku: 'K', quantity: 1 }] }));
  }
  simulator.clock.moveTo(START_MS + 60 * MINUTE_MS);
});
after(() => simulator.stop());

function idsOf(list: readonly Fields[]): unknown[] {
  return list.map(({ id }) => id);
}

describe('pages', () => {
  test('say how many there are, and where the others are', async () => {
    const { list, headers } = await client.get('orders?per_page=2&page=2');
    assert.deepEqual(idsOf(list), [orders[2], orders[1]]);
    assert.equal(headers['x-wp-total'], '5');
    assert.equal(headers['x-wp-totalpages'], '3');
    const url = `${simulator.url}/wp-json/wc/v3/orders?per_page=2&page=`;
    assert.equal(headers['link'], `<${url}1>; rel="prev", <${url}3>; rel="next"`);
  });

  test('past the end are empty, and no longer know how many there are', async () => {
    const { status, list, headers } = await client.get('orders?page=9');
    assert.equal(status, 200);
    assert.deepEqual(list, []);
    assert.equal(headers['x-wp-total'], '0');
  });

  test('are of a hundred at most', async () => {
    const reply = await client.get('orders?per_page=101&page=0&orderby=total');
    assert.equal(reply.status, 400);
    assert.equal(reply.code, 'rest_invalid_param');
    assert.equal(reply.message, 'Invalid parameter(s): page, per_page, orderby');
    assert.deepEqual(partOf(partOf(reply.body, 'data'), 'params'), {
      page: 'page must be greater than or equal to 1',
      per_page: 'per_page must be between 1 (inclusive) and 100 (inclusive)',
      orderby: 'orderby is not one of date, id, include, title, slug, and modified.',
    });
  });

  test('begin after an offset', async () => {
    const { list } = await client.get('orders?offset=3');
    assert.deepEqual(idsOf(list), [orders[1], orders[0]]);
  });
});

describe('lists', () => {
  test('have the fields that are asked for, at the top alone', async () => {
    const { list } = await client.get('orders?per_page=1&_fields=id,total,line_items.sku');
    assert.deepEqual(list, [{ id: orders[4], total: '54.00' }]);
  });

  test('take lists with commas and with brackets', async () => {
    const [a, b] = orders;
    const commas = await client.get(`orders?include=${a},${b}&orderby=include&order=asc`);
    assert.deepEqual(idsOf(commas.list), [a, b]);
    const brackets = await client.get(`orders?include[]=${b}&include[]=${a}&orderby=id&order=asc`);
    assert.deepEqual(idsOf(brackets.list), [a, b]);
    assert.equal((await client.get(`orders?exclude=${a}`)).list.length, 4);
  });

  test('of orders are without those in the trash', async () => {
    const [, , , , last = 0] = orders;
    const { list } = await client.get('orders?status=on-hold,processing');
    assert.equal(list.length, 5);
    simulator.shop.trash(last);
    assert.equal((await client.get('orders?status=any')).list.length, 4);
    assert.deepEqual(idsOf((await client.get('orders?status=trash')).list), [last]);
    await client.put(`orders/${last}`, { status: 'on-hold' });
    const wrong = await client.get('orders?status=processing,shipped');
    assert.equal(wrong.status, 400);
    assert.match(wrong.text, /status\[1\] is not one of any, trash/);
  });

  test('of orders find people, not numbers that plugins give', async () => {
    const [first = 0] = orders;
    simulator.shop.numberOrder({ id: first, number: 'W-1001' });
    assert.equal((await client.get(`orders/${first}`)).body['number'], 'W-1001');
    assert.deepEqual((await client.get('orders?search=W-1001')).list, []);
    assert.equal((await client.get(`orders?search=${encodeURIComponent('öberg')}`)).list.length, 5);
  });
});

/** Those changed after a time: the first order was at 23:30:00 in Greenwich. */
async function changedAfter(query: string): Promise<number> {
  return (await client.get(`orders?${query}&per_page=100`)).list.length;
}

describe('dates', () => {
  test('are the shop’s own, and again in Greenwich, neither with a zone', async () => {
    const { body } = await client.get(`orders/${orders[0]}`);
    assert.equal(body['date_created'], '2026-11-22T00:30:00');
    assert.equal(body['date_created_gmt'], '2026-11-21T23:30:00');
  });

  test('in Greenwich without a zone find what came after them', async () => {
    const query = 'after=2026-11-21T23:32:00&dates_are_gmt=true';
    assert.equal(await changedAfter(query), 2, '23:33 and 23:34: the second itself is outside');
  });

  test('of changes are asked for in the same way', async () => {
    const [, , , fourth = 0] = orders;
    simulator.shop.setStatus({ id: fourth, status: 'completed' });
    // It is half past midnight in Greenwich, an hour after the first order.
    const just = 'modified_after=2026-11-22T00:30:00&dates_are_gmt=true';
    assert.equal(await changedAfter(just), 0, 'the second itself is outside');
    assert.ok((await changedAfter(just.replace('00:30:00', '00:29:59'))) > 0);
    const { list } = await client.get(
      'orders?orderby=modified&order=desc&per_page=1&status=completed',
    );
    assert.deepEqual(idsOf(list), [fourth]);
  });

  test('without a zone are the shop’s own, unless it is said otherwise', async () => {
    assert.equal(await changedAfter('after=2026-11-22T00:32:00'), 2);
    assert.equal(await changedAfter('after=2026-11-21T23:32:00'), 5);
  });

  test('with a zone that are said to be Greenwich’s lose the latest hours', async () => {
    // 23:32Z is 00:32 in the shop, which is then held against Greenwich: an hour too late.
    assert.equal(await changedAfter('after=2026-11-21T23:32:00Z&dates_are_gmt=true'), 0);
    assert.equal(await changedAfter('after=2026-11-21T23:32:00Z'), 2);
  });

  test('with parts of a second lose their zone', async () => {
    // As from JavaScript: taken for the shop’s own time, an hour too early.
    assert.equal(await changedAfter('after=2026-11-21T23:32:00.000Z'), 5);
    assert.equal(await changedAfter('after=2026-11-21T23:32:00.000Z&dates_are_gmt=true'), 2);
  });

  test('that are none are refused', async () => {
    const reply = await client.get('orders?modified_after=yesterday');
    assert.equal(reply.status, 400);
    assert.match(reply.text, /"code":"rest_invalid_date"/);
  });

  test('of customers do not count: they are passed over', async () => {
    simulator.shop.addCustomer({ email: 'a@example.test' });
    const { list } = await client.get('customers?modified_after=2030-01-01T00:00:00');
    assert.equal(list.length, 1);
  });
});

describe('refusals', () => {
  const cases: readonly (readonly [path: string, status: number, code: string])[] = [
    ['orders/99999', 404, 'woocommerce_rest_shop_order_invalid_id'],
    ['products/99999', 404, 'woocommerce_rest_product_invalid_id'],
    ['customers/99999', 404, 'woocommerce_rest_invalid_id'],
    ['orders/99999/refunds', 404, 'woocommerce_rest_invalid_order_id'],
    ['webhooks/99999', 404, 'woocommerce_rest_shop_webhook_invalid_id'],
    ['data/currencies/xyz', 404, 'woocommerce_rest_data_invalid_currency'],
    ['settings/general/nonsense', 404, 'rest_setting_setting_invalid'],
    ['nonsense', 404, 'rest_no_route'],
  ];
  for (const [path, status, code] of cases) {
    test(`${path} is ${status} ${code}`, async () => {
      const reply = await client.get(path);
      assert.deepEqual([reply.status, reply.code], [status, code]);
      assert.equal(partOf(reply.body, 'data')['status'], status);
    });
  }

  test('of a body that is no JSON', async () => {
    const reply = await client.get('orders');
    assert.equal(reply.status, 200);
    const bad = await ask(`${simulator.url}/wp-json/wc/v3/orders`, {
      method: 'POST',
      headers: { authorization: basic(client.keys) },
      body: '{"status":',
    });
    assert.deepEqual([bad.status, bad.code], [400, 'rest_invalid_json']);
  });

  test('of a batch above a hundred, and of single objects in their places', async () => {
    const create = Array.from({ length: 101 }, () => ({ name: 'x' }));
    const large = await client.post('products/batch', { create });
    assert.deepEqual(
      [large.status, large.code],
      [413, 'woocommerce_rest_request_entity_too_large'],
    );
    const mixed = await client.post('products/batch', {
      update: [{ id: 99999, name: 'y' }],
      create: [{ name: 'Ny', regular_price: '10' }],
    });
    assert.equal(mixed.status, 200);
    const [wrong] = rowsOf(mixed.body, 'update');
    assert.equal(partOf(wrong ?? {}, 'error')['code'], 'woocommerce_rest_product_invalid_id');
    assert.equal(rowsOf(mixed.body, 'create')[0]?.['name'], 'Ny');
  });
});

describe('the API', () => {
  test('says who it is to anyone, with its time zone', async () => {
    const { body } = await ask(`${simulator.url}/wp-json/`);
    assert.equal(body['timezone_string'], 'Europe/Stockholm');
    assert.equal(body['gmt_offset'], '1');
    assert.ok((body['namespaces'] as string[]).includes('wc/v3'));
  });

  test('says its versions', async () => {
    const { body } = await client.get('system_status?_fields=environment');
    const environment = partOf(body, 'environment');
    assert.equal(environment['version'], '11.0.1');
    assert.equal(environment['wp_version'], '7.0.4');
  });

  test('writes letters and slashes escaped', async () => {
    const { text } = await client.get(`orders/${orders[0]}`);
    assert.match(text, /"last_name":"\\u00d6berg"/);
    assert.match(text, /http:\\\/\\\/127/);
  });

  test('can be asked without pretty addresses', async () => {
    const plain = await startTestShop({ choices: { permalinks: 'plain' }, folder: '/butik' });
    try {
      const headers = { authorization: basic(plain.shop.newKey()) };
      plain.shop.addProduct({ name: 'A', regularPrice: '1' });
      plain.shop.addProduct({ name: 'B', regularPrice: '1' });
      const found = await ask(`${plain.url}/?rest_route=/wc/v3/products&per_page=1`, { headers });
      assert.equal(found.list.length, 1);
      const next = /<([^>]+)>; rel="next"/.exec(String(found.headers['link']))?.[1] ?? '';
      assert.match(next, /\/butik\/index\.php\?rest_route=\/wc\/v3\/products&/);
      assert.equal((await ask(next, { headers })).list[0]?.['name'], 'A');
      const pretty = await ask(`${plain.url}/wp-json/wc/v3/products`, { headers });
      assert.equal(pretty.status, 404);
      assert.match(String(pretty.headers['content-type']), /text\/html/);
    } finally {
      await plain.stop();
    }
  });
});
