import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { DEFAULT_CHOICES } from '../choices.ts';
import type { QuickbutikSimulator } from '../simulator.ts';
import {
  startListener,
  startTestSimulator,
  visitIn,
  type Listener,
  type Visit,
} from '../test-client.ts';

let simulator: QuickbutikSimulator;
let visit: Visit;
let listener: Listener;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  simulator.setChoices(DEFAULT_CHOICES);
  simulator.webhooks.faults.clear();
  listener = await startListener();
  visit = visitIn(simulator);
  visit.shop.listen(listener.url);
});
afterEach(() => listener.stop());
after(() => simulator.stop());

function buy(isPaid = true): number {
  return visit.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }], isPaid });
}

/** What was heard, without method and path: `order.new 10482`. */
async function heard(): Promise<string[]> {
  await simulator.webhooks.settled();
  return listener.heard.map((said) => {
    const query = new URLSearchParams(said.slice(said.indexOf('event_type=')));
    return `${query.get('event_type')} ${query.get('order_id') ?? query.get('product_id')}`;
  });
}

describe('webhooks', () => {
  test('tell of orders that are paid, sent and cancelled', async () => {
    const id = buy();
    await heard();
    visit.shop.send(id);
    await heard();
    visit.shop.cancel(id);
    assert.deepEqual(await heard(), [
      'order.new 10482',
      'order.done 10482',
      'order.cancelled 10482',
    ]);
  });

  test('tell nothing of an order before it is paid, unless chosen', async () => {
    const id = buy(false);
    assert.deepEqual(await heard(), []);
    visit.shop.pay(id);
    assert.deepEqual(await heard(), ['order.new 10482']);
    simulator.setChoices({ unpaidOrders: 'told' });
    buy(false);
    assert.deepEqual(await heard(), ['order.new 10482', 'order.new 10483']);
  });

  test('tell nothing of edits and refunds', async () => {
    const id = buy();
    visit.shop.edit(id, { discount: '10' });
    visit.shop.refund(id, { amount: '10' });
    assert.deepEqual(await heard(), ['order.new 10482']);
  });

  test('tell of products, also of what a client itself has written', async () => {
    visit.shop.addProduct({ id: 9, title: 'Kopp', price: '50' });
    await heard();
    await visit.put('products', [{ product_id: 9, stock: 3 }]);
    await heard();
    visit.shop.removeProduct(9);
    assert.deepEqual(await heard(), ['product.add 9', 'product.update 9', 'product.delete 9']);
  });

  test('tell nothing of stock that was sold, unless chosen', async () => {
    buy();
    assert.deepEqual(await heard(), ['order.new 10482']);
    simulator.setChoices({ soldStock: 'told' });
    buy();
    assert.deepEqual((await heard()).sort(), [
      'order.new 10482',
      'order.new 10483',
      'product.update 512',
    ]);
  });

  test('are not sent when a client asks for silence', async () => {
    const [sent, dropped] = [buy(), buy()];
    await heard();
    await visit.put('orders', [
      { order_id: sent, status: 'done', skip_webhook: 'true' },
      { order_id: dropped, status: 'cancelled', skip_webhook: 'true' },
    ]);
    assert.deepEqual((await heard()).sort(), ['order.new 10482', 'order.new 10483']);
  });

  test('come as a GET with a query, or as a POST with a form; unsigned both', async () => {
    buy();
    await heard();
    simulator.setChoices({ webhooks: 'post' });
    buy();
    await heard();
    assert.deepEqual(listener.heard, [
      'GET /hook?event_type=order.new&order_id=10482',
      'POST /hook event_type=order.new&order_id=10483',
    ]);
  });

  test('keep a query that the address has already', async () => {
    visit.shop.listen(`${listener.url}?token=t`);
    buy();
    await heard();
    assert.deepEqual(listener.heard, ['GET /hook?token=t&event_type=order.new&order_id=10482']);
  });

  test('get lost, and nothing tells', async () => {
    simulator.webhooks.faults.add({ fault: { kind: 'lost' }, event: 'order.new' });
    buy();
    buy();
    assert.deepEqual(await heard(), ['order.new 10483']);
    assert.equal(simulator.webhooks.list().at(-2)?.outcome, 'lost');
  });

  test('come twice', async () => {
    simulator.webhooks.faults.add({ fault: { kind: 'twice' } });
    buy();
    assert.deepEqual(await heard(), ['order.new 10482', 'order.new 10482']);
  });

  test('come late, past those that came after', async () => {
    simulator.webhooks.faults.add({ fault: { kind: 'late', ms: 60_000 } });
    const id = buy();
    visit.shop.send(id);
    assert.deepEqual(await heard(), ['order.done 10482']);
    simulator.clock.advance(60_000);
    assert.deepEqual(await heard(), ['order.done 10482', 'order.new 10482']);
  });

  test('are not sent again to somebody who is down or says no', async () => {
    const refusing = await startListener(503);
    visit.shop.listen(refusing.url);
    buy();
    await simulator.webhooks.settled();
    await refusing.stop();
    buy();
    await simulator.webhooks.settled();
    assert.deepEqual(
      simulator.webhooks
        .list()
        .slice(-2)
        .map(({ outcome }) => outcome),
      [503, 'unanswered'],
    );
    assert.equal(refusing.heard.length, 1);
  });

  test('fall by chance, the same each time for the same seed', async () => {
    const outcomes = async (): Promise<string> => {
      const other = await startTestSimulator({ seed: 7 });
      const there = visitIn(other);
      there.shop.listen(listener.url);
      other.webhooks.faults.add({ fault: { kind: 'lost' }, times: 'always', chance: 0.5 });
      for (let n = 0; n < 20; n += 1) there.shop.buy({ lines: [{ sku: 'TRO-1', qty: 1 }] });
      await other.stop();
      return other.webhooks
        .list()
        .map(({ outcome }) => outcome)
        .join(' ');
    };
    const first = await outcomes();
    assert.match(first, /lost/);
    assert.match(first, /200/);
    assert.equal(await outcomes(), first);
  });
});
