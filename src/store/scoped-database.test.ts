import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { addAudit, listAudit, verifyAudit } from './audit.ts';
import { isMigrated, migrate, openDatabase, type Database, type Db } from './db.ts';
import { addCompany, addConnection, listCompanies, listConnections } from './registry.ts';
import { scopedTo } from './scoped-database.ts';

let server: TestServer;
let database: Database;
/** Ids of two companies, each with a connection and a journal row. */
let ours: string;
let theirs: string;

before(async () => {
  server = await startTestServer();
  database = await server.newDatabase();
  [ours, theirs] = [await company('Vår AB'), await company('Deras AB')];
});
after(() => server.stop());

async function company(name: string): Promise<string> {
  const { db } = database;
  const place = { country: 'SE', language: 'sv' } as const;
  const { id } = await addCompany(db, { ...place, name });
  const till = { companyId: id, connector: 'test', name: 'Kassan', settings: {} };
  const connection = await addConnection(db, till);
  await sql`
    insert into books (connection_id, from_day, to_day, body)
    values (${connection.id}, '2026-01-01', '2026-12-31', '{}')
  `.execute(db);
  return id;
}

/** How many rows of a table somebody sees when they forget to say whose they want. */
async function seen(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(
    db,
  );
  return Number(rows[0]?.n);
}

