import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { OperatorError } from '../ports/errors.ts';
import { isMigrated, migrate, openDatabase, type Database } from './db.ts';
import { startEmbedded } from './embedded.ts';

/** Where a hub keeps its rows: a PostgreSQL server, or a folder for the embedded one. */
export type DatabasePlace =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'embedded'; readonly home: string; readonly durable: boolean };

const DATABASE = 'bokbro';
/** The name our connections carry, by which the last process to leave knows that it is the last. */
const APPLICATION = 'bokbro';

/** Opens the hub's database, started, made and migrated if need be. */
export async function openHubDatabase(
  place: DatabasePlace,
  options: { readonly poolMax?: number } = {},
): Promise<Database> {
  const opened = place.kind === 'server' ? serverDatabase(place.url) : await embedded(place);
  const database = openDatabase(opened.url, options);
  try {
    if (!(await isMigrated(database.db))) await migrate(database.db);
  } catch (error) {
    await database.close();
    await opened.leave();
    throw place.kind === 'server' && !(error instanceof OperatorError)
      ? unreachable(place.url, error)
      : error;
  }
  const close = async (): Promise<void> => {
    await database.close();
    await opened.leave();
  };
  return { ...database, close };
}

/** The address is shown without its user and password. */
function unreachable(url: string, cause: unknown): OperatorError {
  const place = URL.canParse(url) ? new URL(url).host + new URL(url).pathname : 'this address';
  const why = cause instanceof AggregateError ? cause.errors.map(String).join(', ') : String(cause);
  return new OperatorError(
    `The database at ${place} (DATABASE_URL) cannot be used: ${why.replace(/^\w*Error: /, '')}`,
    { cause },
  );
}

type OpenedPlace = { readonly url: string; readonly leave: () => Promise<void> };

function serverDatabase(url: string): OpenedPlace {
  return { url, leave: async () => undefined };
}

async function embedded(
  place: DatabasePlace & { readonly kind: 'embedded' },
): Promise<OpenedPlace> {
  mkdirSync(place.home, { recursive: true });
  const server = await startEmbedded({ folder: join(place.home, 'pg'), durable: place.durable });
  await createDatabase(server.url('postgres'));
  return {
    url: `${server.url(DATABASE)}&application_name=${APPLICATION}`,
    leave: async () => {
      if (await isLast(server.url('postgres'))) await server.stop();
    },
  };
}

async function createDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount !== 0) return;
    // Two processes may both find it missing: the second is told that it exists, which is as good.
    await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError && error.code === '42P04')) throw error;
    });
  });
}

/** Whether no other process of the hub is using the embedded server. */
async function isLast(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ others: string }>(
      'select count(*) as others from pg_stat_activity where application_name = $1',
      [APPLICATION],
    );
    return rows[0]?.others === '0';
  });
}

async function withClient<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
