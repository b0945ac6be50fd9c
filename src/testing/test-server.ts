import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, openDatabase, type Database } from '../store/db.ts';
import { socketFolderOf, startEmbedded } from '../store/embedded.ts';
import { openJobs } from '../store/jobs.ts';

/** A PostgreSQL of one test file's own: started once, a new database for each test. */
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

export async function startTestServer(): Promise<TestServer> {
  const home = newFolder();
  const server = await startEmbedded({ folder: join(home, 'pg'), durable: false });
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  const opened: Database[] = [];
  let count = 0;

  async function make(template: string): Promise<string> {
    count += 1;
    const name = `test_${count}`;
    await admin.query(`create database ${name} template ${template}`);
    return server.url(name);
  }
  function open(url: string, options: { readonly poolMax?: number } = {}): Database {
    const database = closedOnce(openDatabase(url, options));
    opened.push(database);
    return database;
  }

  await admin.query(`create database ${TEMPLATE}`);
  await fillTemplate(server.url(TEMPLATE));
  return {
    newDatabase: async (options) => open(await make(TEMPLATE), options),
    newUrl: () => make(TEMPLATE),
    newEmptyUrl: () => make('template0'),
    openAgain: (database) => open(database.url),
    postgresUrl: server.url('postgres'),
    stop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await admin.end();
      await server.stop();
      removeFolder(home);
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
