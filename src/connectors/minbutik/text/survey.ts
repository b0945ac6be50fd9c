import { isAscii } from 'node:buffer';
import { HEAD_BYTES } from '../limits.ts';

/** The ways a till or a spreadsheet writes text that this connector tells apart. */
export type Encoding = 'utf-8' | 'windows-1252' | 'cp850' | 'utf-16le' | 'utf-16be';

/** What the bytes of a whole file say of themselves, before one of them is read as text. */
export type Survey = {
  readonly byteLength: number;
  /** The first bytes, for recognising the format. */
  readonly head: Uint8Array;
  /** What the file says itself, by a byte order mark or by UTF-16's zero bytes. */
  readonly marked: Encoding | null;
  /** The likeliest encoding, going by every byte of the file. */
  readonly likely: Encoding;
  /** Whether letters stand there that only UTF-8 writes so. */
  readonly showsUtf8: boolean;
  /** Whether bytes stand there that UTF-8 cannot hold. Read as UTF-8 they become U+FFFD. */
  readonly brokenUtf8: boolean;
  /** Whether the last character lacks bytes: the file was cut. */
  readonly endsInCharacter: boolean;
};

/**
 * Reads a file once for its encoding.
 *
 * All of it, because a guess from the first pages is wrong for the file whose first å stands on
 * the last one, and because one damaged byte must not turn every other letter of the file.
 */
export async function surveyBytes(chunks: AsyncIterable<Uint8Array>): Promise<Survey> {
  const counts = new ByteCounts();
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let byteLength = 0;
  for await (const chunk of chunks) {
    if (headBytes < HEAD_BYTES) {
      const part = chunk.slice(0, HEAD_BYTES - headBytes);
      head.push(part);
      headBytes += part.length;
    }
    byteLength += chunk.length;
    counts.add(chunk);
  }
  return concludeFrom(counts, Buffer.concat(head), byteLength);
}

/** The byte order mark as text: written before every extract, so that it reads as UTF-8 alone. */
export const BYTE_ORDER_MARK = '\ufeff';

function concludeFrom(counts: ByteCounts, head: Buffer, byteLength: number): Survey {
  const brokenUtf8 = counts.invalid > 0 || counts.missing > 0;
  const isUtf8 = counts.multibyte > counts.invalid || !brokenUtf8;
  const marked = markOf(head, isUtf8);
  const single = counts.oldLetters > counts.windowsLetters ? 'cp850' : 'windows-1252';
  const likely = marked ?? (isUtf8 ? 'utf-8' : single);
  const isWide = likely === 'utf-16le' || likely === 'utf-16be';
  return {
    byteLength,
    head,
    marked,
    likely,
    showsUtf8: isUtf8 && counts.multibyte > 0,
    brokenUtf8,
    endsInCharacter: isWide ? byteLength % 2 === 1 : likely === 'utf-8' && counts.missing > 0,
  };
}

function markOf(head: Buffer, isUtf8: boolean): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return isUtf8 ? 'utf-8' : null;
  return wideWithoutMark(head.subarray(0, 1_024));
}

/** In UTF-16 almost every second byte of a European text is zero: the odd ones, or the even. */
function wideWithoutMark(head: Buffer): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const most = head.length * 0.4;
  if (odd > most && even < odd / 8) return 'utf-16le';
  if (even > most && odd < even / 8) return 'utf-16be';
  return null;
}

/** Letters of the Nordic languages (and ü, é) by their byte in windows-1252 and in cp850. */
const WINDOWS_LETTERS = bytesOf('e5e4f6c5c4d6e9c9e6c6f8d8fcdca0');
const OLD_LETTERS = bytesOf('8684948f8e99829091929b9d819aff');

function bytesOf(hex: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of Buffer.from(hex, 'hex')) marks[byte] = 1;
  return marks;
}

/** Counts what tells encodings apart, whatever pieces the bytes come in. */
class ByteCounts {
  /** Characters of two to four bytes as UTF-8 writes them. */
  multibyte = 0;
  /** Bytes above 127 that are no such character. */
  invalid = 0;
  windowsLetters = 0;
  oldLetters = 0;
  /** Bytes that the character being read still lacks. */
  missing = 0;

  add(chunk: Uint8Array): void {
    if (this.missing === 0 && isAscii(chunk)) return;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte >= 0x80) this.#addHigh(byte);
      else if (this.missing > 0) this.#endCharacter();
    }
  }

  #addHigh(byte: number): void {
    this.windowsLetters += WINDOWS_LETTERS[byte] ?? 0;
    this.oldLetters += OLD_LETTERS[byte] ?? 0;
    if (byte < 0xc0 && this.missing > 0) {
      this.missing -= 1;
      if (this.missing === 0) this.multibyte += 1;
      return;
    }
    this.#endCharacter();
    if (byte >= 0xc2 && byte <= 0xf4) this.missing = lengthOf(byte) - 1;
    else this.invalid += 1;
  }

  #endCharacter(): void {
    if (this.missing > 0) this.invalid += 1;
    this.missing = 0;
  }
}

function lengthOf(leadByte: number): number {
  if (leadByte < 0xe0) return 2;
  return leadByte < 0xf0 ? 3 : 4;
}
