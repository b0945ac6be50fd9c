import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { textOf, type Fields } from '../api/fields.ts';
import type { SimulatorOptions, WooCommerceSimulator } from '../simulator.ts';
import { ask, basic, signedUrl, START_MS, startTestShop, type Keys } from '../test-client.ts';

let open: WooCommerceSimulator[] = [];
afterEach(async () => {
  await Promise.all(open.map((simulator) => simulator.stop()));
  open = [];
});

async function shopWith(options: SimulatorOptions = {}): Promise<{
  readonly simulator: WooCommerceSimulator;
  readonly keys: Keys & { readonly id: number };
  readonly orders: string;
}> {
  const simulator = await startTestShop(options);
  open.push(simulator);
  const keys = simulator.shop.newKey();
  return { simulator, keys, orders: `${simulator.url}/wp-json/wc/v3/orders` };
}

describe('keys over https', () => {
  test('are taken from the header, and from the address', async () => {
    const { keys, orders } = await shopWith();
    const headers = { authorization: basic(keys) };
    assert.equal((await ask(orders, { headers })).status, 200);
    const query = `consumer_key=${keys.consumerKey}&consumer_secret=${keys.consumerSecret}`;
    assert.equal((await ask(`${orders}?${query}`)).status, 200);
  });

  test('with a wrong secret are told so; unknown ones look as if they had no rights', async () => {
    const { keys, orders } = await shopWith();
    const wrong = { authorization: basic({ ...keys, consumerSecret: 'cs_no' }) };
    const secret = await ask(orders, { headers: wrong });
    assert.deepEqual(
      [secret.status, secret.code, secret.message],
      [401, 'woocommerce_rest_authentication_error', 'Consumer secret is invalid.'],
    );
    const unknown = { authorization: basic({ ...keys, consumerKey: 'ck_no' }) };
    const nobody = await ask(orders, { headers: unknown });
    assert.deepEqual(
      [nobody.status, nobody.code, nobody.message],
      [401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.'],
    );
  });

  test('that the host takes away have to stand in the address', async () => {
    const { keys, orders } = await shopWith({ choices: { authorizationHeader: 'stripped' } });
    const hidden = await ask(orders, { headers: { authorization: basic(keys) } });
    assert.deepEqual([hidden.status, hidden.code], [401, 'woocommerce_rest_cannot_view']);
    const query = `consumer_key=${keys.consumerKey}&consumer_secret=${keys.consumerSecret}`;
    assert.equal((await ask(`${orders}?${query}`)).status, 200);
  });

  test('that may only read, or only write', async () => {
    const { simulator, orders } = await shopWith();
    const read = { authorization: basic(simulator.shop.newKey('read')) };
    assert.equal((await ask(orders, { headers: read })).status, 200);
    const writing = await ask(orders, { method: 'POST', headers: read, body: '{}' });
    assert.deepEqual(
      [writing.status, writing.message],
      [401, 'The API key provided does not have write permissions.'],
    );
    const write = { authorization: basic(simulator.shop.newKey('write')) };
    const reading = await ask(orders, { headers: write });
    assert.equal(reading.message, 'The API key provided does not have read permissions.');
  });

  test('whose user has lost the shop are forbidden it', async () => {
    const { simulator, keys, orders } = await shopWith();
    simulator.shop.loseRights(keys.id);
    const reply = await ask(orders, { headers: { authorization: basic(keys) } });
    assert.deepEqual([reply.status, reply.code], [403, 'woocommerce_rest_cannot_view']);
    simulator.shop.revokeKey(keys.id);
    assert.equal((await ask(orders, { headers: { authorization: basic(keys) } })).status, 401);
  });
});

describe('signatures over http', () => {
  const http: SimulatorOptions = { choices: { scheme: 'http' } };

  test('are needed: plain keys are nobody’s', async () => {
    const { keys, orders } = await shopWith(http);
    const reply = await ask(orders, { headers: { authorization: basic(keys) } });
    assert.deepEqual([reply.status, reply.code], [401, 'woocommerce_rest_cannot_view']);
  });

  for (const algorithm of ['HMAC-SHA1', 'HMAC-SHA256'] as const) {
    test(`are taken with ${algorithm}, with parameters of every kind`, async () => {
      const { keys, orders } = await shopWith(http);
      const address = `${orders}?search=${encodeURIComponent("Åsa's & Öl (2*3)")}&per_page=5`;
      const url = signedUrl(address, keys, { algorithm, nonce: 'n1', timestampMs: START_MS });
      assert.equal((await ask(url)).status, 200);
    });
  }

  test('are made for the address in the settings, in a folder or not, pretty or not', async () => {
    const { simulator, keys } = await shopWith({ ...http, folder: '/butik' });
    const sign = (path: string, nonce: string): string =>
      signedUrl(`${simulator.url}${path}`, keys, { nonce, timestampMs: START_MS });
    assert.equal((await ask(sign('/wp-json/wc/v3/orders', 'a'))).status, 200);
    assert.equal((await ask(sign('/?rest_route=/wc/v3/orders', 'b'))).status, 200);
  });

  test('are for one method, one time and once', async () => {
    const { simulator, keys, orders } = await shopWith(http);
    const at = { timestampMs: START_MS };
    const url = signedUrl(orders, keys, { ...at, nonce: 'once' });
    assert.equal((await ask(url)).status, 200);
    assert.equal((await ask(url)).message, 'Invalid nonce - nonce has already been used.');
    const other = await ask(signedUrl(orders, keys, { ...at, nonce: 'x' }), { method: 'DELETE' });
    assert.equal(other.message, 'Invalid signature - provided signature does not match.');
    const late = signedUrl(orders, keys, { nonce: 'y', timestampMs: START_MS - 901_000 });
    assert.equal((await ask(late)).message, 'Invalid timestamp.');
    const unknown = { ...keys, consumerKey: 'ck_no' };
    const stranger = await ask(signedUrl(orders, unknown, { ...at, nonce: 'z' }));
    assert.equal(stranger.message, 'Consumer key is invalid.');
    simulator.clock.advance(16 * 60_000);
    assert.equal((await ask(url)).message, 'Invalid timestamp.');
  });

  test('that are not whole are told what is missing', async () => {
    const { keys, orders } = await shopWith(http);
    const reply = await ask(`${orders}?oauth_consumer_key=${keys.consumerKey}`);
    assert.equal(reply.code, 'woocommerce_rest_authentication_missing_parameter');
    assert.match(reply.message, /oauth_timestamp, oauth_nonce/);
  });
});

/** What an app receives at its callback address. */
async function callback(status: number): Promise<{ url: string; got: Fields[]; server: Server }> {
  const got: Fields[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      got.push(JSON.parse(text));
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/keys`, got, server };
}

function authorizeUrl(
  simulator: WooCommerceSimulator,
  given: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({
    app_name: 'Bokbro',
    scope: 'read_write',
    user_id: 'connection-7',
    return_url: 'https://hub.example.test/back',
    callback_url: 'https://hub.example.test/keys',
    ...given,
  });
  return `${simulator.url}/wc-auth/v1/authorize?${query}`;
}

describe('the page for keys', () => {
  test('sends them to the app once the owner approves, and the owner back', async () => {
    const { simulator } = await shopWith({ choices: { keyCallbacks: 'any' } });
    const app = await callback(200);
    const page = await ask(authorizeUrl(simulator, { callback_url: app.url }));
    assert.match(page.text, /Bokbro would like to connect to your store/);
    assert.deepEqual(app.got, []);
    const link = /class="wc-auth-approve" href="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const approve = link.replaceAll('&amp;', '&');
    const back = await ask(approve);
    assert.equal(back.status, 302);
    const returned = 'https://hub.example.test/back?success=1&user_id=connection-7';
    assert.equal(back.headers['location'], returned);
    const [keys] = app.got;
    assert.equal(keys?.['user_id'], 'connection-7');
    assert.equal(keys?.['key_permissions'], 'read_write');
    assert.match(textOf(keys ?? {}, 'consumer_key'), /^ck_[0-9a-f]{40}$/);
    assert.equal((await ask(approve)).status, 401, 'a link is good for once');
    const given = {
      consumerKey: textOf(keys ?? {}, 'consumer_key'),
      consumerSecret: textOf(keys ?? {}, 'consumer_secret'),
    };
    const orders = `${simulator.url}/wp-json/wc/v3/orders`;
    assert.equal((await ask(orders, { headers: { authorization: basic(given) } })).status, 200);
    app.server.close();
  });

  test('takes the keys back when the app does not answer 200', async () => {
    const { simulator } = await shopWith({ choices: { keyCallbacks: 'any', owner: 'approves' } });
    const app = await callback(204);
    const page = await ask(authorizeUrl(simulator, { callback_url: app.url }));
    assert.equal(page.status, 401);
    assert.match(page.text, /unable to send the consumer data/);
    const [keys] = app.got;
    const orders = `${simulator.url}/wp-json/wc/v3/orders`;
    const taken = {
      consumerKey: textOf(keys ?? {}, 'consumer_key'),
      consumerSecret: textOf(keys ?? {}, 'consumer_secret'),
    };
    assert.equal((await ask(orders, { headers: { authorization: basic(taken) } })).status, 401);
    app.server.close();
  });

  test('sends the owner back without keys when the owner denies', async () => {
    const { simulator } = await shopWith({ choices: { owner: 'denies' } });
    const back = await ask(authorizeUrl(simulator, {}));
    assert.match(String(back.headers['location']), /success=0&user_id=connection-7$/);
  });

  const wrong: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ callback_url: 'http://hub.example.test/keys' }, /callback_url needs to be over SSL/],
    [{ return_url: 'nowhere' }, /return_url is not a valid URL/],
    [{ scope: 'everything' }, /Invalid scope everything/],
    [{ app_name: '' }, /Missing parameter app_name/],
  ];
  for (const [given, text] of wrong) {
    test(`refuses ${JSON.stringify(given)}`, async () => {
      const { simulator } = await shopWith();
      const page = await ask(authorizeUrl(simulator, given));
      assert.equal(page.status, 401);
      assert.match(page.text, text);
    });
  }
});
