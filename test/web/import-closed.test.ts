import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  addPlayer,
  ledgerOf,
  startStage,
  untilQuiet,
  type Player,
  type Stage,
} from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';

/** A report for each day of a month. */
const MONTH = Array.from({ length: 31 }, (_, i) => {
  const day = `2026-05-${String(i + 1).padStart(2, '0')}`;
  return smallDay({ store: '1234', day, number: `Z-${i + 1}` });
});

describe('an import whose page is closed half way', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let player: Player;
  let app: App;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await stage?.stop();
  });

  test('goes on without it, and the page tells how far when it is opened again', async () => {
    const { page, url } = app;
    const at = `${url}/c/${player.company.id}`;
    await page.goto(`${at}/import`);
    const buffer = Buffer.from(tillFile(...MONTH));
    const file = { name: 'maj.csv', mimeType: 'text/csv', buffer };
    await page.getByLabel('Välj fil').first().setInputFiles(file);
    await page.getByText('Så blir det').waitFor();
    // Half way: Fortnox takes ten vouchers, and then says for a while that it is asked too often.
    const fault = { kind: 'too-many-requests' } as const;
    const { faults } = stage.simulator;
    faults.add({ fault, method: 'POST', path: '/3/vouchers', skip: 10, times: 'always' });
    await page.getByRole('button', { name: 'Bokför' }).click();
    await page.getByText('10 av 31 bokförda').waitFor();
    const context = page.context();
    await page.close();
    assert.equal(ledgerOf(player).length, 10);
    const again = await context.newPage();
    await again.goto(`${at}/import`);
    const row = again.getByRole('row', { name: /^maj\.csv/ });
    await row.getByText('10 av 31 bokförda · 21 på väg').waitFor();
    // It is told as it comes, without anything being pressed.
    faults.clear();
    await row.getByText('31 av 31 bokförda').waitFor();
    await untilQuiet(player);
    assert.equal(ledgerOf(player).length, MONTH.length);
    await row.getByRole('link', { name: 'maj.csv' }).click();
    await again.getByText('31 underlag', { exact: true }).waitFor();
    assert.equal(await again.getByText('K 31', { exact: true }).count(), 1);
  });
});
