import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { demoMonth } from '../../src/app/demo/month.ts';
import { addDemoCompany, type DemoCompany } from '../../src/app/demo/store.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { startStage, untilQuiet, YEARS, type Stage } from '../scenarios/stage.ts';
import { builtPages } from './built.ts';
import { layoutShifts, lookAt, NO_BROWSER, openBrowser } from './browser.ts';
import { PASSWORD } from './people.ts';

/** A page that takes longer is not coming. */
const PATIENCE_MS = 12_000;
/** How far a page may move while it comes: a tenth of what counts as good. */
const SHIFT_MAX = 0.01;

type Anchor = { readonly href: string };

/** Beside the store with a month of which one report does not balance. */
const QUIET_CLIENTS = ['Backens Bageri AB', 'Cykelboden i Lund AB', 'Dals Trä HB'];

describe('the web app', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let web: HubServer;
  let company: DemoCompany;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  const findings: string[] = [];

  before(async () => {
    builtPages();
    stage = await startStage();
    company = await addDemoCompany(stage, { name: 'Ängens Livs AB', years: YEARS });
    for (const name of QUIET_CLIENTS) await addDemoCompany(stage, { name, years: YEARS });
    await playMonth();
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'sv-SE' });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (said) => {
      if (said.type() === 'error') errors.push(said.text());
    });
  });
  after(async () => {
    await browser?.close();
    await web?.close();
    await stage?.stop();
  });

  async function playMonth(): Promise<void> {
    const month = demoMonth();
    for (const { to, name, text } of month.files) {
      const connectionId = company.flows[to].source.id;
      const bytes = Readable.from([Buffer.from(text)]);
      await stage.hub.takeFile({ connectionId, name, via: 'command', bytes });
    }
    await untilQuiet({ stage, ...company });
  }

  const at = (path: string): string => `${web.url}/c/${company.company.id}${path}`;

  /** Looks at a page with axe; the last test says what was found. */
  async function isAccessible(name: string): Promise<void> {
    await page.locator('h1').first().waitFor();
    findings.push(...(await lookAt(page, name)));
  }

  test('the first person comes in by the printed code', async () => {
    await page.goto(`${web.url}/setup#token=${web.setupToken}`);
    await page.getByLabel('Namn').fill('Anna Andersson');
    await page.getByLabel('E-post').fill('anna@byran.example');
    await page.getByLabel('Lösenord').fill('password1234');
    await page.getByRole('button', { name: 'Skapa användare' }).click();
    await page.getByText('för lätt att gissa').waitFor();
    await isAccessible('set-up');
    await page.getByLabel('Lösenord').fill(PASSWORD);
    await page.getByRole('button', { name: 'Skapa användare' }).click();
    await page.getByRole('link', { name: 'Ängens Livs AB' }).waitFor();
  });

  test('every client stands in one table, who waits first', async () => {
    const first = page.getByRole('row').nth(1);
    assert.match(await first.innerText(), /Ängens Livs AB\s+1\s/);
    await isAccessible('firm');
  });

  test('one client is told on one page', async () => {
    await page.getByRole('link', { name: 'Ängens Livs AB' }).click();
    await page.getByRole('heading', { name: 'De senaste 14 dagarna' }).waitFor();
    // The ledger's own name of an account that the standard chart has not.
    await page.getByRole('heading', { name: '1686 Fordran Swish' }).waitFor();
    const connections = page.getByRole('region', { name: 'Anslutningar' });
    const shown = await connections.getByRole('listitem').allInnerTexts();
    const systems = ['ICA MinButik', 'Fortnox', 'Peppol BIS Billing 3', 'Banker (camt.053)'];
    assert.deepEqual(
      shown.map((one) => one.split('\n')[0]),
      systems,
    );
    await isAccessible('overview');
  });

  test('what is held is settled with its effect seen before, and taken back', async () => {
    await page
      .getByRole('link', { name: /Väntar på dig/ })
      .first()
      .click();
    await page.getByText('Rapporten går inte ihop').waitFor();
    const settles = page.getByRole('button', { name: 'Bokför så' });
    assert.equal(await settles.isDisabled(), true);
    const account = page.getByLabel('Konto', { exact: true });
    await account.fill('9876');
    await page.getByText('Kontot finns inte i kontoplanen.').waitFor();
    await account.fill('6991');
    await page.getByRole('status').getByText('Övriga externa kostnader').waitFor();
    await page.getByRole('cell', { name: /^6991/ }).waitFor();
    await isAccessible('held');
    await settles.click();
    await page.getByText('1 underlag avgjort').waitFor();
    await page.keyboard.press('u');
    await page.getByText('Ångrat').waitFor();
    await page.getByText('Rapporten går inte ihop').waitFor();
  });

  test('a document that was settled shows its voucher number without a reload', async () => {
    await page.getByRole('link', { name: 'Öppna underlaget' }).click();
    await page.getByRole('heading', { name: 'Händelser' }).waitFor();
    assert.equal(await page.getByTestId('voucher-number').count(), 0);
    const there = page.url();
    await page.getByRole('link', { name: 'Avgör' }).click();
    await page.getByLabel('Konto', { exact: true }).fill('6991');
    await page.getByRole('cell', { name: /^6991/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('1 underlag avgjort').waitFor();
    await page.goto(there);
    const label = page.getByTestId('voucher-number');
    await label.waitFor({ timeout: 60_000 });
    assert.match(await label.innerText(), /^K \d+$/);
    await isAccessible('document');
  });

  test('documents are searched and filtered by the hub', async () => {
    await page.goto(at('/documents'));
    await page.getByRole('row').nth(5).waitFor();
    await isAccessible('documents');
    await page.getByLabel('Slag').selectOption('account-statement');
    await page.getByRole('cell', { name: 'Kontoutdrag', exact: true }).first().waitFor();
    assert.equal(await page.getByRole('cell', { name: 'Dagsrapport' }).count(), 0);
    await page.getByLabel('Sök').fill('finns inte alls');
    await page.getByText('Inget underlag passar in.').waitFor();
    await page.getByRole('button', { name: 'Rensa' }).click();
    await page.getByRole('row').nth(5).waitFor();
  });

  test('a file is seen for what it is, previewed and booked', async () => {
    await page.goto(at('/import'));
    await isAccessible('import');
    const { name, text } = demoMonth().revised;
    const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.getByLabel('Välj fil').first().setInputFiles(file);
    await page.getByText('Så blir det').waitFor();
    await page.locator('summary').first().click();
    await isAccessible('import-preview');
    await page.getByRole('button', { name: 'Bokför' }).click();
    await page.getByText('Klart.').waitFor({ timeout: 60_000 });
    await page.getByText('1 av 1 bokförda').waitFor();
  });

  test('source, hub and ledger are compared', async () => {
    await page.goto(at('/reconcile'));
    await page.getByLabel('Från').fill('2026-10-01');
    await page.getByLabel('Till').fill('2026-10-31');
    await page.getByRole('button', { name: 'Stäm av' }).click();
    await page.getByTestId('verdict').waitFor({ timeout: 60_000 });
    await isAccessible('reconcile');
    // The 100.00 that a day lacked, decided on the page of what is held.
    assert.equal(
      await page.getByTestId('verdict').innerText(),
      'Lika sånär som på 100,00 som en person har beslutat.',
    );
  });

  test('a figure of a day leads to its documents, and those to the voucher', async () => {
    const grid = page.getByRole('table', { name: 'Per dag, momssats och betalsätt' });
    await grid.getByRole('columnheader', { name: 'Moms 25' }).waitFor();
    await grid.getByRole('columnheader', { name: 'Betalkort' }).waitFor();
    const day = grid.getByRole('row', { name: /2026-10-05/ });
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation').first().isVisible(), false);
    assert.equal(await page.getByRole('button', { name: 'Stäm av' }).isVisible(), false);
    assert.equal(await day.isVisible(), true);
    const paper = await page.pdf({ format: 'A4', landscape: true });
    assert.ok(paper.byteLength > 10_000);
    await page.emulateMedia({ media: 'screen' });
    const figure = day.getByRole('link').first();
    const amount = await figure.innerText();
    await figure.focus();
    await page.keyboard.press('Enter');
    const parts = page.locator('section.reconcile-parts');
    const heading = parts.getByRole('heading', { name: /· 2026-10-05$/ });
    await heading.waitFor();
    assert.equal(await heading.evaluate((one) => one.matches(':focus')), true);
    await parts.getByRole('row').nth(2).waitFor();
    // On all three sides the documents come to the figure that was chosen.
    const sums = parts.getByRole('row', { name: /^Summa/ }).getByRole('cell');
    assert.deepEqual((await sums.allInnerTexts()).slice(-3), [amount, amount, amount]);
    await isAccessible('reconcile-parts');
    // It has an address: whoever is sent it sees the same.
    await page.reload();
    await parts.getByRole('row').nth(2).waitFor();
    await page.getByTestId('verdict').waitFor();
    await parts.getByRole('link').nth(1).click();
    await page.waitForURL(/\/documents\/\d+$/);
    assert.match(
      await page.getByTestId('voucher-number').first().innerText(),
      /^[A-Z] \d+(, [A-Z] \d+)*$/,
    );
  });

  test('a connection is tested', async () => {
    await page.goto(at('/connections'));
    const fortnox = page.getByRole('region', { name: 'Fortnox' });
    await fortnox.getByRole('button', { name: 'Testa' }).click();
    await fortnox.getByRole('status').waitFor();
    await isAccessible('connections');
  });

  test('the audit trail says who has done what', async () => {
    await page.goto(at('/audit'));
    await page.getByText('Avgjorde').first().waitFor();
    await isAccessible('audit');
  });

  test('nothing jumps while a page comes', async (t) => {
    await page.goto(at(''));
    const links = page.getByRole('navigation').getByRole('link');
    await links.nth(8).waitFor();
    const addresses = await links.evaluateAll((all) => all.map((one) => (one as Anchor).href));
    assert.ok(addresses.length > 8, addresses.join(' '));
    addresses.push(at('/documents/1'), `${web.url}/`);
    const jumping: string[] = [];
    for (const [address, shift] of await layoutShifts(page, addresses)) {
      const path = new URL(address).pathname;
      t.diagnostic(`${shift.toFixed(3)} ${path}`);
      if (!(shift <= SHIFT_MAX)) jumping.push(`${path} moves by ${shift}`);
    }
    assert.deepEqual(jumping, []);
  });

  test('language and dark mode are a choice', async () => {
    await page.goto(at(''));
    await page.getByLabel('Språk').selectOption('nb');
    await page.getByRole('heading', { name: 'De siste 14 dagene' }).waitFor();
    await page.getByRole('button', { name: 'Mørk modus' }).click();
    await isAccessible('overview-nb');
    await page.goto(at('/documents'));
    await page.getByRole('row').nth(5).waitFor();
    await isAccessible('documents-nb');
    await page.getByRole('button', { name: 'Lys modus' }).click();
    await page.getByLabel('Språk').selectOption('en');
    await page.getByRole('heading', { name: 'Documents' }).waitFor();
    await page.getByLabel('Language').selectOption('sv');
  });

  test('who signs out has to sign in again', async () => {
    await page.goto(web.url);
    await page.getByRole('button', { name: /Konto/ }).click();
    await page.getByRole('menuitem', { name: 'Logga ut' }).click();
    await page.getByRole('heading', { name: 'Logga in' }).waitFor();
    await isAccessible('sign-in');
    await page.goto(at('/held'));
    await page.getByLabel('E-post').fill('anna@byran.example');
    await page.getByLabel('Lösenord').fill('fel lösenord helt och hållet');
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
    await page.getByText('stämmer inte').waitFor();
    await page.getByLabel('Lösenord').fill(PASSWORD);
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
    await page.getByRole('heading', { name: 'Väntar på dig' }).waitFor();
  });

  test('axe finds nothing on any page', () => assert.deepEqual(findings, []));

  test('no page has failed on the way', () => {
    // A wrong password and a page before sign-in are answered so, and the browser says it.
    const expected = /status of 40[01]/;
    assert.deepEqual(
      errors.filter((error) => !expected.test(error)),
      [],
    );
  });
});
