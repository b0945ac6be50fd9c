import { ImapFlow } from 'imapflow';

/** A part of a mail. */
export type MailPiece = {
  readonly name?: string;
  readonly type?: string;
  readonly content: string | Buffer;
  /** `attachment` unless it is said. */
  readonly disposition?: string;
};

/** A mail in a mail needs another boundary than the one around it. */
let mailsMade = 0;

/** A mail as a program would send it: a text, and what is attached. */
export function mailOf(of: {
  readonly messageId?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly parts: readonly MailPiece[];
}): Buffer {
  const { messageId, from = 'butik@example.com', subject = 'Dagsrapport', parts } = of;
  mailsMade += 1;
  const boundary = `=_bokbro-test-${mailsMade}`;
  const head = [
    `From: Butiken <${from}>`,
    'To: faktura@example.com',
    `Subject: ${subject}`,
    ...(messageId === undefined ? [] : [`Message-ID: ${messageId}`]),
    'Date: Mon, 5 Oct 2026 22:00:00 +0200',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const text = ['Content-Type: text/plain; charset=utf-8', '', 'Hej! Se bilagan.'];
  const bodies = [text, ...parts.map(pieceOf)];
  const body = bodies.flatMap((lines) => [`--${boundary}`, ...lines]);
  return Buffer.from([...head, '', ...body, `--${boundary}--`, ''].join('\r\n'));
}

function pieceOf({ name, type, content, disposition = 'attachment' }: MailPiece): string[] {
  const named = name === undefined ? '' : `; filename="${name}"`;
  const about = [
    `Content-Type: ${type ?? 'application/octet-stream'}`,
    `Content-Disposition: ${disposition}${named}`,
  ];
  // A mail in a mail stands there as it is: it may not be encoded (RFC 2046).
  if (type === 'message/rfc822') return [...about, '', content.toString()];
  const base64 = Buffer.from(content).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return [...about, 'Content-Transfer-Encoding: base64', '', base64];
}

/** A mail program of a test: it has the same mailbox open as the hub. */
export type MailProgram = {
  /** Puts a mail into a folder, as a mail server that receives one; now, unless it is said when. */
  deliver(folder: string, mail: Buffer, at?: Date): Promise<void>;
  /** The subjects of the mails in a folder, in their order; none when it is not there. */
  subjects(folder: string): Promise<readonly string[]>;
  flags(folder: string): Promise<readonly string[]>;
  create(folder: string): Promise<void>;
  remove(folder: string): Promise<void>;
  close(): Promise<void>;
};

export async function openMailProgram(of: {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly ca: string;
}): Promise<MailProgram> {
  const { port, user, password: pass, ca } = of;
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port, secure: true, tls: { ca }, auth: { user, pass } },
    ...{ logger: false, disableAutoIdle: true },
  });
  await client.connect();
  const inFolder = async (folder: string, what: 'subjects' | 'flags'): Promise<string[]> => {
    if (!(await client.list()).some(({ path }) => path === folder)) return [];
    const lock = await client.getMailboxLock(folder);
    try {
      const found: string[] = [];
      for await (const one of client.fetch('1:*', { envelope: true, flags: true })) {
        if (what === 'subjects') found.push(one.envelope?.subject ?? '');
        else found.push([...(one.flags ?? [])].filter((flag) => flag !== '\\Recent').join(' '));
      }
      return found;
    } finally {
      lock.release();
      await client.mailboxClose();
    }
  };
  return {
    deliver: async (folder, mail, at) => void (await client.append(folder, mail, [], at)),
    subjects: (folder) => inFolder(folder, 'subjects'),
    flags: (folder) => inFolder(folder, 'flags'),
    create: async (folder) => void (await client.mailboxCreate(folder)),
    remove: async (folder) => void (await client.mailboxDelete(folder)),
    close: () => client.logout(),
  };
}
