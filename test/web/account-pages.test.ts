import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { startStage, type Stage } from '../scenarios/stage.ts';
import { lookAt, NO_BROWSER, openBrowser } from './browser.ts';
import { builtPages } from './built.ts';
import { oneTimeCode } from './one-time-code.ts';
import { firstOwner, PASSWORD } from './people.ts';

const PATIENCE_MS = 12_000;
const EMAIL = 'anna@byran.example';

describe('one’s own account', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let web: HubServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** Browsers give passkeys to names, and not to numbers. */
  let home: string;
  let otpauth = '';
  const findings: string[] = [];

  before(async () => {
    builtPages();
    stage = await startStage({ hasWorker: false });
    web = await openServer({ host: '127.0.0.1', port: 0 });
    home = web.url.replace('127.0.0.1', 'localhost');
    web.ready({ ...stage.hub, config: { ...stage.hub.config, publicUrl: home } });
    await firstOwner(web);
    browser = await openBrowser();
    context = await browser.newContext({ locale: 'sv-SE' });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
  });
  after(async () => {
    await browser?.close();
    await web?.close();
    await stage?.stop();
  });

  async function isAccessible(name: string): Promise<void> {
    findings.push(...(await lookAt(page, name)));
  }

  /** Where somebody comes who is signed in and has no company yet. */
  const isIn = (): Promise<void> => page.getByRole('heading', { name: 'Välkommen' }).waitFor();

  /** Enters the code that an app shows now. */
  async function enterCode(): Promise<void> {
    await page.getByLabel('Engångskod').fill(oneTimeCode(otpauth, Date.now()));
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
    await isIn();
  }

  async function signIn(): Promise<void> {
    await page.goto(`${home}/sign-in`);
    await page.getByLabel('E-post').fill(EMAIL);
    await page.getByLabel('Lösenord').fill(PASSWORD);
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  }

  test('codes of an app are set up with the picture, and recovery codes are shown once', async () => {
    await signIn();
    await isIn();
    await page.goto(`${home}/account`);
    const factor = page.locator('section', {
      has: page.getByRole('heading', { name: 'Engångskoder' }),
    });
    await factor.getByLabel('Nuvarande lösenord').fill(PASSWORD);
    await factor.getByRole('button', { name: 'Sätt upp' }).click();
    const shown = await page.getByAltText('QR-kod för appen').getAttribute('src');
    assert.match(shown ?? '', /^data:image\/svg\+xml,.*svg/);
    await isAccessible('account-factor');
    const secret = (await factor.locator('code').textContent()) ?? '';
    otpauth = `otpauth://totp/Bokbro?secret=${secret}`;
    await factor.getByLabel('Engångskod').fill(oneTimeCode(otpauth, Date.now()));
    await factor.getByRole('button', { name: 'Slå på' }).click();
    await page.getByText('Spara reservkoderna').waitFor();
    assert.equal(await factor.locator('.codes li').count(), 10);
    await isAccessible('account');
  });

  test('the code is asked for after the password', async () => {
    await context.clearCookies();
    await signIn();
    await page.getByRole('heading', { name: 'Ett steg till' }).waitFor();
    await isAccessible('sign-in-code');
    await page.getByLabel('Engångskod').fill('000000');
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.getByText('Koden stämmer inte.').waitFor();
    await enterCode();
  });

  test('a passkey is added, gets in by itself, and is taken away', async () => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
        ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await page.goto(`${home}/account`);
    await page.getByLabel('Namn på passnyckeln').fill('Kontorets dator');
    await page.getByRole('button', { name: 'Lägg till passnyckel' }).click();
    await page.getByText('Kontorets dator').waitFor();
    await isAccessible('account-passkey');
    await context.clearCookies();
    await page.goto(`${home}/sign-in`);
    await isAccessible('sign-in-ways');
    await page.getByRole('button', { name: 'Logga in med passnyckel' }).click();
    await isIn();
    await page.goto(`${home}/account`);
    await page.getByRole('button', { name: 'Ta bort: Kontorets dator' }).click();
    await page.getByText('Ingen passnyckel än.').waitFor();
    await context.clearCookies();
    await page.goto(`${home}/sign-in`);
    await page.getByRole('button', { name: 'Logga in med passnyckel' }).click();
    await page.getByText('Passnyckeln gick inte att använda.').waitFor();
  });

  test('a device that has not asked who holds it gets nobody in', async () => {
    // As the test before, by the code: then with a device that asks nothing.
    await signIn();
    await enterCode();
    const other = await context.newPage();
    const devtools = await context.newCDPSession(other);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
        ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await other.goto(`${home}/account`);
    await other.getByLabel('Namn på passnyckeln').fill('Utan fråga');
    await other.getByRole('button', { name: 'Lägg till passnyckel' }).click();
    await other.getByText('Utan fråga').waitFor();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await context.clearCookies();
    await other.goto(`${home}/sign-in`);
    await other.getByRole('button', { name: 'Logga in med passnyckel' }).click();
    await other.getByText('Passnyckeln gick inte att använda.').waitFor();
    await other.close();
  });

  test('somebody is invited on the page, comes in by the link, and is taken away', async () => {
    await page.goto(`${home}/people`);
    await page.getByRole('button', { name: 'Logga in', exact: true }).waitFor();
    await signIn();
    await enterCode();
    await page.goto(`${home}/people`);
    await page.getByLabel('E-post').fill('bo@byran.example');
    await page.getByLabel('Roll').first().selectOption('Läsare');
    await page.getByRole('button', { name: 'Skapa länk' }).click();
    const link = await page.getByLabel('Länk att ge till den inbjudna').inputValue();
    await isAccessible('people');
    const theirs = await (await browser.newContext({ locale: 'sv-SE' })).newPage();
    await theirs.goto(link);
    await theirs.getByLabel('Namn').fill('Bo Ek');
    await theirs.getByLabel('Lösenord').fill(PASSWORD);
    findings.push(...(await lookAt(theirs, 'joined')));
    await theirs.getByRole('button', { name: 'Börja' }).click();
    await theirs.getByRole('heading', { name: 'Alla företag' }).waitFor();
    await page.reload();
    const bo = page.locator('section', { has: page.getByRole('heading', { name: 'Bo Ek' }) });
    await bo.getByText('Ändra').click();
    await bo.getByRole('button', { name: 'Ta bort användaren' }).click();
    await bo.getByRole('button', { name: 'Ta bort för gott?' }).click();
    await bo.waitFor({ state: 'detached' });
    await theirs.goto(link);
    await theirs.getByText('Inbjudan är använd').waitFor();
    await theirs.context().close();
  });

  test('axe finds nothing wrong with any of it', () => {
    assert.deepEqual(findings, []);
  });
});
