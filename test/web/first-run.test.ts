import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openDemo, type OpenDemo } from '../../src/app/demo/web-demo.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { startStage, type Stage } from '../scenarios/stage.ts';
import { lookAt, NO_BROWSER, openBrowser } from './browser.ts';
import { builtPages } from './built.ts';
import { PASSWORD } from './people.ts';

/** A page that takes longer is not coming. */
const PATIENCE_MS = 20_000;
/** Booking a whole month takes longest. */
const BOOKED_MS = 90_000;

describe('the first run', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let demo: OpenDemo;
  let web: HubServer;
  let browser: Browser;
  let page: Page;
  const findings: string[] = [];

  before(async () => {
    builtPages();
    // The demo's simulated ledger is reached on a hub that calls nothing else on its machine.
    stage = await startStage({ reach: [] });
    demo = openDemo(stage.hub, { rate: null });
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub, demo);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'sv-SE' });
    page.setDefaultTimeout(PATIENCE_MS);
  });
  after(async () => {
    await browser?.close();
    await web?.close();
    await demo?.close();
    await stage?.stop();
  });

  async function isAccessible(name: string): Promise<void> {
    await page.locator('h1').first().waitFor();
    findings.push(...(await lookAt(page, name)));
  }

  test('the first person is asked for the demo or a company of their own', async () => {
    await page.goto(`${web.url}/setup#token=${web.setupToken}`);
    await page.getByLabel('Namn').fill('Anna Andersson');
    await page.getByLabel('E-post').fill('anna@byran.example');
    await page.getByLabel('Lösenord').fill(PASSWORD);
    await page.getByRole('button', { name: 'Skapa användare' }).click();
    await page.getByRole('button', { name: 'Prova demoföretaget' }).waitFor();
    await isAccessible('first-run');
  });

  test('what the demo holds is settled, and its voucher number is seen', async () => {
    await page.getByRole('button', { name: 'Prova demoföretaget' }).click();
    await page.getByText('Demoföretag: allt är påhittat').waitFor();
    await page
      .getByRole('link', { name: /^Väntar på dig/ })
      .first()
      .click();
    await page.getByText('Rapporten går inte ihop').waitFor({ timeout: BOOKED_MS });
    await page.getByRole('link', { name: 'Öppna underlaget' }).click();
    await page.getByRole('heading', { name: 'Händelser' }).waitFor();
    const there = page.url();
    await page.getByRole('link', { name: 'Avgör' }).click();
    await page.getByLabel('Konto', { exact: true }).fill('6991');
    await page.getByRole('cell', { name: /^6991/ }).waitFor();
    await isAccessible('demo-held');
    await page.getByRole('button', { name: 'Bokför så' }).click();
    await page.getByText('1 underlag avgjort').waitFor();
    await page.goto(there);
    const label = page.getByTestId('voucher-number');
    await label.waitFor({ timeout: BOOKED_MS });
    assert.match(await label.innerText(), /^K \d+$/);
  });

  test('the demo is removed, and one’s own company takes its place', async () => {
    await page.getByRole('button', { name: 'Ta bort demon' }).click();
    await page.getByRole('button', { name: 'Prova demoföretaget' }).waitFor();
    await page.getByLabel('Företagets namn').fill('Bergs Bygg AB');
    await page.getByRole('button', { name: 'Anslut mitt eget' }).click();
    await page.getByRole('heading', { name: 'Anslut ett system' }).waitFor();
    await page.getByRole('combobox', { name: 'Företag' }).waitFor();
    assert.equal(await page.getByText('Demoföretag: allt är påhittat').count(), 0);
  });

  test('axe finds nothing', () => assert.deepEqual(findings, []));
});
