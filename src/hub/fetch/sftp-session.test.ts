import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Secrets } from '../../ports/connector.ts';
import { PickupError } from '../../ports/pickup.ts';
import { skipWithoutOpenssh, startOpenssh } from '../../testing/openssh.ts';
import {
  newHostKey,
  SFTP_LOGIN,
  startSftpServer,
  type SftpServer,
} from '../../testing/sftp-server.ts';
import { newFolder, removeFolder } from '../../testing/test-server.ts';
import { LOOPBACK, openReach } from '../reach.ts';
import { openSftp, shownHostKey, type SftpAddress, type SftpSession } from './sftp-session.ts';

const CONTENT = 'a;b\n1;2\n';
const HERE = openReach(LOOPBACK);
const PASSWORD = { password: SFTP_LOGIN.password };

/** What a thrown error says is in the way. */
async function troubleOf(act: Promise<unknown>): Promise<PickupError['trouble']> {
  try {
    await act;
  } catch (error) {
    if (error instanceof PickupError) return error.trouble;
    throw error;
  }
  throw new Error('nothing was in the way');
}

/** What every server does alike. `root` is the folder, `at` how the server calls it. */
function checkSession(
  open: () => Promise<SftpSession>,
  places: () => { readonly root: string; readonly at: string },
): void {
  let session: SftpSession;
  let root: string;
  let at: string;
  beforeEach(async () => {
    ({ root, at } = places());
    session = await open();
  });
  afterEach(() => session.close());

  it('lists plain files, downloads one, moves it and tells one that is gone', async () => {
    mkdirSync(join(root, 'ut', 'inre'), { recursive: true });
    writeFileSync(join(root, 'ut', 'b å.csv'), CONTENT);
    writeFileSync(join(root, 'ut', '.half'), CONTENT);
    writeFileSync(join(root, 'ut', 'a.csv'), '');
    const folder = `${at}/ut`;
    const listed = await session.list(folder);
    // 8 characters of one byte each.
    assert.deepEqual(
      listed.map(({ name, size }) => [name, size]),
      [
        ['a.csv', 0],
        ['b å.csv', 8],
      ],
    );
    const local = join(root, 'here');
    await session.download(`${folder}/b å.csv`, { path: local, size: 8 });
    assert.equal(readFileSync(local, 'utf8'), CONTENT);
    assert.ok(await session.makeFolder(`${folder}/taken`));
    assert.ok(await session.makeFolder(`${folder}/taken`), 'twice');
    assert.equal(await session.rename(`${folder}/b å.csv`, `${folder}/taken/1`), 'moved');
    assert.equal(await session.rename(`${folder}/b å.csv`, `${folder}/taken/2`), 'gone');
    assert.deepEqual(readdirSync(join(root, 'ut', 'taken')), ['1']);
  });

  it('replaces a file as a whole, in a folder that it makes', async () => {
    for (const text of ['first', 'second']) {
      await session.putWhole(`${at}/back/deep`, { name: 'saldo.csv', bytes: Buffer.from(text) });
    }
    assert.deepEqual(readdirSync(join(root, 'back', 'deep')), ['saldo.csv']);
    assert.equal(readFileSync(join(root, 'back', 'deep', 'saldo.csv'), 'utf8'), 'second');
  });

  it('names a folder that is not there, and takes no file that is not of its size', async () => {
    const missing = await troubleOf(session.list(`${at}/nowhere`));
    assert.deepEqual([missing.code, missing.facts['folder']], ['folder-missing', `${at}/nowhere`]);
    writeFileSync(join(root, 'short.csv'), CONTENT);
    for (const size of [7, 9]) {
      const to = { path: join(root, 'here'), size };
      const cut = await troubleOf(session.download(`${at}/short.csv`, to));
      assert.equal(cut.code, 'no-answer');
    }
  });
}

