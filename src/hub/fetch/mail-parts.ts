import type { Attachment, ParsedMail } from 'mailparser';
import type { PassedCode } from '../../ports/pickup.ts';
import type { MailHead } from './mail-session.ts';
import { isWanted } from './settings.ts';

/** A file in a mail: to be taken, or not for a reason. */
export type MailPart =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Buffer }
  | { readonly kind: 'passed'; readonly name: string; readonly why: PassedCode };

/** A mail taken apart. */
export type MailContent = { readonly head: MailHead; readonly parts: readonly MailPart[] };

/** Mails forwarded in mails: deeper than this nobody forwards by hand. */
const NESTED_MAX = 3;
/** A file that has none of its own gets a name by which a person knows it again. */
const NAMELESS = 'attachment';

/** What kinds of content are never documents, and why they are left. */
const PASSED_TYPES: readonly (readonly [type: RegExp, why: PassedCode])[] = [
  [/^application\/(ms-tnef|vnd\.ms-tnef)$/, 'winmail'],
  [/^application\/(pgp-signature|(x-)?pkcs7-signature)$/, 'signature'],
  [/^application\/(pgp-encrypted|(x-)?pkcs7-mime)$/, 'encrypted'],
  [/^(image|audio|video|font)\//, 'no-document'],
  [/^(application\/pdf|text\/(calendar|html|vcard|x-vcard|rfc822-headers))$/, 'no-document'],
  [
    /^application\/(ics|msword|vnd\.(ms-powerpoint|openxmlformats-officedocument\.[wp].*))$/,
    'no-document',
  ],
  [/^message\/(delivery-status|disposition-notification|feedback-report)$/, 'no-document'],
];

/** Many programs call everything `application/octet-stream`: then the name tells. */
const PASSED_NAMES: readonly (readonly [name: RegExp, why: PassedCode])[] = [
  [/^winmail\.dat$/i, 'winmail'],
  [/\.(p7s|sig|asc)$/i, 'signature'],
  [/\.(p7m|pgp|gpg)$/i, 'encrypted'],
  [/\.(pdf|png|jpe?g|gif|bmp|heic|webp|svg|html?|ics|vcf|docx?|pptx?|mp[34]|mov)$/i, 'no-document'],
];

/**
 * Takes a mail apart: its attachments, and those of mails that are attached to it, in the order
 * in which they stand there.
 *
 * @param pattern - the names that are wanted
 */
export async function readMailParts(bytes: Buffer, pattern: string): Promise<MailContent> {
  const mail = await parse(bytes);
  return {
    head: {
      messageId: mail.messageId ?? null,
      sender: mail.from?.value[0]?.address?.toLowerCase() ?? null,
      subject: mail.subject ?? null,
    },
    parts: await partsOf(mail, pattern, 0),
  };
}

/** Texts are not looked into: neither links nor HTML are made of them. */
async function parse(bytes: Buffer): Promise<ParsedMail> {
  // Loaded when it is needed: a hub that fetches nothing starts faster and is smaller without it.
  const { simpleParser } = await import('mailparser');
  return simpleParser(bytes, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    checksumAlgo: false,
  });
}

async function partsOf(
  mail: ParsedMail,
  pattern: string,
  depth: number,
): Promise<readonly MailPart[]> {
  const parts: MailPart[] = [];
  for (const one of mail.attachments) {
    if (one.contentType !== 'message/rfc822') {
      parts.push(partOf(one, pattern));
    } else if (depth < NESTED_MAX) {
      parts.push(...(await partsOf(await parse(one.content), pattern, depth + 1)));
    } else {
      parts.push({ kind: 'passed', name: nameOf(one), why: 'nested-too-deep' });
    }
  }
  return parts;
}

function partOf(one: Attachment, pattern: string): MailPart {
  const name = nameOf(one);
  const why = whyPassed(one, name, pattern);
  return why === null ? { kind: 'file', name, bytes: one.content } : { kind: 'passed', name, why };
}

function whyPassed(one: Attachment, name: string, pattern: string): PassedCode | null {
  const type = one.contentType.toLowerCase();
  if (type.startsWith('image/') && (one.related === true || one.contentDisposition === 'inline')) {
    return 'inline-image';
  }
  const byType = PASSED_TYPES.find(([types]) => types.test(type));
  const byName = PASSED_NAMES.find(([names]) => names.test(name));
  if (byType !== undefined) return byType[1];
  if (byName !== undefined) return byName[1];
  if (one.content.byteLength === 0) return 'empty';
  return isWanted(name, pattern) ? null : 'name-not-wanted';
}

/** Without a path: a name comes from whoever wrote the mail. */
function nameOf(one: Attachment): string {
  const [last = ''] = (one.filename ?? '').split(/[/\\]/).slice(-1);
  return last.trim() === '' ? NAMELESS : last.trim().slice(0, 200);
}

/** Whether a sender is one of those whose mails are taken. Nobody listed: everyone's are. */
export function isSenderAllowed(sender: string | null, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  if (sender === null) return false;
  const address = sender.toLowerCase();
  return allowed.some((one) => {
    const wanted = one.toLowerCase();
    return wanted.startsWith('@') ? address.endsWith(wanted) : address === wanted;
  });
}
