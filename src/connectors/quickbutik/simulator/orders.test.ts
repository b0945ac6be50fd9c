import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DEFAULT_CHOICES } from './choices.ts';
import type { QuickbutikSimulator } from './simulator.ts';
import { COFFEE_SHOP, MORNING_MS, startTestSimulator, visitIn, type Visit } from './test-client.ts';
import { rowsOf, type Fields } from './wire/fields.ts';

const HOUR_MS = 3_600_000;

let simulator: QuickbutikSimulator;
let visit: Visit;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  simulator.clock.moveTo(MORNING_MS);
  simulator.setChoices(DEFAULT_CHOICES);
  visit = visitIn(simulator);
});
after(() => simulator.stop());

/** Orders 10482, 10483 … an hour apart, of 1, 2 … sweaters at 299. */
function sell(count: number, isPaid = true): number[] {
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) simulator.clock.advance(HOUR_MS);
    return visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: index + 1 }], isPaid });
  });
}

async function ids(path: string): Promise<unknown[]> {
  return (await visit.get(path)).rows.map((row) => row['order_id']);
}

describe('GET /orders', () => {
  test('shows four fields unless details are asked for', async () => {
    sell(1);
    assert.deepEqual((await visit.get('orders')).rows, [
      {
        order_id: '10482',
        date_created: '2026-05-04 10:15:02',
        total_amount: '299.00',
        status: '1',
      },
    ]);
  });

  test('is sorted by number, latest first, and otherwise as asked', async () => {
    sell(3);
    assert.deepEqual(await ids('orders'), ['10484', '10483', '10482']);
    assert.deepEqual(await ids('orders?sort_order=asc'), ['10482', '10483', '10484']);
    visit.shop.edit(10_483, { discount: '590' });
    assert.deepEqual(await ids('orders?order_by=price'), ['10484', '10482', '10483']);
    assert.deepEqual(await ids('orders?order_by=date&sort_order=asc'), ['10482', '10483', '10484']);
  });

  test('pages by offset and limit, and answers 404 past the end', async () => {
    sell(5);
    assert.deepEqual(await ids('orders?limit=2&offset=0'), ['10486', '10485']);
    assert.deepEqual(await ids('orders?limit=2&offset=4'), ['10482']);
    const beyond = await visit.get('orders?limit=2&offset=5');
    assert.equal(beyond.status, 404);
    assert.equal(beyond.text, '{"code":404,"error":"Resource not found"}');
  });

  test('moves orders between pages when one comes in meanwhile', async () => {
    sell(4);
    const first = await ids('orders?limit=2&offset=0');
    sell(1);
    const second = await ids('orders?limit=2&offset=2');
    assert.deepEqual(
      [first, second],
      [
        ['10485', '10484'],
        ['10484', '10483'],
      ],
    );
  });

  test('gives a thousand at once, and no more', async () => {
    for (let n = 0; n < 1_001; n += 1) visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
    assert.equal((await ids('orders')).length, 1_000);
    assert.deepEqual(await ids('orders?offset=1000'), ['10482']);
    for (const wrong of ['limit=1001', 'limit=0', 'offset=-1', 'limit=ten', 'order_by=name']) {
      assert.equal((await visit.get(`orders?${wrong}`)).status, 400, wrong);
    }
    simulator.setChoices({ limits: 'capped' });
    assert.equal((await visit.get('orders?limit=1001')).status, 200);
  });

  test('answers 404, or an empty list, when nothing matches', async () => {
    assert.equal((await visit.get('orders')).status, 404);
    assert.equal((await visit.get('orders?order_id=1')).status, 404);
    simulator.setChoices({ noOrders: 'empty-list' });
    const reply = await visit.get('orders');
    assert.deepEqual([reply.status, reply.text], [200, '[]']);
  });

  test('is a list also of one order', async () => {
    const [, second] = sell(2);
    assert.deepEqual(await ids(`orders?order_id=${second}`), ['10483']);
  });

  test('finds by status', async () => {
    sell(1, false);
    const [, sent = 0, dropped = 0] = [sell(1), ...sell(2)].flat();
    visit.shop.send(sent);
    visit.shop.cancel(dropped);
    assert.deepEqual(await ids('orders?status=unpaid'), ['10482']);
    assert.deepEqual(await ids('orders?status=paid'), ['10483']);
    assert.deepEqual(await ids('orders?status=done'), ['10484']);
    assert.deepEqual(await ids('orders?status=cancelled'), ['10485']);
    assert.equal((await visit.get('orders?status=odd')).status, 400);
  });

  test('finds by UNIX seconds of payment and of the last status', async () => {
    const [first = 0] = sell(3);
    sell(1, false);
    const second = MORNING_MS / 1_000 + 3_600;
    assert.deepEqual(await ids(`orders?from_date_paid=${second}`), ['10484', '10483']);
    assert.deepEqual(await ids(`orders?to_date_paid=${second}`), ['10483', '10482']);
    const since = MORNING_MS / 1_000 + 3 * 3_600;
    assert.equal((await visit.get(`orders?from_status_date=${since}`)).status, 404);
    simulator.clock.advance(HOUR_MS);
    visit.shop.send(first);
    assert.deepEqual(await ids(`orders?from_status_date=${since}`), ['10482']);
  });

  test('says nothing of edits and refunds in the date of the status', async () => {
    const [first = 0] = sell(1);
    simulator.clock.advance(HOUR_MS);
    const since = (MORNING_MS + HOUR_MS) / 1_000;
    visit.shop.refund(first, { amount: '10' });
    visit.shop.edit(first, { discount: '10' });
    assert.equal((await visit.get(`orders?from_status_date=${since}`)).status, 404);
    simulator.setChoices({ statusDate: 'any-change' });
    visit.shop.edit(first, { notes: 'Ring först' });
    assert.deepEqual(await ids(`orders?from_status_date=${since}`), ['10482']);
  });
});

