import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { newFolder, type BenchRun } from '../bench-run.ts';
import { cpuMsOfFamily, nameOf, parentOf } from '../machine/proc.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { startChild } from './child.ts';

/** A PostgreSQL server with an empty database for one measurement. */
export type Place = {
  readonly id: 'embedded' | 'server';
  /** Its version and what it says of durability. */
  readonly title: string;
  readonly url: string;
  /** How many transactions have written so far. */
  writers(): Promise<number>;
  /** How far its clock is ahead of ours: nothing when it is the same machine's. */
  aheadMs(): Promise<number>;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** CPU of all its processes; null when it does not run on this machine. */
  cpuMs(): number | null;
  close(): Promise<void>;
};

/** Why there is no place. */
export type NoPlace = { readonly id: Place['id']; readonly skipped: string };

/** Where Debian puts PostgreSQL. */
const DEBIAN = '/usr/lib/postgresql';
const START_WAIT_MS = 30_000;
const POLL_MS = 20;

/** The PostgreSQL that npm installs with the hub, durable as in earnest. */
export async function embeddedPlace(run: BenchRun): Promise<Place> {
  const folder = join(newFolder(run), 'pg');
  const stop = run.cleanup.add(async () => (await starting).stop());
  const starting = startEmbedded({ folder, durable: true });
  const server = await starting;
  return openPlace(run, { id: 'embedded', url: server.url, stop });
}

/** The server that was given, else one of Debian's binaries on a folder of our own. */
export async function serverPlace(run: BenchRun): Promise<Place | NoPlace> {
  const { databaseUrl } = run;
  if (databaseUrl !== null) {
    const url = (database: string): string => withDatabase(databaseUrl, database);
    return openPlace(run, { id: 'server', url, stop: async () => undefined });
  }
  const bin = newestDebian();
  if (bin === null) {
    const skipped = `there is no PostgreSQL under ${DEBIAN}, and no --database was given`;
    return { id: 'server', skipped };
  }
  return startDebian(run, bin);
}

type Server = {
  readonly id: Place['id'];
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
};

async function openPlace({ cleanup }: BenchRun, server: Server): Promise<Place> {
  const name = `bokbro_bench_${randomBytes(6).toString('hex')}`;
  const url = server.url(name);
  const drop = cleanup.add(async () => {
    await once(server.url('postgres'), `drop database if exists ${name} with (force)`);
  });
  await once(server.url('postgres'), `create database ${name}`);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const disconnect = cleanup.add(() => client.end());
  const [about] = (await client.query<Record<string, string>>(ABOUT)).rows;
  const postmaster = postmasterOf(Number(about?.['backend']));
  return {
    id: server.id,
    title:
      `PostgreSQL ${about?.['version']}, fsync ${about?.['fsync']}, ` +
      `synchronous_commit ${about?.['waits']}, shared_buffers ${about?.['buffers']}`,
    url,
    writers: async () => Number((await client.query<{ value: string }>(WRITERS)).rows[0]?.value),
    aheadMs: () => (postmaster === null ? aheadOf(client) : Promise.resolve(0)),
    query: async (text, values = []) => (await client.query(text, [...values])).rows,
    cpuMs: () => (postmaster === null ? null : cpuMsOfFamily(postmaster)),
    close: async () => {
      await disconnect();
      await drop();
      await server.stop();
    },
  };
}

const ABOUT = `
  select split_part(current_setting('server_version'), ' ', 1) as version,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as waits,
         current_setting('shared_buffers') as buffers, pg_backend_pid() as backend
`;

/** A transaction is given a number when it first writes: the numbers count those that do. */
const WRITERS = 'select pg_snapshot_xmax(pg_current_snapshot())::text as value';
const NOW = 'select extract(epoch from clock_timestamp()) * 1000 as value';

const CLOCK_LOOKS = 10;

/** By the quickest of some looks: it says most. */
async function aheadOf(client: pg.Client): Promise<number> {
  let best = { tookMs: Infinity, aheadMs: 0 };
  for (let look = 0; look < CLOCK_LOOKS; look += 1) {
    const fromMs = Date.now();
    const now = Number((await client.query<{ value: string }>(NOW)).rows[0]?.value);
    const tookMs = Date.now() - fromMs;
    if (tookMs < best.tookMs) best = { tookMs, aheadMs: now - fromMs - tookMs / 2 };
  }
  return best.aheadMs;
}

/** The process that all of a server's are children of; null when it is on another machine. */
function postmasterOf(backend: number): number | null {
  if (!nameOf(backend).startsWith('postgres')) return null;
  const parent = parentOf(backend);
  return parent !== null && nameOf(parent).startsWith('postgres') ? parent : null;
}

async function once(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/?)[^?]*/, (_, head: string) => {
    return `${head}${head.endsWith('/') ? '' : '/'}${database}`;
  });
}

function newestDebian(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const [newest] = versions
    .filter((version) => existsSync(join(DEBIAN, version, 'bin', 'initdb')))
    .sort((a, b) => Number(b) - Number(a));
  return newest === undefined ? null : join(DEBIAN, newest, 'bin');
}

async function startDebian(run: BenchRun, bin: string): Promise<Place> {
  const home = newFolder(run);
  const folder = join(home, 'server');
  mkdirSync(folder, { mode: 0o700 });
  const user = unprivileged();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const stdio = ['ignore', 'ignore', 'ignore'] as const;
  const flags = ['-U', 'bokbro', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'];
  const making = startChild(run.cleanup, {
    command: join(bin, 'initdb'),
    args: ['-D', folder, ...flags],
    stdio: [...stdio],
    user,
  });
  await making.ended;
  await making.stop();
  const child = startChild(run.cleanup, {
    command: join(bin, 'postgres'),
    args: ['-D', folder, '-k', folder, '-c', 'listen_addresses='],
    stdio: [...stdio],
    user,
    signal: 'SIGINT', // PostgreSQL's “fast” shutdown.
  });
  await untilReady(join(folder, 'postmaster.pid'));
  const url = (database: string): string =>
    `postgres://bokbro@/${database}?host=${encodeURIComponent(folder)}`;
  return openPlace(run, { id: 'server', url, stop: child.stop });
}

/** The last line of postmaster.pid says `ready` once connections are taken. */
async function untilReady(file: string): Promise<void> {
  for (let waited = 0; waited < START_WAIT_MS; waited += POLL_MS) {
    if (existsSync(file) && /^ready\s*$/m.test(readFileSync(file, 'utf8'))) return;
    await sleep(POLL_MS);
  }
  throw new Error('the PostgreSQL server did not start');
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const [, uid, gid] =
    /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (uid === undefined) throw new Error('there is no user “nobody” to run PostgreSQL as');
  return { uid: Number(uid), gid: Number(gid) };
}
