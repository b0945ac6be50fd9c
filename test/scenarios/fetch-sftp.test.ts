import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fetchFiles } from '../../src/hub/fetch/fetch-files.ts';
import { sftpSettings } from '../../src/hub/fetch/settings.ts';
import { returnDueBalances } from '../../src/hub/return-balances.ts';
import { findPickup } from '../../src/store/pickups.ts';
import {
  newHostKey,
  SFTP_LOGIN,
  startSftpServer,
  type SftpServer,
} from '../../src/testing/sftp-server.ts';
import { newFolder, removeFolder } from '../../src/testing/test-server.ts';
import { command, type Ended } from './command.ts';
import { addStore, commandWith, fetchFrom, forgetPlaces, quick, received } from './fetching.ts';
import { addPlayer, startStage, until, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const STORES = ['2001', '2002', '2003'];
const PASSWORD = { PASSWORD: SFTP_LOGIN.password };

describe('files on an SFTP server', () => {
  let stage: Stage;
  let root: string;
  let server: SftpServer;
  before(async () => {
    stage = await startStage({ hasWorker: false });
    for (const store of STORES) await addStore(stage, store);
  });
  after(() => stage.stop());
  beforeEach(async () => {
    root = newFolder();
    mkdirSync(join(root, 'ut'));
    server = await startSftpServer({ folder: root, hostKey: newHostKey() });
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await server.stop();
    removeFolder(root);
  });

  const put = (name: string, store: string, day = DAY): void =>
    writeFileSync(join(root, 'ut', name), tillFile(smallDay({ day, store })));
  const filesIn = (...path: readonly string[]): readonly string[] =>
    readdirSync(join(root, ...path), { withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => one.name.replace(/^\d+-/, ''));
  const add = (name: string, ...more: readonly string[]): Promise<Ended> => {
    const login = ['--host', '127.0.0.1', '--port', String(server.port), '--user', SFTP_LOGIN.user];
    return commandWith(
      stage,
      PASSWORD,
      'fetch',
      'sftp',
      name,
      ...login,
      '--folder',
      '/ut',
      ...more,
    );
  };
  /** Those that have been received since. */
  const since = async (then: readonly string[]): Promise<readonly string[]> =>
    (await received(stage)).slice(then.length);

  it('of three stores find their books, whoever of two processes fetches them', async () => {
    const then = await received(stage);
    for (const store of STORES) put(`${store}.csv`, store);
    put('okänd.csv', '99');
    writeFileSync(join(root, 'ut', 'läs mig.txt'), 'not asked for');
    const added = await add('ica', '--inbox', '--pattern', '*.csv', '--every', '5');
    assert.equal(added.code, 0, added.err);
    assert.match(
      added.out,
      /is known by its key SHA256:[\w+/]{43} \(ecdsa-sha2-nistp256\)\.\n.* 4 files are there/,
    );
    let laterMs = 0;
    const hub = quick(stage, () => (laterMs += 1_000)); // Each question finds it some seconds later.
    const loops = [fetchFiles(hub), fetchFiles(hub)];
    await until(() => existsSync(join(root, 'ut', 'taken')) && filesIn('ut', 'taken').length === 3);
    await until(async () => (await command(stage, 'fetch', 'list')).out.includes('okänd.csv'));
    await Promise.all(loops.map((loop) => loop.stop()));
    assert.deepEqual(
      new Set(await since(then)),
      new Set(STORES.map((store) => `Butik ${store} AB ${store}.csv sftp read`)),
    );
    assert.deepEqual(filesIn('ut'), ['läs mig.txt', 'okänd.csv']);
    const list = await command(stage, 'fetch', 'list');
    assert.equal(list.code, 1);
    assert.match(list.out, /ica: sftp butik@127\.0\.0\.1:\d+ \/ut\n/);
    assert.match(list.out, /for every company, by store; each 5 s, last 20.*; 3 files taken\n/);
    assert.match(list.out, /! \/ut\/okänd\.csv hör till en butik som ingen har anslutit/);
  });

  it('are not kept as half of one when the server dies, and are taken when it is back', async () => {
    await add('ica', '--for', 'minbutik', '--company', 'Butik 2001 AB');
    const then = await received(stage);
    put('stor.csv', '2001', '2026-10-06');
    server.faults.dieAfterBytes = 0;
    const hub = quick(stage);
    const died = await fetchFrom(hub, 'ica');
    assert.equal(died.kind === 'failed' && died.trouble.code, 'no-answer');
    assert.deepEqual(await since(then), []);
    server.faults.dieAfterBytes = null;
    const back = await fetchFrom(hub, 'ica');
    assert.deepEqual([back.kind, back.kind === 'looked' && back.taken], ['looked', 1]);
    assert.deepEqual(await since(then), ['Butik 2001 AB stor.csv sftp read']);
  });

  it('that may not be moved are fetched once and remembered, which is said', async () => {
    await add('ica', '--for', 'minbutik', '--company', 'Butik 2001 AB');
    const then = await received(stage);
    put('kvar.csv', '2001', '2026-10-07');
    server.faults.refuseRename = true;
    for (let i = 0; i < 3; i += 1) await fetchFrom(quick(stage), 'ica');
    assert.deepEqual(filesIn('ut'), ['kvar.csv']);
    assert.deepEqual(await since(then), ['Butik 2001 AB kvar.csv sftp read']);
    assert.equal(server.read.get('/ut/kvar.csv'), 1);
    const { out } = await command(stage, 'fetch', 'list');
    assert.match(out, /! Det som hämtats får inte flyttas till \/ut\/taken hos 127\.0\.0\.1/);
  });

  it('that were kept before a crash are moved without being fetched again', async () => {
    await add('ica', '--for', 'minbutik', '--company', 'Butik 2001 AB', '--after', 'leave');
    put('krasch.csv', '2001', '2026-10-08');
    await fetchFrom(quick(stage), 'ica');
    assert.deepEqual(filesIn('ut'), ['krasch.csv'], 'it was to be left');
    // As a process leaves it that ends after the file was remembered.
    await stage.hub.database.db
      .updateTable('fetched')
      .set({ state: 'kept' })
      .where('place', 'like', '/ut/krasch.csv %')
      .execute();
    await add('ica', '--after', 'move');
    await fetchFrom(quick(stage), 'ica');
    assert.deepEqual(filesIn('ut', 'taken'), ['krasch.csv']);
    assert.equal(server.read.get('/ut/krasch.csv'), 1);
    // As one that ends before: the file is there still, and nothing of it is remembered.
    put('igen.csv', '2001', '2026-10-08');
    const then = await received(stage);
    assert.equal((await fetchFrom(quick(stage), 'ica')).kind, 'looked');
    assert.deepEqual(await since(then), ['Butik 2001 AB igen.csv sftp read']);
    const documents = await stage.hub.database.db
      .selectFrom('document')
      .select('id')
      .where('business_date', '=', '2026-10-08')
      .execute();
    assert.equal(documents.length, 1, 'the same report is seen, not taken twice');
  });

  it('too large, or of no format at all, are left or put with those that were rejected', async () => {
    await add('ica', '--for', 'minbutik', '--company', 'Butik 2001 AB', '--max-mb', '1');
    writeFileSync(join(root, 'ut', 'bild.csv'), Buffer.from('89504e470d0a1a0a0001', 'hex'));
    // 1 MB is 1024 × 1024 = 1 048 576 bytes.
    writeFileSync(join(root, 'ut', 'stor.csv'), Buffer.alloc(1_048_577, 'x'));
    const end = await fetchFrom(quick(stage), 'ica');
    assert.deepEqual(end.kind === 'looked' && [end.taken, end.rejected], [1, 1]);
    assert.deepEqual(filesIn('ut', 'rejected'), ['bild.csv']);
    assert.deepEqual(filesIn('ut'), ['stor.csv']);
    const { out } = await command(stage, 'fetch', 'list');
    assert.match(out, /! \/ut\/stor\.csv är 1048577 byte, och gränsen är 1048576\n/);
    await add('ica', '--max-mb', '2');
    const again = await command(stage, 'fetch', 'now', 'ica', '--again');
    assert.match(again.out, /ica: 1 files taken, of which 1 could not be read\./);
  });

  it('are asked for with no login where the server’s key has changed, and both are told', async () => {
    await add('ica', '--inbox');
    const known = await findPickup(stage.hub.database.db, 'ica');
    const { port } = server;
    await server.stop();
    server = await startSftpServer({ folder: root, hostKey: newHostKey(), port });
    const now = await command(stage, 'fetch', 'now', 'ica');
    assert.equal(now.code, 1);
    const pinned = sftpSettings.parse(known?.settings).hostKey.fingerprint;
    assert.ok(now.out.includes(`Känd: ${pinned}. Visad: SHA256:`), now.out);
    assert.equal(server.logins.tried, 0);
    const again = await add('ica');
    assert.equal(again.code, 2, 'the known key stays known');
    const wrong = await add('ica', '--fingerprint', `SHA256:${'A'.repeat(43)}`);
    assert.equal(wrong.code, 2);
    const [, shown = ''] = /Visad: (SHA256:\S+) /.exec(now.out) ?? [];
    assert.equal((await add('ica', '--fingerprint', shown)).code, 0);
    assert.match((await command(stage, 'fetch', 'test', 'ica')).out, /the login works; 0 files/);
  });

  it('of a place that cannot be logged in to are not asked for again and again', async () => {
    const login = ['--host', '127.0.0.1', '--port', String(server.port), '--user', 'butik'];
    const place = ['fetch', 'sftp', 'fel', ...login, '--folder', '/ut', '--inbox'];
    const wrong = { PASSWORD: 'fel' };
    const refused = await commandWith(stage, wrong, ...place);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /127\.0\.0\.1 släpper inte in butik/);
    assert.equal((await command(stage, 'fetch', 'list')).out.includes('fel'), false);
    assert.equal((await commandWith(stage, wrong, ...place, '--no-test', '--every', '5')).code, 0);
    let laterMs = 0;
    const { tried } = server.logins;
    const loop = fetchFiles(quick(stage, () => (laterMs += 1_000)));
    await until(() => laterMs > 120_000); // Two minutes: a place that is well is asked 24 times.
    await loop.stop();
    assert.equal(server.logins.tried - tried, 1);
    assert.match(
      (await command(stage, 'fetch', 'list')).out,
      /✗ 127\.0\.0\.1 släpper inte in butik/,
    );
    const doctor = await command(stage, 'doctor', '--company', 'Butik 2001 AB');
    assert.equal(doctor.code, 1);
    assert.match(doctor.out, /hämtning\n {2}✗ Hämtning: fel: 127\.0\.0\.1 släpper inte in butik/);
    const none = await command(stage, 'fetch', 'now', 'annan');
    assert.deepEqual(
      [none.code, none.err],
      [2, 'Nothing is fetched from “annan”. There are: fel.\n'],
    );
  });

  it('named by somebody who says nothing of whose they are are not fetched', async () => {
    assert.match((await add('ica')).err, /Whose are the files\? Say --for CONNECTION, or --inbox/);
  });

  it('give the balances of customers room beside them, and a server that is away is told', async () => {
    const name = 'Saldon AB';
    await addPlayer(stage, { name });
    await add('till', '--send-only');
    const where = ['--sftp', 'till', '--folder', '/in/saldo', '--company', name];
    const set = await command(stage, 'balances', ...where);
    assert.match(set.out, /Balances are put into \/in\/saldo at till at 04:00/);
    await returnDueBalances(stage.hub);
    assert.deepEqual(filesIn('in', 'saldo'), ['kreditsaldon-alla.csv']);
    const first = readFileSync(join(root, 'in', 'saldo', 'kreditsaldon-alla.csv'), 'utf8');
    assert.match(first, /^\uFEFF?\S+;/);
    const says = await command(stage, 'balances', '--company', name);
    assert.match(says.out, /Put into \/in\/saldo at till at 04:00; last 20\d\d-/);
    const used = await command(stage, 'fetch', 'remove', 'till');
    assert.match(used.err, /Balances are put there\./);
    await server.stop();
    const tomorrow = quick(stage, () => 25 * 3_600_000);
    await returnDueBalances(tomorrow);
    const failed = await command(stage, 'balances', '--company', name);
    assert.match(failed.out, /Not put there at .*: 127\.0\.0\.1 kan inte nås på port \d+/);
    server = await startSftpServer({ folder: root, hostKey: newHostKey() });
    await command(stage, 'balances', '--folder', '', '--company', name);
  });
});
