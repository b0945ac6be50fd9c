import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import { assert } from '../lib/assert.ts';
import type { Database } from './db.ts';
import type { Schema } from './schema.ts';
import { WEB_ROLE } from './web-role.ts';

/**
 * The same database for a request: every statement sees the rows of these companies and no others,
 * whatever it asks for. Role and companies are those of a transaction, so nothing of them is left
 * on a connection that somebody else takes next.
 *
 * Bound are `db` and queries of `pool`; a connection taken from it is the hub's own, for locks.
 */
export function scopedTo(database: Database, companyIds: readonly string[]): Database {
  for (const id of companyIds) assert(/^\d{1,18}$/.test(id), 'a company’s id is a number');
  const scope =
    `set local role ${WEB_ROLE}; ` +
    `select set_config('app.companies', '${companyIds.join(',')}', true)`;
  const dialect = new PostgresDialect({ pool: database.pool });
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (of) => dialect.createIntrospector(of),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver: () => new ScopedDriver(dialect.createDriver(), scope),
    },
  });
  return { ...database, db, pool: scopedPool(database.pool, scope) };
}

/** A pool whose every query stands in a transaction with a scope. */
function scopedPool(pool: pg.Pool, scope: string): pg.Pool {
  const query = async (...asked: readonly unknown[]): Promise<unknown> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`begin; ${scope}`);
      const result: unknown = await Reflect.apply(client.query, client, asked);
      await client.query('commit');
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => undefined,
        (lost: unknown) => (lost instanceof Error ? lost : new Error(String(lost))),
      );
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return new Proxy(pool, {
    get: (of, name) => {
      if (name === 'query') return query;
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}

/** A driver of PostgreSQL whose every statement stands in a transaction with a scope. */
class ScopedDriver implements Driver {
  readonly #inner: Driver;
  readonly #scope: string;

  constructor(inner: Driver, scope: string) {
    this.#inner = inner;
    this.#scope = scope;
  }

  async init(): Promise<void> {
    await this.#inner.init();
  }

  async acquireConnection(): Promise<ScopedConnection> {
    const inner = await this.#inner.acquireConnection();
    return new ScopedConnection(this.#inner, inner, this.#scope);
  }

  async beginTransaction(
    connection: ScopedConnection,
    settings: Parameters<Driver['beginTransaction']>[1],
  ): Promise<void> {
    await this.#inner.beginTransaction(connection.inner, settings);
    await connection.inner.executeQuery(CompiledQuery.raw(this.#scope));
    connection.isInTransaction = true;
  }

  async commitTransaction(connection: ScopedConnection): Promise<void> {
    connection.isInTransaction = false;
    await this.#inner.commitTransaction(connection.inner);
  }

  async rollbackTransaction(connection: ScopedConnection): Promise<void> {
    connection.isInTransaction = false;
    await this.#inner.rollbackTransaction(connection.inner);
  }

  async releaseConnection(connection: ScopedConnection): Promise<void> {
    await this.#inner.releaseConnection(connection.inner);
  }

  /** The pool is the hub's, and stays open. */
  async destroy(): Promise<void> {}
}

class ScopedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #driver: Driver;
  readonly #scope: string;
  isInTransaction = false;

  constructor(driver: Driver, inner: DatabaseConnection, scope: string) {
    this.inner = inner;
    this.#driver = driver;
    this.#scope = scope;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.isInTransaction) return this.inner.executeQuery<R>(query);
    // Several statements in one text: one round trip for all that stands before the query.
    await this.inner.executeQuery(CompiledQuery.raw(`begin; ${this.#scope}`));
    try {
      const result = await this.inner.executeQuery<R>(query);
      await this.#driver.commitTransaction(this.inner);
      return result;
    } catch (error) {
      await this.#driver.rollbackTransaction(this.inner);
      throw error;
    }
  }

  streamQuery(): never {
    throw new Error('a scoped database has no streams');
  }
}
