import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { makeDueSnapshots } from '../../src/hub/keep-snapshots.ts';
import { keepPlace } from '../../src/hub/fetch/keep-place.ts';
import { lookForMissing } from '../../src/hub/look-for-missing.ts';
import { returnDueBalances } from '../../src/hub/return-balances.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listFindings } from '../../src/store/findings.ts';
import { plusDays, type LocalDate } from '../../src/domain/date.ts';
import {
  newHostKey,
  SFTP_LOGIN,
  startSftpServer,
  type SftpServer,
} from '../../src/testing/sftp-server.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
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
import { PASSWORD, signedIn } from './people.ts';

const FILE = 'kreditsaldon-alla.csv';

describe('what a till gets back, and when it rests', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let player: Player;
  let other: Player;
  let app: App;
  let root: string;
  let server: SftpServer;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    other = await addPlayer(stage, { name: 'Annat AB', stores: ['5678'] });
    root = newFolder();
    mkdirSync(join(root, 'in'));
    server = await startSftpServer({ folder: root, hostKey: newHostKey() });
    for (const [name, whose] of [
      ['ica', player],
      ['deras', other],
    ] as const) {
      await keepPlace(stage.hub, {
        ...{ kind: 'sftp', name, everySeconds: 60 },
        owner: { companyId: whose.company.id, connectionId: whose.source.id },
        settings: { host: '127.0.0.1', port: server.port, user: SFTP_LOGIN.user, folder: null },
        secrets: { password: SFTP_LOGIN.password },
      });
    }
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await server?.stop();
    await stage?.stop();
    removeFolder(root);
  });

  const region = (name: string): Locator => app.page.getByRole('region', { name, exact: true });
  const balances = (): Locator => region('Saldon som skickas tillbaka');
  const closed = (): Locator => region('Stängda dagar');

  async function open(): Promise<void> {
    await app.page.goto(`${app.url}/c/${player.company.id}/schedules`);
    await balances().getByLabel('Vart').waitFor();
  }

  async function sendBack(where: string, said: Readonly<Record<string, string>>): Promise<void> {
    await balances().getByLabel('Vart').selectOption({ label: where });
    for (const [label, value] of Object.entries(said)) {
      await balances().getByLabel(label).fill(value);
    }
    await balances().getByRole('button', { name: 'Skicka tillbaka' }).click();
  }

  async function actsNoted(): Promise<readonly string[]> {
    const of = { companyId: player.company.id, limit: 50 };
    return (await listAudit(stage.hub.database.db, of)).map(({ act }) => act);
  }

  test('balances are put into a folder, which is told when it is no whole path', async () => {
    await open();
    await balances().getByText('Inga saldon skickas tillbaka till en kassa än.').waitFor();
    await sendBack('Mapp på hubbens dator', { 'Mapp där': 'saldon', Klockslag: '04:00' });
    await balances().getByRole('alert').getByText('ange hela sökvägen, från /').waitFor();
    const folder = join(root, 'hos-oss');
    await sendBack('Mapp på hubbens dator', { 'Mapp där': folder, Klockslag: '25:00' });
    await balances()
      .getByRole('alert')
      .getByText('ange ett klockslag, till exempel 05:00')
      .waitFor();
    await sendBack('Mapp på hubbens dator', { 'Mapp där': folder, Klockslag: '04:00, 12:00' });
    await balances().getByRole('cell', { name: '04:00, 12:00' }).waitFor();
    await balances().getByText('inte än').waitFor();
    await returnDueBalances(stage.hub);
    assert.deepEqual(readdirSync(folder), [FILE]);
  });

  test('they are put on the company’s SFTP server instead', async () => {
    await open();
    await sendBack('SFTP: ica', { 'Mapp där': '/in/saldo', Klockslag: '06:00' });
    await balances().getByRole('cell', { name: '/in/saldo ica' }).waitFor();
    const row = { returned_at: null };
    await stage.hub.database.db.updateTable('balance_return').set(row).execute();
    await returnDueBalances(stage.hub);
    assert.deepEqual(readdirSync(join(root, 'in', 'saldo')), [FILE]);
    assert.equal(await balances().getByLabel('Vart').getByText('SFTP: deras').count(), 0);
  });

  test('a server that balances are put at is not ended', async () => {
    const { company, source } = player;
    const at = `/api/companies/${company.id}/connections/${source.id}/places/ica`;
    const { status, body } = await app.owner.ask(at, { method: 'DELETE' });
    assert.equal(status, 409);
    assert.deepEqual(
      [body['code'], body['detail']],
      ['place-used', 'Balances are put at “ica”: end that first.'],
    );
  });

  test('a till fetches them over HTTP with a key', async () => {
    await open();
    await sendBack('Kassan hämtar över HTTP', { Klockslag: '05:00' });
    const url = (await balances().getByRole('code').textContent()) ?? '';
    await app.isAccessible('balances');
    const at = `/api/companies/${player.company.id}/keys`;
    const json = { name: 'kassan', scopes: ['balances'], days: null };
    const { body } = await app.owner.ask(at, { method: 'POST', json });
    await makeDueSnapshots(stage.hub);
    const headers = { authorization: `Bearer ${String(body['key'])}` };
    const answer = await fetch(url, { headers });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^\uFEFF?\S+;/);
  });

  test('they go nowhere any more', async () => {
    await open();
    const buttons = balances().getByRole('button', { name: 'Ta bort' });
    await buttons.nth(1).click();
    await balances().getByRole('code').waitFor({ state: 'detached' });
    await buttons.first().click();
    await balances().getByText('Inga saldon skickas tillbaka till en kassa än.').waitFor();
    const { db } = stage.hub.database;
    assert.deepEqual(await db.selectFrom('balance_return').selectAll().execute(), []);
    assert.deepEqual(await db.selectFrom('balance_snapshot').selectAll().execute(), []);
    const noted = (await actsNoted()).filter((act) => act.startsWith('balances.'));
    assert.deepEqual(noted, [
      ...['balances.put-end', 'balances.serve-end', 'balances.serve'],
      ...['balances.put', 'balances.put'],
    ]);
  });

  test('who looks after one company uses neither the machine’s folders nor another’s server', async () => {
    const { company, flow } = player;
    const person = { name: 'Ida', email: 'ida@byran.example', password: PASSWORD };
    const json = { ...person, role: 'integrator', companyId: company.id };
    assert.equal((await app.owner.ask('/api/people', { method: 'POST', json })).status, 200);
    const ida = await signedIn(app.web, person.email);
    const at = `/api/companies/${company.id}/balances`;
    assert.equal((await ida.ask(at)).body['mayUseFolders'], false);
    const put = async (place: string | null): Promise<number> => {
      const asked = { folder: join(root, 'ida'), place, times: ['04:00'] };
      return (await ida.ask(`${at}/${flow.id}`, { method: 'PUT', json: asked })).status;
    };
    assert.equal(await put(null), 403);
    const { db } = stage.hub.database;
    const theirs = await db
      .selectFrom('pickup')
      .select('id')
      .where('name', '=', 'deras')
      .executeTakeFirstOrThrow();
    assert.equal(await put(theirs.id), 404);
    await returnDueBalances(stage.hub);
    assert.equal(existsSync(join(root, 'ida')), false);
  });

  test('a day on which the store was closed is missing no more', async () => {
    const { db } = stage.hub.database;
    // A till that has reported each day for five weeks, but not the day before yesterday.
    const closedDay = plusDays(today() as LocalDate, -2);
    for (let back = 36, number = 1; back >= 1; back -= 1) {
      const day = plusDays(today() as LocalDate, -back);
      if (day === closedDay) continue;
      const content = tillFile(smallDay({ store: '1234', day, number: `Z-${number}` }));
      await take(player, { name: `${day}.csv`, content });
      number += 1;
    }
    await untilQuiet(player);
    await lookForMissing(stage.hub, player.company);
    assert.equal((await listFindings(db, player.company.id)).length, 1);
    await open();
    await closed().getByText('Inga stängda dagar är inskrivna.').waitFor();
    await closed()
      .getByLabel(/^Dag( \*)?$/)
      .fill(closedDay);
    await closed().getByLabel('Bara butik (nummer)').fill('1234');
    await closed().getByLabel('Skäl').fill('Inventering');
    await closed().getByRole('button', { name: 'Skriv in' }).click();
    await closed()
      .getByRole('cell', { name: /^Inventering/ })
      .waitFor();
    await region('Har inte kommit').getByText('Inget är känt som saknas.').waitFor();
    assert.deepEqual(await listFindings(db, player.company.id), []);
    await app.isAccessible('closed-days');
  });

  test('it is missing again when it is taken out of the calendar', async () => {
    await closed().getByRole('button', { name: 'Ta bort' }).click();
    await closed().getByText('Inga stängda dagar är inskrivna.').waitFor();
    await region('Har inte kommit').getByRole('button', { name: 'Kommer aldrig …' }).waitFor();
    const noted = (await actsNoted()).filter((act) => act.startsWith('closed.'));
    assert.deepEqual(noted, ['closed.remove', 'closed.add']);
  });

  test('a till rests on some weekdays of a time, and one is out of use from a day on', async () => {
    const { page } = app;
    await closed().getByLabel('Hur länge').selectOption({ label: 'En tid' });
    await closed().getByLabel('Från').fill('2026-07-28');
    await closed()
      .getByLabel(/^Till( \*)?$/)
      .fill('2026-07-01');
    await closed().getByLabel('söndag').check();
    await closed().getByLabel('Skäl').fill('Sommar');
    await closed().getByRole('button', { name: 'Skriv in' }).click();
    await closed()
      .getByRole('alert')
      .getByText('Sista dagen, 2026-07-01, är före den första, 2026-07-28.')
      .waitFor();
    await closed()
      .getByLabel(/^Till( \*)?$/)
      .fill('2026-08-28');
    await closed().getByRole('button', { name: 'Skriv in' }).click();
    await page.getByRole('cell', { name: /2026.*–.*2026.*söndag/ }).waitFor();
    await closed().getByLabel('Hur länge').selectOption({ label: 'Tills vidare' });
    await closed().getByLabel('Från').fill('2026-11-01');
    await closed().getByLabel('Bara kassa').fill('3');
    await closed().getByLabel('Skäl').fill('Trasig');
    await closed().getByRole('button', { name: 'Skriv in' }).click();
    await closed().getByRole('cell', { name: 'Överallt, kassa 3' }).waitFor();
    const at = `/api/companies/${player.company.id}/closed-days`;
    const entries = (await app.owner.ask(at)).body['closed'] as Record<string, unknown>[];
    assert.deepEqual(
      entries.map(({ from, to, weekdays, till }) => ({ from, to, weekdays, till })),
      [
        { from: '2026-07-28', to: '2026-08-28', weekdays: ['sun'], till: null },
        { from: '2026-11-01', to: null, weekdays: [], till: '3' },
      ],
    );
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
