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

const OK = { success: true, errors: [] };

async function put(...items: readonly Fields[]): Promise<unknown> {
  const reply = await visit.put('orders', items);
  assert.equal(reply.status, 200);
  return reply.body['results'];
}

describe('PUT /orders', () => {
  test('answers for each item inside a 200', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    assert.deepEqual(
      await put({ order_id: String(id), status: 'done' }, { order_id: '1', status: 'done' }),
      { 0: OK, 1: { success: false, errors: ['there is no order 1'] } },
    );
    assert.equal((await visit.order(id))['status'], '2');
  });

  test('keys its answer by the names of an object too', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    const reply = await visit.put('orders', { first: { order_id: id, status: 'done' } });
    assert.deepEqual(reply.body, { results: { first: OK } });
  });

  test('replaces all lines by those in products', async () => {
    const id = visit.shop.buy({
      lines: [
        { sku: 'TRO-1', qty: 2 },
        { sku: 'KVARN-SV', qty: 1 },
      ],
    });
    await put({ order_id: id, products: [{ product_id: 310, qty: '3' }] });
    const lines = rowsOf(await visit.order(id), 'products');
    assert.deepEqual(
      lines.map((line) => [line['sku'], line['qty']]),
      [['KAF-500', '3']],
    );
    assert.deepEqual(
      ['TRO-1', 'KVARN-SV', 'KAF-500'].map((sku) => visit.shop.stock(sku)),
      [10, 15, 95],
    );
  });

  test('adds and removes lines and discount, and counts anew', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    await put({
      order_id: id,
      products_add: [{ sku: 'KVARN-SV' }],
      discount_add: { amount: '98' },
    });
    // 299 + 499 − 98 = 700, all at 25 %: VAT 140.
    const added = await visit.order(id);
    assert.deepEqual([added['total_amount'], added['tax_amount']], ['700.00', '140.00']);
    const [first] = rowsOf(added, 'products');
    await put({ order_id: id, products_remove: [{ id: first?.['id'] }], discount_remove: 'true' });
    assert.equal((await visit.order(id))['total_amount'], '499.00');
  });

  test('changes customer, payment and shipment', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    await put({
      order_id: id,
      customer: { email: 'ny@example.se', firstname: 'Ny', lastname: 'Kund' },
      payment: { method: 'swish' },
      shipping_info: { trackingnumber: 'ABC', company: 'Posten' },
    });
    const order = await visit.order(id);
    const customer = objectOf(order, 'customer');
    assert.deepEqual([customer['email'], customer['full_name']], ['ny@example.se', 'Ny Kund']);
    assert.equal(objectOf(order, 'paymethod')['method'], 'swish');
    assert.deepEqual(visit.shop.shipment(id).tracking, { number: 'ABC', company: 'Posten' });
  });

  test('asks for the money when it is sent, unless told not to', async () => {
    const buy = (): number => visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    const [one, other] = [buy(), buy()];
    await put(
      { order_id: one, status: 'done' },
      { order_id: other, status: 'done', paymethod_activate: 'false' },
    );
    assert.deepEqual(
      [one, other].map((id) => visit.shop.shipment(id).isCaptured),
      [true, false],
    );
  });

  test('does all of an item or nothing', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    const before = await visit.order(id);
    const wrong: readonly Fields[] = [
      { discount_add: { amount: '5' }, status: 'odd' },
      { discount_add: { amount: '5' }, status: 'paid' },
      { discount_add: { amount: '300' } },
      { discount_add: { amount: '5' }, products_add: [{ sku: 'NONE' }] },
      { products: [] },
      { products_remove: [{ id: 1 }] },
    ];
    for (const item of wrong) {
      const results = (await put({ order_id: id, ...item })) as Record<string, Fields>;
      assert.equal(results['0']?.['success'], false, JSON.stringify(item));
    }
    assert.deepEqual(await visit.order(id), before);
  });

  test('may set a status back, and the day of payment stays', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    const paid = (await visit.order(id))['date_paid'];
    visit.shop.send(id);
    simulator.clock.advance(60_000);
    await put({ order_id: id, status: 'paid' });
    const order = await visit.order(id);
    assert.deepEqual([order['status'], order['date_paid']], ['1', paid]);
    await put({ order_id: id, status: 'unpaid' });
    assert.equal((await visit.order(id))['date_paid'], null);
  });

  test('leaves a cancelled order cancelled, with its goods back in stock', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'PAKET-1', qty: 2 }] });
    assert.deepEqual([visit.shop.stock('KAF-500'), visit.shop.stock('MUGG-BL')], [94, 36]);
    await put({ order_id: id, status: 'cancelled' });
    assert.deepEqual([visit.shop.stock('KAF-500'), visit.shop.stock('MUGG-BL')], [98, 40]);
    const results = (await put({ order_id: id, status: 'done' })) as Record<string, Fields>;
    assert.deepEqual(results['0']?.['errors'], [`order ${id} is cancelled`]);
  });
});

describe('POST /orders', () => {
  test('makes orders that are unpaid', async () => {
    const reply = await visit.post('orders', [
      {
        order_id: 'create',
        customer: {
          type: 'company',
          email: 'inkop@example.se',
          billing_details: { company_name: 'Kontoret AB', country: 'SE' },
          note: 'Märk lådan',
        },
        payment: { method: 'invoice', transaction_id: 'x', currency: 'SEK' },
        shipping: { id: '4', name: 'Ombud', price: '39.00' },
        products: [{ product_id: 310, qty: 2 }],
        products_add: [{ sku: 'KVARN-SV', price: '400' }],
      },
      { order_id: '17' },
    ]);
    assert.deepEqual(reply.body['results'], {
      0: { ...OK, order_id: '10482' },
      1: { success: false, errors: ['order_id must be "create"'] },
    });
    const order = await visit.order(10_482);
    assert.equal(order['status'], '-1');
    // 2 × 119 + 400 + 39 = 677.
    assert.equal(order['total_amount'], '677.00');
    const customer = objectOf(order, 'customer');
    assert.deepEqual(
      [customer['customer_type'], customer['company_name'], customer['notes']],
      ['company', 'Kontoret AB', 'Märk lådan'],
    );
  });
});
