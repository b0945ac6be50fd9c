import { isUtf8 } from 'node:buffer';
import type { SieEncoding } from './encoding.ts';
import { SieEncodingGate, decodeSie, guessEncoding } from './encoding.ts';

/** Whole lines of a file, decoded. */
type SieBlock = {
  /** Lines end in `\n`; only the last line of a file may lack it. */
  readonly text: string;
  /** Lines of this block, from 0, whose bytes were not in the encoding of the file. */
  readonly mixed: readonly number[];
};

/** Characters of a line. A `#TRANS` with a hundred objects and a long text is a tenth of it. */
export const LINE_LENGTH_MAX = 65_536;

/** Longer lines are cut here: at least `LINE_LENGTH_MAX` characters and one, in any encoding. */
const LINE_BYTES_MAX = 3 * (LINE_LENGTH_MAX + 1);

/** Bytes worked on at a time: enough for speed, and little enough for a processor's cache. */
export const PIECE_BYTES = 65_536;

const LF = 10;
const CR = 13;

const NONE: readonly number[] = [];

/**
 * Turns bytes, cut anywhere, into blocks of whole decoded lines.
 *
 * Holds at most one line and what the encoding gate holds. The first line end of a file says
 * whether its lines end in LF (with or without CR) or, as on old Macintoshes, in CR alone.
 */
export class SieTextBlocks {
  readonly #gate = new SieEncodingGate();
  readonly #line = Buffer.alloc(LINE_BYTES_MAX);
  #lineBytes = 0;
  #lineEnd: 'lf' | 'cr' | null = null;
  #hasCr = false;

  get encoding(): SieEncoding {
    return this.#gate.encoding;
  }

  push(bytes: Uint8Array): SieBlock[] {
    const blocks: SieBlock[] = [];
    for (const passed of this.#gate.push(bytes)) this.#split(passed, blocks);
    return blocks;
  }

  /** No more bytes will come: the last line, if it has no line end. */
  end(): SieBlock[] {
    const blocks: SieBlock[] = [];
    for (const passed of this.#gate.end()) this.#split(passed, blocks);
    if (this.#lineEnd === null) this.#decideLineEnd(this.#hasCr ? 'cr' : 'lf', blocks);
    if (this.#lineBytes > 0) blocks.push(this.#decode(this.#line.subarray(0, this.#lineBytes)));
    this.#lineBytes = 0;
    return blocks;
  }

  #split(bytes: Uint8Array, blocks: SieBlock[]): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      if (this.#lineEnd !== null) this.#take(piece, blocks);
      else this.#seekLineEnd(piece, blocks);
    }
  }

  #seekLineEnd(piece: Uint8Array, blocks: SieBlock[]): void {
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] ?? 0;
      const isFull = this.#lineBytes === LINE_BYTES_MAX;
      const isCrEnd = this.#hasCr && byte !== LF && byte !== CR;
      if (byte === LF || isCrEnd || isFull) {
        this.#decideLineEnd(isCrEnd ? 'cr' : 'lf', blocks);
        this.#take(piece.subarray(at), blocks);
        return;
      }
      if (byte === CR) this.#hasCr = true;
      this.#line[this.#lineBytes] = byte;
      this.#lineBytes += 1;
    }
  }

  /** What was held until now is read anew, since it can hold line ends that were none before. */
  #decideLineEnd(lineEnd: 'lf' | 'cr', blocks: SieBlock[]): void {
    this.#lineEnd = lineEnd;
    const held = Uint8Array.from(this.#line.subarray(0, this.#lineBytes));
    this.#lineBytes = 0;
    this.#take(held, blocks);
  }

  /** Takes bytes of which the line end is known. Keeps what stands behind the last line end. */
  #take(bytes: Uint8Array, blocks: SieBlock[]): void {
    const piece = this.#lineEnd === 'cr' ? withLf(bytes) : bytes;
    const last = piece.lastIndexOf(LF);
    if (last >= 0) {
      const first = piece.indexOf(LF);
      const room = LINE_BYTES_MAX - this.#lineBytes;
      const kept = [
        this.#line.subarray(0, this.#lineBytes),
        piece.subarray(0, Math.min(first, room)),
        piece.subarray(first, last + 1),
      ];
      blocks.push(this.#decode(Buffer.concat(kept)));
      this.#lineBytes = 0;
    }
    const rest = piece.subarray(last + 1, last + 1 + LINE_BYTES_MAX - this.#lineBytes);
    this.#line.set(rest, this.#lineBytes);
    this.#lineBytes += rest.length;
  }

  #decode(bytes: Buffer): SieBlock {
    const { encoding } = this;
    if (encoding === 'utf-8' && !isUtf8(bytes)) return decodeMixed(bytes);
    return { text: decodeSie(bytes, encoding), mixed: NONE };
  }
}

/** Files get pasted together: in a UTF-8 file, lines that are not UTF-8 are judged one by one. */
function decodeMixed(bytes: Buffer): SieBlock {
  const lines: string[] = [];
  const mixed: number[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(LF, from);
    const to = end < 0 ? bytes.length : end + 1;
    const line = bytes.subarray(from, to);
    const encoding = guessEncoding(line, false);
    if (encoding !== 'utf-8') mixed.push(lines.length);
    lines.push(decodeSie(line, encoding));
    from = to;
  }
  return { text: lines.join(''), mixed };
}

function withLf(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === CR ? LF : byte));
}
