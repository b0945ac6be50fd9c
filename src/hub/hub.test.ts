import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addRigCompany, startRig, type Rig, type RigCompany } from '../app/demo/rig.ts';
import { keepFile } from '../engine/intake.ts';
import { listFiles } from '../store/files.ts';
import { listDeliveries } from '../store/deliveries.ts';
import {
  newFolder,
  removeFolder,
  startTestServer,
  type TestServer,
} from '../testing/test-server.ts';
import { setDropFolder, watchFolders } from './drop-folders.ts';

const FIXTURES = join(import.meta.dirname, '../connectors/minbutik/fixtures');
const DAY = readFileSync(join(FIXTURES, 'dagsrapport-1234-2026-05-02.csv'));

let server: TestServer;
let rig: Rig;
let home: string;
before(async () => {
  server = await startTestServer();
  rig = await startRig({ databaseUrl: await server.newUrl() });
  home = newFolder();
});
after(async () => {
  await rig.stop();
  await server.stop();
  removeFolder(home);
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function filesOf({ source }: RigCompany): Promise<string[]> {
  const files = await listFiles(rig.hub.database.db, [source.id]);
  return files.map((file) => `${file.name} ${file.state}`);
}

async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('finishFiles', () => {
  test('reads the files that had arrived when the process died, and no half one', async () => {
    const company = await addRigCompany(rig, { name: 'Kraschen AB' });
    const arriving = { connectionId: company.source.id, via: 'upload' } as const;
    await keepFile(rig.hub.intake, { ...arriving, name: 'hel.csv', bytes: once(DAY) });
    const half = await rig.hub.intake.beginFile({ ...arriving, name: 'halv.csv' });
    await rig.hub.intake.appendChunk(half, 0, DAY.subarray(0, 100));
    await rig.hub.finishFiles();
    assert.deepEqual(await filesOf(company), ['hel.csv read', 'halv.csv arriving']);
    const query = { companyId: company.company.id };
    assert.equal((await listDeliveries(rig.hub.database.db, query)).length, 1);
  });

  test('goes on with the others when one cannot be read', async () => {
    const company = await addRigCompany(rig, { name: 'Fel koppling AB' });
    const file = { via: 'upload', bytes: once(DAY) } as const;
    // The ledger's connection has no reader of files.
    await keepFile(rig.hub.intake, { ...file, connectionId: company.target.id, name: 'fel.csv' });
    await keepFile(rig.hub.intake, {
      ...{ ...file, bytes: once(DAY) },
      connectionId: company.source.id,
      name: 'hel.csv',
    });
    await rig.hub.finishFiles();
    assert.deepEqual(await filesOf(company), ['hel.csv read']);
  });
});

describe('openTarget', () => {
  test('says what is missing when the connection is no ledger', async () => {
    const company = await addRigCompany(rig, { name: 'Ingen bok AB' });
    await assert.rejects(rig.hub.openTarget(company.source.id), /a ledger in minbutik/);
    await assert.rejects(rig.hub.openSource(company.target.id), /a reader of files in fortnox/);
  });
});

describe('a drop folder', () => {
  test('is emptied of what has been kept: taken or rejected, never deleted', async () => {
    const company = await addRigCompany(rig, { name: 'Mappen AB' });
    const folder = join(home, 'in');
    await setDropFolder(rig.hub, company.source.id, folder);
    writeFileSync(join(folder, 'dag.csv'), DAY);
    writeFileSync(join(folder, 'skräp.csv'), 'nonsense');
    writeFileSync(join(folder, '.dold.csv'), DAY);
    mkdirSync(join(folder, 'mapp.csv'));
    const watch = watchFolders(rig.hub);
    await until(() => !readdirSync(folder).some((name) => /^(dag|skräp)/.test(name)));
    await watch.stop();
    assert.deepEqual(readdirSync(folder).sort(), ['.dold.csv', 'mapp.csv', 'rejected', 'taken']);
    const [taken = ''] = readdirSync(join(folder, 'taken'));
    assert.match(taken, /^\d+-dag\.csv$/);
    assert.deepEqual(readFileSync(join(folder, 'taken', taken)), DAY);
    const [rejected = ''] = readdirSync(join(folder, 'rejected'));
    assert.match(rejected, /^\d+-skräp\.csv$/);
    assert.deepEqual((await filesOf(company)).sort(), ['dag.csv read', 'skräp.csv rejected']);
  });

  test('does not keep the others from being looked into when it is gone', async () => {
    const gone = await addRigCompany(rig, { name: 'Borta AB' });
    const there = await addRigCompany(rig, { name: 'Kvar AB' });
    const [lost, kept] = [join(home, 'a-gone'), join(home, 'b-there')];
    await setDropFolder(rig.hub, gone.source.id, lost);
    await setDropFolder(rig.hub, there.source.id, kept);
    rmSync(lost, { recursive: true });
    writeFileSync(join(kept, 'dag.csv'), DAY);
    const watch = watchFolders(rig.hub);
    await until(async () => (await filesOf(there)).includes('dag.csv read'));
    await watch.stop();
  });

  test('is not looked into any more when it is taken away', async () => {
    const company = await addRigCompany(rig, { name: 'Avslutad AB' });
    await setDropFolder(rig.hub, company.source.id, join(home, 'ended'));
    await setDropFolder(rig.hub, company.source.id, '');
    const { db } = rig.hub.database;
    const left = await db
      .selectFrom('drop_folder')
      .select('path')
      .where('connection_id', '=', company.source.id)
      .execute();
    assert.deepEqual(left, []);
  });
});
