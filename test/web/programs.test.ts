import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { KeptUp } from '../../src/hub/keep-doing.ts';
import { sendWebhooks, WEBHOOK_TIMING } from '../../src/hub/webhooks/send-webhooks.ts';
import {
  addPlayer,
  startStage,
  take,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { Receiver } from '../scenarios/webhook-receiver.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';

describe('the pages of programs', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let player: Player;
  let receiver: Receiver;
  let sending: KeptUp;
  let app: App;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    receiver = await Receiver.start();
    sending = sendWebhooks(stage.hub, { ...WEBHOOK_TIMING, lookMs: 20, waitsMs: [] });
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await sending?.stop();
    await receiver?.stop();
    await stage?.stop();
  });

  const at = (path: string): string => `${app.url}/c/${player.company.id}${path}`;

  test('a key is made, shown once, listed with its use, and ended when it is meant', async () => {
    const { page } = app;
    await page.goto(at('/settings/keys'));
    await page.getByText('Ingen nyckel än.').waitFor();
    await app.isAccessible('keys-none');
    await page.getByLabel('Vad nyckeln är till').fill('Rapporter');
    await page.getByLabel('Importera filer').check();
    await page.getByRole('button', { name: 'Skapa nyckel' }).click();
    const key = await page.getByLabel('Nyckeln', { exact: true }).inputValue();
    const headers = { authorization: `Bearer ${key}` };
    const documents = `${app.web.url}/api/companies/${player.company.id}/documents`;
    const read = async () => (await fetch(documents, { headers })).status;
    assert.equal(await read(), 200);
    await page.reload();
    const row = page.getByRole('row', { name: /Rapporter/ });
    await row.getByText('Läsa allt i företaget, Importera filer').waitFor();
    await row.getByText(`${key.slice(0, 13)}…`).waitFor();
    await row.getByText('denna minut').waitFor();
    assert.doesNotMatch(await page.content(), new RegExp(key));
    await app.isAccessible('keys');
    await row.getByRole('button', { name: 'Avsluta: Rapporter' }).click();
    await row.getByRole('button', { name: 'Avbryt' }).click();
    assert.equal(await read(), 200, 'it asks before it ends anything');
    await row.getByRole('button', { name: 'Avsluta: Rapporter' }).click();
    await row.getByRole('button', { name: 'Avsluta nyckeln: Rapporter' }).click();
    await page.getByText('Ingen nyckel än.').waitFor();
    assert.equal(await read(), 401);
  });

  test('a webhook is added, tried, told of what is booked, and told again', async () => {
    const { page } = app;
    await page.goto(at('/settings/webhooks'));
    await page.getByText('Inget program får veta något än.').waitFor();
    await app.isAccessible('webhooks-none');
    await page.getByLabel('Adress').fill('http://butik.example/told');
    await page.getByRole('button', { name: 'Lägg till webhook' }).click();
    await page.getByRole('alert').getByText('https://').waitFor();
    await page.getByLabel('Adress').fill(receiver.url);
    await page.getByRole('button', { name: 'Lägg till webhook' }).click();
    const secret = await page.getByLabel('Hemligheten', { exact: true }).inputValue();
    await page.getByText('Inget har skickats än.').waitFor();
    receiver.answers(503, 200);
    await page.getByRole('button', { name: `Skicka ett prov: ${receiver.url}` }).click();
    await page.getByText('Mottagaren svarade 503.').waitFor();
    await page.getByText('gav upp').waitFor();
    await app.isAccessible('webhooks-failed');
    await page.getByRole('button', { name: 'Skicka igen: webhook.test' }).click();
    await page.getByText('framme').waitFor();
    const content = tillFile(smallDay({ store: '1234', day: '2026-05-02' }));
    await take(player, { name: 'dag.csv', content });
    await untilQuiet(player);
    await until(() => receiver.got.length === 3);
    await page.reload();
    const booked = page.getByRole('row', { name: /document\.booked/ });
    await booked.getByText('framme').waitFor();
    await app.isAccessible('webhooks');
    assert.deepEqual(
      receiver.read(secret).map(({ type }) => type),
      ['webhook.test', 'webhook.test', 'document.booked'],
    );
    assert.doesNotMatch(await page.content(), new RegExp(secret.slice(6, 20)));
    await booked.getByRole('link', { name: /^underlag/ }).click();
    await page.waitForURL(/\/documents\/\d+$/);
  });

  test('a webhook gets another secret, is switched off, and ended', async () => {
    const { page } = app;
    await page.goto(at('/settings/webhooks'));
    await page.getByRole('button', { name: `Byt hemlighet: ${receiver.url}` }).click();
    await page.getByRole('button', { name: `Byt hemligheten: ${receiver.url}` }).click();
    const secret = await page.getByLabel('Den nya hemligheten', { exact: true }).inputValue();
    await page.getByText(/Båda hemligheterna signerar till/).waitFor();
    await page.getByRole('button', { name: `Skicka ett prov: ${receiver.url}` }).click();
    await until(() => receiver.got.length === 4);
    assert.equal(receiver.read(secret, receiver.got.slice(3)).length, 1);
    await page.getByText('Ändra', { exact: true }).click();
    await page.getByLabel('Skicka meddelanden').uncheck();
    await page.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Avslagen.').waitFor();
    await page.getByRole('button', { name: `Ta bort: ${receiver.url}` }).click();
    await page.getByRole('button', { name: `Ta bort webhooken: ${receiver.url}` }).click();
    await page.getByText('Inget program får veta något än.').waitFor();
    await page.goto(at('/audit'));
    await page.getByText('Bytte hemlighet för en webhook').waitFor();
    await page.getByText('Avslutade en nyckel').waitFor();
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
