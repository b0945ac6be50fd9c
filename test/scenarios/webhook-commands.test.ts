import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import { sendWebhooks, WEBHOOK_TIMING } from '../../src/hub/webhooks/send-webhooks.ts';
import { listAudit } from '../../src/store/audit.ts';
import { command } from './command.ts';
import { addPlayer, startStage, until, type Player, type Stage } from './stage.ts';
import { Receiver } from './webhook-receiver.ts';

let stage: Stage;
let player: Player;
before(async () => {
  stage = await startStage({ hasWorker: false });
  player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
});
after(() => stage.stop());

const bokbro = (...argv: readonly string[]) => command(stage, ...argv);

describe('bokbro webhooks', () => {
  let receiver: Receiver;
  let sending: KeptUp;
  before(async () => {
    receiver = await Receiver.start();
    sending = sendWebhooks(stage.hub, { ...WEBHOOK_TIMING, lookMs: 10, waitsMs: [] });
  });
  after(async () => {
    await sending.stop();
    await receiver.stop();
  });

  it('says what to do when there is none', async () => {
    const { code, out } = await bokbro('webhooks', 'list');
    assert.deepEqual([code, out.includes('bokbro webhooks add')], [0, true]);
  });

  it('refuses addresses and events that there are not', async () => {
    for (const [url, on, says] of [
      ['http://butik.example', 'document.held', /börja med https:\/\//],
      ['butik', 'document.held', /går inte att använda/],
      [receiver.url, 'document.gone', /document\.gone: events are document\.booked/],
    ] as const) {
      const { code, err } = await bokbro('webhooks', 'add', url, '--on', on);
      assert.equal(code, 2);
      assert.match(err, says);
    }
  });

  it('adds one, tries it, shows how that went, and sends again what was given up', async () => {
    const made = await bokbro('webhooks', 'add', receiver.url);
    assert.equal(made.code, 0, made.err);
    const secret = made.out.trim();
    const number = /Webhook (\d+)/.exec(made.err)?.[1] ?? '';
    receiver.answers(500, 200);
    await bokbro('webhooks', 'test', number);
    await until(async () => {
      return (await bokbro('webhooks', 'messages', number, '--failed')).out.includes('svarade 500');
    });
    const again = await bokbro('webhooks', 'replay', number);
    assert.equal(again.out, '1 are sent again.\n');
    await until(async () => (await bokbro('webhooks', 'messages', number)).out.includes('done'));
    const listed = await bokbro('webhooks', 'list');
    assert.match(listed.out, new RegExp(`${number} +${receiver.url} +all`));
    assert.ok(!listed.out.includes(secret));
    const renewed = await bokbro('webhooks', 'secret', number);
    assert.match(renewed.out, /^whsec_/);
    assert.notEqual(renewed.out.trim(), secret);
    await bokbro('webhooks', 'off', number);
    assert.match((await bokbro('webhooks', 'list')).out, /Avslagen/);
    assert.equal((await bokbro('webhooks', 'test', number)).code, 2);
    await bokbro('webhooks', 'on', number);
    assert.doesNotMatch((await bokbro('webhooks', 'list')).out, /Avslagen/);
    await bokbro('webhooks', 'end', number);
    assert.equal((await bokbro('webhooks', 'messages', number)).code, 2);
    const [, tried] = receiver.read(secret);
    assert.equal(tried?.['type'], 'webhook.test');
    const trail = await listAudit(stage.hub.database.db, {
      companyId: player.company.id,
      limit: 20,
    });
    const acts = trail.filter(({ act }) => act.startsWith('webhook.')).map(({ act }) => act);
    assert.deepEqual(acts.reverse(), [
      ...['webhook.make', 'webhook.test', 'webhook.replay', 'webhook.secret'],
      ...['webhook.change', 'webhook.change', 'webhook.end'],
    ]);
  });
});

describe('bokbro keys', () => {
  it('lists what keys open, without what opens with them, and ends one', async () => {
    assert.match((await bokbro('keys', 'list')).out, /There is no key yet: bokbro key NAME/);
    const key = (await bokbro('key', 'rapporter', '--for', 'read', '--days', '90')).out.trim();
    const listed = (await bokbro('keys', 'list')).out;
    assert.match(listed, /rapporter +bokbro_.{6}… +read +20\d\d-\d\d-\d\d \d\d:\d\d +never/);
    assert.ok(!listed.includes(key));
    const number = /(\d+) +rapporter/.exec(listed)?.[1] ?? '';
    assert.equal((await bokbro('keys', 'end', number)).out, 'rapporter opens nothing any more.\n');
    assert.match((await bokbro('keys', 'list')).out, /There is no key yet/);
    const twice = await bokbro('keys', 'end', number);
    assert.deepEqual([twice.code, twice.err], [2, `There is no key ${number}: bokbro keys list\n`]);
  });

  it('keeps keys of the inbox apart', async () => {
    await bokbro('key', 'byrå', '--for', 'inbox');
    assert.match((await bokbro('keys', 'list')).out, /There is no key yet/);
    const listed = (await bokbro('keys', 'list', '--inbox')).out;
    const number = /(\d+) +byrå/.exec(listed)?.[1] ?? '';
    assert.equal((await bokbro('keys', 'end', number)).code, 2);
    assert.equal((await bokbro('keys', 'end', number, '--inbox')).code, 0);
  });
});
