import { createHash } from 'node:crypto';
import { day } from '../../domain/date.ts';
import type { PassedReason, PickupTrouble } from '../../ports/pickup.ts';
import {
  beginFetched,
  keptBefore,
  knownThere,
  markFetched,
  noteGone,
  rememberPart,
} from '../../store/fetched.ts';
import { giveFile, NOBODYS_MS, TAKEN_MAX, type Looked, type Looking } from './looking.ts';
import { isSenderAllowed, readMailParts, type MailContent, type MailPart } from './mail-parts.ts';
import { openMailbox, type MailHead, type MailSession } from './mail-session.ts';
import { mailSettings, type MailSettings } from './settings.ts';

/**
 * Takes the attachments of the mails in a folder: each kept first, then remembered; the mail is
 * moved aside when everything in it is kept. A mail with nothing to take stays for a person.
 *
 * @throws PickupError when the server cannot be got at
 */
export async function lookMail(looking: Looking): Promise<Looked> {
  const settings = mailSettings.parse(looking.pickup.settings);
  const session = await openMailbox(settings, looking.secrets, looking.hub.reach);
  try {
    return await lookThrough({ ...looking, settings, session });
  } finally {
    await session.close();
  }
}

type MailLook = Looking & { readonly settings: MailSettings; readonly session: MailSession };

/** What a mail came to: how many files were taken of it. */
type Became = {
  readonly taken: number;
  readonly rejected: number;
  readonly note: PickupTrouble | null;
};

const NOTHING: Became = { taken: 0, rejected: 0, note: null };

async function lookThrough(look: MailLook): Promise<Looked> {
  const { hub, pickup, session, settings, signal } = look;
  const { db } = hub.database;
  const uids = await session.uids(day(settings.since));
  const placeOf = (uid: number): string => `${session.uidValidity}:${uid}`;
  const places = uids.map(placeOf);
  const known = await knownThere(db, pickup.id, places);
  await noteGone(db, pickup.id, places);
  const nowMs = hub.clock.nowMs();
  const due = uids.filter((uid) => {
    const before = known.get(placeOf(uid));
    if (before === undefined || before.state === 'kept') return true;
    return before.state === 'open' && (before.askAtMs ?? 0) <= nowMs;
  });
  const came: Became[] = [];
  for (const uid of due) {
    if (signal.aborted || came.length >= TAKEN_MAX) break;
    const before = known.get(placeOf(uid));
    came.push(
      before?.state === 'kept'
        ? { ...NOTHING, note: await putAside(look, uid, before.id) }
        : await takeMail(look, uid, placeOf(uid)),
    );
  }
  return {
    taken: came.reduce((sum, one) => sum + one.taken, 0),
    rejected: came.reduce((sum, one) => sum + one.rejected, 0),
    isMore: due.length > came.length,
    note: came.find((one) => one.note !== null)?.note ?? null,
  };
}

async function takeMail(look: MailLook, uid: number, place: string): Promise<Became> {
  const { settings, session } = look;
  const mail = await session.read(uid, settings.bytesMax);
  if (mail.kind === 'gone') return NOTHING;
  if (mail.kind === 'too-large') {
    const facts = { size: String(mail.size), limit: String(settings.bytesMax) };
    return pass(look, await begin(look, place, mail.head), { code: 'too-large', facts });
  }
  const content = await readMailParts(mail.bytes, settings.pattern).catch((error: unknown) => {
    look.hub.log.warn({ pickup: look.pickup.name, error: String(error) }, 'a mail is not readable');
    return null;
  });
  if (content === null) {
    const nobody = { messageId: null, sender: null, subject: null };
    return pass(look, await begin(look, place, nobody), { code: 'not-a-mail', facts: {} });
  }
  const { head } = content;
  const id = await begin(look, place, head);
  if (!isSenderAllowed(head.sender, settings.senders)) {
    const facts = { sender: head.sender ?? '' };
    return pass(look, id, { code: 'sender-not-allowed', facts });
  }
  return takeParts(look, content, { uid, id });
}

function begin({ hub, pickup }: MailLook, place: string, head: MailHead): Promise<string> {
  return beginFetched(hub.database.db, { pickupId: pickup.id, place, ...head });
}

async function pass(look: MailLook, id: string, reason: PassedReason): Promise<Became> {
  await markFetched(look.hub.database.db, id, { state: 'passed', reason });
  return NOTHING;
}

async function takeParts(
  look: MailLook,
  { head, parts }: MailContent,
  { uid, id }: { readonly uid: number; readonly id: string },
): Promise<Became> {
  const { hub } = look;
  const ends: PartEnd[] = [];
  for (const [part, one] of parts.entries()) {
    ends.push(await takePart(look, one, { fetchedId: id, part, messageId: head.messageId }));
  }
  const of = (...kinds: readonly PartEnd[]): number => ends.filter((e) => kinds.includes(e)).length;
  const taken = { taken: of('taken', 'rejected'), rejected: of('rejected'), note: null };
  if (of('nobodys') > 0) {
    const askAtMs = hub.clock.nowMs() + NOBODYS_MS;
    const reason = { code: 'nobodys', facts: {} } as const;
    await markFetched(hub.database.db, id, { state: 'open', reason, askAtMs });
    return taken;
  }
  if (of('passed') === ends.length) return pass(look, id, { code: 'nothing-usable', facts: {} });
  await markFetched(hub.database.db, id, { state: 'kept' });
  return { ...taken, note: await putAside(look, uid, id) };
}

type PartEnd = 'taken' | 'rejected' | 'before' | 'nobodys' | 'passed';

async function takePart(
  look: MailLook,
  one: MailPart,
  at: { readonly fetchedId: string; readonly part: number; readonly messageId: string | null },
): Promise<PartEnd> {
  const { hub, pickup } = look;
  const { db } = hub.database;
  const { fetchedId, part, messageId } = at;
  const { name } = one;
  if (one.kind === 'passed') {
    const reason = { code: one.why, facts: {} };
    await rememberPart(db, { fetchedId, part, name, reason });
    return 'passed';
  }
  const { bytes } = one;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const before = await keptBefore(db, { pickupId: pickup.id, fetchedId, messageId, sha256 });
  if (before !== null) {
    await rememberPart(db, { fetchedId, part, name, sha256, fileId: before });
    return 'before';
  }
  const given = await giveFile(look, { name, open: () => once(bytes) });
  if (given.kind === 'nobodys') {
    const reason = { code: 'nobodys', facts: {} } as const;
    await rememberPart(db, { fetchedId, part, name, reason });
    return 'nobodys';
  }
  await rememberPart(db, { fetchedId, part, name, sha256, fileId: given.fileId });
  return given.isRejected ? 'rejected' : 'taken';
}

async function* once(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** Puts a mail aside of which everything is kept; where that may not be, it stays as it is. */
async function putAside(look: MailLook, uid: number, id: string): Promise<PickupTrouble | null> {
  const { hub, settings, session } = look;
  const { db } = hub.database;
  const { after, aside, host } = settings;
  if (after === 'move' && (await session.move(uid, aside))) {
    await markFetched(db, id, { state: 'gone' });
    return null;
  }
  if (after !== 'leave') await session.mark(uid);
  await markFetched(db, id, { state: 'left' });
  return after === 'move' ? { code: 'cannot-move', facts: { host, folder: aside } } : null;
}
