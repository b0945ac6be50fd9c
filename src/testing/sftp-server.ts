import { generateKeyPairSync } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
  existsSync,
} from 'node:fs';
import { join, posix } from 'node:path';
import type { AddressInfo } from 'node:net';
import ssh2, { type Attributes, type Connection, type SFTPWrapper } from 'ssh2';

const { Server, utils } = ssh2;
const { OPEN_MODE, STATUS_CODE } = utils.sftp;

/** What a server does wrong when it is told to. */
export type SftpFaults = {
  /** Nothing may be moved, as where the login may only read. */
  refuseRename: boolean;
  /** Folders may not be made. */
  refuseFolder: boolean;
  /** Breaks the connection off after so many bytes of a file were given; null: never. */
  dieAfterBytes: number | null;
  /** Does not know the extension that replaces a file in one step. */
  hasNoPosixRename: boolean;
};

/** A real SSH server with SFTP on loopback, in this process. It serves one folder. */
export type SftpServer = {
  readonly port: number;
  readonly faults: SftpFaults;
  /** Logins that were tried, and how many of them were let in. */
  readonly logins: { tried: number; accepted: number };
  /** Files of which bytes were asked for, by their path. */
  readonly read: Map<string, number>;
  stop(): Promise<void>;
};

/** Who may log in to a test server. */
export const SFTP_LOGIN = { user: 'butik', password: 'hemligt' } as const;

/** A new key that a server is known by, as it is kept in a file. */
export function newHostKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  }).privateKey;
}

/**
 * Starts a server.
 *
 * @param options.port - the one to listen on; 0: any that is free
 */
export async function startSftpServer(options: {
  readonly folder: string;
  readonly hostKey: string;
  readonly port?: number;
}): Promise<SftpServer> {
  const faults: SftpFaults = {
    refuseRename: false,
    refuseFolder: false,
    dieAfterBytes: null,
    hasNoPosixRename: false,
  };
  const logins = { tried: 0, accepted: 0 };
  const read = new Map<string, number>();
  const open = new Set<Connection>();
  const server = new Server({ hostKeys: [options.hostKey] }, (client) => {
    open.add(client);
    client.on('error', () => undefined);
    client.on('close', () => open.delete(client));
    client.on('authentication', (context) => {
      if (context.method !== 'password') return context.reject(['password']);
      logins.tried += 1;
      const { user, password } = SFTP_LOGIN;
      if (context.username !== user || context.password !== password) {
        return context.reject(['password']);
      }
      logins.accepted += 1;
      context.accept();
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const die = (): void => void client.end();
        serve(acceptSftp(), { root: options.folder, faults, read, die });
      });
    });
  });
  await new Promise<void>((resolve) =>
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  return {
    port,
    faults,
    logins,
    read,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of open) client.end();
      }),
  };
}

type Serving = {
  readonly root: string;
  readonly faults: SftpFaults;
  readonly read: Map<string, number>;
  readonly die: () => void;
};

/** A folder or file that a client holds open. */
type Handle =
  | { readonly kind: 'file'; readonly fd: number; readonly path: string; given: number }
  | { readonly kind: 'folder'; readonly path: string; isListed: boolean };

