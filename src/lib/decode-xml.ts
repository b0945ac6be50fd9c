import { inEqualPieces } from './equal-pieces.ts';

/** A piece of a document's text, or why its bytes are no text. The latter is the last. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'not-text'; readonly found: string }
  | { readonly kind: 'half-character' };

const UTF_8 = 'utf-8';

/** The names that XML declarations give to what is read, and how it is read. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': UTF_8,
  utf8: UTF_8,
  'us-ascii': UTF_8,
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

/**
 * The text of an XML document: UTF-8 or UTF-16 by its mark, else as its declaration says.
 *
 * Bytes that the encoding cannot hold end it: a name with a wrong letter is not guessed.
 */
export async function* decodeXml(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextPiece> {
  let decoder: TextDecoder | null = null;
  let encoding = UTF_8;
  for await (const piece of inEqualPieces(chunks)) {
    if (decoder === null) {
      const declared = encodingOf(piece);
      encoding = ENCODINGS[declared] ?? declared;
      if (!isReadable(encoding)) return yield { kind: 'not-text', found: encoding };
      decoder = new TextDecoder(encoding, { fatal: true });
    }
    const text = decoded(decoder, piece);
    if (text === null) {
      yield { kind: 'text', text: readableStart(encoding, piece) };
      return yield { kind: 'not-text', found: encoding };
    }
    if (text !== '') yield { kind: 'text', text };
  }
  if (decoder !== null && decoded(decoder, null) === null) yield { kind: 'half-character' };
}

function isReadable(encoding: string): boolean {
  return Object.values(ENCODINGS).includes(encoding) || encoding.startsWith('utf-16');
}

/** @returns null for bytes that the encoding cannot hold, or at the end a character cut in half */
function decoded(decoder: TextDecoder, piece: Uint8Array | null): string | null {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    return null;
  }
}

/** What stands before the first bytes that cannot be held: it says what kind of file it is. */
function readableStart(encoding: string, piece: Uint8Array): string {
  return new TextDecoder(encoding).decode(piece).split('\ufffd', 1)[0] ?? '';
}

/** Goes by the first bytes, which say more than the declaration does. */
function encodingOf(start: Uint8Array): string {
  const [first = 0, second = 0] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  const text = Buffer.from(start.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)/.exec(
    text,
  );
  return (declared?.[1] ?? UTF_8).toLowerCase();
}
