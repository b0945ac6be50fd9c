import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setFlow } from '../../src/hub/set-up-flow.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';
import { PASSWORD, signedIn } from './people.ts';

/** What was decided waits for 8 s before it goes. */
const BOOKED_MS = 60_000;

/** Five days of 1 000.00 and one of 2 000.00: 2 000.00 × 25 / 125 = 400.00 is its VAT. */
const SMALL_DAYS = ['2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05', '2026-05-06'];
const LARGE_DAY = {
  ...{ store: '1234', day: '2026-05-07', number: 'Z-9' },
  rows: ['sale;50;Hygien;25;2000,00;400,00', 'tender;KORT;Kontokort;;2000,00;'],
};

/** 1 000.00 sold and 900.00 paid: 100.00 are not accounted for. */
function shortDay(day: string, number: string) {
  return {
    ...{ store: '5678', day, number },
    rows: ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'],
  };
}

describe('what waits for a person, many at once', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let reviewed: Player;
  let asked: Player;
  let app: App;

  before(async () => {
    stage = await startStage();
    reviewed = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'], mode: 'review' });
    asked = await addPlayer(stage, { name: 'Backens Bageri AB', stores: ['5678'] });
    for (const [i, day] of SMALL_DAYS.entries()) {
      const content = tillFile(smallDay({ store: '1234', day, number: `Z-${i}` }));
      await take(reviewed, { name: `${day}.csv`, content });
    }
    await take(reviewed, { name: 'stor.csv', content: tillFile(LARGE_DAY) });
    for (const day of ['2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05']) {
      await take(asked, { name: `${day}.csv`, content: tillFile(shortDay(day, `Z-${day}`)) });
    }
    await untilQuiet(reviewed);
    await untilQuiet(asked);
    // Above 1 500.00 two people have to approve.
    await setFlow(stage.hub, reviewed.flow.id, { fourEyesMinor: 150_000n });
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await stage?.stop();
  });

  const chosen = async (): Promise<string> =>
    (await app.page.getByTestId('chosen').innerText()).replaceAll(/\s+/g, ' ');
  const boxes = () => app.page.getByRole('checkbox', { name: /^Välj (?!alla)/ });

  test('rows are chosen as in a list of mail, and their sum stands below', async () => {
    const { page } = app;
    await page.goto(`${app.url}/c/${reviewed.company.id}/held/review`);
    await boxes().nth(5).waitFor();
    // 5 × 1 000.00 + 2 000.00
    assert.equal(await chosen(), '6 att godkänna 7 000,00 SEK');
    await boxes().nth(1).click();
    await boxes()
      .nth(3)
      .click({ modifiers: ['Shift'] });
    assert.equal(await chosen(), '3 valda 3 000,00 SEK');
    await boxes().nth(2).click();
    assert.equal(await chosen(), '2 valda 2 000,00 SEK');
    await app.isAccessible('review');
    await page.keyboard.press('a');
    assert.equal(await chosen(), '6 valda 7 000,00 SEK 1 behöver en person till efter dig');
    await page.keyboard.press('a');
    assert.equal(await chosen(), '6 att godkänna 7 000,00 SEK');
  });

  test('the row at the keyboard shows what it would be booked as', async () => {
    const { page } = app;
    const effect = page.getByRole('region', { name: 'Så bokförs det' });
    for (let i = 0; i < 10; i += 1) await page.keyboard.press('j');
    await effect.getByRole('cell', { name: '2 000,00' }).first().waitFor();
    assert.match(await page.locator('tr.at').innerText(), /två personer/);
  });

  test('a filter narrows what is chosen from', async () => {
    const { page } = app;
    await page.getByLabel('Från').fill('2026-05-06');
    await page.getByText('2 att godkänna').waitFor();
    assert.equal(await chosen(), '2 att godkänna 3 000,00 SEK');
    await page.getByLabel('Från').fill('2027-01-01');
    await page.getByText('Inget underlag passar in.').waitFor();
    await page.getByLabel('Från').fill('');
    await boxes().nth(5).waitFor();
  });

  test('what was approved is taken back while nothing has been sent', async () => {
    const { page } = app;
    await page.locator('h1').click();
    for (let i = 0; i < 10; i += 1) await page.keyboard.press('k');
    await page.keyboard.press('x');
    await page.keyboard.press('Enter');
    await page.getByText('1 godkänd').waitFor();
    await page.keyboard.press('u');
    await page.getByText('1 ångrad').waitFor();
    await boxes().nth(5).waitFor();
    assert.deepEqual(ledgerOf(reviewed), []);
  });

  test('many are approved at once and followed into the books', async () => {
    const { page } = app;
    await page.getByLabel('Välj alla').check();
    await page.getByRole('button', { name: 'Godkänn 6' }).click();
    await page.getByText('5 bokförda').waitFor({ timeout: BOOKED_MS });
    assert.equal(ledgerOf(reviewed).length, 5);
    assert.match(await page.locator('tr.at').innerText(), /väntar på en annan än dig/);
    assert.equal(await boxes().first().isDisabled(), true);
  });

  test('another person lets go what needs two, and the page says so without a reload', async () => {
    const { page, owner, web } = app;
    const email = 'berit@byran.example';
    const person = { name: 'Berit Berg', email, password: PASSWORD, role: 'approver' };
    const json = { ...person, companyId: reviewed.company.id };
    await owner.ask('/api/people', { method: 'POST', json });
    const berit = await signedIn(web, email);
    const at = `/api/companies/${reviewed.company.id}`;
    const { body } = await berit.ask(`${at}/review`);
    const [row] = body['rows'] as { id: string; first: { by: string; isYou: boolean } }[];
    assert.equal(row?.first.isYou, false);
    const settle = { ids: [row?.id], way: { kind: 'again' } };
    await berit.ask(`${at}/held/settle`, { method: 'POST', json: settle });
    await page.getByText('Inget väntar på att godkännas.').waitFor();
    await untilQuiet(reviewed);
    assert.equal(ledgerOf(reviewed).length, 6);
  });

  test('the queue of questions is gone through by keys', async () => {
    const { page } = app;
    await page.goto(`${app.url}/c/${asked.company.id}/held`);
    const rows = page.locator('.queue-item');
    await rows.nth(3).waitFor();
    const at = () => page.locator('.queue-item[aria-current=true]').innerText();
    assert.match(await at(), /2026-05-02/);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.waitForURL(/delivery=/);
    await page.locator('.queue-item[aria-current=true]', { hasText: '2026-05-04' }).waitFor();
    await page.keyboard.press('k');
    await page.locator('.queue-item[aria-current=true]', { hasText: '2026-05-03' }).waitFor();
  });

  test('one answer settles all that wait for the same reason, and is taken back whole', async () => {
    const { page } = app;
    await page.getByLabel('Konto', { exact: true }).fill('6991');
    await page.getByRole('cell', { name: /^6991/ }).waitFor();
    await page.getByLabel('Detsamma för 3 till av samma slag').check();
    await page.keyboard.press('Enter');
    await page.getByText('4 underlag avgjorda').waitFor();
    await page.getByText('Inget väntar på dig.').waitFor();
    await page.keyboard.press('u');
    await page.locator('.queue-item').nth(3).waitFor();
    assert.deepEqual(ledgerOf(asked), []);
    await page.getByLabel('Konto', { exact: true }).fill('6991');
    await page.getByRole('cell', { name: /^6991/ }).waitFor();
    await page.getByLabel('Detsamma för 3 till av samma slag').check();
    await page.keyboard.press('Enter');
    await page.getByText('Inget väntar på dig.').waitFor();
    await untilQuiet(asked);
    const vouchers = ledgerOf(asked);
    assert.equal(vouchers.length, 4);
    // What is missing is a cost, on the account that was said.
    for (const [, ...rows] of vouchers) {
      assert.equal(rows.filter((row) => row.startsWith('6991 100.00')).length, 1);
    }
  });

  test('axe finds nothing', () => assert.deepEqual(app.findings, []));

  test('no page has failed on the way', () => assert.deepEqual(app.errors, []));
});
