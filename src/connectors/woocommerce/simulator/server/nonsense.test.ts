import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { allRoutes } from '../resources/all.ts';
import { FOOD_SHOP } from '../shop/food-shop.ts';
import { ask, basic, clientOf, startTestShop, type Client } from '../test-client.ts';

let client: Client;
before(async () => {
  client = clientOf(await startTestShop({ shop: FOOD_SHOP }));
  for (let at = 0; at < 3; at += 1) {
    client.simulator.shop.buy({ lines: [{ sku: 'OSTHYVEL', quantity: 2 }], coupons: ['tio'] });
  }
});
after(() => client.simulator.stop());

const ROUTES = allRoutes({ ping: () => {} }).map(({ method, path }) => ({ method, path }));

/** Field names that the API knows, so that nonsense is nonsense in the right places. */
const NAMES = [
  'status',
  'line_items',
  'quantity',
  'total',
  'product_id',
  'coupon_lines',
  'refund_total',
  'amount',
  'meta_data',
  'stock_quantity',
  'billing',
  'create',
  'update',
  'delete',
  'topic',
  'delivery_url',
  'id',
  'key',
  'value',
];

const value = fc.letrec<{ any: unknown; list: unknown; object: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, '', '1e999', '-0.005', 'NaN', 10, 11, 15, 1.5, -1),
    fc.string(),
    fc.double(),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom(...NAMES), tie('any'), { maxKeys: 5 }),
}));

const PARAMETERS = ['per_page', 'page', 'orderby', 'status', 'after', 'dp', 'include', '_fields'];
const asked = fc.dictionary(
  fc.constantFrom(...PARAMETERS, 'modified_after', 'dates_are_gmt', 'rest_route', 'sku', 'offset'),
  fc.oneof(fc.string(), fc.constantFrom('1', 'true', '9999-99-99T99:99:99Z', '-5', 'any,trash')),
  { maxKeys: 4 },
);

/** 500 is what refunds that cannot be made are answered with, and nothing else. */
const STATUSES = new Set([200, 201, 400, 404, 410, 413, 500, 501]);

describe('nonsense', () => {
  test('is answered by every operation, as JSON with a code', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...ROUTES),
      fc.constantFrom('10', '18', '19', '1', '99999', 'x'),
      asked,
      value.object,
      async ({ method, path }, id, parameters, body) => {
        const query = new URLSearchParams(parameters).toString();
        const place = path.replaceAll(/\{[^}]*\}/g, id);
        const url = `${client.simulator.url}/wp-json/wc/v3${place}?${query}`;
        const reply = await ask(url, {
          method,
          headers: { authorization: basic(client.keys) },
          ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
        });
        if (parameters['rest_route'] !== undefined) return;
        assert.ok(STATUSES.has(reply.status), `${reply.status} ${method} ${url} ${reply.text}`);
        if (reply.status < 300) return;
        assert.notEqual(reply.code, '');
        if (reply.status !== 500) return;
        assert.equal(reply.code, 'woocommerce_rest_cannot_create_order_refund');
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  test('in signatures and headers is nobody', async () => {
    const url = `${client.simulator.url}/wp-json/wc/v3/orders`;
    for (const authorization of ['OAuth oauth_nonce="%E0%A4%A"', 'Basic !!', 'Basic Og==', 'x']) {
      assert.equal((await ask(url, { headers: { authorization } })).status, 401);
    }
  });
});
