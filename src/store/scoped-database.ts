import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';
import { assert } from '../lib/assert.ts';
import type { Database } from './db.ts';
import type { Schema } from './schema.ts';
import { WEB_ROLE } from './web-role.ts';

/**
 * The same database for a request: every statement sees the rows of these companies and no others,
 * whatever it asks for. Role and companies are those of a transaction, so nothing of them is left
 * on a connection that somebody else takes next.
 *
 * Only `db` is bound. `pool` is for the engine's own statements, which name their company.
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
  return { ...database, db };
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
