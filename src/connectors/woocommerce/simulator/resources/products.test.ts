import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { partOf, rowsOf } from '../api/fields.ts';
import { namesIn, recordedObject, withoutOwn } from '../recordings-for-test.ts';
import { clientOf, startTestShop, type Client } from '../test-client.ts';

let client: Client;
before(async () => {
  client = clientOf(
    await startTestShop({ shop: { options: { woocommerce_prices_include_tax: 'no' } } }),
  );
});
after(() => client.simulator.stop());

describe('a product', () => {
  test('is as it was recorded', async () => {
    const recorded = recordedObject('obj-product-simple');
    const { body, status } = await client.post('products', {
      name: recorded['name'],
      sku: 'LAMPA-1',
      regular_price: '199',
      manage_stock: true,
      stock_quantity: 100,
      weight: '1.2',
    });
    assert.equal(status, 201);
    assert.deepEqual(withoutOwn(body), withoutOwn(recorded));
    assert.deepEqual(new Set(Object.keys(body)), new Set(Object.keys(recorded)));
  });

  test('is found by its article number, a variation too, and several at once', async () => {
    const parent = await client.post('products', { name: 'T-shirt', type: 'variable', sku: 'TEE' });
    const path = `products/${String(parent.body['id'])}/variations`;
    const child = await client.post(path, { sku: 'TEE-S', regular_price: '249.00' });
    assert.equal(child.status, 201);
    const { list } = await client.get('products?sku=TEE-S,LAMPA-1&orderby=id&order=asc');
    assert.deepEqual(
      list.map(({ sku, type }) => [sku, type]),
      [
        ['LAMPA-1', 'simple'],
        ['TEE-S', 'variation'],
      ],
    );
    const all = (await client.get('products?per_page=100')).list;
    assert.ok(!all.some(({ sku }) => sku === 'TEE-S'), 'lists have parents alone');
  });

  test('of an article number that is taken says whose it is', async () => {
    const owner = (await client.get('products?sku=LAMPA-1')).list[0];
    const before = (await client.get('products?per_page=100')).list.length;
    const reply = await client.post('products', { name: 'Kopia', sku: 'LAMPA-1' });
    assert.deepEqual([reply.status, reply.code], [400, 'product_invalid_sku']);
    assert.equal(partOf(reply.body, 'data')['resource_id'], owner?.['id']);
    assert.equal((await client.get('products?per_page=100')).list.length, before);
  });

  test('takes prices as text and pieces as whole numbers', async () => {
    const path = `products/${String((await client.get('products?sku=LAMPA-1')).list[0]?.['id'])}`;
    const reply = await client.put(path, { regular_price: 199.5, stock_quantity: 7.5 });
    assert.equal(reply.status, 400);
    assert.deepEqual(partOf(partOf(reply.body, 'data'), 'params'), {
      regular_price: 'regular_price is not of type string.',
      stock_quantity: 'stock_quantity is not of type integer.',
    });
  });

  test('of more decimals than the shop has keeps them', async () => {
    const { body } = await client.post('products', { name: 'Skruv', regular_price: '0.1375' });
    assert.equal(body['price'], '0.1375');
  });

  test('has an ampersand as an entity', async () => {
    const { body } = await client.post('products', { name: 'Salt & peppar' });
    assert.equal(body['name'], 'Salt &amp; peppar');
  });
});

describe('stock', () => {
  test('is not set where it is not managed, and nothing is said', async () => {
    const { body } = await client.post('products', { name: 'Fri', stock_quantity: 5 });
    assert.deepEqual([body['manage_stock'], body['stock_quantity']], [false, null]);
    const path = `products/${String(body['id'])}`;
    const managed = await client.put(path, { manage_stock: true, stock_quantity: 5 });
    assert.equal(managed.body['stock_quantity'], 5);
    const less = await client.put(path, { inventory_delta: -7 });
    assert.deepEqual([less.body['stock_quantity'], less.body['stock_status']], [-2, 'outofstock']);
    const later = await client.put(path, { backorders: 'notify' });
    assert.equal(later.body['stock_status'], 'onbackorder');
  });

  test('of a variation may be its parent’s', async () => {
    const parent = await client.post('products', {
      name: 'Mugg',
      type: 'variable',
      manage_stock: true,
      stock_quantity: 9,
    });
    const path = `products/${String(parent.body['id'])}/variations`;
    const child = await client.post(path, { sku: 'MUGG-R', regular_price: '80' });
    assert.deepEqual([child.body['manage_stock'], child.body['stock_quantity']], ['parent', 9]);
    client.simulator.shop.buy({ lines: [{ sku: 'MUGG-R', quantity: 2 }] });
    const now = (await client.get(`products/${String(parent.body['id'])}`)).body;
    assert.equal(now['stock_quantity'], 7);
  });
});

describe('a variation', () => {
  test('is as it was recorded', async () => {
    const recorded = recordedObject('obj-variation');
    const parent = await client.post('products', { name: 'Tröja', type: 'variable' });
    const { body } = await client.post(`products/${String(parent.body['id'])}/variations`, {
      sku: 'TROJA-S-R',
      regular_price: '249.00',
      sale_price: '199.00',
      manage_stock: true,
      stock_quantity: 5,
      attributes: [
        { name: 'Storlek', option: 'S' },
        { name: 'Färg', option: 'Röd' },
      ],
    });
    const same = { sku: '', parent_id: 0 };
    assert.deepEqual(withoutOwn({ ...body, ...same }), withoutOwn({ ...recorded, ...same }));
    assert.deepEqual(namesIn(rowsOf(body, 'attributes')), namesIn(rowsOf(recorded, 'attributes')));
  });

  test('is read by its own id, but changed under its parent', async () => {
    const [tee] = (await client.get('products?sku=TEE-S')).list;
    const path = `products/${String(tee?.['id'])}`;
    assert.equal((await client.get(path)).body['type'], 'variation');
    const reply = await client.put(path, { regular_price: '1' });
    assert.equal(reply.status, 404);
    assert.match(reply.message, /\/products\/&lt;product_id&gt;\/variations/);
    const under = `products/${String(tee?.['parent_id'])}/variations/${String(tee?.['id'])}`;
    const changed = await client.put(under, { regular_price: '259.00' });
    assert.equal(changed.body['price'], '259.00');
  });
});
