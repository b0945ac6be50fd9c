import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openOutbound } from '../../src/hub/outbound.ts';
import { openReach } from '../../src/hub/reach.ts';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import { makeWebhook, renewSecret, sendAgain } from '../../src/hub/webhooks/keep-webhook.ts';
import {
  sendWebhooks,
  WEBHOOK_TIMING,
  type WebhookTiming,
} from '../../src/hub/webhooks/send-webhooks.ts';
import { present } from '../../src/lib/assert.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../src/ports/webhooks.ts';
import { listFindings } from '../../src/store/findings.ts';
import { listMessages, type WebhookMessage } from '../../src/store/webhook-messages.ts';
import { listWebhooks, type Webhook } from '../../src/store/webhooks.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { envOf, startChild } from './child.ts';
import {
  addPlayer,
  startStage,
  take,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';
import { Receiver } from './webhook-receiver.ts';

/** Waits of some milliseconds in the place of those of days. */
const QUICK: WebhookTiming = {
  lookMs: 10,
  answerMs: 2_000,
  waitsMs: [10, 10, 10],
  offAfterMs: 3_600_000,
};

/** 1 000.00 sold, and 900.00 of it accounted for. */
const SHORT = ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'];

describe('webhooks', () => {
  let database: TestServer;
  let stage: Stage;
  let player: Player;
  let receiver: Receiver;
  let sending: KeptUp | null = null;
  let companies = 0;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl() });
  });
  beforeEach(async () => {
    companies += 1;
    const [name, store] = [`Bolag ${companies} AB`, String(1_000 + companies)];
    player = await addPlayer(stage, { name, stores: [store] });
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await sending?.stop();
    sending = null;
    await stage.hub.database.pool.query('update webhook set ended_at = now()');
    await receiver.stop();
  });
  after(async () => {
    await stage.stop();
    await database.stop();
  });

  const store = (): string => String(1_000 + companies);
  const send = (timing = QUICK): void => void (sending = sendWebhooks(stage.hub, timing));

  /** Has the receiver told. @returns the webhook’s secret */
  async function listen(...events: readonly WebhookEvent[]): Promise<string> {
    const doer = { companyId: player.company.id, by: 'a test' };
    const wanted = { url: receiver.url, events: events.length === 0 ? WEBHOOK_EVENTS : events };
    const made = await makeWebhook(stage.hub, doer, wanted);
    assert.ok('secret' in made, JSON.stringify(made));
    return made.secret;
  }

  async function webhook(): Promise<Webhook> {
    const all = await listWebhooks(stage.hub.database.db, player.company.id);
    return present(all.at(-1), 'a webhook');
  }

  async function messages(): Promise<readonly WebhookMessage[]> {
    const { id: webhookId, companyId } = await webhook();
    return (await listMessages(stage.hub.database.db, { companyId, webhookId })).messages;
  }

  const settled = (state: WebhookMessage['state']) =>
    until(async () => (await messages()).every((one) => one.state === state));

  async function bookDay(number: string): Promise<void> {
    const content = tillFile(smallDay({ store: store(), day: '2026-05-02', number }));
    await take(player, { name: `${number}.csv`, content });
    await untilQuiet(player);
  }

  it('tells of a booked document by numbers only, signed as the specification says', async () => {
    const secret = await listen();
    await bookDay('Z-1');
    send();
    await until(() => receiver.got.length === 1);
    await settled('done');
    const [message] = receiver.read(secret);
    const { rows } = await sql<{ id: string; document_id: string; ended_at: Date }>`
      select id, document_id, ended_at from delivery where company_id = ${player.company.id}
    `.execute(stage.hub.database.db);
    const [delivery] = rows;
    const at = Date.parse(String(message?.['timestamp']));
    assert.ok(Math.abs(at - (delivery?.ended_at.getTime() ?? 0)) < 60_000, 'when it was booked');
    assert.deepEqual(message, {
      type: 'document.booked',
      timestamp: message?.['timestamp'],
      data: {
        company: player.company.id,
        delivery: delivery?.id,
        document: delivery?.document_id,
        flow: player.flow.id,
        kind: 'day-report',
        label: 'K 1',
        url: `${stage.config.publicUrl}/c/${player.company.id}/documents/${delivery?.document_id}`,
      },
    });
    assert.match(receiver.got[0]?.id ?? '', /^msg_[0-9a-f]{32}$/);
  });

  it('is not to be forged or changed: another secret, or another body, is seen', async () => {
    const secret = await listen();
    await bookDay('Z-1');
    send();
    await until(() => receiver.got.length === 1);
    const [got] = receiver.got;
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    assert.throws(() => receiver.read(other), /No matching signature/);
    const changed = { ...present(got, 'a message'), body: `${got?.body} ` };
    assert.throws(() => receiver.read(secret, [changed]), /No matching signature/);
  });

  it('tells why a document is held, in codes, and only of what was asked for', async () => {
    const secret = await listen('document.held', 'connection.attention');
    await bookDay('Z-1');
    const rows = { store: store(), day: '2026-05-03', rows: SHORT };
    await take(player, { name: 'kort.csv', content: tillFile(rows) });
    await untilQuiet(player);
    const { db } = stage.hub.database;
    await db
      .updateTable('connection')
      .set({ state: 'reconnect', state_reason: '{"code":"said","facts":{"why":"gone"}}' })
      .where('id', '=', player.source.id)
      .execute();
    send();
    await until(() => receiver.got.length === 2);
    const [held, attention] = [...receiver.read(secret)].sort((a, b) =>
      String(b['type']).localeCompare(String(a['type'])),
    );
    assert.equal(held?.['type'], 'document.held');
    assert.deepEqual((present(held, 'it')['data'] as { codes: unknown }).codes, [
      'does-not-balance',
    ]);
    assert.deepEqual(attention?.['data'], {
      ...{ company: player.company.id, connection: player.source.id, state: 'reconnect' },
      url: `${stage.config.publicUrl}/c/${player.company.id}`,
    });
  });

  it('says nothing of another company', async () => {
    await listen();
    const other = await addPlayer(stage, {
      name: `Annat ${companies} AB`,
      stores: [`9${store()}`],
    });
    const content = tillFile(smallDay({ store: `9${store()}`, day: '2026-05-02' }));
    await take(other, { name: 'z.csv', content });
    await untilQuiet(other);
    assert.deepEqual(await messages(), []);
  });

  it('is written with what happened: what is rolled back was never told', async () => {
    await listen();
    await bookDay('Z-1');
    const { db } = stage.hub.database;
    const before = await messages();
    assert.equal(before.length, 1);
    const cutOff = db.transaction().execute(async (trx) => {
      await trx
        .updateTable('delivery')
        .set({ state: 'held' })
        .where('company_id', '=', player.company.id)
        .execute();
      throw new Error('cut off');
    });
    await assert.rejects(cutOff, /cut off/);
    assert.deepEqual(await messages(), before);
  });

  it('is sent again under the same id until the receiver takes it', async () => {
    const secret = await listen();
    receiver.answers(500, 302, 'hang', 200);
    await bookDay('Z-1');
    send({ ...QUICK, answerMs: 300 });
    await until(() => receiver.got.length === 4);
    await settled('done');
    assert.equal(new Set(receiver.got.map(({ id }) => id)).size, 1);
    assert.equal(new Set(receiver.got.map(({ body }) => body)).size, 1);
    assert.equal(receiver.read(secret).length, 4);
    const [message] = await messages();
    assert.deepEqual([message?.attempts, message?.status, message?.trouble], [4, 200, null]);
    assert.equal((await webhook()).failingSinceMs, null);
  });

  it('is signed by both secrets for a day after one was replaced', async () => {
    const first = await listen();
    const second = await renewSecret(stage.hub, await webhook(), 'a test');
    await bookDay('Z-1');
    send();
    await until(() => receiver.got.length === 1);
    assert.equal(receiver.read(first).length + receiver.read(second).length, 2);
    await stage.hub.database.pool.query(
      `update webhook set rotated_at = now() - interval '25 hours'`,
    );
    await sendAgain(stage.hub, await webhook(), {
      ids: (await messages()).map(({ id }) => id),
      by: 'a test',
    });
    await until(() => receiver.got.length === 2);
    const late = receiver.got.slice(1);
    assert.equal(receiver.read(second, late).length, 1);
    assert.throws(() => receiver.read(first, late), /No matching signature/);
  });

  it('is switched off when nothing has got through for days, and a person is told', async () => {
    await listen();
    receiver.answers(500);
    await bookDay('Z-1');
    send({ ...QUICK, offAfterMs: 20 });
    await until(async () => (await webhook()).off !== null);
    assert.equal((await webhook()).off?.why, 'failing');
    assert.equal(receiver.got.length, 4, 'one attempt and one after each of three waits');
    const { db } = stage.hub.database;
    const [finding] = await listFindings(db, player.company.id);
    assert.equal(finding?.finding.kind, 'webhook-off');
    await bookDay('Z-2');
    assert.equal((await messages()).length, 1, 'what happens meanwhile is not kept for it');
    assert.equal((await messages())[0]?.state, 'failed');
  });

  it('stays on while other messages get through', async () => {
    const secret = await listen();
    receiver.answers(500, 500, 500, 500, 200);
    await bookDay('Z-1');
    send();
    await settled('failed');
    assert.equal((await webhook()).off, null);
    await sendAgain(stage.hub, await webhook(), { ids: 'failed', by: 'a test' });
    await settled('done');
    assert.equal(receiver.got.length, 5);
    assert.equal(receiver.read(secret).length, 5);
    assert.equal(new Set(receiver.got.map(({ id }) => id)).size, 1);
  });

  it('is switched off at once by a receiver that is gone', async () => {
    await listen();
    receiver.answers(410);
    await bookDay('Z-1');
    send();
    await until(async () => (await webhook()).off !== null);
    assert.deepEqual([(await webhook()).off?.why, receiver.got.length], ['gone', 1]);
  });

  it('keeps none waiting for one that is slow to answer', async () => {
    const slow = await Receiver.start();
    slow.answers('hang');
    const doer = { companyId: player.company.id, by: 'a test' };
    await makeWebhook(stage.hub, doer, { url: slow.url, events: WEBHOOK_EVENTS });
    const secret = await listen();
    send({ ...QUICK, answerMs: 3_000 });
    for (const number of ['Z-1', 'Z-2', 'Z-3']) {
      await bookDay(number);
      await until(() => receiver.got.length === Number(number.slice(2)));
    }
    assert.equal(receiver.read(secret).length, 3);
    await slow.stop();
  });

  it('goes into no private network, however its address is written', async () => {
    const reach = openReach([]);
    const hub = { ...stage.hub, reach, outbound: openOutbound(reach) };
    const doer = { companyId: player.company.id, by: 'a test' };
    const faults: unknown[] = [];
    for (const url of [
      ...[receiver.url, 'https://169.254.169.254/latest', 'https://[::ffff:10.0.0.1]/'],
      ...['http://shop.example/', 'ftp://shop.example/', 'https://a:b@shop.example/', 'x'],
    ]) {
      faults.push(await makeWebhook(hub, doer, { url, events: WEBHOOK_EVENTS }));
    }
    const closed = { fault: 'closed-network' };
    const unusable = { fault: 'unusable' };
    assert.deepEqual(faults, [
      ...[closed, closed, closed, { fault: 'not-https' }],
      ...[unusable, unusable, unusable],
    ]);
    await makeWebhook(hub, doer, { url: 'https://localhost:1/', events: WEBHOOK_EVENTS });
    await bookDay('Z-1');
    sending = sendWebhooks(hub, QUICK);
    await settled('failed');
    assert.equal((await messages())[0]?.trouble, 'closed-network');
    assert.equal(receiver.got.length, 0);
    await hub.outbound.close();
  });

  it('is sent by another process when the one that took it was killed', async () => {
    const secret = await listen();
    receiver.answers('hang', 200);
    await bookDay('Z-1');
    const child = startChild(envOf(stage), 'worker');
    await until(() => receiver.got.length === 1);
    child.process.kill('SIGKILL');
    await child.ended;
    assert.equal((await messages())[0]?.state, 'waiting');
    // What it held runs out after some minute; a test does not wait for it.
    await stage.hub.database.pool.query('update webhook_message set due_at = now()');
    send();
    await settled('done');
    assert.equal(receiver.got.length, 2);
    assert.equal(new Set(receiver.got.map(({ id }) => id)).size, 1);
    assert.equal(receiver.read(secret).length, 2);
  });

  it('is tried for three days by itself', () => {
    const hours = WEBHOOK_TIMING.waitsMs.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    // 5 s + 5 min + 30 min + 2 + 5 + 10 + 14 + 20 + 24 hours.
    assert.equal(Math.round(hours), 76);
    assert.equal(WEBHOOK_TIMING.waitsMs.length + 1, 10);
  });
});
