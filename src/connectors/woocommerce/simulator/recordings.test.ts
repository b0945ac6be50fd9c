import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { partOf, rowsOf, textOf, type Fields } from './api/fields.ts';
import {
  namesIn,
  purchaseOf,
  RECORDINGS,
  withoutOwn,
  type Recording,
} from './recordings-for-test.ts';
import { clientOf, startTestShop, type Client } from './test-client.ts';

/** Orders that were made through the API or changed afterwards have tests of their own below. */
const BY_HAND = new Set([
  'order-excl-currency-eur',
  'order-excl-eu-company-vat-exempt',
  'order-excl-fees',
  'order-excl-refund-full-by-status',
  'order-excl-refunds-partial-amount-shipping',
  'order-simulated-yith-giftcard-total-reduced',
  'order-zero-total-coupon100',
]);

async function inShop<T>(recording: Recording, act: (client: Client) => Promise<T>): Promise<T> {
  const simulator = await startTestShop({ shop: recording.seed });
  try {
    return await act(clientOf(simulator));
  } finally {
    await simulator.stop();
  }
}

function recordingOf(name: string): Recording {
  const found = RECORDINGS.find((recording) => recording.name === name);
  assert.ok(found, name);
  return found;
}

/** What a refund gives back, as whoever made it asked for it. */
function refundBody(refund: Fields, order: Fields): Fields {
  const lines = [...rowsOf(refund, 'line_items'), ...rowsOf(refund, 'shipping_lines')];
  return {
    ...(lines.length === 0 ? { amount: textOf(refund, 'amount') } : {}),
    reason: textOf(refund, 'reason'),
    api_refund: false,
    line_items: lines.map((line) => ({
      id: itemFor(line, order),
      ...(line['quantity'] === undefined ? {} : { quantity: -Number(line['quantity']) }),
      refund_total: -Number(line['total']),
      refund_tax: rowsOf(line, 'taxes').map((tax) => ({
        id: Number(tax['id']),
        refund_total: -Number(tax['total']),
      })),
    })),
  };
}

function itemFor(line: Fields, order: Fields): number {
  const product = line['product_id'];
  const items = [...rowsOf(order, 'line_items'), ...rowsOf(order, 'shipping_lines')];
  const item = items.find((one) =>
    product === undefined ? one['method_id'] !== undefined : one['product_id'] === product,
  );
  return Number(item?.['id']);
}

describe('orders that were recorded', () => {
  for (const recording of RECORDINGS) {
    const { name, order, exact, refunds } = recording;
    if (BY_HAND.has(name)) continue;
    test(name, () =>
      inShop(recording, async (client) => {
        const id = client.simulator.shop.buy(purchaseOf(order));
        const before = (await client.get(`orders/${id}`)).body;
        for (const refund of refunds) {
          const made = await client.post(`orders/${id}/refunds`, refundBody(refund, before));
          assert.equal(made.status, 201, made.text);
          assert.deepEqual(withoutOwn(made.body), withoutOwn(refund));
        }
        const now = (await client.get(`orders/${id}`)).body;
        assert.deepEqual(withoutOwn(now), withoutOwn(order));
        if (exact === null) return;
        assert.deepEqual(
          withoutOwn((await client.get(`orders/${id}?dp=6`)).body),
          withoutOwn(exact),
        );
      }),
    );
  }

  test('all of the same form, to the order of the fields', () =>
    inShop(recordingOf('order-excl-percent10'), async (client) => {
      const { order } = recordingOf('order-excl-percent10');
      const id = client.simulator.shop.buy(purchaseOf(order));
      const now = (await client.get(`orders/${id}`)).body;
      // Other plugins' and the checkout's own notes differ in number.
      assert.deepEqual(
        namesIn({ ...now, meta_data: [], line_items: [] }),
        namesIn({ ...order, meta_data: [], line_items: [] }),
      );
      const [line] = rowsOf(now, 'line_items');
      const [recorded] = rowsOf(order, 'line_items');
      assert.deepEqual(
        namesIn({ ...line, meta_data: [] }),
        namesIn({ ...recorded, meta_data: [] }),
      );
    }));
});

/** The body that makes an order of the recorded one's lines. */
function orderBody(order: Fields, more: Fields): Fields {
  return {
    billing: partOf(order, 'billing'),
    shipping: partOf(order, 'shipping'),
    payment_method: textOf(order, 'payment_method'),
    payment_method_title: textOf(order, 'payment_method_title'),
    meta_data: rowsOf(order, 'meta_data').map(({ key, value }) => ({ key, value })),
    line_items: rowsOf(order, 'line_items').map((line) => ({
      product_id: line['product_id'],
      quantity: line['quantity'],
    })),
    shipping_lines: rowsOf(order, 'shipping_lines').map((line) => ({
      method_id: line['method_id'],
      method_title: line['method_title'],
      total: line['total'],
    })),
    fee_lines: rowsOf(order, 'fee_lines').map((fee) => ({
      name: fee['name'],
      total: fee['total'],
      tax_status: fee['tax_status'],
    })),
    ...more,
  };
}

