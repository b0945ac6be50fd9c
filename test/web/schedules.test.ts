import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LocalDate } from '../../src/domain/date.ts';
import { lookForMissing } from '../../src/hub/look-for-missing.ts';
import { setFlow } from '../../src/hub/set-up-flow.ts';
import { listFindings } from '../../src/store/findings.ts';
import {
  addPlayer,
  startStage,
  take,
  today,
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
    const content = tillFile(smallDay({ store: '1234', day: today(), number: 'Z-1' }));
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
    const form = page.getByRole('form', { name: 'Gör av sig självt' });
    await page.goto(at('/schedules'));
    await page.getByText('Inget görs av sig självt än.').waitFor();
    await page.getByLabel('Vad').selectOption({ label: 'Stäm av ICA MinButik → Fortnox' });
    await form.getByLabel('Klockslag').fill('25:00');
    await page.getByRole('button', { name: 'Gör av sig självt' }).click();
    await page.getByRole('alert').getByText('ett klockslag').waitFor();
    await form.getByLabel('Klockslag').fill('05:00');
    await form.getByRole('checkbox', { name: 'fredag' }).check();
    await form.getByRole('checkbox', { name: 'måndag' }).check();
    await form.getByLabel('Dagar i månaden').fill('31');
    await page.getByRole('button', { name: 'Gör av sig självt' }).click();
    await page.getByRole('cell', { name: '05:00 måndag, fredag, den 31' }).waitFor();
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

  test('what has not come is dismissed with a reason, and expected after all', async () => {
    const { page } = app;
    const { id: companyId } = player.company;
    // The till has reported Z-1 today; Z-3 says that a report between them has not come.
    const content = tillFile(smallDay({ store: '1234', day: today(), number: 'Z-3' }));
    await take(player, { name: 'senare.csv', content });
    await untilQuiet(player);
    await lookForMissing(stage.hub, player.company, { to: today() as LocalDate });
    await page.goto(at('/schedules'));
    const missing = page.getByRole('region', { name: 'Har inte kommit' });
    await missing.getByRole('button', { name: 'Kommer aldrig …' }).click();
    await missing.getByLabel('Skäl, till exempel stängt').fill('Utbildningskassa');
    await app.isAccessible('missing');
    await missing.getByRole('button', { name: 'Vänta inte på den' }).click();
    await missing.getByText('Inget är känt som saknas.').waitFor();
    const { db } = stage.hub.database;
    const [dismissed] = await listFindings(db, companyId, 'dismissed');
    assert.deepEqual(dismissed?.dismissed, {
      by: 'anna@byran.example',
      reason: 'Utbildningskassa',
    });
    await missing.getByText('1 väntas inte').click();
    await missing.getByText('Utbildningskassa').waitFor();
    await missing.getByRole('button', { name: 'Vänta ändå' }).click();
    await missing.getByRole('button', { name: 'Kommer aldrig …' }).waitFor();
    assert.deepEqual(await listFindings(db, companyId, 'dismissed'), []);
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
    await page.getByText('Bokför på första öppna dagen').waitFor();
    await page.getByText(/^Gäller sedan/).waitFor();
    await page.getByText(/^Gällde från/).waitFor();
    await app.isAccessible('documentation');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation').first().isVisible(), false);
    // What is printed is what the page shows now: each rule of each version, and nothing is cut off.
    for (const rule of [/^Gäller sedan/, /^Gällde från/]) {
      assert.equal(await page.getByText(rule).isVisible(), true);
    }
    const cut = await page.evaluate<readonly string[]>(`
      [...document.querySelectorAll('main, main *')]
        .filter((at) => getComputedStyle(at).overflow !== 'visible')
        .filter((at) => at.scrollHeight > at.clientHeight + 1)
        .map((at) => at.className)`);
    assert.deepEqual(cut, []);
    assert.match((await page.pdf()).subarray(0, 5).toString(), /^%PDF-/);
    await page.emulateMedia({ media: 'screen' });
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
