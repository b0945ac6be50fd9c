import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import { decodeXml } from '../../../lib/decode-xml.ts';
import { UblParser, type UblDocument } from './parser.ts';

/** What the bytes of a file or an entry are. */
export type UblOutcome =
  | { readonly kind: 'document'; readonly document: UblDocument }
  /** No UBL document: another format. */
  | { readonly kind: 'unknown'; readonly problem: Problem }
  /** One that is cut off, malformed or too large. */
  | { readonly kind: 'broken'; readonly problem: Problem };

/** Reads a UBL document, alone or in its envelope, without keeping its attachments in memory. */
export async function readUbl(chunks: AsyncIterable<Uint8Array>): Promise<UblOutcome> {
  const parser = new UblParser();
  for await (const piece of decodeXml(chunks)) {
    if (piece.kind === 'text') parser.write(piece.text);
    else if (piece.kind === 'not-text') parser.breakOff('not-text', { found: piece.found });
    else parser.breakOff('file-truncated', { found: 'half a character' });
    if (parser.broken !== null) break;
  }
  if (parser.broken === null) parser.close();
  if (parser.broken !== null) {
    return { kind: parser.isUbl ? 'broken' : 'unknown', problem: parser.broken };
  }
  const { document } = parser;
  if (document !== null) return { kind: 'document', document };
  return { kind: 'broken', problem: problemAt('file-truncated', null, { found: 'no document' }) };
}
