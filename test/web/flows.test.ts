import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addConnection, listFlows } from '../../src/store/registry.ts';
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

function accountsOf(choices: unknown): unknown {
  return (choices as { accounts?: unknown } | undefined)?.accounts;
}

describe('flows in the web app', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let player: Player;
  let app: App;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    await takeDay('2026-05-02', 'Z-1');
    const { db } = stage.hub.database;
    const { id: companyId } = player.company;
    await addConnection(db, { companyId, connector: 'camt053', name: 'bank', settings: {} });
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await stage?.stop();
  });

  async function takeDay(day: string, number: string): Promise<void> {
    const content = tillFile(smallDay({ store: '1234', day, number }));
    await take(player, { name: `${day}.csv`, content });
    await untilQuiet(player);
  }

  const at = (path: string): string => `${app.url}/c/${player.company.id}${path}`;

  test('choices are tried on the last documents before they are kept', async () => {
    const { page } = app;
    await page.goto(at('/flows'));
    await app.isAccessible('flows');
    await page.getByRole('link', { name: 'ICA MinButik → Fortnox' }).click();
    await page.getByText('Inget av det bokförda skulle ha bokförts annorlunda.').waitFor();
    await page.getByRole('button', { name: 'Lägg till en rad' }).first().click();
    await page.getByLabel('Konton: Vad kontot är till 1').fill('tender.card');
    await page.getByLabel('Konton: Konto 1').fill('1930');
    await page.getByText('1 bokfört skulle ha bokförts annorlunda.').waitFor();
    await page.locator('summary', { hasText: 'Dagsrapport' }).first().click();
    await page.getByRole('cell', { name: /^1930/ }).first().waitFor();
    await app.isAccessible('flow');
    const [before] = await listFlows(stage.hub.database.db, player.company.id);
    assert.equal(accountsOf(before?.choices), undefined);
    await page.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Sparat.').waitFor();
    const [after] = await listFlows(stage.hub.database.db, player.company.id);
    assert.deepEqual(accountsOf(after?.choices), { 'tender.card': '1930' });
  });

  test('a choice that cannot be used is told where it is made', async () => {
    const { page } = app;
    await page.getByLabel('Konton: Konto 1').fill('15');
    await page.getByRole('alert').getByText('an account number, such as 1930').waitFor();
    await page.getByRole('button', { name: 'Spara' }).click();
    await page.getByRole('alert').getByText('accounts.tender.card').first().waitFor();
  });

  test('a flow is added, and nothing of it is booked before it is approved', async () => {
    const { page } = app;
    await page.goto(at('/flows'));
    const row = page
      .getByRole('listitem')
      .filter({ hasText: 'Banker (camt.053) – bank → Fortnox' });
    await row.getByRole('link', { name: 'Lägg till' }).click();
    await page.getByText('Inget underlag har kommit än').waitFor();
    await page.getByLabel('Två personer över').fill('5000');
    await page.getByRole('button', { name: 'Börja bokföra' }).click();
    await page.waitForURL(/\/flows\/\d+$/);
    const flows = await listFlows(stage.hub.database.db, player.company.id);
    assert.equal(flows.at(-1)?.mode, 'review');
    await page.goto(at('/flows'));
    await page.getByRole('cell', { name: /5\s000,00\sSEK/ }).waitFor();
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