describe('a session with an SFTP server', () => {
  let root: string;
  let server: SftpServer;
  let address: SftpAddress;
  before(async () => {
    root = newFolder();
    server = await startSftpServer({ folder: root, hostKey: newHostKey() });
    const { port } = server;
    const place = { host: '127.0.0.1', port, user: SFTP_LOGIN.user };
    address = { ...place, hostKey: await shownHostKey(place, '', HERE) };
  });
  after(async () => {
    await server.stop();
    removeFolder(root);
  });
  const open = (secrets: Secrets = PASSWORD): Promise<SftpSession> =>
    openSftp(address, secrets, HERE);

  checkSession(open, () => ({ root, at: '' }));

  it('sends no login to a server whose key has changed, and names both', async () => {
    const { tried } = server.logins;
    const fingerprint = `SHA256:${'A'.repeat(43)}`;
    const changed = { ...address, hostKey: { type: 'ssh-ed25519', fingerprint } };
    const { code, facts } = await troubleOf(openSftp(changed, PASSWORD, HERE));
    assert.equal(code, 'host-key-changed');
    assert.equal(facts['pinned'], fingerprint);
    assert.equal(facts['found'], address.hostKey?.fingerprint);
    assert.equal(server.logins.tried, tried);
  });

  it('tells a wrong password, a key that cannot be used and a port where nobody is', async () => {
    assert.equal((await troubleOf(open({ password: 'fel' }))).code, 'login-refused');
    assert.equal((await troubleOf(open({ privateKey: 'no key' }))).code, 'key-unusable');
    const other = startSftpServer({ folder: root, hostKey: newHostKey() });
    const { port, stop } = await other;
    await stop();
    const nobody = await troubleOf(openSftp({ ...address, port }, PASSWORD, HERE));
    assert.deepEqual([nobody.code, nobody.facts['why']], ['unreachable', 'ECONNREFUSED']);
  });

  it('makes no connection into a network that is closed, by address or by name', async () => {
    const { tried } = server.logins;
    const closed = openReach([]);
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '::ffff:127.0.0.1']) {
      const { code, facts } = await troubleOf(openSftp({ ...address, host }, PASSWORD, closed));
      assert.deepEqual([code, facts['host']], ['closed-network', host]);
    }
    assert.equal(server.logins.tried, tried);
  });

  it('tells when a server dies in the middle of a file', async () => {
    writeFileSync(join(root, 'large.csv'), Buffer.alloc(600_000, 'x'));
    server.faults.dieAfterBytes = 100_000;
    const session = await open();
    const to = { path: join(root, 'here'), size: 600_000 };
    assert.equal((await troubleOf(session.download('/large.csv', to))).code, 'no-answer');
    server.faults.dieAfterBytes = null;
    await session.close();
  });

  it('tells what may not be moved, and replaces a file without the extension for it', async () => {
    writeFileSync(join(root, 'fast.csv'), CONTENT);
    const session = await open();
    server.faults.refuseRename = true;
    server.faults.refuseFolder = true;
    assert.equal(await session.rename('/fast.csv', '/other.csv'), 'refused');
    assert.equal(await session.makeFolder('/taken'), false);
    server.faults.refuseRename = false;
    server.faults.refuseFolder = false;
    server.faults.hasNoPosixRename = true;
    for (const text of ['first', 'second']) {
      await session.putWhole('/old', { name: 'saldo.csv', bytes: Buffer.from(text) });
    }
    assert.equal(readFileSync(join(root, 'old', 'saldo.csv'), 'utf8'), 'second');
    server.faults.hasNoPosixRename = false;
    await session.close();
  });
});

describe('a session with OpenSSH’s server', { skip: skipWithoutOpenssh }, () => {
  let root: string;
  let openssh: Awaited<ReturnType<typeof startOpenssh>>;
  before(async () => {
    root = newFolder();
    mkdirSync(join(root, 'ssh'));
    openssh = await startOpenssh(join(root, 'ssh'));
  });
  after(async () => {
    await openssh.stop();
    removeFolder(root);
  });
  const open = async (): Promise<SftpSession> => {
    const { port, user, privateKey, passphrase } = openssh;
    const place = { host: '127.0.0.1', port, user };
    const hostKey = await shownHostKey(place, 'ssh-ed25519', HERE);
    return openSftp({ ...place, hostKey }, { privateKey, passphrase }, HERE);
  };

  checkSession(open, () => ({ root, at: root }));

  it('knows each of its keys by the fingerprint that ssh-keygen shows', async () => {
    for (const [type, fingerprint] of openssh.fingerprints) {
      const place = { host: '127.0.0.1', port: openssh.port };
      assert.deepEqual(await shownHostKey(place, type, HERE), { type, fingerprint });
    }
  });

  it('does not open a key with a wrong passphrase', async () => {
    const { port, user, privateKey } = openssh;
    const hostKey = await shownHostKey({ host: '127.0.0.1', port }, '', HERE);
    const address = { host: '127.0.0.1', port, user, hostKey };
    const wrong = openSftp(address, { privateKey, passphrase: 'fel' }, HERE);
    assert.equal((await troubleOf(wrong)).code, 'key-unusable');
  });
});
