import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pLimit, { type LimitFunction } from 'p-limit';
import pg from 'pg';
import { decodeJson } from '../lib/json.ts';
import { OperatorError } from '../ports/errors.ts';
import { prepareStatements } from './prepare-statements.ts';
import type { Schema } from './schema.ts';
import { WEB_ROLE } from './web-role.ts';

/** The database as the store's queries see it. */
export type Db = Kysely<Schema>;

/** An open database. */
export type Database = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  /**
   * For acts that keep a connection while they ask for another one. As many of them as there are
   * connections would wait for each other for ever.
   */
  readonly keeping: {
    readonly whileReading: LimitFunction;
    readonly whileRenewing: LimitFunction;
    readonly whileScheduled: LimitFunction;
  };
  close(): Promise<void>;
};

const POOL_MAX = 12;
/** Files that are read, logins that are renewed, schedules that run: two of the pool are free. */
const KEEPING_MAX = { reading: 4, renewing: 4, scheduled: 2 };
const CONNECT_TIMEOUT_MS = 10_000;

/** Opens a database that exists. Its tables are made and kept up to date by `migrate`. */
export function openDatabase(url: string, options: { readonly poolMax?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolMax ?? POOL_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser },
  });
  // A server that goes away fails the query that runs, not the whole process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    prepareStatements(client);
  });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const keeping = {
    whileReading: pLimit(KEEPING_MAX.reading),
    whileRenewing: pLimit(KEEPING_MAX.renewing),
    whileScheduled: pLimit(KEEPING_MAX.scheduled),
  };
  return { db, pool, url, keeping, close: () => db.destroy() };
}

const DATE = 1082;
const JSONB = 3802;

/** Days stay `YYYY-MM-DD`, and amounts in JSON come back as `bigint`. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) => {
  if (oid === DATE) return (text: string) => text;
  if (oid === JSONB && format !== 'binary') return decodeJson;
  return pg.types.getTypeParser(oid, format);
};

/**
 * Brings the tables up to the newest migration, each in a transaction. Two processes may try at
 * once: one does it, the other waits.
 *
 * @throws Error of the first migration that failed; nothing of it is kept
 */
export async function migrate(db: Db): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('a migration failed', { cause: error });
  }
  // A table that is new has its policy from here on, whichever migration has made it.
  await sql`select isolate_companies()`.execute(db);
}

/**
 * Whether every migration has run: a quick look, for a start on an existing database.
 *
 * @throws OperatorError when a newer hub has changed the tables: this one would misread them
 */
export async function isMigrated(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: string | null }>`
    select to_regclass('kysely_migration')::text as there
  `.execute(db);
  if (rows[0]?.there === null) return false;
  const found = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const known = new Set(migrationFiles());
  const newer = found.rows.map((row) => row.name).filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new OperatorError(
      `The database was changed by a newer version of the hub (${newer.join(', ')}). Start that ` +
        'version, or restore a backup of before it into a new database.',
    );
  }
  return found.rows.length === known.size && (await hasWebRole(db));
}

/** Roles are the server's, not the database's: one that was restored elsewhere may lack it. */
async function hasWebRole(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select from pg_roles where rolname = ${WEB_ROLE} and pg_has_role(oid, 'member')
  `.execute(db);
  return rows.length > 0;
}

function migrator(db: Db): Migrator {
  return new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(migrationFiles().map((file) => [file, sqlMigration(file)])),
    },
  });
}

const FOLDER = join(import.meta.dirname, 'migrations');

function migrationFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

function sqlMigration(file: string): Migration {
  return {
    up: async (db) => {
      await sql.raw(readFileSync(join(FOLDER, file), 'utf8')).execute(db);
    },
  };
}

/** The server behind a database: its version, and whether a power cut loses nothing. */
export async function describeServer({
  pool,
}: Pick<Database, 'pool'>): Promise<{ readonly version: string; readonly isDurable: boolean }> {
  const { rows } = await pool.query<{ version: string; fsync: string }>(
    "select current_setting('server_version') as version, current_setting('fsync') as fsync",
  );
  return { version: rows[0]?.version ?? '', isDurable: rows[0]?.fsync === 'on' };
}