/** Answers what a client asks, from the folder that is served. */
function serve(sftp: SFTPWrapper, serving: Serving): void {
  const handles = new Map<number, Handle>();
  const local = (path: string): string => join(serving.root, posix.resolve('/', path));
  /** What fails is answered with the status that an SFTP server gives for it. */
  const answer = (id: number, act: () => void): void => {
    try {
      act();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      sftp.status(id, STATUSES[code] ?? STATUS_CODE.FAILURE);
    }
  };
  const done = (id: number, act: () => void): void =>
    answer(id, () => {
      act();
      sftp.status(id, STATUS_CODE.OK);
    });
  const hold = (id: number, handle: Handle): void => {
    const name = Buffer.alloc(4);
    const number = (handles.size && Math.max(...handles.keys())) + 1;
    name.writeUInt32BE(number);
    handles.set(number, handle);
    sftp.handle(id, name);
  };
  const held = (name: Buffer): Handle => {
    const handle = handles.get(name.readUInt32BE());
    if (handle === undefined) throw new Error('no such handle');
    return handle;
  };
  sftp.on('OPEN', (id, path, flags) =>
    answer(id, () => {
      const mode = utils.sftp.flagsToString(flags) ?? 'r';
      if ((flags & OPEN_MODE.READ) !== 0) serving.read.set(path, (serving.read.get(path) ?? 0) + 1);
      hold(id, { kind: 'file', fd: openSync(local(path), mode), path, given: 0 });
    }),
  );
  sftp.on('READ', (id, name, offset, length) =>
    answer(id, () => giveBytes(sftp, serving, { id, handle: held(name), offset, length })),
  );
  sftp.on('WRITE', (id, name, offset, bytes) =>
    done(id, () => {
      const handle = held(name);
      if (handle.kind === 'file') writeSync(handle.fd, bytes, 0, bytes.byteLength, offset);
    }),
  );
  sftp.on('FSTAT', (id, name) =>
    answer(id, () => {
      const handle = held(name);
      const stats = handle.kind === 'file' ? fstatSync(handle.fd) : statSync(local(handle.path));
      sftp.attrs(id, attributes(stats));
    }),
  );
  sftp.on('CLOSE', (id, name) =>
    done(id, () => {
      const handle = held(name);
      if (handle.kind === 'file') closeSync(handle.fd);
      handles.delete(name.readUInt32BE());
    }),
  );
  sftp.on('OPENDIR', (id, path) =>
    answer(id, () => {
      readdirSync(local(path));
      hold(id, { kind: 'folder', path, isListed: false });
    }),
  );
  sftp.on('READDIR', (id, name) =>
    answer(id, () => {
      const handle = held(name);
      if (handle.kind !== 'folder' || handle.isListed) return sftp.status(id, STATUS_CODE.EOF);
      handle.isListed = true;
      const folder = local(handle.path);
      sftp.name(
        id,
        readdirSync(folder).map((filename) => {
          const stats = lstatSync(join(folder, filename));
          const kind = stats.isDirectory() ? 'd' : '-';
          return {
            filename,
            longname: `${kind}rw-r--r-- 1 0 0 ${filename}`,
            attrs: attributes(stats),
          };
        }),
      );
    }),
  );
  sftp.on('STAT', (id, path) =>
    answer(id, () => sftp.attrs(id, attributes(statSync(local(path))))),
  );
  sftp.on('LSTAT', (id, path) =>
    answer(id, () => sftp.attrs(id, attributes(lstatSync(local(path))))),
  );
  sftp.on('REALPATH', (id, path) => {
    const filename = posix.resolve('/', path);
    sftp.name(id, [{ filename, longname: filename, attrs: {} as Attributes }]);
  });
  sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('SETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  changes(sftp, { ...serving, local, done });
}

/** What changes the folder, as far as the server allows it. */
function changes(
  sftp: SFTPWrapper,
  of: Serving & {
    readonly local: (path: string) => string;
    readonly done: (id: number, act: () => void) => void;
  },
): void {
  const { faults, local, done } = of;
  const refuse = (id: number): void => sftp.status(id, STATUS_CODE.PERMISSION_DENIED);
  sftp.on('MKDIR', (id, path) => {
    if (faults.refuseFolder) return refuse(id);
    done(id, () => mkdirSync(local(path)));
  });
  sftp.on('RMDIR', (id, path) => done(id, () => rmdirSync(local(path))));
  sftp.on('REMOVE', (id, path) => done(id, () => unlinkSync(local(path))));
  sftp.on('RENAME', (id, from, to) => {
    if (faults.refuseRename) return refuse(id);
    // Version 3 of the protocol does not replace what is there.
    if (existsSync(local(to))) return sftp.status(id, STATUS_CODE.FAILURE);
    done(id, () => renameSync(local(from), local(to)));
  });
  sftp.on('EXTENDED', (id, name, data) => {
    if (name !== 'posix-rename@openssh.com' || faults.hasNoPosixRename) {
      return sftp.status(id, STATUS_CODE.OP_UNSUPPORTED);
    }
    if (faults.refuseRename) return refuse(id);
    const [from = '', to = ''] = texts(data);
    done(id, () => renameSync(local(from), local(to)));
  });
}

/** Texts with their lengths before them, as SSH writes them. */
function texts(data: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at + 4 <= data.byteLength;) {
    const end = at + 4 + data.readUInt32BE(at);
    found.push(data.toString('utf8', at + 4, end));
    at = end;
  }
  return found;
}

const STATUSES: Readonly<Record<string, number>> = {
  ENOENT: STATUS_CODE.NO_SUCH_FILE,
  EACCES: STATUS_CODE.PERMISSION_DENIED,
  EPERM: STATUS_CODE.PERMISSION_DENIED,
};

function attributes(stats: {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly atimeMs: number;
  readonly mtimeMs: number;
}): Attributes {
  const { mode, uid, gid, size } = stats;
  const seconds = (ms: number): number => Math.floor(ms / 1_000);
  return { mode, uid, gid, size, atime: seconds(stats.atimeMs), mtime: seconds(stats.mtimeMs) };
}

function giveBytes(
  sftp: SFTPWrapper,
  { faults, die }: Serving,
  asked: {
    readonly id: number;
    readonly handle: Handle;
    readonly offset: number;
    readonly length: number;
  },
): void {
  const { id, handle, offset, length } = asked;
  if (handle.kind !== 'file') return sftp.status(id, STATUS_CODE.FAILURE);
  const bytes = Buffer.alloc(length);
  const count = readSync(handle.fd, bytes, 0, length, offset);
  if (count === 0) return sftp.status(id, STATUS_CODE.EOF);
  handle.given += count;
  if (faults.dieAfterBytes !== null && handle.given > faults.dieAfterBytes) return die();
  sftp.data(id, bytes.subarray(0, count));
}
