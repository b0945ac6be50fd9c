import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isFields, partOf, rowsOf, textOf, type Fields } from '../api/fields.ts';
import { recorded, recordedObject, withoutOwn } from '../recordings-for-test.ts';
import { clientOf, startTestShop, type Client } from '../test-client.ts';

let client: Client;
before(async () => {
  client = clientOf(
    await startTestShop({
      shop: {
        coupons: [
          { code: 'tio', type: 'percent', amount: '10' },
          { code: 'hundra', type: 'fixed_cart', amount: '100' },
          { code: 'styck20', type: 'fixed_product', amount: '20' },
          { code: 'frifrakt', type: 'percent', amount: '0', freeShipping: true },
        ],
      },
    }),
  );
});
after(() => client.simulator.stop());

function listIn(name: string): Fields[] {
  const value = recorded(name);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

describe('objects that were recorded', () => {
  const lists: readonly (readonly [name: string, path: string])[] = [
    ['obj-coupons', 'coupons'],
    ['obj-taxes', 'taxes'],
    ['obj-tax-classes', 'taxes/classes'],
  ];
  for (const [name, path] of lists) {
    test(name, async () => {
      const { list } = await client.get(`${path}?per_page=100`);
      assert.deepEqual(withoutOwn(list), withoutOwn(listIn(name)));
    });
  }

  test('obj-customer', async () => {
    const one = recordedObject('obj-customer');
    const { body } = await client.post('customers', {
      email: one['email'],
      first_name: one['first_name'],
      last_name: one['last_name'],
      username: one['username'],
      billing: one['billing'],
      shipping: one['shipping'],
    });
    assert.deepEqual(withoutOwn(body), withoutOwn(one));
    assert.deepEqual(Object.keys(body), Object.keys(one));
  });

  test('obj-data-currencies-current', async () => {
    const { body } = await client.get('data/currencies/current');
    assert.deepEqual(withoutOwn(body), withoutOwn(recordedObject('obj-data-currencies-current')));
  });

  test('obj-payment-gateways: the fields, and what each supports', async () => {
    const { list } = await client.get('payment_gateways');
    for (const one of listIn('obj-payment-gateways')) {
      const ours = list.find(({ id }) => id === one['id']) ?? {};
      assert.deepEqual(Object.keys(ours), Object.keys(one));
      for (const name of ['title', 'enabled', 'method_supports', 'needs_setup', 'order']) {
        assert.deepEqual(ours[name], one[name], `${textOf(one, 'id')} ${name}`);
      }
    }
  });

  test('obj-settings-tax: those that decide how the shop reckons', async () => {
    const { list } = await client.get('settings/tax');
    const known = listIn('obj-settings-tax');
    for (const ours of list) {
      const one = known.find(({ id }) => id === ours['id']);
      assert.ok(one, textOf(ours, 'id'));
      for (const name of ['type', 'label', 'default', 'value']) {
        assert.deepEqual(ours[name], one[name], `${textOf(one, 'id')} ${name}`);
      }
    }
    assert.equal(list.length, 4);
  });

  test('obj-shipping-zone-methods: the kind is the title, and the name is a setting', async () => {
    const { list } = await client.get('shipping/zones/1/methods');
    for (const [at, one] of listIn('obj-shipping-zone-methods').entries()) {
      const ours = list[at] ?? {};
      assert.deepEqual(Object.keys(ours), Object.keys(one));
      for (const name of ['id', 'instance_id', 'title', 'order', 'method_id', 'enabled']) {
        assert.deepEqual(ours[name], one[name], name);
      }
      const title = (fields: Fields): unknown =>
        partOf(partOf(fields, 'settings'), 'title')['value'];
      assert.deepEqual(title(ours), title(one));
    }
  });

  test('obj-shipping-methods', async () => {
    const { list } = await client.get('shipping_methods');
    const ids = (all: readonly Fields[]): unknown[] => all.map(({ id, title }) => [id, title]);
    assert.deepEqual(ids(list), ids(listIn('obj-shipping-methods')));
  });
});

describe('the recorded schema of orders', () => {
  test('has a place for every field that orders are written by here', async () => {
    const schema = partOf(partOf(recordedObject('schema-orders'), 'schema'), 'properties');
    const id = client.simulator.shop.buy({
      lines: [
        {
          productId: client.simulator.shop.addProduct({ name: 'A', regularPrice: '1' }),
          quantity: 1,
        },
      ],
    });
    const { body } = await client.get(`orders/${id}`);
    const unknown = Object.keys(body).filter((name) => name !== '_links' && !(name in schema));
    // It stands in every order that was recorded, and not in the schema.
    assert.deepEqual(unknown, ['currency_symbol']);
    const missing = Object.keys(schema).filter((name) => !(name in body));
    // What only writing knows.
    assert.deepEqual(missing, ['set_paid', 'manual_update']);
    const line = partOf(partOf(partOf(schema, 'line_items'), 'items'), 'properties');
    const [ours] = rowsOf(body, 'line_items');
    assert.deepEqual(
      Object.keys(ours ?? {}).filter((name) => !(name in line)),
      [],
    );
  });
});

describe('settings', () => {
  test('are changed one at a time, to what they can be', async () => {
    const path = 'settings/general/woocommerce_price_num_decimals';
    assert.equal((await client.put(path, { value: '0' })).body['value'], '0');
    await client.put(path, { value: '2' });
    const wrong = await client.put('settings/tax/woocommerce_tax_based_on', { value: 'moon' });
    assert.deepEqual([wrong.status, wrong.code], [400, 'rest_invalid_param']);
  });

  test('of gateways have secrets in them', async () => {
    const { text } = await client.get('payment_gateways/stripe');
    assert.match(text, /sk_live_stripe/);
  });
});
