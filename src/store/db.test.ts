import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { openHubDatabase } from './hub-database.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { connectionCredentials } from './credentials.ts';
import { isMigrated, migrate, openDatabase, type Database } from './db.ts';
import { addLaneRows } from '../testing/lane-rows.ts';
import { secretBox } from './secret-box.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function inEmpty(act: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase(await server.newEmptyUrl());
  try {
    await act(database);
  } finally {
    await database.close();
  }
}

async function appliedAt(database: Database): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select name || ' ' || timestamp as line from kysely_migration order by name
  `.execute(database.db);
  return rows.map((row) => row.line);
}

describe('migrate', () => {
  test('makes all tables in an empty database', () =>
    inEmpty(async (database) => {
      assert.equal(await isMigrated(database.db), false);
      await migrate(database.db);
      assert.equal(await isMigrated(database.db), true);
      const { rows } = await sql<{ there: string }>`
        select to_regclass('delivery')::text as there
      `.execute(database.db);
      assert.deepEqual(rows, [{ there: 'delivery' }]);
    }));

  test('does nothing a second time', () =>
    inEmpty(async (database) => {
      await migrate(database.db);
      const first = await appliedAt(database);
      await migrate(database.db);
      assert.deepEqual(await appliedAt(database), first);
    }));

  test('lets two processes of a new hub migrate at once', () =>
    inEmpty(async (database) => {
      const other = openDatabase(database.url);
      try {
        await Promise.all([migrate(database.db), migrate(other.db)]);
      } finally {
        await other.close();
      }
      assert.equal(await isMigrated(database.db), true);
    }));

  test('refuses a database that a newer hub has changed, and says what to do', () =>
    inEmpty(async (database) => {
      await migrate(database.db);
      await sql`
        insert into kysely_migration (name, timestamp) values ('9999_from_the_future.sql', 'now')
      `.execute(database.db);
      const refusal = /newer version of the hub \(9999_from_the_future\.sql\).*Start that version/;
      await assert.rejects(isMigrated(database.db), refusal);
      await assert.rejects(openHubDatabase({ kind: 'server', url: database.url }), refusal);
    }));
});

describe('openDatabase', () => {
  test('gives days as text and amounts in JSON as bigint', async () => {
    const { db } = await server.newDatabase();
    const { rows } = await sql<{ day: unknown; body: unknown }>`
      select date '2026-03-29' as day, '{"minor": "9007199254740993"}'::jsonb as body
    `.execute(db);
    assert.deepEqual(rows, [{ day: '2026-03-29', body: { minor: 9_007_199_254_740_993n } }]);
  });

  test('lives on when the server ends its idle connections', async () => {
    const database = await server.newDatabase();
    const one = () => sql<{ one: number }>`select 1 as one`.execute(database.db);
    await one();
    const lost = new Promise<void>((resolve) => database.pool.once('remove', () => resolve()));
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = ${new URL(database.url.replace('@/', '@socket/')).pathname.slice(1)}
    `.execute(server.openAgain(await server.newDatabase()).db);
    await lost;
    assert.deepEqual((await one()).rows, [{ one: 1 }]);
  });
});

describe('acts that keep a connection', () => {
  // Each read and each renewal holds a connection and needs one more: 60 at once on 12 connections
  // would wait for each other for ever if more than the pool's share could begin.
  test('30 reads and 30 renewals at once come to their end on a pool of 12', async () => {
    const database = await server.newDatabase({ poolMax: 12 });
    const rows = await addLaneRows(database);
    const box = secretBox(new Uint8Array(32));
    const place = { companyId: rows.company.id, connectionId: rows.target.id };
    let renewals = 0;
    const reads = Array.from({ length: 30 }, (_, i) =>
      rows.intake.withReadingTurn(String(i + 1), async () => {
        await sql`select pg_sleep(0.01)`.execute(database.db);
        return 'read';
      }),
    );
    const refreshes = Array.from({ length: 30 }, async () => {
      const credentials = connectionCredentials(database, box, place);
      await credentials.refresh({}, async () => {
        renewals += 1;
        await sql`select pg_sleep(0.01)`.execute(database.db);
        return { accessToken: 'fresh' };
      });
      return 'renewed';
    });
    const ended = await Promise.all([...reads, ...refreshes]);
    assert.equal(ended.filter((how) => how === 'read').length, 30);
    assert.equal(ended.filter((how) => how === 'renewed').length, 30);
    assert.equal(renewals, 1);
    await rows.stop();
  });
});

describe('openHubDatabase', () => {
  test('says which server it cannot use, without the password', async () => {
    const url = 'postgres://anna:secret@127.0.0.1:1/books';
    await assert.rejects(openHubDatabase({ kind: 'server', url }), (error: Error) => {
      assert.equal(error.name, 'OperatorError');
      assert.match(error.message, /127\.0\.0\.1:1\/books \(DATABASE_URL\).*ECONNREFUSED/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});
