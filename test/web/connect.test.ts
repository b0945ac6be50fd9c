import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DEFAULT_CLIENT } from '../../src/connectors/fortnox/simulator/simulator.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { addCompany, listConnections, type Company } from '../../src/store/registry.ts';
import { startStage, YEARS, type Stage } from '../scenarios/stage.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';

describe('connecting systems in the web app', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let shop: WooCommerceSimulator;
  let company: Company;
  let app: App;

  before(async () => {
    stage = await startStage();
    stage.simulator.setConsent('page');
    stage.simulator.tenants.add({ name: 'Ängens Livs AB', years: YEARS });
    shop = await startWooCommerceSimulator({ choices: { keyCallbacks: 'any', owner: 'page' } });
    const of = { name: 'Ängens Livs AB', country: 'SE', language: 'sv' } as const;
    company = await addCompany(stage.hub.database.db, of);
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await shop?.stop();
    await stage?.stop();
  });

  const at = (path: string): string => `${app.url}/c/${company.id}${path}`;

  test('Fortnox is connected by consent on its own page', async () => {
    const { page } = app;
    await page.goto(at('/connections'));
    await page.getByRole('link', { name: 'Anslut ett system' }).click();
    await app.isAccessible('connect');
    await page.getByRole('button', { name: /^Fortnox/ }).click();
    await page.getByText(`${app.url}/oauth/callback`).waitFor();
    await page.getByLabel('Klient-id').fill(DEFAULT_CLIENT.id);
    await page.getByLabel('Klienthemlighet').fill(DEFAULT_CLIENT.secret);
    await page.getByText(/inställningar till/).click();
    await page.getByLabel('API-adress').fill(stage.simulator.apiUrl);
    await page.getByLabel('Inloggningsadress').fill(stage.simulator.authUrl);
    await app.isAccessible('connect-fortnox');
    await page.getByRole('button', { name: 'Fortsätt' }).click();
    await page.getByRole('button', { name: 'Till Fortnox' }).click();
    await page.getByRole('button', { name: 'Godkänn' }).click();
    await page.getByText('Ansluten.').waitFor();
    assert.match(page.url(), /\/connections\/\d+\?consent=given$/);
    await page.getByRole('button', { name: 'Testa' }).click();
    await page.getByRole('status').getByText('Ängens Livs AB').first().waitFor();
    await page.getByRole('status').getByText('Räkenskapsår:').first().waitFor();
    await app.isAccessible('connection');
    // The secret went in and never comes out again.
    assert.doesNotMatch(await page.content(), new RegExp(DEFAULT_CLIENT.secret));
  });

  test('a person who says no at Fortnox is told that nothing has changed', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Till Fortnox' }).click();
    await page.getByRole('button', { name: 'Avbryt' }).click();
    await page.getByText('Samtycket gavs inte.').waitFor();
  });

  test('a shop sends its keys when its owner approves', async () => {
    const { page } = app;
    await page.goto(at('/connections/new'));
    await page.getByRole('button', { name: /^WooCommerce/ }).click();
    await page.getByLabel('Butikens adress').fill(shop.url);
    await page.getByRole('button', { name: 'Fortsätt' }).click();
    await page.getByRole('button', { name: 'Till WooCommerce' }).click();
    await page.getByRole('link', { name: 'Approve' }).click();
    await page.getByText('Ansluten.').waitFor();
    await page.getByText(/Hämtas var 60:e sekund/).waitFor();
    await app.isAccessible('connection-shop');
  });

  test('settings that cannot be used are told, and nothing is added', async () => {
    const { page } = app;
    await page.goto(at('/connections/new'));
    await page.getByRole('button', { name: /^WooCommerce/ }).click();
    await page.getByLabel('Namn på anslutningen').fill('butik 2');
    await page.getByLabel('Butikens adress').fill('inte en adress');
    await page.getByRole('button', { name: 'Fortsätt' }).click();
    await page.getByRole('alert').getByText('Butikens adress är ingen webbadress').waitFor();
    const all = await listConnections(stage.hub.database.db, company.id);
    assert.deepEqual(all.map(({ name }) => name).sort(), ['fortnox', 'woocommerce']);
  });

  test('a store that another company has connected is not taken from it', async () => {
    const { db } = stage.hub.database;
    const other = await addCompany(db, { name: 'Annat AB', country: 'SE', language: 'sv' });
    const till = { connector: 'minbutik', name: 'minbutik', settings: { stores: ['1234'] } };
    for (const [to, status] of [
      [other, 200],
      [company, 409],
    ] as const) {
      const asked = { method: 'POST', json: till };
      const made = await app.owner.ask(`/api/companies/${to.id}/connections`, asked);
      assert.equal(made.status, status, JSON.stringify(made.body));
    }
  });

  test('a connection rests, goes on, and is disconnected for good', async () => {
    const { page } = app;
    await page.goto(at('/connections'));
    const card = page.getByRole('region', { name: 'woocommerce' });
    await card.getByRole('link', { name: 'Ändra' }).click();
    await page.getByRole('button', { name: 'Pausa' }).click();
    await page.getByText('pausad', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Återuppta' }).click();
    await page.getByText('redo', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Koppla från …' }).click();
    await page.getByRole('button', { name: 'Koppla från', exact: true }).click();
    await page
      .getByText(/kopplades från av anna@byran.example/)
      .first()
      .waitFor();
    await page.getByText('inte klar', { exact: true }).waitFor();
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
