import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ask, basic, clientOf, startTestShop, type Client, type Reply } from '../test-client.ts';
import type { Fault, PageName } from './fault.ts';

let client: Client;
beforeEach(async () => {
  client = clientOf(
    await startTestShop({ shop: { products: [{ name: 'Knäcke', sku: 'K', regularPrice: '54' }] } }),
  );
});
afterEach(() => client.simulator.stop());

function befall(fault: Fault): void {
  client.simulator.faults.add({ fault });
}

async function ordersMade(): Promise<string> {
  return String((await client.get('orders')).headers['x-wp-total']);
}

describe('pages in the place of answers', () => {
  const pages: readonly (readonly [PageName, status: number, text: RegExp])[] = [
    ['critical-error', 500, /critical error on this website/],
    ['critical-error-200', 200, /critical error on this website/],
    ['critical-error-json', 500, /"code":"internal_server_error"/],
    ['maintenance', 503, /Briefly unavailable for scheduled maintenance/],
    ['cloudflare-challenge', 403, /Just a moment/],
    ['cloudflare-429', 429, /rate limited/],
    ['cloudflare-520', 520, /unknown error/],
    ['cloudflare-524', 524, /timeout/],
    ['firewall', 403, /limited/],
    ['bad-gateway', 502, /Bad Gateway/],
    ['front-page', 200, /välkommen/],
  ];
  for (const [page, status, text] of pages) {
    test(page, async () => {
      befall({ kind: 'page', page, commits: false });
      const reply = await client.post('orders', {});
      assert.equal(reply.status, status);
      assert.match(reply.text, text);
      const isJson = page === 'critical-error-json';
      assert.equal(/json/.test(String(reply.headers['content-type'])), isJson);
      assert.equal(await ordersMade(), '0');
    });
  }

  test('may come when all was done already', async () => {
    befall({ kind: 'page', page: 'critical-error', commits: true });
    assert.equal((await client.post('orders', {})).status, 500);
    assert.equal(await ordersMade(), '1');
  });
});

describe('answers that are not whole', () => {
  const lost: readonly (readonly [Fault, made: string])[] = [
    [{ kind: 'reset' }, '0'],
    [{ kind: 'lose-answer' }, '1'],
    [{ kind: 'cut-answer' }, '1'],
  ];
  for (const [fault, made] of lost) {
    test(`${fault.kind} leaves ${made} orders`, async () => {
      befall(fault);
      await assert.rejects(client.post('orders', {}));
      assert.equal(await ordersMade(), made);
    });
  }

  for (const commits of [false, true]) {
    test(`hang ${commits ? 'after' : 'before'} the effect`, async () => {
      befall({ kind: 'hang', commits });
      const url = `${client.simulator.url}/wp-json/wc/v3/orders`;
      const headers = { authorization: basic(client.keys) };
      const asked = ask(url, { method: 'POST', headers, body: '{}', patienceMs: 50 });
      await assert.rejects(asked, /gave up/);
      assert.equal(await ordersMade(), commits ? '1' : '0');
    });
  }

  test('come late by the clock of the shop', async () => {
    befall({ kind: 'delay-answer', ms: 30_000 });
    const asked = client.post('orders', {});
    let answer: Reply | null = null;
    const done = asked.then((reply) => (answer = reply));
    while ((await ordersMade()) === '0');
    assert.equal(answer, null);
    client.simulator.clock.advance(30_000);
    assert.equal((await done).status, 201);
  });

  test('are empty, or have something before them', async () => {
    befall({ kind: 'empty', commits: true });
    assert.equal((await client.get('products')).text, '');
    befall({ kind: 'junk-before', junk: 'notice' });
    const noticed = await client.get('products');
    assert.match(noticed.text, /^<br \/>\n<b>Notice<\/b>.*\n\[\{"id"/s);
    assert.match(String(noticed.headers['content-type']), /text\/html/);
    befall({ kind: 'junk-before', junk: 'bom' });
    assert.equal((await client.get('products')).text.codePointAt(0), 0xfeff);
  });
});

describe('what stands before a shop', () => {
  test('sends on to another address', async () => {
    befall({ kind: 'redirect', to: 'https://www.butiken.example.test' });
    const reply = await client.get('orders?page=1');
    assert.equal(reply.status, 301);
    const location = 'https://www.butiken.example.test/wp-json/wc/v3/orders?page=1';
    assert.equal(reply.headers['location'], location);
  });

  test('has had enough, and may say for how long', async () => {
    befall({ kind: 'too-many-requests' });
    assert.equal((await client.get('orders')).headers['retry-after'], undefined);
    befall({ kind: 'too-many-requests', retryAfter: 'Sun, 22 Nov 2026 00:31:00 GMT' });
    const reply = await client.get('orders');
    assert.equal(reply.status, 429);
    assert.equal(reply.headers['retry-after'], 'Sun, 22 Nov 2026 00:31:00 GMT');
  });

  test('answers from memory', async () => {
    const before = (await client.get('orders')).text;
    client.simulator.shop.buy({ lines: [{ sku: 'K', quantity: 1 }] });
    befall({ kind: 'cached' });
    assert.equal((await client.get('orders')).text, before);
    assert.equal((await client.get('orders')).list.length, 1);
  });
});

describe('rules', () => {
  test('fall on some requests, some times', async () => {
    const { faults } = client.simulator;
    faults.add({
      fault: { kind: 'page', page: 'firewall', commits: false },
      method: 'GET',
      path: '/wp-json/wc/v3/products*',
      skip: 1,
      times: 2,
    });
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await client.get('products')).status);
    assert.deepEqual(statuses, [200, 403, 403, 200]);
    assert.equal((await client.get('orders')).status, 200);
  });

  test('are counted with what they led to', async () => {
    befall({ kind: 'page', page: 'cloudflare-520', commits: false });
    await client.get('orders');
    await client.get('orders');
    assert.deepEqual(
      [...client.simulator.counts.statuses],
      [
        [520, 1],
        [200, 1],
      ],
    );
    assert.equal(client.simulator.counts.routes.get('GET /orders'), 1);
  });

  test('do not fall on a shop that is off the network', async () => {
    await client.simulator.goOffline();
    await assert.rejects(client.get('orders'), /ECONNREFUSED/);
    await client.simulator.goOnline();
    assert.equal((await client.get('orders')).status, 200);
  });
});
