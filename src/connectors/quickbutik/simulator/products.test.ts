import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DEFAULT_CHOICES } from './choices.ts';
import type { QuickbutikSimulator } from './simulator.ts';
import { startTestSimulator, visitIn, type Visit } from './test-client.ts';
import { objectOf, rowsOf, type Fields } from './wire/fields.ts';

let simulator: QuickbutikSimulator;
let visit: Visit;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  simulator.setChoices(DEFAULT_CHOICES);
  visit = visitIn(simulator);
});
after(() => simulator.stop());

describe('GET /products', () => {
  test('is one object for one product, and a list for several', async () => {
    const one = await visit.get('products?product_id=402');
    assert.equal(one.rows.length, 0);
    assert.deepEqual(
      [one.body['id'], one.body['hasVariants'], one.body['tax_rate']],
      ['402', true, '25'],
    );
    const several = await visit.get('products?product_id=402,310');
    assert.deepEqual(
      several.rows.map((row) => row['id']),
      ['310', '402'],
    );
  });

  test('has texts for numbers, stock twice, and images by their ids', async () => {
    visit.shop.addProduct({
      id: 9,
      title: 'Kopp',
      price: '50',
      stock: 3,
      images: ['https://img.example/a.jpg'],
    });
    const { body } = await visit.get('products?product_id=9');
    assert.deepEqual(
      [body['price'], body['qty'], body['stock'], body['weight'], body['images']],
      ['50.00', '3', '3', '0', { 91: 'https://img.example/a.jpg' }],
    );
  });

  test('has variants with a stock and a price of their own', async () => {
    const { body } = await visit.get('products?product_id=402');
    const [variant] = rowsOf(body, 'variants');
    assert.deepEqual(variant, {
      id: '77',
      product_id: '402',
      sku: 'KVARN-SV',
      qty: '15',
      price: '499.00',
      before_price: '0.00',
      purchase_price: '0.00',
      weight: '1150',
      hidden: '0',
      gtin: '',
      values: [{ ovalue_field: 'Färg', val: 'Svart' }],
    });
  });

  test('pages by a hundred, five hundred at most', async () => {
    for (let n = 0; n < 100; n += 1) visit.shop.addProduct({ title: `Vara ${n}`, price: '1' });
    assert.equal((await visit.get('products')).rows.length, 100);
    assert.equal((await visit.get('products?offset=100')).rows.length, 5);
    assert.equal((await visit.get('products?limit=500')).rows.length, 105);
    assert.equal((await visit.get('products?limit=501')).status, 400);
    simulator.setChoices({ productList: 'old' });
    assert.equal((await visit.get('products')).rows.length, 50);
  });

  test('counts in a text', async () => {
    assert.equal((await visit.get('products/count')).text, '{"count":"5"}');
  });

  test('answers 404, or an empty list, when nothing matches', async () => {
    assert.equal((await visit.get('products?product_id=1')).status, 404);
    assert.equal((await visit.get('products?offset=99')).status, 404);
    simulator.setChoices({ noProducts: 'empty-list' });
    assert.equal((await visit.get('products?offset=99')).text, '[]');
  });

  test('tells no rate of a product until somebody has entered one', async () => {
    const id = visit.shop.addProduct({ title: 'Tidning', price: '59', sku: 'TIDN', taxRate: null });
    const rate = async () => (await visit.get(`products?product_id=${id}`)).body['tax_rate'];
    assert.equal(await rate(), '');
    visit.shop.changeProduct('TIDN', { taxRate: 6 });
    assert.equal(await rate(), '6');
  });

  test('tells the rate of now, whatever an order was sold at', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'KAF-500', qty: 1 }] });
    visit.shop.changeProduct('KAF-500', { taxRate: 12 });
    assert.equal((await visit.get('products?product_id=310')).body['tax_rate'], '12');
    // 119 at 6 % holds 6.74; at 12 % it would hold 12.75.
    assert.equal((await visit.order(id))['tax_amount'], '6.74');
  });
});

