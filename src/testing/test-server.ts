import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, openDatabase, type Database } from '../store/db.ts';
import { socketFolderOf, startEmbedded } from '../store/embedded.ts';
import { openJobs } from '../store/jobs.ts';

/** A PostgreSQL for the tests of a file: a new database for each of them. */
export type TestServer = {
  /** A new database with all tables in it. Closed with the server, if not before. */
  newDatabase(options?: { readonly poolMax?: number }): Promise<Database>;
  /** Address of a new database with all tables in it. */
  newUrl(): Promise<string>;
  /** Address of a new database with nothing in it. */
  newEmptyUrl(): Promise<string>;
  /** One more way into a database, as another process has it. */
  openAgain(database: Database): Database;
  /** Address of the server itself, as its administrator. */
  readonly postgresUrl: string;
  stop(): Promise<void>;
};

const TEMPLATE = 'template_hub';

/** Address of a server that is shared by the files of a run: making one takes seconds. */
const SHARED = 'BOKBRO_TEST_SERVER';

type Server = { url(database: string): string; stop(): Promise<void> };

/**
 * Starts a server that all test files of a run share, for processes that are started from now on.
 *
 * @returns stops it
 */
export async function startSharedServer(): Promise<() => Promise<void>> {
  const server = await startServer();
  process.env[SHARED] = server.url('postgres');
  return server.stop;
}

/** A server with the template in it. */
async function startServer(): Promise<Server> {
  const home = newFolder();
  const server = await startEmbedded({ folder: join(home, 'pg'), durable: false });
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  await fillTemplate(server.url(TEMPLATE));
  return {
    url: (database) => server.url(database),
    stop: async () => {
      await server.stop();
      removeFolder(home);
    },
  };
}

/** The server of the run, which others use too and which is not stopped. */
function sharedServer(url: string): Server {
  return {
    // Not by `URL`: an address on a socket has no host.
    url: (database) => url.replace(/\/postgres(?=\?)/, `/${database}`),
    stop: () => Promise.resolve(),
  };
}

/** A new database of the run's server, with all tables in it; null where files share no server. */
export async function sharedDatabase(): Promise<{
  readonly url: string;
  stop(): Promise<void>;
} | null> {
  if (process.env[SHARED] === undefined) return null;
  const server = await startTestServer();
  return { url: await server.newUrl(), stop: () => server.stop() };
}

/**
 * @param options - `own` for tests of the server itself, or of what all its databases share: roles,
 *   connections
 */
export async function startTestServer(
  options: { readonly own?: boolean } = {},
): Promise<TestServer> {
  const url = options.own === true ? undefined : process.env[SHARED];
  const server = url === undefined ? await startServer() : sharedServer(url);
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  const opened: Database[] = [];
  const names: string[] = [];

  async function make(template: string): Promise<string> {
    const name = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
    names.push(name);
    await admin.query(`create database "${name}" template ${template}`);
    return server.url(name);
  }
  function open(url: string, options: { readonly poolMax?: number } = {}): Database {
    const database = closedOnce(openDatabase(url, options));
    opened.push(database);
    return database;
  }

  return {
    newDatabase: async (options) => open(await make(TEMPLATE), options),
    newUrl: () => make(TEMPLATE),
    newEmptyUrl: () => make('template0'),
    openAgain: (database) => open(database.url),
    postgresUrl: server.url('postgres'),
    stop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      if (url !== undefined) {
        for (const name of names) await admin.query(`drop database "${name}" with (force)`);
      }
      await admin.end();
      await server.stop();
    },
  };
}

/** A folder that `nobody` can enter, as whom the database runs when we are root. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bokbro-test-'));
  chmodSync(folder, 0o711);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(socketFolderOf(join(folder, 'pg')), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

async function fillTemplate(url: string): Promise<void> {
  const database = openDatabase(url);
  await migrate(database.db);
  const jobs = await openJobs(database, { maintain: false });
  await jobs.stop();
  await database.close();
}

/** A test may close a database itself, to see what another process does without it. */
function closedOnce(database: Database): Database {
  let closing: Promise<void> | null = null;
  return { ...database, close: () => (closing ??= database.close()) };
}
