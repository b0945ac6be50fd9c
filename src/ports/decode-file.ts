import iconv from 'iconv-lite';
import { problemAt } from './problem.ts';
import type { Problem } from './source.ts';

/** The text of a file, or why it has none. */
export type Decoded = { readonly text: string } | { readonly problem: Problem };

/**
 * Reads a whole file as text: UTF-16 and UTF-8 by their marks, UTF-8 when its bytes are that, else
 * Windows-1252, which spreadsheets write.
 */
export async function decodeFile(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<Decoded> {
  const held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > bytesMax) {
      const facts = { what: 'bytes', limit: String(bytesMax) };
      return { problem: problemAt('over-limit', null, facts) };
    }
    held.push(chunk);
  }
  const text = decoded(Buffer.concat(held)).replace(/^\ufeff/, '');
  if (text.trim() === '') return { problem: problemAt('file-empty', null) };
  const at = text.indexOf('\0');
  return at < 0 ? { text } : { problem: problemAt('not-text', null, { found: 'NUL' }) };
}

function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return iconv.decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return iconv.decode(bytes, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, 'windows-1252');
  }
}
