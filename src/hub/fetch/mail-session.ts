import type { ImapFlow } from 'imapflow';
import { plusDays, type LocalDate } from '../../domain/date.ts';
import type { Secrets } from '../../ports/connector.ts';
import { PickupError } from '../../ports/pickup.ts';
import type { Reach } from '../reach.ts';
import { mailTrouble } from './mail-trouble.ts';
import { mailDay, type MailSettings } from './settings.ts';
import { within } from './time-limit.ts';

/** A mail as it lies in its folder. */
export type MailBytes =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly size: number; readonly head: MailHead }
  /** Somebody has moved or deleted it meanwhile. */
  | { readonly kind: 'gone' };

/** What a mail says of itself, without its content. */
export type MailHead = {
  readonly messageId: string | null;
  readonly sender: string | null;
  readonly subject: string | null;
};

/** An open folder of a mailbox. Everything it does throws `PickupError` when the outside fails. */
export type MailSession = {
  /** Grows or changes when the server gives its mails new numbers. */
  readonly uidValidity: string;
  /** The numbers of the mails that came on this day or later, the oldest first. */
  uids(since: LocalDate): Promise<readonly number[]>;
  read(uid: number, bytesMax: number): Promise<MailBytes>;
  /** Moves a mail to a folder, which is made if need be. @returns false when we may not */
  move(uid: number, folder: string): Promise<boolean>;
  /** Marks a mail as read and as one of ours. @returns false when we may not */
  mark(uid: number): Promise<boolean>;
  close(): Promise<void>;
};

const CONNECT_MS = 20_000;
/** A server that says nothing for so long has gone. */
const SILENCE_MS = 60_000;
/** A mail of 50 MB over a slow line. */
const ACT_MS = 5 * 60_000;
const CLOSE_MS = 5_000;
/** A keyword that mail programs may show as a label. */
const KEYWORD = 'Bokbro';

/** Logs in and opens the folder. @throws PickupError saying what is in the way */
export async function openMailbox(
  settings: MailSettings,
  secrets: Secrets,
  reach: Reach,
): Promise<MailSession> {
  const { host, port, user, security, ca, folder } = settings;
  const { password, accessToken } = secrets;
  // Loaded when it is needed: a hub that fetches nothing starts faster and is smaller without it.
  const imap = await import('imapflow');
  const client = new imap.ImapFlow({
    host,
    port,
    secure: security === 'tls',
    // Not “if the server offers it”: a login never goes out in the clear.
    ...(security === 'starttls' ? { doSTARTTLS: true } : {}),
    auth: { user, ...(accessToken === undefined ? { pass: password } : { accessToken }) },
    // Given to the socket as it connects, with or without TLS.
    tls: { lookup: reach.lookup, ...(ca === undefined ? {} : { ca }) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  // What fails is told by the act that fails; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    reach.check(host);
    await client.connect();
    await client.mailboxOpen(folder);
  } catch (cause) {
    client.close();
    throw mailTrouble(cause, settings);
  }
  return session(client, settings);
}

function session(client: ImapFlow, settings: MailSettings): MailSession {
  const { host, folder } = settings;
  const act = async <T>(doing: () => Promise<T>): Promise<T> => {
    try {
      return await within(ACT_MS, host, doing());
    } catch (cause) {
      throw mailTrouble(cause, settings);
    }
  };
  if (client.mailbox === false) {
    throw new PickupError({ code: 'folder-missing', facts: { host, folder } });
  }
  const { uidValidity } = client.mailbox;
  let aside: string | null = null;
  const asideAt = async (name: string): Promise<string> => {
    // The server says what it calls it: some keep every folder below INBOX.
    aside ??= (await client.mailboxCreate(name)).path;
    return aside;
  };
  const searched = async (since: LocalDate): Promise<readonly number[]> => {
    const found = await act(() => client.search({ since: new Date(since) }, { uid: true }));
    // No answer is not the same as no mail: what is not found counts as gone.
    if (Array.isArray(found)) return found;
    throw new PickupError({ code: 'failed', facts: { host, folder, why: 'SEARCH' } });
  };
  return {
    uidValidity: String(uidValidity),
    uids: async (since) => {
      // SEARCH compares days of the server's own zone, which it does not tell: what came on the
      // day before, the day itself and the day after is looked at by its moment.
      const near = await searched(plusDays(since, -1));
      const sure = new Set(near.length === 0 ? [] : await searched(plusDays(since, 2)));
      const unsure = near.filter((uid) => !sure.has(uid));
      const earlier = new Set(await act(() => cameBefore(client, unsure, since)));
      return near.filter((uid) => !earlier.has(uid)).toSorted((a, b) => a - b);
    },
    read: (uid, bytesMax) => act(() => readMail(client, uid, bytesMax)),
    move: async (uid, name) => {
      try {
        const target = await within(ACT_MS, host, asideAt(name));
        const moved = await within(ACT_MS, host, client.messageMove(uid, target, { uid: true }));
        return moved !== false;
      } catch (cause) {
        if (isRefusal(cause)) return false;
        throw mailTrouble(cause, settings);
      }
    },
    mark: (uid) => act(() => client.messageFlagsAdd(uid, ['\\Seen', KEYWORD], { uid: true })),
    close: async () => {
      // Nothing is asked of it any more: how it ends is of no consequence.
      await within(CLOSE_MS, host, client.logout()).catch(() => undefined);
      client.close();
    },
  };
}

/** The server answered, and the answer is no. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'responseStatus' in error && error.responseStatus === 'NO';
}

/** Those of some mails that the server received before a day. */
async function cameBefore(
  client: ImapFlow,
  uids: readonly number[],
  since: LocalDate,
): Promise<readonly number[]> {
  if (uids.length === 0) return [];
  const earlier: number[] = [];
  for await (const { uid, internalDate } of client.fetch(
    [...uids],
    { uid: true, internalDate: true },
    { uid: true },
  )) {
    if (internalDate === undefined) continue;
    if (mailDay(new Date(internalDate)) < since) earlier.push(uid);
  }
  return earlier;
}

async function readMail(client: ImapFlow, uid: number, bytesMax: number): Promise<MailBytes> {
  const there = await client.fetchOne(uid, { size: true, envelope: true }, { uid: true });
  if (there === false) return { kind: 'gone' };
  const { size = 0, envelope } = there;
  if (size > bytesMax) {
    const head = {
      messageId: envelope?.messageId ?? null,
      sender: envelope?.from?.[0]?.address ?? null,
      subject: envelope?.subject ?? null,
    };
    return { kind: 'too-large', size, head };
  }
  const got = await client.fetchOne(uid, { source: true }, { uid: true });
  if (got === false || got.source === undefined) return { kind: 'gone' };
  return { kind: 'whole', bytes: got.source };
}
