import { createWriteStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type SftpClient from 'ssh2-sftp-client';
import type { Secrets } from '../../ports/connector.ts';
import { PickupError } from '../../ports/pickup.ts';
import type { Reach } from '../reach.ts';
import { readHostKey, signaturesFor, type HostKey } from './host-key.ts';
import type { SftpSettings } from './settings.ts';
import { sftpTrouble, statusOf } from './sftp-trouble.ts';
import { watchStall, within } from './time-limit.ts';

/** A file in a folder of an SFTP server. */
export type RemoteFile = {
  readonly name: string;
  readonly size: number;
  /** As the server counts it: it is only ever compared with itself. */
  readonly modifiedMs: number;
};

/** A login to an SFTP server. Everything it does throws `PickupError` when the outside fails. */
export type SftpSession = {
  /** Plain files only, in the order of their names. */
  list(folder: string): Promise<readonly RemoteFile[]>;
  /** Writes a file's bytes to a local path. @throws PickupError unless it was `size` bytes long */
  download(path: string, to: { readonly path: string; readonly size: number }): Promise<void>;
  /** @returns what became of it: `refused` when we may not, `gone` when it is not there */
  rename(from: string, to: string): Promise<'moved' | 'refused' | 'gone'>;
  /** Makes a folder if it is not there. @returns false when we may not */
  makeFolder(path: string): Promise<boolean>;
  /** Replaces a file as a whole: who reads it sees the one before or the new one. */
  putWhole(
    folder: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<void>;
  close(): Promise<void>;
};

/** How a server is reached, and which key it is known by; null: none is known yet. */
export type SftpAddress = Pick<SftpSettings, 'host' | 'port' | 'user'> & {
  readonly hostKey: HostKey | null;
};

const READY_MS = 20_000;
const ALIVE = { keepaliveInterval: 15_000, keepaliveCountMax: 3 };
/** For an act that carries no file: a folder of ten thousand files is listed in some seconds. */
const ACT_MS = 60_000;
const CLOSE_MS = 5_000;
/** A transfer that gives nothing for so long has broken off. */
const STALL_MS = 30_000;

/** Logs in. @throws PickupError saying what is in the way */
export async function openSftp(
  address: SftpAddress,
  secrets: Secrets,
  reach: Reach,
): Promise<SftpSession> {
  const quiet = (): void => undefined; // What fails is told by the act that fails.
  // Loaded when it is needed: a hub that fetches nothing starts faster and is smaller without it.
  const { default: Client } = await import('ssh2-sftp-client');
  const client = new Client('bokbro', { error: quiet, end: quiet, close: quiet });
  const { port, user } = address;
  const { password, privateKey, passphrase } = secrets;
  let shown: HostKey | null = null;
  const answerPrompts = (...asked: unknown[]): void => {
    const [prompts, finish] = asked.slice(3) as [unknown[], (answers: string[]) => void];
    finish(prompts.map(() => password ?? ''));
  };
  // Many servers ask for the password in a dialogue instead of taking it at once.
  client.on('keyboard-interactive', answerPrompts);
  // Small questions and answers go to and fro: none is to wait for more to be sent with it.
  const socket = connect({ ...reachable(reach, address), port, noDelay: true });
  try {
    await client.connect({
      sock: socket,
      username: user,
      ...(password === undefined ? {} : { password, tryKeyboard: true }),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(passphrase === undefined ? {} : { passphrase }),
      readyTimeout: READY_MS,
      ...ALIVE,
      algorithms: { serverHostKey: signaturesFor(address.hostKey?.type ?? '') as never },
      hostVerifier: (blob: Buffer) => {
        shown = readHostKey(blob);
        // Without a known key nobody is trusted with the login: see `shownHostKey`.
        return shown.fingerprint === address.hostKey?.fingerprint;
      },
    });
  } catch (cause) {
    socket.destroy();
    throw sftpTrouble(cause, { ...address, shown });
  }
  return session(client, socket, address);
}

/**
 * The key that a server shows, without logging in to it.
 *
 * @param type - the type of key that it should show, if it has one
 */
export async function shownHostKey(
  { host, port }: Pick<SftpAddress, 'host' | 'port'>,
  type: string,
  reach: Reach,
): Promise<HostKey> {
  const unknown = { type, fingerprint: '' };
  try {
    await openSftp({ host, port, user: 'bokbro', hostKey: unknown }, {}, reach);
  } catch (error) {
    if (error instanceof PickupError && error.trouble.code === 'host-key-changed') {
      const { type: shown = '', found = '' } = error.trouble.facts;
      return { type: shown, fingerprint: found };
    }
    throw error;
  }
  throw new PickupError({ code: 'failed', facts: { host, why: 'the server showed no key' } });
}

function reachable(reach: Reach, address: SftpAddress): ReturnType<Reach['to']> {
  try {
    return reach.to(address.host);
  } catch (cause) {
    throw sftpTrouble(cause, { ...address, shown: null });
  }
}

function session(client: SftpClient, socket: Socket, address: SftpAddress): SftpSession {
  const { host } = address;
  const about = { ...address, shown: null };
  const act = async <T>(folder: string, doing: () => Promise<T>): Promise<T> => {
    try {
      return await within(ACT_MS, host, doing());
    } catch (cause) {
      throw sftpTrouble(cause, { ...about, folder });
    }
  };
  const rename = async (from: string, to: string): Promise<'moved' | 'refused' | 'gone'> => {
    try {
      await within(ACT_MS, host, client.rename(from, to));
      return 'moved';
    } catch (cause) {
      // The server answered, and the answer is no.
      if (statusOf(cause) === null) throw sftpTrouble(cause, about);
      const isThere = await act(from, () => client.exists(from));
      return isThere === false ? 'gone' : 'refused';
    }
  };
  return {
    list: async (folder) => {
      const entries = await act(folder, () => client.list(folder));
      return entries
        .filter(({ type, name }) => type === '-' && !/^\.|\//.test(name))
        .map(({ name, size, modifyTime }) => ({ name, size, modifiedMs: modifyTime }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    download: async (path, to) => {
      try {
        const length = await receive(client, path, to);
        if (length === to.size) return;
      } catch (cause) {
        throw sftpTrouble(cause, { ...about, folder: path });
      }
      // It grew, shrank or was cut off: whichever, it is not the file that was listed.
      throw new PickupError({ code: 'no-answer', facts: { host } });
    },
    rename,
    makeFolder: async (path) => {
      if ((await act(path, () => client.exists(path))) === 'd') return true;
      try {
        await within(ACT_MS, host, client.mkdir(path));
        return true;
      } catch (cause) {
        if (statusOf(cause) === null) throw sftpTrouble(cause, about);
        return false;
      }
    },
    putWhole: (folder, file) => act(folder, () => putWhole(client, folder, file)),
    close: async () => {
      // Nothing is asked of it any more: how it ends is of no consequence.
      await within(CLOSE_MS, host, client.end()).catch(() => undefined);
      socket.destroy();
    },
  };
}

async function receive(
  client: SftpClient,
  path: string,
  to: { readonly path: string; readonly size: number },
): Promise<number> {
  const stall = watchStall(STALL_MS);
  // A connection that breaks is told by the client, and by its open files not always.
  const broken = new AbortController();
  const breakOff = (): void => broken.abort(new Error('the connection broke off'));
  for (const event of ['close', 'end', 'error']) client.on(event, breakOff);
  let length = 0;
  const counted = async function* (bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const piece of bytes) {
      stall.moved();
      length += piece.byteLength;
      if (length > to.size) return;
      yield piece;
    }
  };
  try {
    const signal = AbortSignal.any([stall.signal, broken.signal]);
    const local = createWriteStream(to.path, { mode: 0o600 });
    await pipeline(client.createReadStream(path), counted, local, { signal });
    return length;
  } finally {
    stall.end();
    for (const event of ['close', 'end', 'error']) client.removeListener(event, breakOff);
  }
}

async function putWhole(
  client: SftpClient,
  folder: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  if ((await client.exists(folder)) === false) await client.mkdir(folder, true);
  const half = `${folder}/.${file.name}.new`;
  const whole = `${folder}/${file.name}`;
  await client.put(Buffer.from(file.bytes), half);
  try {
    // Replaces what is there in one step; an extension that OpenSSH and most others have.
    await client.posixRename(half, whole);
  } catch {
    // Without it the old one has to go first: for a moment there is none, and never half of one.
    await client.delete(whole, true);
    await client.rename(half, whole);
  }
}
