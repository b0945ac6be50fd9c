import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { partOf, textOf, type Fields } from '../api/fields.ts';
import { recordedHooks } from '../recordings-for-test.ts';
import { clientOf, startTestShop, type Client } from '../test-client.ts';
import { startListener, type Listener } from './hook-listener-for-test.ts';
import { signatureOf } from './hook-queue.ts';

let client: Client;
let listener: Listener;
beforeEach(async () => {
  listener = await startListener();
  client = clientOf(
    await startTestShop({
      shop: { products: [{ name: 'Knäcke', sku: 'K', regularPrice: '54', stockQuantity: 100 }] },
    }),
  );
});
afterEach(async () => {
  await client.simulator.stop();
  await listener.stop();
});

const SECRET = 'hemlig-nyckel';

async function hook(topic: string, more: Fields = {}): Promise<number> {
  const body = { name: topic, topic, delivery_url: listener.url, secret: SECRET, ...more };
  const made = await client.post('webhooks', body);
  assert.equal(made.status, 201, made.text);
  await client.simulator.shop.runHooks();
  return Number(made.body['id']);
}

function buy(): number {
  return client.simulator.shop.buy({ lines: [{ sku: 'K', quantity: 1 }] });
}

/** Topics and ids of what was received after the ping. */
function received(): string[] {
  return listener.got
    .filter(({ headers }) => headers['x-wc-webhook-topic'] !== undefined)
    .map(({ headers, body }) => `${String(headers['x-wc-webhook-topic'])} ${String(body['id'])}`);
}

async function statusOf(id: number): Promise<unknown> {
  return (await client.get(`webhooks/${id}`)).body['status'];
}

