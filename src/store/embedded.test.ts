import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import pg from 'pg';
import { newFolder, removeFolder } from '../testing/test-server.ts';
import { openHubDatabase } from './hub-database.ts';
import { startEmbedded, type EmbeddedServer } from './embedded.ts';

const IS_ROOT = process.getuid?.() === 0;

let home: string;
let folder: string;
before(() => {
  home = newFolder();
  folder = join(home, 'pg');
});
const started: EmbeddedServer[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});
after(() => removeFolder(home));

async function start(of: string = folder): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder: of, durable: false });
  started.push(server);
  return server;
}

async function ask(server: EmbeddedServer, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(query);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

function postmaster(): number {
  return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function untilGone(pid: number): Promise<void> {
  const state = (): string => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').slice(0, 1);
    } catch {
      return '';
    }
  };
  while (!['', 'Z'].includes(state())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const NO_PROC = existsSync('/proc/self/stat') ? false : 'there is no /proc to find processes in';

function childrenOf(pid: number): readonly number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.filter((name) => parentOf(name) === pid).map(Number);
}

function parentOf(process: string): number | null {
  try {
    const [, parent] = readFileSync(`/proc/${process}/stat`, 'utf8')
      .replace(/.*\) /s, '')
      .split(' ');
    return Number(parent);
  } catch {
    return null; // It has ended meanwhile.
  }
}

/** What another process says after starting the same folder. */
async function startElsewhere(): Promise<{ readonly startedHere: boolean; readonly one: number }> {
  const script = `
    import pg from 'pg';
    import { startEmbedded } from './src/store/embedded.ts';
    const server = await startEmbedded({ folder: process.argv[1], durable: false });
    const client = new pg.Client({ connectionString: server.url('postgres') });
    await client.connect();
    const { rows } = await client.query('select 1 as one');
    await client.end();
    process.stdout.write(JSON.stringify({ startedHere: server.startedHere, one: rows[0].one }));
  `;
  const args = ['--input-type=module', '--eval', script, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (piece) => (said += String(piece)));
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 0);
  return JSON.parse(said) as { startedHere: boolean; one: number };
}

describe('startEmbedded', () => {
  test('makes a database in an empty folder, in UTC and UTF-8', async () => {
    const server = await start();
    assert.equal(server.startedHere, true);
    assert.equal(await ask(server, "select current_setting('timezone') as answer"), 'UTC');
    assert.equal(await ask(server, "select current_setting('server_encoding') as answer"), 'UTF8');
    assert.equal(await ask(server, "select current_setting('data_checksums') as answer"), 'on');
  });

  test('listens on no network address', async () => {
    const server = await start();
    assert.equal(await ask(server, "select current_setting('listen_addresses') as answer"), '');
  });

  test('is joined by another process that starts the same folder', async () => {
    await start();
    const pid = postmaster();
    assert.deepEqual(await startElsewhere(), { startedHere: false, one: 1 });
    assert.equal(postmaster(), pid);
  });

  test('is started once by two processes at the same time', async () => {
    const both = await Promise.all([startElsewhere(), startElsewhere()]);
    assert.deepEqual(
      both.map(({ one }) => one),
      [1, 1],
    );
    assert.equal((await start()).startedHere, false);
  });

  test('starts after the server was killed, with what was committed', async () => {
    const first = await startEmbedded({ folder, durable: true });
    await ask(first, 'create table kept as select 42 as answer');
    const pid = postmaster();
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    assert.equal(postmaster(), pid);
    const again = await start();
    assert.equal(again.startedHere, true);
    assert.notEqual(postmaster(), pid);
    assert.equal(await ask(again, 'select answer from kept'), 42);
  });

  test('waits for what a killed server has left at work', { skip: NO_PROC }, async () => {
    const first = await startEmbedded({ folder, durable: true });
    await ask(first, 'create table waited as select 7 as answer');
    const pid = postmaster();
    const [busy = 0] = childrenOf(pid);
    process.kill(busy, 'SIGSTOP');
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    const again = start();
    while (!readFileSync(`${folder}.log`, 'utf8').includes('pre-existing shared memory')) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    process.kill(busy, 'SIGCONT');
    assert.equal((await again).startedHere, true);
    assert.equal(await ask(await again, 'select answer from waited'), 7);
  });

  test('starts although another program has the number of a server that was killed', async () => {
    const file = join(folder, 'postmaster.pid');
    writeFileSync(file, `${process.pid}\n${folder}\n1\n5432\n/nowhere\n\n\nready\n`);
    assert.equal((await start()).startedHere, true);
    assert.notEqual(postmaster(), process.pid);
  });

  test('refuses a folder of another version, and leaves it as it is', async () => {
    const old = join(home, 'old');
    mkdirSync(old);
    writeFileSync(join(old, 'PG_VERSION'), '17\n');
    await assert.rejects(start(old), /made by PostgreSQL 17.*brings 18.*Restore a backup/);
    assert.equal(readFileSync(join(old, 'PG_VERSION'), 'utf8'), '17\n');
  });

  test('says what the server said when it does not start', async () => {
    const broken = join(home, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'PG_VERSION'), '18\n');
    await assert.rejects(start(broken), /did not start. It said:\n.*broken/s);
  });

  test('runs as nobody when we are root', { skip: !IS_ROOT && 'needs root' }, async () => {
    const server = await start();
    const { uid } = statSync(`/proc/${postmaster()}`);
    const line = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):/m);
    assert.equal(uid, Number(line?.[1]));
    assert.equal(statSync(folder).mode & 0o077, 0);
    assert.equal(await ask(server, 'select 1 as answer'), 1);
  });

  test(
    'refuses a folder that nobody cannot enter when we are root',
    { skip: !IS_ROOT && 'needs root' },
    async () => {
      const closed = join(home, 'closed');
      mkdirSync(closed);
      chmodSync(closed, 0o700);
      await assert.rejects(start(join(closed, 'pg')), /cannot enter .*closed.*BOKBRO_HOME/s);
    },
  );
});

describe('openHubDatabase', () => {
  test('stops the embedded server when the last process leaves, and not before', async () => {
    const place = { kind: 'embedded', home, durable: false } as const;
    const [one, two] = [await openHubDatabase(place), await openHubDatabase(place)];
    const pid = postmaster();
    await one.close();
    assert.equal((await two.db.selectFrom('company').selectAll().execute()).length, 0);
    assert.equal(postmaster(), pid);
    await two.close();
    await untilGone(pid);
    assert.throws(postmaster, /ENOENT/);
  });
});
