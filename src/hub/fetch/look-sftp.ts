import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PickupError, type PassedReason, type PickupTrouble } from '../../ports/pickup.ts';
import {
  beginFetched,
  knownThere,
  markFetched,
  noteGone,
  rememberPart,
  type KnownThere,
} from '../../store/fetched.ts';
import {
  failedLast,
  giveFile,
  NOBODYS_MS,
  TAKEN_MAX,
  type Looked,
  type Looking,
} from './looking.ts';
import { isWanted, sftpSettings, type SftpSettings } from './settings.ts';
import { openSftp, type RemoteFile, type SftpSession } from './sftp-session.ts';

/** Files of which no part could be read go here, beside those that were taken. */
const REJECTED = 'rejected';

/**
 * Takes the files of a folder on an SFTP server that have stopped growing: kept first, then
 * remembered, then moved aside. Cut off in between, a file is seen and left alone the next time.
 *
 * @throws PickupError when the server cannot be got at
 */
export async function lookSftp(looking: Looking): Promise<Looked> {
  const settings = sftpSettings.parse(looking.pickup.settings);
  const { folder } = settings;
  if (folder === null) return { taken: 0, rejected: 0, isMore: false, note: null };
  const session = await openSftp(settings, looking.secrets, looking.hub.reach);
  const spool = await mkdtemp(join(tmpdir(), 'bokbro-fetch-'));
  try {
    return await lookThrough({ ...looking, settings, session, spool, folder });
  } finally {
    await session.close();
    await rm(spool, { recursive: true, force: true });
  }
}

type SftpLook = Looking & {
  readonly settings: SftpSettings;
  readonly session: SftpSession;
  /** Where a file lies between the server and the hub: it is read twice to see whose it is. */
  readonly spool: string;
  readonly folder: string;
};

/** A file that is there, under the name by which it is remembered. */
type There = { readonly file: RemoteFile; readonly path: string; readonly place: string };

async function lookThrough(look: SftpLook): Promise<Looked> {
  const { hub, pickup, memory, signal, settings, folder, session } = look;
  const { db } = hub.database;
  const found = (await session.list(folder))
    .filter(({ name }) => isWanted(name, settings.pattern))
    .map((file): There => {
      const path = `${folder}/${file.name}`;
      return { file, path, place: `${path} ${file.size} ${file.modifiedMs}` };
    });
  const places = found.map(({ place }) => place);
  const known = await knownThere(db, pickup.id, places);
  await noteGone(db, pickup.id, places);
  const before = memory.seen;
  memory.seen = new Map(found.map(({ path, place }) => [path, place]));
  const due = found.filter((one) => {
    const isSettled = before.get(one.path) === one.place;
    return isSettled && isDue(known.get(one.place), hub.clock.nowMs());
  });
  const came: Became[] = [];
  for (const one of failedLast(due, memory, ({ path }) => path)) {
    if (signal.aborted || came.length >= TAKEN_MAX) break;
    came.push(await tried(look, one, known.get(one.place)));
  }
  const of = (kind: Became['kind']): number => came.filter((one) => one.kind === kind).length;
  const note = came.flatMap((one) => (one.kind === 'taken' && one.note ? [one.note] : []))[0];
  return {
    taken: of('taken') + of('rejected'),
    rejected: of('rejected'),
    isMore: due.length > came.length,
    note: note ?? null,
  };
}

function isDue(known: KnownThere | undefined, nowMs: number): boolean {
  if (known === undefined || known.state === 'kept') return true;
  return known.state === 'open' && (known.askAtMs ?? 0) <= nowMs;
}

type Became =
  | { readonly kind: 'taken' | 'rejected'; readonly note: PickupTrouble | null }
  | { readonly kind: 'not taken' };

const NOT_TAKEN: Became = { kind: 'not taken' };

/** A file that we may not read, or that is gone, keeps none of the others from being taken. */
async function tried(look: SftpLook, one: There, known: KnownThere | undefined): Promise<Became> {
  const { failed } = look.memory;
  try {
    const became =
      known?.state === 'kept' ? await moveAside(look, one, known) : await take(look, one);
    failed.delete(one.path);
    return became;
  } catch (error) {
    failed.add(one.path);
    if (!(error instanceof PickupError)) throw error;
    const { code } = error.trouble;
    if (code === 'folder-missing') return NOT_TAKEN;
    if (code === 'folder-forbidden') return pass(look, one, { code: 'forbidden', facts: {} });
    throw error;
  }
}

async function take(look: SftpLook, one: There): Promise<Became> {
  const { hub, pickup, session, settings, spool } = look;
  const { db } = hub.database;
  const { name, size } = one.file;
  if (size > settings.bytesMax) {
    const facts = { size: String(size), limit: String(settings.bytesMax) };
    return pass(look, one, { code: 'too-large', facts });
  }
  const local = join(spool, 'file');
  await session.download(one.path, { path: local, size });
  const given = await giveFile(look, { name, open: () => createReadStream(local) });
  if (given.kind === 'nobodys') return wait(look, one);
  const { fileId, isRejected } = given;
  const fetchedId = await beginFetched(db, { pickupId: pickup.id, place: one.place });
  await rememberPart(db, { fetchedId, part: 0, name, fileId, sha256: await hashOf(local) });
  await markFetched(db, fetchedId, { state: 'kept' });
  return moveAside(look, one, { id: fetchedId, isRejected });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

async function pass(look: SftpLook, one: There, reason: PassedReason): Promise<Became> {
  const { db } = look.hub.database;
  const id = await beginFetched(db, { pickupId: look.pickup.id, place: one.place });
  await markFetched(db, id, { state: 'passed', reason });
  return NOT_TAKEN;
}

async function wait(look: SftpLook, one: There): Promise<Became> {
  const { hub, pickup } = look;
  const id = await beginFetched(hub.database.db, { pickupId: pickup.id, place: one.place });
  const askAtMs = hub.clock.nowMs() + NOBODYS_MS;
  const reason = { code: 'nobodys', facts: {} } as const;
  await markFetched(hub.database.db, id, { state: 'open', reason, askAtMs });
  return NOT_TAKEN;
}

/** Moves a file that is kept aside; where that may not be, it stays and is not fetched again. */
async function moveAside(
  { hub, settings, session, folder }: SftpLook,
  { file, path }: There,
  kept: { readonly id: string; readonly isRejected?: boolean },
): Promise<Became> {
  const { db } = hub.database;
  const kind = kept.isRejected === true ? 'rejected' : 'taken';
  const aside = `${folder}/${kind === 'rejected' ? REJECTED : settings.aside}`;
  if (settings.after === 'leave') {
    await markFetched(db, kept.id, { state: 'left' });
    return { kind, note: null };
  }
  const isMade = await session.makeFolder(aside);
  const moved = isMade ? await session.rename(path, `${aside}/${kept.id}-${file.name}`) : 'refused';
  await markFetched(db, kept.id, { state: moved === 'refused' ? 'left' : 'gone' });
  const { host } = settings;
  const note = { code: 'cannot-move', facts: { host, folder: aside } } as const;
  return { kind, note: moved === 'refused' ? note : null };
}