describe('a shop with a past', () => {
  test('has sold what it was seeded with, and told nobody', async () => {
    const told = simulator.webhooks.list().length;
    const old = visitIn(simulator, {
      ...COFFEE_SHOP,
      webhookUrls: ['http://127.0.0.1:1/'],
      orders: [
        { placedAt: '2026-03-31 23:59:59', lines: [{ sku: 'KAF-500', qty: 1 }], isSent: true },
        { placedAt: '2026-04-01 00:00:00', lines: [{ sku: 'TRO-1', qty: 1 }], isPaid: false },
      ],
    });
    const first = await old.order(10_482);
    assert.deepEqual([first['date_paid'], first['status']], ['2026-03-31 23:59:59', '2']);
    assert.equal((await old.order(10_483))['status'], '-1');
    assert.equal(simulator.webhooks.list().length, told);
    const impossible = [{ placedAt: '2026-02-30 10:00:00', lines: [{ sku: 'TRO-1', qty: 1 }] }];
    assert.throws(() => visitIn(simulator, { ...COFFEE_SHOP, orders: impossible }), /not a moment/);
  });
});

describe('an order as it is spelt', () => {
  test('numbers its statuses, but for one that nobody knows', async () => {
    const [id = 0] = sell(1, false);
    const status = async (): Promise<unknown> => (await visit.order(id))['status'];
    assert.equal(await status(), '-1');
    visit.shop.pay(id);
    assert.equal(await status(), '1');
    visit.shop.send(id);
    assert.equal(await status(), '2');
    visit.shop.cancel(id);
    assert.equal(await status(), '3');
    simulator.setChoices({ cancelledStatus: '-2' });
    assert.equal(await status(), '-2');
  });

  test('has times without a zone, and none before it is paid', async () => {
    // A night in October has this hour twice: 02:30 in summer time, and again an hour later.
    simulator.clock.moveTo(Date.UTC(2026, 9, 25, 0, 30));
    const [early = 0] = sell(1, false);
    simulator.clock.advance(HOUR_MS);
    const [late = 0] = sell(1, false);
    assert.equal((await visit.order(early))['date_created'], '2026-10-25 02:30:00');
    assert.equal((await visit.order(late))['date_created'], '2026-10-25 02:30:00');
    assert.equal((await visit.order(late))['date_paid'], null);
  });

  test('stays sent when an invoice is paid afterwards', async () => {
    const [id = 0] = sell(1, false);
    visit.shop.send(id);
    simulator.clock.advance(HOUR_MS);
    visit.shop.pay(id);
    const order = await visit.order(id);
    assert.deepEqual([order['status'], order['date_paid']], ['2', '2026-05-04 11:15:02']);
  });

  test('has ids and quantities as texts or as numbers', async () => {
    const id = visit.shop.buy({
      lines: [
        { sku: 'TRO-1', qty: 2 },
        { sku: 'KVARN-SV', qty: 3 },
      ],
    });
    const lines = async (): Promise<unknown[]> =>
      rowsOf(await visit.order(id), 'products').map((line) => [
        line['product_id'],
        line['variant_id'],
        line['qty'],
      ]);
    assert.deepEqual(await lines(), [
      [512, 0, '2'],
      [402, 77, '3'],
    ]);
    simulator.setChoices({ ids: 'text', quantities: 'mixed' });
    assert.deepEqual(await lines(), [
      ['512', '0', '2'],
      ['402', '77', 3],
    ]);
  });

  test('has no VAT rate on a line and no organisation number on a customer', async () => {
    const [id = 0] = sell(1);
    const order = await visit.order(id);
    assert.ok(!JSON.stringify(order).includes('rate'));
    assert.ok(!Object.keys(order['customer'] as Fields).some((name) => name.includes('org')));
    assert.equal(order['tax_amount'], '59.80');
  });

  test('shows components of a bundle only when apps are loaded', async () => {
    const id = visit.shop.buy({ lines: [{ sku: 'PAKET-1', qty: 1 }] });
    const [plain] = rowsOf(await visit.order(id), 'products');
    const [loaded] = rowsOf(await visit.order(id, '&apps_load=true'), 'products');
    assert.equal(plain?.['app'], undefined);
    assert.equal(rowsOf(loaded?.['app'] as Fields, 'productpackages').length, 2);
    simulator.setChoices({ bundles: 'always' });
    assert.notEqual(rowsOf(await visit.order(id), 'products')[0]?.['app'], undefined);
  });

  test('keeps the case of an e-mail address as it was typed', async () => {
    const buy = (email: string): number =>
      visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }], customer: { email } });
    const [first, second] = [buy('Eva@Example.se'), buy('eva@example.se')];
    const emailOf = async (id: number): Promise<unknown> =>
      ((await visit.order(id))['customer'] as Fields)['email'];
    assert.deepEqual(
      [await emailOf(first), await emailOf(second)],
      ['Eva@Example.se', 'eva@example.se'],
    );
  });
});

