import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { addAudit, listAudit, verifyAudit } from './audit.ts';
import type { Database } from './db.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

/** A trail of acts by several people at once. */
async function trail(): Promise<Database> {
  const database = await server.newDatabase();
  const acts = Array.from({ length: 20 }, (_, i) =>
    addAudit(database.db, {
      ...{ by: `person ${i}`, companyId: null, act: 'test', about: { number: i } },
    }),
  );
  await Promise.all(acts);
  return database;
}

/** Does to a row what nobody can do who has no right over the tables themselves. */
async function tamper({ pool }: Database, statement: string): Promise<void> {
  await pool.query(`alter table audit disable trigger audit_only_added; ${statement}`);
}

describe('verifyAudit', () => {
  test('finds the trail whole, whoever added to it at the same time', async () => {
    const { db } = await trail();
    assert.deepEqual(await verifyAudit(db), { rows: 20, brokenAt: null });
    const page = await listAudit(db, { limit: 3 });
    assert.deepEqual(
      page.map(({ id }) => id),
      ['20', '19', '18'],
    );
  });

  test('finds an empty trail whole', async () => {
    const { db } = await server.newDatabase();
    assert.deepEqual(await verifyAudit(db), { rows: 0, brokenAt: null });
  });

  const CASES = [
    ['a changed name', `update audit set by_whom = 'somebody else' where id = 7`, '7'],
    ['a changed act', `update audit set about = '{"number": 1000}' where id = 12`, '12'],
    ['a later time', `update audit set at = at + interval '1 day' where id = 3`, '3'],
    ['a row that is gone', 'delete from audit where id = 5', '5'],
    [
      'two rows in each other’s place',
      `update audit set id = 100 where id = 10; update audit set id = 10 where id = 11;
       update audit set id = 11 where id = 100`,
      '10',
    ],
  ] as const;
  for (const [what, statement, brokenAt] of CASES) {
    test(`finds ${what}`, async () => {
      const database = await trail();
      await tamper(database, statement);
      assert.equal((await verifyAudit(database.db)).brokenAt, brokenAt);
    });
  }
});

describe('the audit trail', () => {
  test('is only added to', async () => {
    const { pool } = await trail();
    for (const statement of [
      `update audit set act = 'other'`,
      'delete from audit where id = 1',
      'truncate audit',
    ]) {
      await assert.rejects(pool.query(statement), /rows of audit are only added/);
    }
  });
});