describe('scopedTo', () => {
  test('shows the rows of the companies that are named, whatever is asked for', async () => {
    const scoped = scopedTo(database, [ours]).db;
    assert.deepEqual(
      (await listCompanies(scoped)).map(({ name }) => name),
      ['Vår AB'],
    );
    assert.equal((await listConnections(scoped, ours)).length, 1);
    assert.equal((await listConnections(scoped, theirs)).length, 0);
    assert.equal(await seen(scoped, 'connection'), 1);
    assert.equal(await seen(scopedTo(database, [ours, theirs]).db, 'connection'), 2);
    // The hub itself sees both.
    assert.equal(await seen(database.db, 'connection'), 2);
  });

  test('shows what hangs on a row only with the row', async () => {
    assert.equal(await seen(scopedTo(database, [ours]).db, 'books'), 1);
    assert.equal(await seen(database.db, 'books'), 2);
  });

  test('shows nothing without a company', async () => {
    for (const table of ['company', 'connection', 'books', 'audit']) {
      assert.equal(await seen(scopedTo(database, []).db, table), 0, table);
    }
  });

  test('changes nothing of another company, and adds nothing to it', async () => {
    const { db } = scopedTo(database, [ours]);
    const { rows } = await sql`
      update connection set name = 'Tagen' where company_id = ${theirs} returning id
    `.execute(db);
    assert.equal(rows.length, 0);
    const stray = { companyId: theirs, connector: 'test', name: 'Insmugglad', settings: {} };
    await assert.rejects(addConnection(db, stray), /row-level security/);
  });

  test('holds in a transaction, and leaves nothing on the connection', async () => {
    const single = openDatabase(database.url, { poolMax: 1 });
    const scoped = scopedTo(single, [theirs]).db;
    await scoped.transaction().execute(async (trx) => {
      assert.deepEqual(
        (await listCompanies(trx)).map(({ name }) => name),
        ['Deras AB'],
      );
    });
    await assert.rejects(sql`select 1 / 0`.execute(scoped), /division by zero/);
    assert.equal(await seen(single.db, 'company'), 2);
    assert.equal(await seen(scopedTo(single, [ours]).db, 'company'), 1);
    await single.close();
  });

  test('reads no password, session or role', async () => {
    const { db } = scopedTo(database, [ours]);
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
       where relname like 'person%' and relkind = 'r' or relname = 'membership'
    `.execute(database.db);
    assert.ok(rows.length >= 5);
    for (const { name } of rows) {
      await assert.rejects(seen(db, name), /permission denied/, name);
    }
  });

  test('adds to the audit trail, reads its own part, and the trail is whole', async () => {
    await addAudit(database.db, { by: 'b', companyId: theirs, act: 'theirs', about: {} });
    const { db } = scopedTo(database, [ours]);
    await addAudit(db, { by: 'a', companyId: ours, act: 'ours', about: {} });
    assert.deepEqual(
      (await listAudit(db, { limit: 9 })).map(({ act }) => act),
      ['ours'],
    );
    assert.deepEqual(await verifyAudit(database.db), { rows: 2, brokenAt: null });
    await assert.rejects(sql`delete from audit`.execute(db), /permission denied/);
  });

  test('asks by its pool for its own companies, and leaves nothing behind', async () => {
    const { pool } = scopedTo(database, [ours]);
    const ids = 'select id from company order by id';
    for (const asked of [ids, { text: ids }, { name: 'scoped-ids', text: ids }] as const) {
      const { rows } = await pool.query<{ id: string }>(asked as string);
      assert.deepEqual(
        rows.map(({ id }) => id),
        [ours],
      );
    }
    await assert.rejects(pool.query('select * from person'), /permission denied/);
    await assert.rejects(pool.query('select $1::bigint', ['x']), /invalid input syntax/);
    const all = await database.pool.query(ids);
    assert.ok((all.rowCount ?? 0) >= 2, 'who owns the hub sees every company');
    const client = await pool.connect();
    const { rows } = await client.query<{ is_member: boolean }>(
      `select current_user <> 'bokbro_web' as is_member`,
    );
    client.release();
    assert.deepEqual(rows, [{ is_member: true }], 'locks are the hub’s own');
  });

  test('takes no company whose id is no number', () => {
    assert.throws(() => scopedTo(database, ["1'; reset role; --"]), /is a number/);
  });
});

describe('the policies', () => {
  test('stand on every table with rows of companies', async () => {
    const { rows } = await sql<{ table: string }>`
      select c.relname as table from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
       order by 1
    `.execute(database.db);
    // What is left is of no company, or (the first three) names companies for people’s own sake.
    // A table that is not here and has no policy needs a company_id, or a key to what has one.
    assert.deepEqual(
      rows.map(({ table }) => table).filter((table) => !/^(kysely_|person)/.test(table)),
      ['call_window', 'firm', 'membership', 'sign_in_try', 'watching', 'worker'],
    );
  });

  test('come with the next migration for a table that is new', async () => {
    const { db } = database;
    await sql`create table novelty (company_id bigint not null)`.execute(db);
    await sql`insert into novelty values (${ours}), (${theirs})`.execute(db);
    await assert.rejects(seen(scopedTo(database, [ours]).db, 'novelty'), /permission denied/);
    await migrate(db);
    assert.equal(await seen(scopedTo(database, [ours]).db, 'novelty'), 1);
  });
});

describe('on a server whose administrator is somebody else', () => {
  /** A database of a user who may make roles, or may not. */
  async function databaseOf(user: string, rights: string): Promise<string> {
    const admin = new pg.Client({ connectionString: server.postgresUrl });
    await admin.connect();
    await admin.query(`create role ${user} login ${rights}`);
    await admin.query(`create database ${user} owner ${user} template template0`);
    await admin.end();
    return server.postgresUrl.replace(/\/\/[^@]*@\/[^?]*/, `//${user}@/${user}`);
  }

  test('works for an owner who is no superuser', async () => {
    const own = openDatabase(await databaseOf('plain_owner', 'createrole'));
    const admin = openDatabase(server.postgresUrl);
    // As an administrator does who has made the role for another hub already.
    await sql`grant bokbro_web to plain_owner`.execute(admin.db);
    await admin.close();
    await migrate(own.db);
    assert.equal(await isMigrated(own.db), true);
    const place = { country: 'SE', language: 'sv' } as const;
    const { id } = await addCompany(own.db, { ...place, name: 'En AB' });
    await addCompany(own.db, { ...place, name: 'Två AB' });
    assert.equal(await seen(own.db, 'company'), 2);
    assert.equal(await seen(scopedTo(own, [id]).db, 'company'), 1);
    await own.close();
  });

  test('says what an administrator has to do for one who may not', async () => {
    const own = openDatabase(await databaseOf('stranger', ''));
    await assert.rejects(
      migrate(own.db),
      /as an administrator, once: .*grant bokbro_web to stranger/,
    );
    await own.close();
  });
});
