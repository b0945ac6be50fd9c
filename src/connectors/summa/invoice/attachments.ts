import type { Attachment } from '../../../ports/source.ts';
import { ATTACHMENT_BYTES_MAX } from '../limits.ts';
import type { WireInvoice } from '../wire.ts';

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The files inside an invoice. One that cannot be taken is named, with the reason. */
export function attachmentsOf({ attachments }: WireInvoice): readonly Attachment[] {
  return (attachments ?? []).map((one, i): Attachment => {
    const name = one.filename === '' ? `fil-${i + 1}` : one.filename;
    if (one.content_base64.length * 0.75 > ATTACHMENT_BYTES_MAX) {
      return { kind: 'left-out', name, why: 'size' };
    }
    const bytes = Buffer.from(one.content_base64, 'base64');
    if (!BASE64.test(one.content_base64) || bytes.byteLength === 0) {
      return { kind: 'left-out', name, why: 'damaged' };
    }
    const mediaType = one.media_type === '' ? 'application/octet-stream' : one.media_type;
    return { kind: 'file', name, mediaType, bytes };
  });
}
