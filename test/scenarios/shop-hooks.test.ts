import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Hub } from '../../src/hub/hub.ts';
import { fetchFiles } from '../../src/hub/fetch/fetch-files.ts';
import { findHook, hookSecrets, nudgesOf } from '../../src/store/hooks.ts';
import { findPickup } from '../../src/store/pickups.ts';
import { listConnections } from '../../src/store/registry.ts';
import { command } from './command.ts';
import { fetchFrom, forgetPlaces, quick, received } from './fetching.ts';
import { startShopStage, type ShopStage } from './shop-stage.ts';
import { startStage, until, untilQuiet, type Stage } from './stage.ts';

const DAY_MS = 24 * 60 * 60_000;
const TOPICS = ['order.created', 'order.deleted', 'order.restored', 'order.updated'];

describe('a web shop that tells what has changed', () => {
  let on: Stage;
  let stage: ShopStage;
  let count = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  beforeEach(async () => {
    count += 1;
    stage = await startShopStage(on, { name: `Lampor ${count} AB` });
  });
  afterEach(async () => {
    await forgetPlaces(stage.stage);
    await stage.stop();
  });

  const connectionId = async (): Promise<string> => {
    const all = await listConnections(on.hub.database.db, stage.player.company.id);
    return all.find(({ connector }) => connector === 'woocommerce')?.id ?? '';
  };
  const hook = async () => findHook(on.hub.database.db, await connectionId());
  const hooksThere = async (): Promise<readonly string[]> => {
    const { consumerKey, consumerSecret } = stage.shop.shop.newKey('read');
    const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const answer = await fetch(`${stage.shop.url}/wp-json/wc/v3/webhooks`, {
      headers: { authorization: `Basic ${pair}` },
    });
    const all = (await answer.json()) as { topic: string; status: string }[];
    return all.map(({ topic, status }) => `${topic} ${status}`).sort();
  };
  const address = async (): Promise<{ url: string; secret: string }> => {
    const found = await hook();
    assert.ok(found);
    const { token, secret } = await hookSecrets(on.hub.database.db, on.hub.box, found);
    return { url: `${stage.server.url}/v1/hooks/${token}`, secret };
  };
  const pickupId = async (): Promise<string> =>
    (await findPickup(on.hub.database.db, 'woocommerce'))?.id ?? '';
  const routes = (): number => stage.shop.counts.routes.get('GET /orders') ?? 0;

  it('is told where to, and an order is booked long before it would have been asked', async () => {
    const connected = await stage.connect('read_write', '--hooks', '--every', '86400');
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /tells us at once what has changed: order\.created, order\.up/);
    assert.deepEqual(
      await hooksThere(),
      TOPICS.map((topic) => `${topic} active`),
    );
    await stage.book();
    const fetching = fetchFiles(quick(stage.stage));
    try {
      await until(async () => {
        const lookedAtMs = (await findPickup(on.hub.database.db, 'woocommerce'))?.lookedAtMs;
        return lookedAtMs !== null;
      });
      stage.buy();
      await stage.shop.shop.runHooks();
      await until(() => stage.texts().length === 1);
    } finally {
      await fetching.stop();
    }
    // Connected again, nothing is made twice there.
    const again = await stage.connect('read_write', '--hooks');
    assert.match(again.out, /what has changed: as before\./);
    assert.equal((await hooksThere()).length, 4);
  });

  it('tells a thousand times, and is asked once; copies and disorder book nothing twice', async () => {
    await stage.connect('read_write', '--hooks');
    await stage.book();
    stage.shop.setChoices({ hookCopies: 125, hookOrder: 'reversed' });
    for (let i = 0; i < 4; i += 1) stage.buy();
    const before = routes();
    await stage.shop.shop.runHooks();
    assert.equal((await hook())?.heard, 1_000);
    assert.equal(routes(), before);
    assert.equal((await nudgesOf(on.hub.database.db, await pickupId())).length, 4);
    await fetchFrom(stage.stage.hub, 'woocommerce');
    assert.deepEqual(await nudgesOf(on.hub.database.db, await pickupId()), []);
    await untilQuiet(stage.player);
    assert.equal(stage.texts().length, 4);
    assert.equal((await fetchFrom(stage.stage.hub, 'woocommerce')).kind, 'looked');
    assert.equal(stage.texts().length, 4);
  });

  it('is not believed: neither what stands in a message nor that something is deleted', async () => {
    await stage.connect('read_write', '--hooks');
    await stage.book();
    const id = stage.buy();
    await fetchFrom(stage.stage.hub, 'woocommerce');
    await untilQuiet(stage.player);
    const files = (await received(on)).length;
    const { url, secret } = await address();
    const lie = JSON.stringify({ id, status: 'cancelled', total: '1.00' });
    const deleted = JSON.stringify({ id });
    for (const [topic, body] of [
      ['order.updated', lie],
      ['order.deleted', deleted],
    ] as const) {
      const answer = await fetch(url, await signedBy(secret, { topic, body }));
      assert.equal(answer.status, 200);
    }
    await fetchFrom(stage.stage.hub, 'woocommerce');
    await untilQuiet(stage.player);
    assert.equal(stage.texts().length, 1);
    assert.equal((await received(on)).length, files, 'the order was seen as it was told before');
  });

  it('is answered 200 for greetings and for what nobody asked for, 401 for forgeries', async () => {
    await stage.connect('read_write', '--hooks');
    const { url, secret } = await address();
    const greeting = { method: 'POST', body: new URLSearchParams({ webhook_id: '7' }) };
    assert.equal((await fetch(url, greeting)).status, 200);
    assert.equal((await fetch(url)).status, 200);
    const product = await signedBy(secret, { topic: 'product.updated', body: '{"id":5}' });
    assert.equal((await fetch(url, product)).status, 200);
    const refusal = '{"code":"woocommerce_rest_cannot_view","message":"Sorry"}';
    const refused = await signedBy(secret, { topic: 'order.updated', body: refusal });
    assert.equal((await fetch(url, refused)).status, 200);
    assert.deepEqual(await nudgesOf(on.hub.database.db, await pickupId()), []);
    const forged = await signedBy('another', { topic: 'order.updated', body: '{"id":5}' });
    assert.equal((await fetch(url, forged)).status, 401);
    assert.equal((await fetch(`${url}x`, forged)).status, 404);
    const large = { method: 'POST', body: new Uint8Array(8_000_001) };
    assert.equal((await fetch(url, large)).status, 413);
    const standing = await hook();
    assert.equal(standing?.forged, 1);
    assert.match((await command(stage.stage, 'fetch', 'list')).out, /1 meddelanden var inte sign/);
  });

  it('that switched its messages off is made to send them again, and what it missed is there', async () => {
    await stage.connect('read_write', '--hooks');
    await stage.book();
    await fetchFrom(stage.stage.hub, 'woocommerce');
    await stage.server.close();
    for (let i = 0; i < 7; i += 1) {
      stage.buy();
      await stage.shop.shop.runHooks();
    }
    assert.ok((await hooksThere()).includes('order.created disabled'));
    const tomorrow = quick(stage.stage, () => DAY_MS);
    await fetchFrom(tomorrow, 'woocommerce');
    assert.deepEqual(
      await hooksThere(),
      TOPICS.map((topic) => `${topic} active`),
    );
    await untilQuiet(stage.player);
    assert.equal(stage.texts().length, 7);
    const listed = await command(stage.stage, 'fetch', 'list');
    assert.match(listed.out, /hade slutat skicka order\.created, order\.updated; de slogs på/);
  });

  it('is given the right secret again after messages that were signed by another', async () => {
    await stage.connect('read_write', '--hooks');
    const { url } = await address();
    await fetch(url, await signedBy('another', { topic: 'order.updated', body: '{"id":5}' }));
    const writes = (): number =>
      [...stage.shop.counts.routes].reduce((n, [at, k]) => n + (at.startsWith('PUT') ? k : 0), 0);
    await fetchFrom(
      quick(stage.stage, () => DAY_MS),
      'woocommerce',
    );
    assert.equal(writes(), 4);
    await fetchFrom(
      quick(stage.stage, () => 2 * DAY_MS),
      'woocommerce',
    );
    assert.equal(writes(), 4, 'once is enough');
  });

  it('follows the hub to a new address', async () => {
    await stage.connect('read_write', '--hooks');
    await fetchFrom(stage.stage.hub, 'woocommerce');
    const { hub } = stage.stage;
    const moved = quick(
      { ...stage.stage, hub: { ...hub, config: { ...hub.config, publicUrl: 'https://ny.se' } } },
      () => DAY_MS,
    );
    await fetchFrom(moved, 'woocommerce');
    const { consumerKey, consumerSecret } = stage.shop.shop.newKey('read');
    const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const answer = await fetch(`${stage.shop.url}/wp-json/wc/v3/webhooks`, {
      headers: { authorization: `Basic ${pair}` },
    });
    const urls = ((await answer.json()) as { delivery_url: string }[]).map((w) => w.delivery_url);
    assert.equal(urls.length, 4);
    assert.ok(urls.every((url) => url.startsWith('https://ny.se/v1/hooks/')));
  });

  it('whose answer is lost while its messages are made has none of them twice', async () => {
    stage.shop.faults.add({
      ...{ path: '*/webhooks', method: 'POST', skip: 1 },
      fault: { kind: 'lose-answer' },
    });
    const first = await stage.connect('read_write', '--hooks');
    assert.equal(first.code, 0, first.err);
    assert.match(first.out, /Det gick inte att se om meddelanden skickas till oss/);
    assert.equal((await hooksThere()).length, 2, 'the second was made; its answer was lost');
    const again = await stage.connect('read_write');
    assert.match(again.out, /what has changed: order\.deleted, order\.restored\./);
    assert.deepEqual(
      await hooksThere(),
      TOPICS.map((topic) => `${topic} active`),
    );
  });

  it('books once what was kept by a hub that died before it noted so', async () => {
    await stage.connect('read_write', '--hooks');
    await stage.book();
    const { hub } = stage.stage;
    const dying: Hub = {
      ...hub,
      takeFile: async (arriving) => {
        await hub.takeFile(arriving);
        throw new Error('killed');
      },
    };
    const id = stage.buy();
    await stage.shop.shop.runHooks();
    assert.equal((await fetchFrom(dying, 'woocommerce')).kind, 'failed');
    assert.equal((await nudgesOf(hub.database.db, await pickupId())).length, 1);
    await fetchFrom(hub, 'woocommerce');
    await untilQuiet(stage.player);
    assert.equal(stage.texts().length, 1);
    // The same of an order that a message named and no page showed, and of one that is compared.
    stage.shop.shop.trash(id);
    await stage.shop.shop.runHooks();
    assert.equal((await fetchFrom(dying, 'woocommerce')).kind, 'failed');
    assert.equal((await nudgesOf(hub.database.db, await pickupId())).length, 1);
    await fetchFrom(hub, 'woocommerce');
    const files = await received(on);
    assert.match(files.at(-1) ?? '', /orders-named-.*\.json feed read$/);
    assert.deepEqual(await nudgesOf(hub.database.db, await pickupId()), []);
    const next = stage.buy();
    await fetchFrom(hub, 'woocommerce');
    stage.shop.shop.deleteForGood(next);
    const died = quick({ ...stage.stage, hub: dying }, () => DAY_MS);
    assert.equal((await fetchFrom(died, 'woocommerce')).kind, 'failed');
    await fetchFrom(
      quick(stage.stage, () => DAY_MS),
      'woocommerce',
    );
    const { rows } = await sql<{ key: string; versions: string }>`
      select key, count(*) as versions from document where company_id = ${stage.player.company.id}
       group by key order by key
    `.execute(hub.database.db);
    assert.deepEqual(
      rows.map(({ versions }) => Number(versions)),
      [2, 2],
      'each was sold once, and cancelled once',
    );
  });

  it('with keys that only read is asked as before, and says what stays off', async () => {
    const connected = await stage.connect('read', '--hooks');
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /Nycklarna får inte ställa in meddelanden/);
    await stage.book();
    stage.buy();
    await fetchFrom(stage.stage.hub, 'woocommerce');
    await untilQuiet(stage.player);
    assert.equal(stage.texts().length, 1);
    const listed = await command(stage.stage, 'fetch', 'list');
    assert.match(listed.out, /! Nycklarna får inte ställa in meddelanden/);
  });

  it('of a hub without an address is asked as before, and says so', async () => {
    const { config } = on.hub;
    const plain = { ...stage.stage, hub: { ...on.hub, config } };
    await stage.connect('read_write');
    const company = ['--company', stage.player.company.name];
    const connected = await command(plain, 'connect', 'woocommerce', '--hooks', ...company);
    assert.equal(connected.code, 0, connected.err);
    assert.match(connected.out, /den här hubben har ingen egen adress/);
    assert.deepEqual(await hooksThere(), []);
  });

  it('whose messages do not get through for a day is told of', async () => {
    await stage.connect('read_write', '--hooks');
    stage.shop.setChoices({ hookAddresses: 'public' });
    stage.buy();
    await stage.shop.shop.runHooks();
    await fetchFrom(stage.stage.hub, 'woocommerce');
    const today = await command(stage.stage, 'fetch', 'list');
    assert.doesNotMatch(today.out, /inget meddelande om dem har kommit/);
    const later = { ...stage.stage, hub: quick(stage.stage, () => DAY_MS) };
    const tomorrow = await command(later, 'fetch', 'list');
    assert.match(tomorrow.out, /! Beställningar har hämtats, och inget meddelande om dem har/);
  });

  it('that is fetched from no more is told to send nothing', async () => {
    await stage.connect('read_write', '--hooks');
    assert.equal((await hooksThere()).length, 4);
    await command(stage.stage, 'fetch', 'remove', 'woocommerce');
    assert.deepEqual(await hooksThere(), []);
    assert.equal(await hook(), null);
  });
});

async function signedBy(
  secret: string,
  { topic, body }: { readonly topic: string; readonly body: string },
): Promise<RequestInit> {
  const { createHmac } = await import('node:crypto');
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  const [resource = '', event = ''] = topic.split('.');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': signature,
    },
  };
}
