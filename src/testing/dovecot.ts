import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, chmodSync, chownSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, untilListening } from './openssh.ts';

const DOVECOT = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path));

/** For the `skip` of a test: false when Dovecot is installed, else what is missing. */
export const skipWithoutDovecot: string | false =
  DOVECOT === undefined
    ? 'skipped: the mail server Dovecot is not installed (dovecot-imapd)'
    : false;

/** Dovecot on loopback: every user there is has the same password. */
export type Dovecot = {
  /** TLS from the first byte. */
  readonly port: number;
  /** TLS by STARTTLS, and no login without. */
  readonly startTlsPort: number;
  /** The certificate that vouches for it, for `localhost` and `127.0.0.1`. */
  readonly ca: string;
  readonly password: string;
  /** Where the mails of a user are, as a Maildir. */
  mailOf(user: string): string;
  stop(): Promise<void>;
};

/** Uid and gid of `nobody` on Debian: Dovecot does not touch mail as root. */
const NOBODY = 65_534;
const PASSWORD = 'hemligt';

/** Starts it. @param home - an empty folder for its files, with a short path for its sockets */
export async function startDovecot(home: string): Promise<Dovecot> {
  if (DOVECOT === undefined) throw new Error('Dovecot is not installed');
  const [cert, key] = certificate(home);
  const mail = join(home, 'mail');
  mkdirSync(mail);
  const { uid, gid, username } = userInfo();
  const isRoot = uid === 0;
  if (isRoot) chownSync(mail, NOBODY, NOBODY);
  chmodSync(home, 0o755);
  const [port, startTlsPort] = [await freePort(), await freePort()];
  const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
  // Without root no process can become another user or close itself in.
  const alone = isRoot
    ? ''
    : `default_internal_user = ${username}\ndefault_login_user = ${username}\n` +
      `default_internal_group = ${gid}\nservice anvil {\n  chroot =\n}\n`;
  const config = join(home, 'dovecot.conf');
  writeFileSync(
    config,
    `base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${cert}
ssl_key = <${key}
mail_location = maildir:${mail}/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${mail}/%u
}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${startTlsPort}
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
${alone}`,
  );
  const child = spawn(DOVECOT, ['-F', '-c', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await untilListening(port, child);
  return {
    port,
    startTlsPort,
    ca: readFileSync(cert, 'utf8'),
    password: PASSWORD,
    mailOf: (user) => join(mail, user),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function certificate(home: string): [cert: string, key: string] {
  const [cert, key] = [join(home, 'cert.pem'), join(home, 'key.pem')];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '30'];
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const args = ['req', '-x509', ...made, '-subj', '/CN=localhost', '-addext', names];
  execFileSync('openssl', args, { stdio: 'ignore' });
  return [cert, key];
}
