import { isAscii, isUtf8 } from 'node:buffer';
import { byteTable, decodeBytes, decodeCp437 } from '../../lib/cp437.ts';

/** How the bytes of a file are to be read. `ascii`: no byte above 127, so all of them agree. */
export type SieEncoding = 'ascii' | 'cp437' | 'utf-8' | 'latin-1';

/**
 * Bytes looked at, from the first one above 127 on, before the encoding is settled.
 *
 * One Swedish letter is nearly always enough: those of CP437 and Latin-1 cannot stand alone in
 * UTF-8. The rest is for files whose first odd byte is an accident.
 */
const DECIDE_BYTES = 65_536;

/** Letters of Swedish names and accounts: å ä ö Å Ä Ö é É ü Ü. */
const CP437_LETTERS: ReadonlySet<number> = new Set([
  0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x90, 0x81, 0x9a,
]);
const LATIN1_LETTERS: ReadonlySet<number> = new Set([
  0xe5, 0xe4, 0xf6, 0xc5, 0xc4, 0xd6, 0xe9, 0xc9, 0xfc, 0xdc,
]);

/** In UTF-8 each of them is this byte and one of those. */
const UTF8_LEAD = 0xc3;
const UTF8_LETTERS: ReadonlySet<number> = new Set([
  0xa5, 0xa4, 0xb6, 0x85, 0x84, 0x96, 0xa9, 0x89, 0xbc, 0x9c,
]);

/**
 * Latin-1 as Windows writes it: bytes 128–159 are its dashes, quotes and the euro sign.
 *
 * Latin-9 differs from it in eight characters that no SIE file seen here holds.
 */
const WINDOWS_1252 = byteTable(0x80, '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');

/**
 * Holds bytes back until their encoding is known, and no longer.
 *
 * `#FORMAT PC8` tells nothing: many files say it over UTF-8 or Latin-1. So the bytes tell.
 * While all are ASCII they pass at once, since every encoding agrees on them. From the first high
 * byte on, up to `DECIDE_BYTES` are held. What is decided depends on the bytes alone and never on
 * how they arrived.
 */
export class SieEncodingGate {
  #encoding: SieEncoding = 'ascii';
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #passedBytes = 0;

  /** `ascii` until a high byte has been seen and judged. */
  get encoding(): SieEncoding {
    return this.#encoding;
  }

  /** @returns the bytes that can be decoded now; all of them in `encoding`. */
  push(bytes: Uint8Array): Uint8Array[] {
    if (this.#encoding !== 'ascii') return [bytes];
    if (this.#heldBytes > 0) return this.#hold(bytes);
    if (isAscii(bytes)) {
      this.#passedBytes += bytes.length;
      return [bytes];
    }
    const high = bytes.findIndex((byte) => byte > 0x7f);
    this.#passedBytes += high;
    const passed = high > 0 ? [bytes.subarray(0, high)] : [];
    return [...passed, ...this.#hold(bytes.subarray(high))];
  }

  /** No more bytes will come. @returns those still held. */
  end(): Uint8Array[] {
    return this.#heldBytes > 0 ? this.#release() : [];
  }

  #hold(bytes: Uint8Array): Uint8Array[] {
    this.#held.push(Uint8Array.from(bytes));
    this.#heldBytes += bytes.length;
    return this.#heldBytes >= DECIDE_BYTES ? this.#release() : [];
  }

  #release(): Uint8Array[] {
    const all = Buffer.concat(this.#held);
    const isCut = all.length >= DECIDE_BYTES;
    this.#encoding = guessEncoding(all.subarray(0, DECIDE_BYTES), isCut);
    this.#held = [];
    this.#heldBytes = 0;
    const hasMark = this.#passedBytes === 0 && all.subarray(0, 3).toString('hex') === 'efbbbf';
    return [hasMark ? all.subarray(3) : all];
  }
}

/**
 * Judges bytes of which the first is above 127: valid UTF-8, or else the encoding that most of the
 * Swedish letters are in. So one letter cut in two does not turn a UTF-8 file into another.
 *
 * @param isCut whether a character can be cut off at the end.
 */
export function guessEncoding(bytes: Uint8Array, isCut: boolean): SieEncoding {
  if (isUtf8(isCut ? withoutCutCharacter(bytes) : bytes)) return 'utf-8';
  let cp437 = 0;
  let latin1 = 0;
  let utf8 = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === UTF8_LEAD && UTF8_LETTERS.has(bytes[at + 1] ?? 0)) {
      utf8 += 1;
      at += 1;
    } else if (CP437_LETTERS.has(byte)) cp437 += 1;
    else if (LATIN1_LETTERS.has(byte)) latin1 += 1;
  }
  if (utf8 > Math.max(cp437, latin1)) return 'utf-8';
  return latin1 > cp437 ? 'latin-1' : 'cp437';
}

/** Decodes whole lines. Bytes that are no UTF-8 come out as U+FFFD. */
export function decodeSie(bytes: Uint8Array, encoding: SieEncoding): string {
  switch (encoding) {
    case 'cp437':
      return decodeCp437(bytes);
    case 'latin-1':
      return decodeBytes(bytes, WINDOWS_1252);
    case 'utf-8':
      return view(bytes).toString('utf8');
    case 'ascii':
      return view(bytes).toString('latin1');
  }
}

/** The same bytes as a `Buffer`, not copied. */
function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Up to the last byte that begins a character. A whole last character is no loss to a guess. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}