describe('PUT /products', () => {
  const results = async (...items: readonly Fields[]): Promise<Record<string, Fields>> =>
    (await visit.put('products', items)).body['results'] as Record<string, Fields>;

  test('sets stock to a number: what was sold meanwhile is lost', async () => {
    const seen = Number((await visit.get('products?product_id=512')).body['stock']);
    visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 4 }] });
    await results({ product_id: 512, stock: seen });
    assert.equal(visit.shop.stock('TRO-1'), 10);
  });

  test('finds by product, by variant, and by an article number of one only', async () => {
    visit.shop.addProduct({ title: 'Tröja igen', sku: 'TRO-1', price: '1' });
    const answer = await results(
      { product_id: '310', stock: '5' },
      { variant_id: 77, stock: 6 },
      { sku: 'TRO-1', stock: 7 },
      { sku: 'NONE', stock: 8 },
    );
    assert.deepEqual(
      Object.values(answer).map(({ errors }) => errors),
      [[], [], ['sku is not unique'], ['product not found']],
    );
    assert.deepEqual([visit.shop.stock('KAF-500'), visit.shop.stock('KVARN-SV')], [5, 6]);
  });

  test('changes prices and texts, and what cannot be read changes nothing', async () => {
    await results({
      sku: 'TRO-1',
      price: '199',
      before_price: '299.00',
      title: 'Rea',
      visible: 'false',
    });
    const wrong = await results({ sku: 'TRO-1', title: 'Fel', price: 'gratis' });
    assert.deepEqual(wrong['0'], { success: false, errors: ['price is not valid'] });
    const { body } = await visit.get('products?product_id=512');
    assert.deepEqual(
      [body['title'], body['price'], body['before_price'], body['visible']],
      ['Rea', '199.00', '299.00', '0'],
    );
  });

  test('makes and changes variants', async () => {
    const sync = [
      { sku: 'KVARN-SV', stock: 1 },
      { sku: 'KVARN-VI', stock: 2, price: '449' },
    ];
    await results({ product_id: 402, variants: { sync } });
    const { body } = await visit.get('products?product_id=402');
    assert.deepEqual(
      rowsOf(body, 'variants').map((one) => [one['sku'], one['qty'], one['price']]),
      [
        ['KVARN-SV', '1', '499.00'],
        ['KVARN-VI', '2', '449.00'],
      ],
    );
  });
});

describe('POST and DELETE /products', () => {
  test('add and remove', async () => {
    const made = await visit.post('products', [
      { title: 'Sked', sku: 'SKED', price: '25', tax_rate: '25', stock: 3 },
      { sku: 'X' },
    ]);
    const answer = made.body['results'] as Record<string, Fields>;
    assert.deepEqual(answer['1'], { success: false, errors: ['title is missing'] });
    const id = answer['0']?.['product_id'];
    assert.equal(visit.shop.stock('SKED'), 3);
    await visit.delete('products', [{ product_id: id }]);
    assert.equal((await visit.get(`products?product_id=${String(id)}`)).status, 404);
  });
});

describe('a product that may not go below zero', () => {
  test('is not sold when there are too few, and any other is', () => {
    visit.shop.addProduct({
      title: 'Sista',
      sku: 'S',
      price: '1',
      stock: 1,
      disableMinusqty: true,
    });
    visit.shop.buy({ lines: [{ sku: 'S', qty: 1 }] });
    assert.throws(() => visit.shop.buy({ lines: [{ sku: 'S', qty: 1 }] }), /too few of S/);
    visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 11 }] });
    assert.equal(visit.shop.stock('TRO-1'), -1);
  });
});

describe('metadata', () => {
  test('are flat texts of orders and products', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    const path = `metadata/order/${id}`;
    assert.equal((await visit.get(path)).text, '{}');
    await visit.post(path, { accounting_invoice_no: '1045', accounting_status: 'booked' });
    await visit.put(path, { accounting_status: 'paid', accounting_try: 2 });
    const expected = {
      accounting_invoice_no: '1045',
      accounting_status: 'paid',
      accounting_try: '2',
    };
    assert.deepEqual((await visit.get(path)).body, expected);
    assert.deepEqual(visit.shop.metadata(id), expected);
    await visit.put('metadata/product/402', { accounting_article: 'KVARN' });
    assert.deepEqual((await visit.get('metadata/product/402')).body, {
      accounting_article: 'KVARN',
    });
  });

  test('are refused when nested, and 404 for what is not there', async () => {
    const nested = await visit.put('metadata/product/402', { a: { b: 1 } });
    assert.deepEqual(nested.body, { success: false, errors: ['a is not a text'] });
    assert.equal((await visit.get('metadata/order/1')).status, 404);
  });

  test('may come as a list or as 404 when there are none', async () => {
    simulator.setChoices({ noMetadata: 'list' });
    assert.equal((await visit.get('metadata/product/310')).text, '[]');
    simulator.setChoices({ noMetadata: 'not-found' });
    assert.equal((await visit.get('metadata/product/310')).status, 404);
  });
});

describe('registers', () => {
  test('have their rows in results', async () => {
    const payment = (await visit.get('paymentmethods')).body;
    assert.deepEqual(rowsOf(payment, 'results')[0], { method_id: 'klarna3', customer_type: '3' });
    const shipping = (await visit.get('shippingmethods')).body;
    assert.deepEqual(rowsOf(shipping, 'results')[0], {
      id: '4',
      title: 'Paket till ombud',
      description: '',
      active: true,
      price: '49.00',
      price_basedon: 'fixed',
      countries: ['SE'],
    });
  });

  test('take new categories', async () => {
    const made = await visit.post('categories', [{ name: 'Kaffe' }]);
    assert.deepEqual(objectOf(objectOf(made.body, 'results'), '0')['category_id'], '1');
    assert.deepEqual((await visit.get('categories')).rows, [{ id: '1', name: 'Kaffe' }]);
  });
});
