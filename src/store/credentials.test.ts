import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Credentials } from '../ports/connector.ts';
import { addLaneRows, type LaneRows } from '../testing/lane-rows.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { connectionCredentials, writeSecrets } from './credentials.ts';
import type { Database } from './db.ts';
import { secretBox, type ConnectionPlace } from './secret-box.ts';

const box = secretBox(new Uint8Array(32).fill(3));
const OLD = { accessToken: 'a1', refreshToken: 'r1' };
const NEW = { accessToken: 'a2', refreshToken: 'r2' };

let server: TestServer;
let rows: LaneRows;
let place: ConnectionPlace;
before(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  rows = await addLaneRows(await server.newDatabase());
  place = { companyId: rows.company.id, connectionId: rows.target.id };
  await writeSecrets(rows.database.db, { box, place }, OLD);
});
afterEach(() => rows.stop());
after(() => server.stop());

function credentials(database: Database = rows.database): Credentials {
  return connectionCredentials(database, box, place);
}

/** Until the other process waits for the row, or has not waited for it. */
async function untilOther(isPast: () => boolean): Promise<void> {
  const waiting = `select count(*) as count from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'`;
  while (!isPast()) {
    const { rows: found } = await rows.database.pool.query<{ count: string }>(waiting);
    if (found[0]?.count !== '0') return;
  }
}

describe('refresh', () => {
  test('renews once for two processes that meet a stale token at the same time', async () => {
    const processes = [credentials(), credentials(server.openAgain(rows.database))];
    const renewed: unknown[] = [];
    const got = await Promise.all(
      processes.map((own) =>
        own.refresh(OLD, async (newest) => {
          renewed.push(newest);
          await untilOther(() => renewed.length > 1);
          return NEW;
        }),
      ),
    );
    assert.deepEqual(got, [NEW, NEW]);
    assert.deepEqual(renewed, [OLD]);
  });

  test('renews from the newest stored secrets, not from those in memory', async () => {
    const [own, other] = [credentials(), credentials(server.openAgain(rows.database))];
    assert.deepEqual(await own.current(), OLD);
    await other.refresh(OLD, async () => NEW);
    const newest = await own.refresh(NEW, async (stored) => ({
      accessToken: 'a3',
      refreshToken: `after ${stored['refreshToken']}`,
    }));
    assert.deepEqual(newest, { accessToken: 'a3', refreshToken: 'after r2' });
  });

  test('stores the new secrets before anyone is given them', async () => {
    await credentials().refresh(OLD, async () => NEW);
    assert.deepEqual(await credentials().current(), NEW);
  });

  test('keeps the old secrets when renewing fails', async () => {
    const own = credentials();
    const failing = own.refresh(OLD, () => Promise.reject(new Error('no answer')));
    await assert.rejects(failing, /no answer/);
    assert.deepEqual(await credentials().current(), OLD);
    assert.deepEqual(await own.refresh(OLD, async () => NEW), NEW);
  });
});

describe('writeSecrets', () => {
  test('makes a connection that had lost its login ready again', async () => {
    const { db } = rows.database;
    await rows.store.markConnection(rows.target.id, 'reconnect', {
      code: 'login-ended',
      facts: { why: 'the consent is gone' },
    });
    await writeSecrets(db, { box, place }, NEW);
    const row = await db
      .selectFrom('connection')
      .select(['state', 'state_reason', 'secrets_version'])
      .where('id', '=', rows.target.id)
      .executeTakeFirstOrThrow();
    assert.deepEqual(row, { state: 'ready', state_reason: null, secrets_version: 2 });
  });

  test('stores nothing that can be read without the key', async () => {
    const { rows: found } = await rows.database.pool.query<{ secrets: Buffer }>(
      'select secrets from connection where id = $1',
      [rows.target.id],
    );
    assert.equal(found[0]?.secrets.includes('accessToken'), false);
  });
});

describe('current', () => {
  test('asks to connect again when the secrets were sealed with another master key', async () => {
    const other = secretBox(new Uint8Array(32).fill(4));
    const lost = connectionCredentials(rows.database, other, place);
    await assert.rejects(lost.current(), {
      name: 'ConnectorError',
      failure: { kind: 'reconnect' },
      message: /master\.key/,
    });
    await assert.rejects(
      lost.refresh(OLD, async () => NEW),
      { failure: { kind: 'reconnect' } },
    );
  });
});