describe('orders that were made through the API', () => {
  const cases: readonly (readonly [name: string, more: (order: Fields) => Fields])[] = [
    ['order-excl-fees', () => ({ status: 'processing', customer_id: 2, transaction_id: 'TX-1' })],
    ['order-excl-eu-company-vat-exempt', () => ({ set_paid: true })],
    [
      'order-excl-currency-eur',
      () => ({
        currency: 'EUR',
        status: 'completed',
        line_items: [{ product_id: 10, quantity: 1, subtotal: '18.00', total: '18.00' }],
      }),
    ],
    [
      'order-zero-total-coupon100',
      () => ({ set_paid: true, coupon_lines: [{ code: 'allt1795304098616' }] }),
    ],
  ];
  for (const [name, more] of cases) {
    test(name, () =>
      inShop(recordingOf(name), async (client) => {
        const { order } = recordingOf(name);
        const made = await client.post('orders', orderBody(order, more(order)));
        assert.equal(made.status, 201, made.text);
        assert.deepEqual(withoutOwn(made.body), withoutOwn(order));
        assert.equal(made.body['date_paid'] === null, order['date_paid'] === null);
      }),
    );
  }

  test('a gift card plugin takes off the total what no line says', () =>
    inShop(recordingOf('order-simulated-yith-giftcard-total-reduced'), async (client) => {
      const { order } = recordingOf('order-simulated-yith-giftcard-total-reduced');
      const { shop } = client.simulator;
      const id = shop.buy({ ...purchaseOf(order), payment: 'stripe' });
      // 596.99 is what the lines come to.
      shop.takeOffTotal({ id, amount: '100' });
      const { body } = await client.get(`orders/${id}`);
      assert.equal(body['total'], '496.99');
      for (const name of ['line_items', 'tax_lines', 'total', 'total_tax', 'status']) {
        assert.deepEqual(withoutOwn(body[name]), withoutOwn(order[name]), name);
      }
    }));
});

describe('refunds that were recorded', () => {
  test('of a piece, of an amount, and of the shipping', () =>
    inShop(recordingOf('order-excl-refunds-partial-amount-shipping'), async (client) => {
      const { order, refunds } = recordingOf('order-excl-refunds-partial-amount-shipping');
      const id = client.simulator.shop.buy(purchaseOf(order));
      await client.put(`orders/${id}`, { status: 'processing' });
      const before = (await client.get(`orders/${id}`)).body;
      // The API lists the latest first.
      for (const refund of [...refunds].reverse()) {
        const made = await client.post(`orders/${id}/refunds`, refundBody(refund, before));
        assert.deepEqual(withoutOwn(made.body), withoutOwn(refund));
        assert.deepEqual(rowsOf(made.body, 'meta_data')[0]?.['value'], 'partial');
      }
      const { body } = await client.get(`orders/${id}`);
      assert.deepEqual(
        rowsOf(body, 'refunds').map(({ total, total_tax, reason }) => [total, total_tax, reason]),
        [
          ['-223.87', '-44.77', 'En lampa trasig'],
          ['-25.00', '0.00', 'Goodwill, bara belopp'],
          ['-49.00', '-9.80', 'Frakt tillbaka'],
        ],
      );
      assert.equal(body['status'], 'processing');
      assert.equal(body['total'], '1105.70');
    }));

  test('of all that is left, because the status was set', () =>
    inShop(recordingOf('order-excl-refund-full-by-status'), async (client) => {
      const { order, refunds } = recordingOf('order-excl-refund-full-by-status');
      const id = client.simulator.shop.buy(purchaseOf(order));
      await client.put(`orders/${id}`, { status: 'completed' });
      await client.put(`orders/${id}`, { status: 'refunded' });
      const { body } = await client.get(`orders/${id}`);
      assert.deepEqual(withoutOwn(body), withoutOwn(order));
      const { list } = await client.get(`orders/${id}/refunds`);
      assert.deepEqual(withoutOwn(list), withoutOwn(refunds));
      assert.equal(rowsOf(list[0] ?? {}, 'meta_data')[0]?.['value'], 'full');
      assert.equal(body['date_paid'], body['date_completed']);
    }));
});
