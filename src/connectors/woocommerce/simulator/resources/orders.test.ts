import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { rowsOf, textOf, type Fields } from '../api/fields.ts';
import type { ShopSeed } from '../shop/seed.ts';
import { clientOf, START_MS, startTestShop, type Client } from '../test-client.ts';

const SHOP: ShopSeed = {
  options: { woocommerce_prices_include_tax: 'no' },
  products: [
    { name: 'Lampa & skärm', sku: 'LAMPA', regularPrice: '199', stockQuantity: 100 },
    { name: 'Bok', sku: 'BOK', regularPrice: '149', taxClass: 'moms-6', stockQuantity: 20 },
    { name: 'Ritning', sku: 'PDF', regularPrice: '80', isVirtual: true, isDownloadable: true },
  ],
  coupons: [{ code: 'tio', type: 'percent', amount: '10' }],
};

let client: Client;
beforeEach(async () => {
  client = clientOf(await startTestShop({ shop: SHOP }));
});
afterEach(() => client.simulator.stop());

const LAMP = 10;
const BOOK = 11;
const DRAWING = 12;

async function order(id: number): Promise<Fields> {
  return (await client.get(`orders/${id}`)).body;
}

function linesOf(fields: Fields): Fields[] {
  return rowsOf(fields, 'line_items');
}

async function make(body: Fields): Promise<Fields> {
  const made = await client.post('orders', body);
  assert.equal(made.status, 201, made.text);
  return made.body;
}

const ONE_LAMP: Fields = {
  billing: { country: 'SE' },
  payment_method: 'bacs',
  line_items: [{ product_id: LAMP, quantity: 1 }],
};

describe('an order that is made through the API', () => {
  test('twice is two orders', async () => {
    const first = await make(ONE_LAMP);
    const second = await make(ONE_LAMP);
    assert.notEqual(first['id'], second['id']);
    assert.equal(first['created_via'], 'rest-api');
    // 199.00 and 25 %.
    assert.equal(first['total'], '248.75');
  });

  test('with money as numbers is refused, with all that is wrong', async () => {
    const reply = await client.post('orders', {
      status: 7,
      line_items: [{ product_id: LAMP, quantity: 1.5, total: 10 }],
    });
    assert.equal(reply.status, 400);
    assert.match(reply.text, /Invalid parameter\(s\): status, line_items/);
    assert.match(reply.text, /line_items\[0\]\[quantity\] is not of type integer/);
  });

  test('of what there is not is refused, and none is made', async () => {
    const wrong: readonly (readonly [Fields, string])[] = [
      [{ line_items: [{ quantity: 1 }] }, 'woocommerce_rest_required_product_reference'],
      [{ line_items: [{ product_id: 999 }] }, 'woocommerce_rest_invalid_product_id'],
      [{ coupon_lines: [{ code: 'nej' }] }, 'woocommerce_rest_invalid_coupon'],
      [{ customer_id: 99 }, 'woocommerce_rest_invalid_customer_id'],
      [{ status: 'shipped' }, 'rest_invalid_param'],
    ];
    for (const [body, code] of wrong) {
      const reply = await client.post('orders', body);
      assert.deepEqual([reply.status, reply.code], [400, code]);
    }
    assert.equal((await client.get('orders')).headers['x-wp-total'], '0');
  });

  test('and paid is processed; done when nothing is sent or it is paid at the door', async () => {
    const paid = await make({ ...ONE_LAMP, set_paid: true });
    assert.deepEqual([paid['status'], paid['date_paid'] === null], ['processing', false]);
    const door = await make({ ...ONE_LAMP, payment_method: 'cod', set_paid: true });
    assert.equal(door['status'], 'completed');
    const files = await make({
      ...ONE_LAMP,
      line_items: [{ product_id: DRAWING }],
      set_paid: true,
    });
    assert.deepEqual([files['status'], files['needs_processing']], ['completed', false]);
  });
});