describe('a new hook', () => {
  test('is pinged with a form that nobody signed', async () => {
    const id = await hook('order.created');
    const [ping] = listener.got;
    assert.equal(ping?.raw, `webhook_id=${id}`);
    assert.equal(ping?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(ping?.headers['x-wc-webhook-signature'], undefined);
  });

  test('does not show its secret, nor how often it has failed', async () => {
    const { body } = await client.get(`webhooks/${await hook('order.created')}`);
    assert.deepEqual(
      Object.keys(body).filter((name) => /secret|fail/.test(name)),
      [],
    );
    assert.deepEqual([body['resource'], body['event']], ['order', 'created']);
  });

  test('needs a topic and an address that there are', async () => {
    const none = await client.post('webhooks', {});
    assert.deepEqual(
      [none.status, none.message],
      [400, 'Missing parameter(s): topic, delivery_url'],
    );
    const odd = await client.post('webhooks', {
      topic: 'order.refunded',
      delivery_url: listener.url,
    });
    assert.equal(odd.code, 'woocommerce_rest_shop_webhook_invalid_topic');
  });
});

describe('a delivery', () => {
  test('is what the API says of the object, signed to the byte', async () => {
    const id = await hook('order.created');
    const order = buy();
    await client.simulator.shop.runHooks();
    const delivery = listener.got.at(-1);
    assert.ok(delivery);
    const { headers, raw } = delivery;
    assert.equal(raw, (await client.get(`orders/${order}`)).text);
    const mac = createHmac('sha256', SECRET).update(raw).digest('base64');
    assert.equal(headers['x-wc-webhook-signature'], mac);
    assert.equal(headers['x-wc-webhook-source'], `${client.simulator.url}/`);
    assert.equal(headers['x-wc-webhook-id'], String(id));
    assert.equal(headers['x-wc-webhook-resource'], 'order');
    assert.equal(headers['user-agent'], 'WooCommerce/11.0.1 Hookshot (WordPress/7.0.4)');
    assert.match(String(headers['x-wc-webhook-delivery-id']), /^[0-9a-f]{32}$/);
  });

  test('waits for cron, for as long as it takes', async () => {
    await hook('order.created');
    buy();
    assert.deepEqual(received(), []);
    assert.equal(client.simulator.shop.pendingHooks().length, 1);
  });

  test('of many orders in one second has one delivery id', async () => {
    await hook('order.created');
    const orders = [buy(), buy(), buy()];
    await client.simulator.shop.runHooks();
    assert.deepEqual(
      received(),
      orders.map((id) => `order.created ${id}`),
    );
    const ids = new Set(
      listener.got.slice(1).map((one) => one.headers['x-wc-webhook-delivery-id']),
    );
    assert.equal(ids.size, 1);
  });

  test('of an update comes before that of the creation, and both say the same', async () => {
    await hook('order.created');
    await hook('order.updated');
    const id = buy();
    await client.simulator.shop.runHooks();
    assert.deepEqual(received(), [`order.updated ${id}`, `order.created ${id}`]);
    const [first, second] = listener.got.slice(-2);
    assert.equal(first?.raw, second?.raw);
  });

  test('says how the object is when it is sent, and many changes are one', async () => {
    await hook('order.created');
    await hook('order.updated');
    const id = buy();
    client.simulator.shop.setStatus({ id, status: 'completed' });
    client.simulator.shop.refund({ orderId: id, amount: '54.00' });
    await client.simulator.shop.runHooks();
    assert.deepEqual(received(), [`order.updated ${id}`, `order.created ${id}`]);
    assert.equal(listener.got.at(-1)?.body['status'], 'refunded');
  });

  test('of what is gone, or may not be seen, is a refusal with a good signature', async () => {
    await hook('product.updated');
    await hook('order.updated');
    const id = client.simulator.shop.addProduct({ name: 'Tillfällig', regularPrice: '1' });
    await client.put(`products/${id}`, {});
    client.simulator.shop.deleteProduct(id);
    const order = buy();
    await client.simulator.shop.runHooks();
    const gone = listener.got.find(({ body }) => body['code'] !== undefined);
    assert.deepEqual(gone?.body, {
      code: 'woocommerce_rest_product_invalid_id',
      message: 'Invalid ID.',
      data: { status: 404 },
    });
    assert.equal(gone?.headers['x-wc-webhook-signature'], signatureOf(gone?.raw ?? '', SECRET));
    client.simulator.shop.setStatus({ id: order, status: 'completed' });
    client.simulator.shop.loseRights(client.keys.id);
    await client.simulator.shop.runHooks();
    assert.deepEqual(listener.got.at(-1)?.body, {
      code: 'woocommerce_rest_cannot_view',
      message: 'Sorry, you cannot view this resource.',
      data: { status: 401 },
    });
  });

  test('reads entities in a secret as letters', async () => {
    assert.equal(signatureOf('x', 'a&amp;b'), signatureOf('x', 'a&b'));
  });

  test('can be set to come twice, the wrong way round, and as it was', async () => {
    const { simulator } = client;
    await hook('order.updated');
    simulator.setChoices({ hookBodies: 'as-raised', hookOrder: 'reversed', hookCopies: 2 });
    const id = buy();
    simulator.shop.setStatus({ id, status: 'completed' });
    await simulator.shop.runHooks();
    assert.deepEqual(
      listener.got.slice(1).map(({ body }) => body['status']),
      ['completed', 'completed', 'on-hold', 'on-hold'],
    );
  });

  test('is sent at once, or by the clock, where the shop has such a cron', async () => {
    const simulator = await startTestShop({ choices: { cron: { everyMs: 60_000 } } });
    const other = clientOf(simulator);
    await other.post('webhooks', { topic: 'customer.created', delivery_url: listener.url });
    simulator.shop.addCustomer({ email: 'a@example.test' });
    simulator.clock.advance(60_000);
    await simulator.shop.runHooks();
    assert.equal(received().length, 1);
    simulator.setChoices({ cron: 'at-once' });
    simulator.shop.addCustomer({ email: 'b@example.test' });
    await simulator.shop.runHooks();
    assert.equal(received().length, 2);
    await simulator.stop();
  });
});

describe('what is told of', () => {
  const topics = [
    'order.created',
    'order.updated',
    'order.deleted',
    'order.restored',
    'product.updated',
    'product.deleted',
  ];

  async function toldOf(act: (order: number) => unknown): Promise<string[]> {
    for (const topic of topics) await hook(topic);
    const order = buy();
    await client.simulator.shop.runHooks();
    listener.got.splice(0);
    await act(order);
    await client.simulator.shop.runHooks();
    return received().map((said) => said.replace(String(order), 'ORDER'));
  }

  const cases: readonly (readonly [string, (order: number) => unknown, string[]])[] = [
    [
      'a new order takes stock',
      () => buy(),
      ['product.updated 10', 'order.updated 12', 'order.created 12'],
    ],
    ['an empty change', (id) => client.put(`orders/${id}`, {}), ['order.updated ORDER']],
    ['an empty change of a product', () => client.put('products/10', {}), ['product.updated 10']],
    ['a note', (id) => client.post(`orders/${id}/notes`, { note: 'x' }), []],
    [
      'a refund',
      (id) => client.simulator.shop.refund({ orderId: id, amount: '1' }),
      ['order.updated ORDER'],
    ],
    [
      'a deleted refund',
      async (id) => {
        const refund = client.simulator.shop.refund({ orderId: id, amount: '1' });
        await client.simulator.shop.runHooks();
        listener.got.splice(0);
        client.simulator.shop.deleteRefund(refund);
      },
      [],
    ],
    ['the trash', (id) => client.delete(`orders/${id}`), ['order.deleted ORDER']],
    ['deletion for good', (id) => client.delete(`orders/${id}?force=true`), []],
    [
      'a way out of the trash by the status',
      async (id) => {
        await client.delete(`orders/${id}`);
        await client.simulator.shop.runHooks();
        listener.got.splice(0);
        await client.put(`orders/${id}`, { status: 'processing' });
      },
      [],
    ],
    [
      'a way out of the trash by the can',
      async (id) => {
        await client.delete(`orders/${id}`);
        client.simulator.shop.restore(id);
      },
      ['order.deleted ORDER', 'order.restored ORDER'],
    ],
  ];
  for (const [title, act, told] of cases) {
    test(title, async () => assert.deepEqual(await toldOf(act), told));
  }

  test('among posts, an order in the trash is a product that was deleted too', async () => {
    const posts = clientOf(await startTestShop({ shop: { storage: 'posts' } }));
    for (const topic of topics) {
      await posts.post('webhooks', { topic, delivery_url: listener.url, secret: SECRET });
    }
    const { body } = await posts.post('orders', {});
    await posts.simulator.shop.runHooks();
    listener.got.splice(0);
    await posts.delete(`orders/${String(body['id'])}`);
    await posts.simulator.shop.runHooks();
    const id = String(body['id']);
    assert.deepEqual(received(), [`order.deleted ${id}`, `product.deleted ${id}`]);
    assert.equal(listener.got.at(-1)?.raw, `{"id":${id}}`);
    await posts.put(`orders/${id}`, { status: 'processing' });
    await posts.simulator.shop.runHooks();
    assert.equal(received().at(-1), `order.updated ${id}`, 'and its way back is told of');
    await posts.simulator.stop();
  });
});

describe('failures', () => {
  async function fail(times: number): Promise<void> {
    for (let at = 0; at < times; at += 1) {
      buy();
      await client.simulator.shop.runHooks();
    }
  }

  test('are not tried again; the seventh in a row disables the hook without a word', async () => {
    const id = await hook('order.created');
    listener.answers(500);
    await fail(6);
    assert.equal(await statusOf(id), 'active');
    await fail(1);
    assert.equal(await statusOf(id), 'disabled');
    assert.equal(received().length, 7, 'each was sent once');
  });

  test('are forgotten after a delivery that was taken; a redirect is one', async () => {
    const id = await hook('order.created');
    listener.answers(500);
    await fail(6);
    listener.answers(302);
    await fail(1);
    listener.answers(303);
    await fail(6);
    assert.equal(await statusOf(id), 'active');
  });

  test('lose what happens while a hook is disabled: it comes back without a ping', async () => {
    const id = await hook('order.created');
    await client.put(`webhooks/${id}`, { status: 'disabled' });
    buy();
    await client.put(`webhooks/${id}`, { status: 'active' });
    await client.simulator.shop.runHooks();
    assert.equal(listener.got.length, 1, 'the ping of its making');
    buy();
    await client.simulator.shop.runHooks();
    assert.equal(received().length, 1);
  });

  test('are all there is for a receiver that is not on the open network', async () => {
    const id = await hook('order.created');
    client.simulator.setChoices({ hookAddresses: 'public' });
    await fail(7);
    assert.deepEqual(received(), []);
    assert.equal(await statusOf(id), 'disabled');
    assert.equal(client.simulator.shop.deliveries().at(-1)?.status, 0);
  });
});

describe('hooks that were recorded', () => {
  const recorded = recordedHooks();

  // The recordings say which signature fits; the secret itself was not kept.
  for (const [at, one] of recorded.entries()) {
    const headers = partOf(one, 'headers');
    const topic = textOf(headers, 'x-wc-webhook-topic') || 'ping';
    test(`${at + 1}: ${topic} has the headers of ours`, async () => {
      const [resource = '', event = ''] = topic.split('.');
      await hook(topic === 'ping' ? 'order.created' : topic);
      if (topic !== 'ping') await cause(resource, event);
      await client.simulator.shop.runHooks();
      const ours = topic === 'ping' ? listener.got[0] : listener.got.at(-1);
      const skip = new Set(['host', 'content-length']);
      const names = (all: Fields): string[] => Object.keys(all).filter((name) => !skip.has(name));
      assert.deepEqual(names((ours?.headers ?? {}) as Fields).sort(), names(headers).sort());
      for (const name of ['user-agent', 'accept-encoding', 'content-type', 'x-wc-webhook-topic']) {
        assert.equal(ours?.headers[name], headers[name], name);
      }
    });
  }

  async function cause(resource: string, event: string): Promise<void> {
    const { shop } = client.simulator;
    if (resource === 'customer') {
      const id = shop.addCustomer({ email: 'k@example.test' });
      await client.put(`customers/${id}`, {});
    } else if (resource === 'coupon') shop.addCoupon({ code: 'ny' });
    else if (resource === 'product') {
      const { body } = await client.post('products', { name: 'Ny' });
      assert.ok(body['id']);
    } else {
      const id = buy();
      if (event === 'deleted') await client.delete(`orders/${id}`);
    }
  }
});
