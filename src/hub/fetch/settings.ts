import { z } from 'zod';
import { dayAt, parseLocalDate, type LocalDate } from '../../domain/date.ts';

/** A day report is some kilobytes; a year's journal of a till can be hundreds of megabytes. */
const SFTP_BYTES_MAX = 500 * 1024 * 1024;
/** Mail servers rarely take more. A mail is in memory whole while it is taken apart. */
const MAIL_BYTES_MAX = 50 * 1024 * 1024;

const name = z.string().min(1).max(200);
/** Names with `*` for any text and `?` for one character, several with commas between. */
const pattern = z.string().min(1).max(500).default('*');

/** A key of an SSH server, as `ssh-keygen -lf` shows it. */
const hostKey = z.object({
  /** `ssh-ed25519`; a server has a key of each type, and we ask for the one that is known. */
  type: name,
  fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
});

/** How an SFTP server is reached, and what is taken there. */
export const sftpSettings = z.object({
  host: name,
  port: z.number().int().min(1).max(65_535).default(22),
  user: name,
  hostKey,
  /** null: nothing is fetched; balances are put there. */
  folder: z.string().min(1).max(1_000).nullable(),
  pattern,
  /** What becomes of a file that is kept. */
  after: z.enum(['move', 'leave']).default('move'),
  /** Below the folder. */
  aside: name.default('taken'),
  bytesMax: z.number().int().min(1).max(SFTP_BYTES_MAX).default(SFTP_BYTES_MAX),
});

/** How a mailbox is reached, and what is taken there. */
export const mailSettings = z.object({
  host: name,
  port: z.number().int().min(1).max(65_535).default(993),
  /** TLS from the first byte, or begun by STARTTLS. Never without. */
  security: z.enum(['tls', 'starttls']).default('tls'),
  /** Certificates (PEM) that vouch for the server; absent: those that everybody trusts. */
  ca: z.string().max(100_000).optional(),
  user: name,
  folder: z.string().min(1).max(1_000).default('INBOX'),
  pattern,
  /** What becomes of a mail of which everything is kept. */
  after: z.enum(['move', 'flag', 'leave']).default('move'),
  /** The mail folder that it is moved to. */
  aside: name.default('Bokbro'),
  /** Whose mails are taken: addresses, `@example.com` for all of a domain. Empty: everyone's. */
  senders: z
    .array(z.string().regex(/^[^@\s]*@[^@\s]+$/))
    .max(1_000)
    .default([]),
  /** Mails that came before this day are left alone. */
  since: z.string().refine((text) => parseLocalDate(text) !== null, 'no such day'),
  bytesMax: z.number().int().min(1).max(MAIL_BYTES_MAX).default(MAIL_BYTES_MAX),
});

/** How an SFTP server is reached, and what is taken there. */
export type SftpSettings = z.infer<typeof sftpSettings>;
/** How a mailbox is reached, and what is taken there. */
export type MailSettings = z.infer<typeof mailSettings>;

/** A mailbox is of no country: its days are those of Sweden and Norway. */
export function mailDay(instant: Date): LocalDate {
  return dayAt(instant, 'Europe/Stockholm');
}

/** Whether a name is one of those that a pattern means, however its letters are written. */
export function isWanted(fileName: string, wanted: string): boolean {
  return wanted.split(',').some((one) => likeness(one.trim()).test(fileName));
}

function likeness(glob: string): RegExp {
  const text = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  // Several stars in a row mean no more than one, and would be slow to compare.
  return new RegExp(`^${text.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`, 'isu');
}
