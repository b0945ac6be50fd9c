/** A file of a `multipart/form-data` body. */
export type Part = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

const PARTS_MAX = 20;

/**
 * The first file of a multipart body.
 *
 * @returns null when the body is not multipart or holds no file
 */
export function readFilePart(body: Uint8Array, contentType: string): Part | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!/^multipart\/form-data/i.test(contentType) || boundary === undefined) return null;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = Buffer.from(`--${boundary}`);
  let at = bytes.indexOf(mark);
  for (let count = 0; at >= 0 && count < PARTS_MAX; count += 1) {
    const end = bytes.indexOf(mark, at + mark.length);
    if (end < 0) return null;
    const part = readPart(bytes.subarray(at + mark.length, end));
    if (part !== null) return part;
    at = end;
  }
  return null;
}

/** @returns null for a part that is no file */
function readPart(part: Buffer): Part | null {
  const headEnd = part.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = part.toString('utf8', 0, headEnd);
  const name = /filename\*?="?([^"\r\n;]*)"?/i.exec(head)?.[1];
  if (name === undefined) return null;
  const mediaType = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream';
  const bytes = part.subarray(headEnd + 4, part.length - 2);
  return { name, mediaType: mediaType.trim(), bytes: Uint8Array.from(bytes) };
}