describe('an order that is changed', () => {
  test('by a line without an id has one more', async () => {
    const { id } = await make(ONE_LAMP);
    const { body } = await client.put(`orders/${String(id)}`, {
      line_items: [{ product_id: LAMP, quantity: 1 }],
    });
    assert.equal(linesOf(body).length, 2);
    assert.equal(body['total'], '497.50');
  });

  test('by the quantity of a line keeps what the line costs', async () => {
    const made = await make(ONE_LAMP);
    const [line] = linesOf(made);
    const { body } = await client.put(`orders/${String(made['id'])}`, {
      line_items: [{ id: line?.['id'] ?? 0, quantity: 3 }],
    });
    assert.deepEqual([linesOf(body)[0]?.['quantity'], body['total']], [3, '248.75']);
  });

  test('by hand to a lower price shows no coupon', async () => {
    const made = await make(ONE_LAMP);
    const [line] = linesOf(made);
    const { body } = await client.put(`orders/${String(made['id'])}`, {
      line_items: [{ id: line?.['id'] ?? 0, total: '100.00' }],
    });
    // 100 and 25 %; 99 less than the price, and 24.75 less tax.
    assert.deepEqual(
      [body['total'], body['discount_total'], body['discount_tax'], body['coupon_lines']],
      ['125.00', '99.00', '24.75', []],
    );
  });

  test('loses a line whose product is null, and takes no line of another order', async () => {
    const made = await make({
      ...ONE_LAMP,
      line_items: [{ product_id: LAMP }, { product_id: BOOK }],
    });
    const [lamp] = linesOf(made);
    const path = `orders/${String(made['id'])}`;
    const { body } = await client.put(path, {
      line_items: [{ id: lamp?.['id'] ?? 0, product_id: null }],
    });
    // The book alone: 149 and 6 %.
    assert.equal(body['total'], '157.94');
    const other = await client.put(path, { line_items: [{ id: 9999, quantity: 1 }] });
    assert.equal(other.code, 'woocommerce_rest_invalid_item_id');
  });

  test('by a coupon of the API', async () => {
    const made = await make({ ...ONE_LAMP, coupon_lines: [{ code: 'TIO' }] });
    // 19.90 off 199.00; 179.10 and 25 % of it, 44.775, which is 44.78.
    assert.deepEqual([made['discount_total'], made['total']], ['19.90', '223.88']);
    const { body } = await client.put(`orders/${String(made['id'])}`, { coupon_lines: [] });
    assert.equal(body['total'], '248.75');
  });

  test('by meta of a key it has already, in place', async () => {
    const { id } = await make({ ...ONE_LAMP, meta_data: [{ key: '_hub', value: '1' }] });
    const { body } = await client.put(`orders/${String(id)}`, {
      meta_data: [{ key: '_hub', value: { voucher: 'A12' } }],
    });
    const metas = rowsOf(body, 'meta_data').filter(({ key }) => key === '_hub');
    assert.deepEqual(
      metas.map(({ value }) => value),
      [{ voucher: 'A12' }],
    );
  });

  test('is dated by it, and by a note it is not', async () => {
    const { id } = await make(ONE_LAMP);
    client.simulator.clock.advance(60_000);
    const note = await client.post(`orders/${String(id)}/notes`, { note: 'Verifikat A 12' });
    assert.equal(note.status, 201);
    assert.equal((await order(Number(id)))['date_modified'], '2026-11-22T00:30:00');
    await client.put(`orders/${String(id)}`, {});
    assert.equal((await order(Number(id)))['date_modified'], '2026-11-22T00:31:00');
    const notes = (await client.get(`orders/${String(id)}/notes`)).list;
    assert.ok(notes.some((one) => one['note'] === 'Verifikat A 12'));
  });

  test('among posts is not dated by what stands in its meta', async () => {
    const posts = clientOf(await startTestShop({ shop: { ...SHOP, storage: 'posts' } }));
    const { body } = await posts.post('orders', ONE_LAMP);
    const path = `orders/${String(body['id'])}`;
    posts.simulator.clock.advance(60_000);
    await posts.put(path, { meta_data: [{ key: 'a', value: 'b' }], transaction_id: 'T1' });
    assert.equal((await posts.get(path)).body['date_modified'], '2026-11-22T00:30:00');
    await posts.put(path, { status: 'processing' });
    assert.equal((await posts.get(path)).body['date_modified'], '2026-11-22T00:31:00');
    await posts.simulator.stop();
  });
});

