import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setFlow } from '../../src/hub/set-up-flow.ts';
import {
  addPlayer,
  startStage,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';

describe('what is done by itself, pictures and documentation', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let player: Player;
  let app: App;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    const today = new Date().toISOString().slice(0, 10);
    const content = tillFile(smallDay({ store: '1234', day: today, number: 'Z-1' }));
    await take(player, { name: 'dag.csv', content });
    await untilQuiet(player);
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await stage?.stop();
  });

  const at = (path: string): string => `${app.url}/c/${player.company.id}${path}`;

  test('a reconciliation is done each morning, now, and no more', async () => {
    const { page } = app;
    await page.goto(at('/schedules'));
    await page.getByText('Inget görs av sig självt än.').waitFor();
    await page.getByLabel('Vad').selectOption({ label: 'Stäm av minbutik → fortnox' });
    await page.getByLabel('Klockslag').fill('25:00');
    await page.getByRole('button', { name: 'Gör av sig självt' }).click();
    await page.getByRole('alert').getByText('a time such as 05:00').waitFor();
    await page.getByLabel('Klockslag').fill('05:00');
    await page.getByRole('button', { name: 'Gör av sig självt' }).click();
    await page.getByRole('cell', { name: /^05:00/ }).waitFor();
    await page.getByRole('button', { name: 'Kör nu' }).click();
    await page.getByText(/underlag, 0 skillnader/).waitFor();
    await app.isAccessible('schedules');
    await page.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByText('Inget görs av sig självt än.').waitFor();
  });

  test('the overview shows what the limits leave and where money waits', async () => {
    const { page } = app;
    await page.goto(at(''));
    // 1 000.00 was paid by card today, and no settlement has come.
    const account = page.getByRole('region', { name: /^1580/ });
    await account
      .getByText(/1\s000,00/)
      .first()
      .waitFor();
    await app.isAccessible('overview-charts');
  });

  test('what the company is called is changed where it is said', async () => {
    const { page } = app;
    await page.goto(at('/settings'));
    await page.getByLabel('Organisationsnummer').fill('559999-0032');
    await page.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Sparat.').waitFor();
    await page.reload();
    await page.getByLabel('Organisationsnummer').waitFor();
    const kept = await page.getByLabel('Organisationsnummer').inputValue();
    assert.equal(kept, '559999-0032');
    await app.isAccessible('settings');
  });

  test('the system documentation holds each rule with its dates', async () => {
    const { page } = app;
    const choices = { ...(player.flow.choices as object), lockedPeriod: 'first-open-day' };
    await setFlow(stage.hub, player.flow.id, { choices });
    await page.goto(at('/documentation'));
    await page.getByText('2 versioner').waitFor();
    await page.getByText('first-open-day').waitFor();
    await page.getByText(/^Gäller sedan/).waitFor();
    await page.getByText(/^Gällde från/).waitFor();
    await app.isAccessible('documentation');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation').first().isVisible(), false);
    assert.ok((await page.pdf()).byteLength > 10_000);
    await page.emulateMedia({ media: 'screen' });
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
