import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  newHostKey,
  SFTP_LOGIN,
  startSftpServer,
  type SftpServer,
} from '../../src/testing/sftp-server.ts';
import {
  newFolder,
  removeFolder,
  startTestServer,
  type TestServer,
} from '../../src/testing/test-server.ts';
import { envOf, startChild, stopChild } from './child.ts';
import { addStore, commandWith } from './fetching.ts';
import { startStage, until, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const FILES = 40;

describe('a worker process that is killed while it fetches', () => {
  let database: TestServer;
  let stage: Stage;
  let server: SftpServer;
  let root: string;
  before(async () => {
    root = newFolder();
    mkdirSync(join(root, 'ut'));
    server = await startSftpServer({ folder: root, hostKey: newHostKey() });
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
    await addStore(stage, '2001');
  });
  after(async () => {
    await server.stop();
    await stage.stop();
    await database.stop();
    removeFolder(root);
  });

  it('leaves nothing half, nothing lost and nothing twice to the one after it', async () => {
    for (let i = 0; i < FILES; i += 1) {
      const number = `Z-${i + 1}`;
      const report = smallDay({ day: '2026-10-05', store: '2001', till: String(i + 1), number });
      writeFileSync(join(root, 'ut', `${number}.csv`), tillFile(report));
    }
    const login = ['--host', '127.0.0.1', '--port', String(server.port), '--user', SFTP_LOGIN.user];
    const how = ['--folder', '/ut', '--inbox', '--every', '5'];
    const secret = { PASSWORD: SFTP_LOGIN.password };
    const added = await commandWith(stage, secret, 'fetch', 'sftp', 'ica', ...login, ...how);
    assert.equal(added.code, 0, added.err);
    const { db } = stage.hub.database;
    const count = async (): Promise<number> =>
      (await db.selectFrom('document').select('id').execute()).length;

    const first = startChild(envOf(stage), 'worker');
    await until(async () => (await count()) >= 3);
    first.process.kill('SIGKILL');
    await first.ended;
    assert.ok((await count()) < FILES, 'it was killed in the middle');
    // Its hold runs out after two minutes; a test does not wait for them.
    await db
      .updateTable('pickup')
      .set({ held_until: new Date(0), due_at: new Date(0) })
      .execute();

    const second = startChild(envOf(stage), 'worker');
    try {
      const left = () => readdirSync(join(root, 'ut')).filter((name) => name.endsWith('.csv'));
      await until(() => left().length === 0);
    } finally {
      assert.equal(await stopChild(second), 0);
    }
    assert.equal(await count(), FILES);
    assert.equal(readdirSync(join(root, 'ut', 'taken')).length, FILES);
    const states = await db.selectFrom('received_file').select('state').distinct().execute();
    assert.deepEqual(states, [{ state: 'read' }]);
  });
});