describe('what an order says of its products', () => {
  test('is their article number of today, and their name of then', async () => {
    const { shop } = client.simulator;
    const id = shop.buy({ lines: [{ sku: 'LAMPA', quantity: 1 }] });
    shop.setSku({ id: LAMP, sku: 'LAMPA-NY' });
    assert.equal(linesOf(await order(id))[0]?.['sku'], 'LAMPA-NY');
    shop.deleteProduct(LAMP);
    const [line] = linesOf(await order(id));
    assert.deepEqual(
      [line?.['sku'], line?.['product_id'], line?.['name']],
      [null, 0, 'Lampa &amp; skärm'],
    );
  });

  test('is the rate of then, also when it is deleted', async () => {
    const id = client.simulator.shop.buy({ lines: [{ sku: 'LAMPA', quantity: 1 }] });
    await client.delete('taxes/1?force=true');
    const [tax] = rowsOf(await order(id), 'tax_lines');
    assert.deepEqual(
      [tax?.['rate_id'], tax?.['rate_percent'], tax?.['tax_total']],
      [1, 25, '49.75'],
    );
  });

  test('is nothing of tax without a rate, and 0.00 by a rate of nothing', async () => {
    const { shop } = client.simulator;
    const norway = { billing: { country: 'NO' } };
    const zero = shop.buy({ ...norway, lines: [{ sku: 'LAMPA', quantity: 1 }] });
    const [taxed] = linesOf(await order(zero));
    assert.deepEqual(taxed?.['taxes'], [{ id: 7, total: '0.00', subtotal: '0.00' }]);
    const none = shop.buy({ ...norway, lines: [{ sku: 'BOK', quantity: 1 }] });
    assert.deepEqual(linesOf(await order(none))[0]?.['taxes'], []);
    assert.deepEqual(rowsOf(await order(none), 'tax_lines'), []);
  });
});

describe('the life of an order', () => {
  test('takes goods from the shelf, and puts them back when it is cancelled', async () => {
    const { shop } = client.simulator;
    const id = shop.buy({ lines: [{ sku: 'LAMPA', quantity: 3 }] });
    assert.equal(shop.stockOf(LAMP), 97);
    shop.setStatus({ id, status: 'cancelled' });
    assert.equal(shop.stockOf(LAMP), 100);
    shop.setStatus({ id, status: 'processing' });
    assert.equal(shop.stockOf(LAMP), 97, 'it is taken up again');
    const { list } = await client.get(`orders/${id}/notes`);
    const texts = new Set(list.map((note) => textOf(note, 'note')));
    assert.ok(texts.has('Stock levels reduced: Lampa &amp; skärm (100&rarr;97)'));
    assert.ok(texts.has('Order status changed from On hold to Cancelled.'));
  });

  const payments: readonly (readonly [payment: string, status: string, isPaid: boolean])[] = [
    ['bacs', 'on-hold', false],
    ['cod', 'processing', false],
    ['swish', 'processing', true],
    ['klarna_payments', 'on-hold', false],
  ];
  for (const [payment, status, isPaid] of payments) {
    test(`paid by ${payment} starts ${status}`, async () => {
      const { shop } = client.simulator;
      const fields = await order(shop.buy({ payment, lines: [{ sku: 'LAMPA', quantity: 1 }] }));
      assert.deepEqual([fields['status'], fields['date_paid'] !== null], [status, isPaid]);
    });
  }

  test('is paid when it is captured, days later', async () => {
    const { shop, clock } = client.simulator;
    const id = shop.buy({ payment: 'klarna_payments', lines: [{ sku: 'LAMPA', quantity: 1 }] });
    clock.advance(3 * 24 * 3_600_000);
    shop.capture(id);
    const fields = await order(id);
    assert.deepEqual(
      [fields['status'], fields['date_paid']],
      ['processing', '2026-11-25T00:30:00'],
    );
  });

  test('is paid at the door when it is completed', async () => {
    const { shop } = client.simulator;
    const id = shop.buy({ payment: 'cod', lines: [{ sku: 'LAMPA', quantity: 1 }] });
    shop.setStatus({ id, status: 'completed' });
    assert.equal((await order(id))['date_paid'], '2026-11-22T00:30:00');
  });

  test('can be edited by the owner after it was paid', async () => {
    const { shop } = client.simulator;
    const id = shop.buy({ payment: 'swish', lines: [{ sku: 'LAMPA', quantity: 1 }] });
    shop.editOrder({ id, fields: { fee_lines: [{ name: 'Rabatt', total: '-40.00' }] } });
    // 199 − 40 and 25 % of 159.
    assert.equal((await order(id))['total'], '198.75');
  });

  test('ends in the trash, from where it comes back, or for good', async () => {
    const { shop } = client.simulator;
    const id = shop.buy({ lines: [{ sku: 'LAMPA', quantity: 1 }] });
    const trashed = await client.delete(`orders/${id}`);
    assert.deepEqual([trashed.status, trashed.body['status']], [200, 'trash']);
    const again = await client.delete(`orders/${id}`);
    assert.deepEqual([again.status, again.code], [410, 'woocommerce_rest_already_trashed']);
    shop.restore(id);
    assert.equal((await order(id))['status'], 'on-hold');
    assert.equal((await client.delete(`orders/${id}?force=true`)).status, 200);
    assert.equal((await client.get(`orders/${id}`)).status, 404);
  });

  test('may begin with a payment that fails, and is paid later', async () => {
    const { shop } = client.simulator;
    const lines = [{ sku: 'LAMPA', quantity: 1 }];
    const id = shop.buy({ payment: 'swish', isPaymentFailing: true, lines });
    assert.deepEqual(
      [(await order(id))['status'], (await order(id))['needs_payment'], shop.stockOf(LAMP)],
      ['failed', true, 100],
    );
    shop.pay(id);
    assert.deepEqual([(await order(id))['status'], shop.stockOf(LAMP)], ['processing', 99]);
  });

  test('begins with a draft while it is in the cart', async () => {
    const id = client.simulator.shop.buy({ isDraft: true, lines: [{ sku: 'LAMPA', quantity: 1 }] });
    assert.equal((await order(id))['status'], 'checkout-draft');
  });
});

