import type { LeftOutWhy } from '../../../domain/document/attached-file.ts';
import type { Attachment } from '../../../ports/source.ts';
import { ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX, FILE_NAME_CHARS_MAX } from '../limits.ts';
import { short } from '../ubl/line.ts';
import { ATTACHED, ATTACHMENT } from '../ubl/names.ts';
import { nodeAt, nodesAt, textAt, type UblNode } from '../ubl/node.ts';
import type { UblDocument } from '../ubl/parser.ts';

/**
 * The kinds of file that Peppol BIS Billing 3 lets into an invoice (code list of `mimeCode`,
 * BR-CL-24). Others may be programs, and no ledger shows them.
 */
const MEDIA_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.spreadsheet',
]);

/** The files in a document, and those that it only names. None of them keeps it from being read. */
export function attachmentsOf({ root, contents }: UblDocument): readonly Attachment[] {
  const found: Attachment[] = [];
  let bytesLeft = ATTACHMENTS_BYTES_MAX;
  for (const reference of nodesAt(root, ATTACHED)) {
    const attachment = attachmentOf(reference, { contents, bytesLeft });
    if (attachment === null) continue;
    if (attachment.kind === 'file') bytesLeft -= attachment.bytes.length;
    found.push(attachment);
    if (found.length === ATTACHMENTS_MAX) break;
  }
  return found;
}

/** @returns null for a reference to something that is no file, such as an order line */
function attachmentOf(
  reference: UblNode,
  { contents, bytesLeft }: Pick<UblDocument, 'contents'> & { readonly bytesLeft: number },
): Attachment | null {
  const object = nodeAt(reference, 'cac:Attachment', ATTACHMENT);
  const uri = textAt(reference, 'cac:Attachment', 'cac:ExternalReference', 'cbc:URI');
  if (object === null) {
    // An address that somebody else has written is shown, and never fetched.
    return uri === '' ? null : leftOut(short(uri), 'external');
  }
  const mediaType = (object.attributes.get('mimeCode') ?? '').trim().toLowerCase();
  const own = fileNameOf(object.attributes.get('filename') ?? '');
  const name = own === '' ? fileNameOf(textAt(reference, 'cbc:ID')) : own;
  if (!MEDIA_TYPES.has(mediaType)) return leftOut(name, 'type');
  const decoded = contents.get(object) ?? { kind: 'damaged' };
  if (decoded.kind === 'damaged') return leftOut(name, 'damaged');
  if (decoded.kind === 'too-large' || decoded.bytes.length > bytesLeft) {
    return leftOut(name, 'size');
  }
  return { kind: 'file', name, mediaType, bytes: decoded.bytes };
}

function leftOut(name: string, why: LeftOutWhy): Attachment {
  return { kind: 'left-out', name, why };
}

/** Without folders: a sender names a file, not a place on our disks. */
function fileNameOf(text: string): string {
  const [name = ''] = short(text.trim()).split(/[/\\]/).slice(-1);
  return name.slice(0, FILE_NAME_CHARS_MAX);
}
