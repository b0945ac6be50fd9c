import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));
/** It asks for this folder when it is started as root, and makes no other use of it. */
const PRIVSEP = '/run/sshd';

/** For the `skip` of a test: false when OpenSSH's server is installed, else what is missing. */
export const skipWithoutOpenssh: string | false =
  SSHD === undefined ? 'skipped: OpenSSH’s server is not installed (openssh-server)' : false;

/** OpenSSH's own server on loopback: the user of this process logs in with a key. */
export type Openssh = {
  readonly port: number;
  readonly user: string;
  /** As `ssh-keygen -lf` shows them, by type: `ssh-ed25519`, `ssh-rsa`. */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** The key that logs in, sealed with a passphrase. */
  readonly privateKey: string;
  readonly passphrase: string;
  stop(): Promise<void>;
};

/** Starts it with host keys of two types. @param home - an empty folder for its files */
export async function startOpenssh(home: string): Promise<Openssh> {
  if (SSHD === undefined) throw new Error('OpenSSH’s server is not installed');
  if (userInfo().uid === 0) mkdirSync(PRIVSEP, { recursive: true });
  const passphrase = 'lösen ord';
  const keygen = (type: string, file: string, secret: string): string => {
    const path = join(home, file);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', secret, '-f', path]);
    return path;
  };
  const hostKeys = ['ed25519', 'rsa'].map((type) => keygen(type, `host-${type}`, ''));
  const login = keygen('ed25519', 'login', passphrase);
  const allowed = join(home, 'allowed');
  writeFileSync(allowed, readFileSync(`${login}.pub`));
  chmodSync(allowed, 0o600);
  const port = await freePort();
  const config = join(home, 'sshd_config');
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map((path) => `HostKey ${path}`),
    `AuthorizedKeysFile ${allowed}`,
    `PidFile ${join(home, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
    'Subsystem sftp internal-sftp',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const child = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await untilListening(port, child);
  return {
    port,
    user: userInfo().username,
    fingerprints: new Map(hostKeys.map(fingerprintOf)),
    privateKey: readFileSync(login, 'utf8'),
    passphrase,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function fingerprintOf(path: string): [type: string, fingerprint: string] {
  const said = execFileSync('ssh-keygen', ['-lf', `${path}.pub`], { encoding: 'utf8' });
  const [type = ''] = readFileSync(`${path}.pub`, 'utf8').split(' ');
  return [type, said.split(' ')[1] ?? ''];
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const TRIES = 200;
const TRY_MS = 50;

/** Resolves when a server answers. @throws Error when it has ended instead */
export async function untilListening(
  port: number,
  child: { readonly exitCode: number | null },
): Promise<void> {
  for (let i = 0; i < TRIES; i += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isUp) return;
    await sleep(TRY_MS);
  }
  throw new Error('the server does not answer');
}
