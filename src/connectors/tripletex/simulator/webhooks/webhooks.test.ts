import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { TripletexSimulator } from '../simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client } from '../test-client.ts';
import type { Fields } from '../wire/record.ts';

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string };

let simulator: TripletexSimulator;
let listener: Server;
let targetUrl = '';
let status = 200;
const heard: Heard[] = [];

before(async () => {
  simulator = await startTestSimulator();
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  targetUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  heard.length = 0;
  status = 200;
});
after(async () => {
  await simulator.stop();
  listener.closeAllConnections();
  listener.close();
});

async function subscribed(event: string, more: Fields = {}): Promise<Client> {
  const client = clientIn(simulator);
  const reply = await client.post('/event/subscription', { event, targetUrl, ...more });
  assert.equal(reply.status, 201, reply.text);
  return client;
}

describe('webhooks', () => {
  test('carry the object, signed with the shared secret', async () => {
    const secrets = { hmacSharedSecret: 's3', authHeaderName: 'X-Key', authHeaderValue: 'abc' };
    const client = await subscribed('order.create', {
      ...secrets,
      fields: 'number,customer(name)',
    });
    const customer = { id: idOf(await client.post('/customer', { name: 'K' })) };
    const id = idOf(await client.post('/order', { customer }));
    await simulator.webhooksSettled();
    const [call] = heard;
    assert.equal(heard.length, 1);
    const sent = JSON.parse(call?.body ?? '');
    assert.deepEqual(sent.value, { number: '1', customer: { name: 'K' } });
    assert.deepEqual([sent.event, sent.id], ['order.create', id]);
    assert.equal(call?.headers['x-key'], 'abc');
    const text = `${String(call?.headers['idempotency-key'])}&${call?.body}`;
    const signature = createHmac('sha512', 's3').update(text).digest('base64');
    assert.equal(call?.headers['x-request-signature'], signature);
  });

  test('of deletions carry no object', async () => {
    const client = await subscribed('customer.delete');
    const id = idOf(await client.post('/customer', { name: 'K' }));
    await client.delete(`/customer/${id}`);
    await simulator.webhooksSettled();
    const { value, id: told } = JSON.parse(heard[0]?.body ?? '{}');
    assert.deepEqual([value, told], [null, id]);
  });

  test('tell that an invoice is charged, and that it is paid', async () => {
    const client = await subscribed('invoice.charged');
    await client.post('/event/subscription', { event: 'closeGroup.create', targetUrl });
    const customer = { id: idOf(await client.post('/customer', { name: 'K' })) };
    const orderLines = [{ description: 'Vare', count: 1, unitPriceExcludingVatCurrency: 80 }];
    const order = idOf(await client.post('/order', { customer, orderLines }));
    const [type] = (await client.get('/invoice/paymentType')).values;
    const query = `sendToCustomer=false&paymentTypeId=${String(type?.['id'])}&paidAmount=100`;
    await client.put(`/order/${order}/:invoice?invoiceDate=2026-03-19&${query}`);
    await simulator.webhooksSettled();
    const events = heard.map(({ body }) => String(JSON.parse(body).event)).toSorted();
    assert.deepEqual(events, ['closeGroup.create', 'invoice.charged']);
  });

  test('come twice or not at all where that is chosen', async () => {
    const client = await subscribed('customer.create');
    simulator.setChoices({ webhooks: 'twice' });
    await client.post('/customer', { name: 'K' });
    await simulator.webhooksSettled();
    assert.equal(heard.length, 2);
    simulator.setChoices({ webhooks: 'lost' });
    await client.post('/customer', { name: 'K' });
    await simulator.webhooksSettled();
    assert.equal(heard.length, 2);
    assert.equal(simulator.webhooks.at(-1)?.status, null);
    simulator.setChoices({ webhooks: 'sent' });
  });

  test('end after too many failures', async () => {
    const client = await subscribed('customer.create');
    status = 500;
    for (let at = 0; at < 12; at += 1) {
      await client.post('/customer', { name: 'K' });
      await simulator.webhooksSettled();
    }
    assert.equal(heard.length, 10);
    const [subscription] = (await client.get('/event/subscription')).values;
    assert.equal(subscription?.['status'], 'DISABLED_TOO_MANY_ERRORS');
  });

  test('go to no address but loopback, and that only if it would be HTTPS', async () => {
    const client = await subscribed('customer.create', { targetUrl: 'https://example.test/h' });
    await client.post('/customer', { name: 'K' });
    await simulator.webhooksSettled();
    assert.equal(simulator.webhooks.at(-1)?.status, null);
    const wrong = { event: 'customer.create', targetUrl: 'http://example.test/h' };
    assert.equal((await client.post('/event/subscription', wrong)).status, 422);
    const unknown = { event: 'customer.rename', targetUrl };
    assert.equal((await client.post('/event/subscription', unknown)).status, 422);
  });

  test('keep their secrets to themselves', async () => {
    const client = await subscribed('order.create', { hmacSharedSecret: 'hemmelig-123' });
    const list = await client.get('/event/subscription?fields=*');
    assert.ok(!list.text.includes('hemmelig-123'));
    const [one] = list.values;
    const path = `/event/subscription/${String(one?.['id'])}`;
    const put = await client.put(path, { version: 0, fields: 'id' });
    assert.equal(put.value['fields'], 'id');
    assert.ok(!put.text.includes('hemmelig-123'));
  });
});
