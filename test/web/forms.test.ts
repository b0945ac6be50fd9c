import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { systemName } from '../../src/ports/connector.ts';
import { listConnections, listFlows } from '../../src/store/registry.ts';
import { addPlayer, startStage, type Player, type Stage } from '../scenarios/stage.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';

const PROFILE = join(
  import.meta.dirname,
  '../../src/connectors/minbutik/fixtures/kedjekonto-profile.json',
);

describe('forms of settings and choices in the web app', { skip: NO_BROWSER }, () => {
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

  const at = (path: string): string => `${app.url}/c/${player.company.id}${path}`;

  async function speak(language: 'sv' | 'nb' | 'en'): Promise<void> {
    await app.page.evaluate(`localStorage.setItem('bokbro.language', '${language}')`);
  }

  async function openAll(): Promise<void> {
    for (const more of await app.page.locator('details.more > summary').all()) await more.click();
  }

  test('departments and terms of payment methods are rows to fill in', async () => {
    const { page } = app;
    await page.goto(at('/flows'));
    await page.getByRole('link', { name: 'ICA MinButik → Fortnox' }).click();
    await page.getByRole('button', { name: 'Avdelningar: Lägg till en rad' }).click();
    await page.getByLabel('Avdelningar: Avdelningens kod 1').fill('50');
    const department = page.getByRole('group', { name: '50' });
    await department.getByLabel('Kostnadsställe').fill('BUTIK');
    await page.getByText(/inställningar till/).click();
    await page.getByRole('button', { name: 'Villkor efter betalsätt: Lägg till en rad' }).click();
    await page.getByLabel('Villkor efter betalsätt: Betalsätt i butiken 1').fill('klarna');
    const method = page.getByRole('group', { name: 'klarna', exact: true });
    await method.getByLabel('Betalningsvillkor').fill('30');
    await app.isAccessible('flow-rows');
    await page.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Sparat.').waitFor();
    const [flow] = await listFlows(stage.hub.database.db, player.company.id);
    const choices = (flow ?? assert.fail('the flow is there')).choices;
    const { departments, invoicing } = choices as Record<string, unknown>;
    assert.deepEqual(departments, { 50: { costCentre: 'BUTIK' } });
    assert.deepEqual(invoicing, { methods: { klarna: { terms: '30' } } });
  });

  test('what was chosen is told in the same words by the system documentation', async () => {
    const { page } = app;
    await page.goto(at('/documentation'));
    await page.getByText('50 (Kostnadsställe: BUTIK)').first().waitFor();
    await page
      .getByText('Villkor efter betalsätt (klarna (Betalningsvillkor: 30))')
      .first()
      .waitFor();
    await app.isAccessible('documentation');
  });

  test('rules of bank entries are written, ordered and taken away by the keyboard', async () => {
    const { page } = app;
    await page.goto(at('/connections/new'));
    await page.getByRole('button', { name: /^Banker \(camt\.053\)/ }).click();
    const add = page.getByRole('button', { name: 'Vad bankhändelser är: Lägg till en rad' });
    for (const said of ['AVI', 'AVGIFT', 'HYRA']) {
      await add.press('Enter');
      await page.getByLabel('Texten innehåller').last().fill(said);
      await page.getByLabel('Vad det är').last().selectOption({ label: 'Bankavgift' });
    }
    await page.getByLabel('Flytta upp Regel 2').press('Enter');
    await page.getByLabel('Ta bort Regel 3').press('Enter');
    const texts = page.getByLabel('Texten innehåller');
    assert.deepEqual(await Promise.all((await texts.all()).map((one) => one.inputValue())), [
      'AVGIFT',
      'AVI',
    ]);
    await app.isAccessible('connect-rules');
    await page.getByLabel('Namn på anslutningen').fill('bank');
    await page.getByRole('button', { name: 'Fortsätt' }).click();
    await page.waitForURL(/\/connections\/\d+/);
    assert.deepEqual((await settingsOf('bank'))['entries'], [
      { contains: 'AVGIFT', kind: 'fee' },
      { contains: 'AVI', kind: 'fee' },
    ]);
  });

  async function settingsOf(name: string): Promise<Readonly<Record<string, unknown>>> {
    const all = await listConnections(stage.hub.database.db, player.company.id);
    const found = all.find((one) => one.name === name) ?? assert.fail(`${name} is there`);
    return found.settings as Readonly<Record<string, unknown>>;
  }

  test('names of columns are pairs within each provider', async () => {
    const { page } = app;
    await page.goto(at('/connections/new'));
    await page.getByRole('button', { name: /^Betalleverantörers/ }).click();
    await openAll();
    await page.getByRole('button', { name: 'Egna kolumnnamn: Lägg till en rad' }).click();
    await page.getByLabel('Egna kolumnnamn: Betalleverantör 1').selectOption({ label: 'Swish' });
    await page.getByRole('group', { name: 'Swish' }).getByRole('button').last().click();
    await page.getByLabel('Kolumner: Uppgift, t.ex. amount 1').fill('amount');
    await page.getByLabel('Kolumner: Kolumnen i filen 1').fill('Belopp SEK');
    await app.isAccessible('connect-columns');
    await page.getByLabel('Namn på anslutningen').fill('swish');
    await page.getByRole('button', { name: 'Fortsätt' }).click();
    await page.waitForURL(/\/connections\/\d+/);
    assert.deepEqual((await settingsOf('swish'))['columns'], { swish: { amount: 'Belopp SEK' } });
  });

  test('a profile is taken from its file, and a file that is none is told', async () => {
    const { page } = app;
    await page.goto(at('/connections/new'));
    await page.getByRole('button', { name: /^ICA MinB/ }).click();
    await openAll();
    const file = page.locator('input[type=file]');
    const strange = { name: 'saldon.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b') };
    await file.setInputFiles(strange);
    await page.getByRole('alert').getByText('saldon.csv går inte att läsa.').waitFor();
    await file.setInputFiles(PROFILE);
    await page.getByText('minbutik.kedjekonto').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.getByLabel('Namn på anslutningen').fill('kassa 2');
    await page.getByRole('button', { name: 'Fortsätt' }).click();
    await page.waitForURL(/\/connections\/\d+/);
    const profile: unknown = JSON.parse(readFileSync(PROFILE, 'utf8'));
    assert.deepEqual((await settingsOf('kassa 2'))['profiles'], [profile]);
  });

  for (const language of ['sv', 'nb'] as const) {
    test(`every system and a flow are set up in ${language}`, async () => {
      const { page } = app;
      await speak(language);
      for (const connector of CONNECTORS.values()) {
        const { id, texts, settings } = connector;
        const name = RegExp.escape(systemName(connector, language));
        await page.goto(at('/connections/new'));
        await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
        await openAll();
        const shown = await page.locator('main').innerText();
        for (const [field, schema] of Object.entries(settings.shape)) {
          const [label = '', help = ''] = texts.settings[field]?.[language] ?? [];
          assert.ok(shown.includes(label) && shown.includes(help), `${id}.${field}: ${help}`);
          const english = 'description' in schema ? String(schema.description) : '';
          assert.ok(!shown.includes(english), `${id}.${field}: ${english}`);
        }
        await app.isAccessible(`connect-${id}-${language}`);
      }
      await page.goto(at('/flows'));
      await page.getByRole('link', { name: 'ICA MinButik → Fortnox' }).click();
      await page.locator('details.more').waitFor();
      await openAll();
      await app.isAccessible(`flow-${language}`);
    });
  }

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
