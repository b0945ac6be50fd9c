import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { skipWithoutDovecot, startDovecot, type Dovecot } from '../../src/testing/dovecot.ts';
import { mailOf, openMailProgram } from '../../src/testing/mails.ts';
import { skipWithoutOpenssh, startOpenssh } from '../../src/testing/openssh.ts';
import {
  newHostKey,
  SFTP_LOGIN,
  startSftpServer,
  type SftpServer,
} from '../../src/testing/sftp-server.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { fetchFrom } from '../scenarios/fetching.ts';
import { addPlayer, startStage, untilQuiet, type Player, type Stage } from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { openApp, type App } from './app.ts';
import { NO_BROWSER } from './browser.ts';

const FINGERPRINT = /SHA256:[\w+/]{43}/;

describe('places in the web app', { skip: NO_BROWSER }, () => {
  let stage: Stage;
  let player: Player;
  let app: App;
  let root: string;
  let server: SftpServer;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
    root = newFolder();
    mkdirSync(join(root, 'ut'));
    server = await startSftpServer({ folder: root, hostKey: newHostKey() });
    app = await openApp(stage);
  });
  after(async () => {
    await app?.close();
    await server?.stop();
    await stage?.stop();
    removeFolder(root);
  });

  const form = (): Locator => app.page.getByRole('form', { name: 'Lägg till SFTP eller e-post' });
  const submit = (name: string): Promise<void> =>
    form().getByRole('button', { name, exact: true }).click();

  async function open(): Promise<void> {
    const { page, url } = app;
    await page.goto(`${url}/c/${player.company.id}/connections/${player.flow.source.id}`);
    await page.getByRole('heading', { name: 'Hämtas härifrån' }).waitFor();
  }

  async function fill(kind: string, said: Readonly<Record<string, string>>): Promise<void> {
    await app.page.getByRole('button', { name: 'Lägg till SFTP eller e-post' }).click();
    await form().getByLabel('Slag').selectOption({ label: kind });
    for (const [label, value] of Object.entries(said)) {
      await form().getByLabel(label).fill(value);
    }
  }

  const place = (name: string): Locator =>
    app.page.getByRole('listitem').filter({ has: app.page.getByText(name, { exact: true }) });

  async function receivedFiles(): Promise<readonly string[]> {
    await untilQuiet(player);
    const { db } = stage.hub.database;
    const rows = await db.selectFrom('received_file').select(['name', 'via', 'state']).execute();
    return rows.map(({ name, via, state }) => `${name} ${via} ${state}`).toSorted();
  }

  /** Whether a document of a day stands in the app's list. */
  async function isSeenAmongDocuments(day: string): Promise<void> {
    await app.page.goto(`${app.url}/c/${player.company.id}/documents`);
    await app.page.getByRole('row').filter({ hasText: day }).first().waitFor();
  }

  test('an SFTP server’s key is shown before any login is sent to it', async () => {
    await open();
    await app.page.getByText('Filer laddas upp eller läggs i en mapp.').waitFor();
    await fill('SFTP-server', {
      ...{ 'Vad du kallar den': 'ica', Server: '127.0.0.1', Port: String(server.port) },
      ...{ Användare: SFTP_LOGIN.user, Lösenord: 'fel lösenord', 'Mapp där': '/ut' },
    });
    await submit('Prova och spara');
    await form().getByText(FINGERPRINT).waitFor();
    assert.equal(server.logins.tried, 0);
    await app.isAccessible('place-key');
  });

  test('a wrong password is told in words, and nothing is kept', async () => {
    await submit('Nyckeln stämmer: prova och spara');
    await form().getByRole('alert').getByText('släpper inte in butik').waitFor();
    assert.ok(server.logins.tried > 0);
    assert.equal(server.logins.accepted, 0);
    await app.isAccessible('place-refused');
    assert.deepEqual(await stage.hub.database.db.selectFrom('pickup').select('name').execute(), []);
  });

  test('another address is asked for its own key', async () => {
    await form().getByLabel('Port').fill('1');
    assert.equal(await form().getByText(FINGERPRINT).count(), 0);
    await submit('Prova och spara');
    await form().getByRole('alert').getByText('kan inte nås på port 1').waitFor();
  });

  test('files are fetched from it, and become documents', async () => {
    writeFileSync(join(root, 'ut', 'dag.csv'), tillFile(smallDay({ day: '2026-05-04' })));
    await form().getByLabel('Port').fill(String(server.port));
    await form().getByLabel('Lösenord').fill(SFTP_LOGIN.password);
    await submit('Prova och spara');
    await submit('Nyckeln stämmer: prova och spara');
    await place('ica').getByText('SFTP-server').waitFor();
    await form().waitFor({ state: 'hidden' });
    const end = await fetchFrom(stage.hub, 'ica');
    assert.equal(end.kind === 'looked' && end.taken, 1);
    assert.deepEqual(await receivedFiles(), ['dag.csv sftp read']);
    assert.deepEqual(readdirSync(join(root, 'ut')), ['taken']);
    await isSeenAmongDocuments('2026-05-04');
  });

  test('a server that shows another key is sent no login, and that is shown', async () => {
    const { port } = server;
    await server.stop();
    server = await startSftpServer({ folder: root, hostKey: newHostKey(), port });
    assert.equal((await fetchFrom(stage.hub, 'ica')).kind, 'failed');
    assert.equal(server.logins.tried, 0);
    await open();
    await place('ica').getByText('visar en annan nyckel än den kända').waitFor();
    await app.isAccessible('place-trouble');
  });

  test('it is removed, and what was fetched stays', async () => {
    await place('ica').getByRole('button', { name: 'Sluta hämta' }).click();
    await app.page.getByText('Filer laddas upp eller läggs i en mapp.').waitFor();
    const { db } = stage.hub.database;
    const row = await db
      .selectFrom('pickup')
      .select(['secrets', 'ended_at'])
      .executeTakeFirstOrThrow();
    assert.equal(row.secrets, null);
    assert.notEqual(row.ended_at, null);
    await isSeenAmongDocuments('2026-05-04');
  });

  describe('an OpenSSH server', { skip: skipWithoutOpenssh }, () => {
    let home: string;
    let openssh: Awaited<ReturnType<typeof startOpenssh>>;
    before(async () => {
      home = newFolder();
      mkdirSync(join(home, 'ssh'));
      mkdirSync(join(home, 'ut'));
      openssh = await startOpenssh(join(home, 'ssh'));
    });
    after(async () => {
      await openssh?.stop();
      removeFolder(home);
    });

    test('is entered with a private key, and its files are left where they lie', async () => {
      const { port, user, privateKey, passphrase } = openssh;
      const folder = join(home, 'ut');
      const content = tillFile(smallDay({ day: '2026-05-06', number: 'Z-3' }));
      writeFileSync(join(folder, 'nyckel.csv'), content);
      await open();
      const at = { 'Vad du kallar den': 'nyckel', Server: '127.0.0.1', Port: String(port) };
      await fill('SFTP-server', { ...at, Användare: user, 'Mapp där': folder });
      await form().getByLabel('Logga in med').selectOption({ label: 'Privat nyckel' });
      await form()
        .getByLabel(/^Privat nyckel/)
        .fill(privateKey);
      await form().getByLabel('Nyckelns lösenfras').fill('fel');
      await form().getByLabel('En hämtad fil').selectOption({ label: 'ligger kvar' });
      await submit('Prova och spara');
      await form().getByText(FINGERPRINT).waitFor();
      await submit('Nyckeln stämmer: prova och spara');
      await form().getByRole('alert').waitFor();
      await app.isAccessible('place-private-key');
      await form().getByLabel('Nyckelns lösenfras').fill(passphrase);
      await submit('Nyckeln stämmer: prova och spara');
      await place('nyckel').getByText('SFTP-server').waitFor();
      const end = await fetchFrom(stage.hub, 'nyckel');
      assert.equal(end.kind === 'looked' && end.taken, 1, JSON.stringify(end));
      assert.deepEqual(readdirSync(folder), ['nyckel.csv']);
      await isSeenAmongDocuments('2026-05-06');
      await open();
      await place('nyckel').getByRole('button', { name: 'Sluta hämta' }).click();
      await app.page.getByText('Filer laddas upp eller läggs i en mapp.').waitFor();
    });
  });

  describe('a mailbox', { skip: skipWithoutDovecot }, () => {
    let home: string;
    let dovecot: Dovecot;
    before(async () => {
      home = newFolder();
      dovecot = await startDovecot(home);
    });
    after(async () => {
      await dovecot?.stop();
      removeFolder(home);
    });

    test('that nobody vouches for is told, and kept with its own certificate', async () => {
      const { port, password, ca } = dovecot;
      await open();
      const at = { 'Vad du kallar den': 'post', Server: '127.0.0.1', Port: String(port) };
      await fill('E-postlåda (IMAP)', { ...at, Användare: 'anna', Lösenord: 'x' });
      await submit('Prova och spara');
      await form().getByRole('alert').getByText('går inte att lita på').waitFor();
      await form().getByLabel('Certifikat (PEM)').fill(ca);
      await submit('Prova och spara');
      await form().getByRole('alert').getByText('släpper inte in anna').waitFor();
      await app.isAccessible('place-mail');
      await form().getByLabel('Lösenord').fill(password);
      await submit('Prova och spara');
      await place('post').getByText('E-postlåda (IMAP)').waitFor();
    });

    test('gives its attachments, which become documents, and is removed', async () => {
      const { port, password, ca } = dovecot;
      const mails = await openMailProgram({ port, password, ca, user: 'anna' });
      const content = tillFile(smallDay({ day: '2026-05-05', number: 'Z-2' }));
      const parts = [{ name: 'post.csv', type: 'text/csv', content }];
      await mails.deliver('INBOX', mailOf({ messageId: '<one@example.com>', parts }));
      const end = await fetchFrom(stage.hub, 'post');
      assert.equal(end.kind, 'looked', JSON.stringify(end));
      assert.deepEqual(await receivedFiles(), [
        ...['dag.csv sftp read', ...(skipWithoutOpenssh === false ? ['nyckel.csv sftp read'] : [])],
        'post.csv mail read',
      ]);
      assert.deepEqual(await mails.subjects('INBOX'), []);
      await mails.close();
      await isSeenAmongDocuments('2026-05-05');
      await open();
      await place('post').getByRole('button', { name: 'Sluta hämta' }).click();
      await app.page.getByText('Filer laddas upp eller läggs i en mapp.').waitFor();
    });
  });

  test('axe finds nothing, and no page has failed', () => {
    assert.deepEqual(app.findings, []);
    assert.deepEqual(app.errors, []);
  });
});