describe('a refund', () => {
  function paidLamps(): number {
    return client.simulator.shop.buy({
      payment: 'swish',
      lines: [{ sku: 'LAMPA', quantity: 2 }],
    });
  }

  test('asks the gateway for the money unless it is told not to', async () => {
    const byTransfer = client.simulator.shop.buy({ lines: [{ sku: 'LAMPA', quantity: 1 }] });
    const refused = await client.post(`orders/${byTransfer}/refunds`, { amount: '10' });
    assert.deepEqual(
      [refused.status, refused.code],
      [500, 'woocommerce_rest_cannot_create_order_refund'],
    );
    const made = await client.post(`orders/${paidLamps()}/refunds`, { amount: '10' });
    assert.equal(made.body['refunded_payment'], true);
  });

  test('of more than is left is refused with 500', async () => {
    // 2 × 199 and 25 %: 497.50.
    const id = paidLamps();
    const path = `orders/${id}/refunds`;
    const much = await client.post(path, { amount: '497.51', api_refund: false });
    assert.deepEqual([much.status, much.message], [500, 'Invalid refund amount.']);
    await client.post(path, { amount: '400', api_refund: false });
    const rest = await client.post(path, { amount: '97.51', api_refund: false });
    assert.equal(rest.status, 500);
    assert.equal(client.simulator.shop.leftToRefund(id), '97.5');
  });

  test('of all the money makes the order refunded, whatever its lines say', async () => {
    const id = paidLamps();
    await client.post(`orders/${id}/refunds`, { amount: '497.50', api_refund: false });
    const fields = await order(id);
    assert.equal(fields['status'], 'refunded');
    assert.deepEqual(rowsOf(fields, 'refunds').length, 1);
    assert.equal(fields['total'], '497.50', 'the order itself stands');
  });

  test('of what is left is made when the status is set after others', async () => {
    const id = paidLamps();
    client.simulator.shop.refund({ orderId: id, amount: '25.00' });
    client.simulator.shop.setStatus({ id, status: 'refunded' });
    const refunds = rowsOf(await order(id), 'refunds');
    assert.deepEqual(
      refunds.map(({ total, total_tax }) => [total, total_tax]),
      [
        ['-25.00', '0.00'],
        ['-472.50', '0.00'],
      ],
    );
  });

  test('counts by its amount, whatever its lines say, and has no tax unless told', async () => {
    const id = paidLamps();
    const [line] = linesOf(await order(id));
    const { body } = await client.post(`orders/${id}/refunds`, {
      amount: '100.00',
      api_refund: false,
      line_items: [{ id: line?.['id'] ?? 0, quantity: 1, refund_total: 199 }],
    });
    assert.equal(body['amount'], '100.00');
    const [back] = rowsOf(body, 'line_items');
    assert.deepEqual(
      [back?.['quantity'], back?.['total'], back?.['total_tax']],
      [-1, '-199.00', '0.00'],
    );
  });

  test('of a price alone has a line of no pieces', async () => {
    const id = paidLamps();
    const [line] = linesOf(await order(id));
    const { body } = await client.post(`orders/${id}/refunds`, {
      api_refund: false,
      line_items: [
        {
          id: line?.['id'] ?? 0,
          quantity: 0,
          refund_total: 20,
          refund_tax: [{ id: 1, refund_total: 5 }],
        },
      ],
    });
    const [back] = rowsOf(body, 'line_items');
    assert.deepEqual([body['amount'], back?.['quantity'], back?.['price']], ['25.00', 0, 0]);
  });

  test('of nothing is made', async () => {
    const made = await client.post(`orders/${paidLamps()}/refunds`, {
      amount: '0.00',
      api_refund: false,
    });
    assert.deepEqual([made.status, made.body['amount']], [201, '0.00']);
  });

  test('puts goods back on the shelf, unless it is told not to', async () => {
    const { shop } = client.simulator;
    const id = paidLamps();
    const [line] = linesOf(await order(id));
    const one = { id: line?.['id'] ?? 0, quantity: 1, refund_total: 1 };
    assert.equal(shop.stockOf(LAMP), 98);
    await client.post(`orders/${id}/refunds`, { api_refund: false, line_items: [one] });
    assert.equal(shop.stockOf(LAMP), 99);
    await client.post(`orders/${id}/refunds`, {
      api_refund: false,
      api_restock: false,
      line_items: [one],
    });
    assert.equal(shop.stockOf(LAMP), 99);
  });

  test('dates its order; that it is deleted does not', async () => {
    const { clock } = client.simulator;
    const id = paidLamps();
    clock.moveTo(START_MS + 60_000);
    const { body } = await client.post(`orders/${id}/refunds`, { amount: '1', api_refund: false });
    assert.equal((await order(id))['date_modified'], '2026-11-22T00:31:00');
    clock.moveTo(START_MS + 120_000);
    const path = `orders/${id}/refunds/${String(body['id'])}`;
    const kept = await client.delete(path);
    assert.deepEqual([kept.status, kept.code], [501, 'woocommerce_rest_trash_not_supported']);
    assert.equal((await client.delete(`${path}?force=true`)).status, 200);
    const fields = await order(id);
    assert.deepEqual([fields['refunds'], fields['date_modified']], [[], '2026-11-22T00:31:00']);
  });

  test('stands among those of all orders, with whose it is', async () => {
    const id = paidLamps();
    client.simulator.shop.refund({ orderId: id, amount: '5' });
    const { list } = await client.get('refunds');
    assert.deepEqual(
      list.map((refund) => [refund['parent_id'], refund['amount']]),
      [[id, '5.00']],
    );
  });

  test('was told without its tax by version 9', async () => {
    const old = clientOf(await startTestShop({ shop: { ...SHOP, version: '9.9.5' } }));
    const id = old.simulator.shop.buy({ lines: [{ sku: 'LAMPA', quantity: 1 }] });
    old.simulator.shop.refund({ orderId: id, amount: '5', reason: 'Repa' });
    const [refund] = rowsOf((await old.get(`orders/${id}`)).body, 'refunds');
    assert.deepEqual(Object.keys(refund ?? {}), ['id', 'reason', 'total']);
    await old.simulator.stop();
  });
});