describe('refunds', () => {
  test('stand in the order with time and amount, and name no line', async () => {
    const [id = 0] = sell(1);
    visit.shop.refund(id, { amount: '99.50', returned: [{ sku: 'TRO-1', qty: 1 }] });
    const order = await visit.order(id);
    assert.deepEqual(order['refunds'], [
      { id: '55', date_created: '2026-05-04 10:15:02', amount: '99.50' },
    ]);
    assert.deepEqual([order['total_amount'], order['total_pay_amount']], ['299.00', '299.00']);
    assert.equal(visit.shop.stock('TRO-1'), 10);
  });

  test('may have no id, and may lower what is to be paid', async () => {
    const [id = 0] = sell(1);
    visit.shop.refund(id, { amount: '99.50' });
    simulator.setChoices({ refundIds: 'absent', refundedAmounts: 'deducted' });
    const order = await visit.order(id);
    assert.deepEqual(order['refunds'], [{ date_created: '2026-05-04 10:15:02', amount: '99.50' }]);
    assert.deepEqual([order['total_amount'], order['total_pay_amount']], ['299.00', '199.50']);
  });

  test('never exceed what was paid', () => {
    const [id = 0] = sell(1);
    visit.shop.refund(id, { amount: '200' });
    assert.throws(() => visit.shop.refund(id, { amount: '100' }), /99\.00 is left/);
    const [unpaid = 0] = sell(1, false);
    assert.throws(() => visit.shop.refund(unpaid, { amount: '1' }), /is not paid/);
  });
});
