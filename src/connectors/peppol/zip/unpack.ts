import { PIECE_BYTES } from '../../../lib/equal-pieces.ts';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Problem } from '../../../ports/source.ts';
import type { ByteReader } from '../bytes/byte-reader.ts';
import { ENTRY_BYTES_MAX, RATIO_FREE_BYTES, RATIO_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { ZipEntry } from './directory.ts';

const IS_ENCRYPTED = 1;
const STORED = 0;
const DEFLATE = 8;

/** @returns why an entry is not unpacked at all; null when it can be */
export function refusalOf(entry: ZipEntry): Problem | null {
  if ((entry.flags & IS_ENCRYPTED) !== 0) {
    return problemAt('unknown-value', null, {
      field: 'zip: encryption',
      found: String(entry.flags),
      expected: '0',
    });
  }
  if (entry.method !== STORED && entry.method !== DEFLATE) {
    return problemAt('unknown-value', null, {
      field: 'zip: compression',
      found: String(entry.method),
      expected: `${STORED}, ${DEFLATE}`,
    });
  }
  const most = Math.min(ENTRY_BYTES_MAX, RATIO_FREE_BYTES + RATIO_MAX * entry.packedBytes);
  if (entry.bytes <= most) return null;
  return problemAt('over-limit', null, { what: 'bytes in the entry', limit: String(most) });
}

/**
 * The bytes of one entry, unpacked, never more than the zip says there are.
 *
 * What is wrong with the packing does not throw: the bytes end, and `finish` says why.
 */
export class Unpacking {
  readonly #entry: ZipEntry;
  readonly #bytes: AsyncGenerator<Uint8Array>;
  #crc = 0;
  #count = 0;
  /**
   * Whether the packed bytes are no deflate, or more than they should be. Which of them is met
   * first depends on how the bytes arrive.
   */
  #isDamaged = false;

  /** @param reader - stands at the first packed byte of the entry */
  constructor(entry: ZipEntry, reader: ByteReader) {
    this.#entry = entry;
    this.#bytes = this.#unpack(reader);
  }

  /** The bytes; to be read by one reader only, which may stop before the end. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      // Not `for await`: a reader that stops would close what `finish` goes on with.
      const next = await this.#bytes.next();
      if (next.done === true) return;
      yield next.value;
    }
  }

  /** Reads what is left. @returns why the bytes are not those that were packed, else null */
  async finish(): Promise<Problem | null> {
    while ((await this.#bytes.next()).done !== true);
    const { crc, bytes } = this.#entry;
    if (this.#isDamaged) {
      const found = 'unknown (damaged)';
      return problemAt('checksum-differs', null, { found, expected: hex(crc) });
    }
    if (this.#count === bytes && this.#crc === crc) return null;
    const found = this.#count === bytes ? hex(this.#crc) : `${this.#count} B`;
    const expected = this.#count === bytes ? hex(crc) : `${bytes} B`;
    return problemAt('checksum-differs', null, { found, expected });
  }

  async *#unpack(reader: ByteReader): AsyncGenerator<Uint8Array> {
    const packed = packedBytes(this.#entry, reader);
    const unpacked = this.#entry.method === STORED ? packed : this.#inflate(packed);
    for await (const piece of unpacked) {
      this.#count += piece.length;
      this.#crc = crc32(piece, this.#crc);
      if (this.#count > this.#entry.bytes) {
        this.#isDamaged = true;
        return;
      }
      yield piece;
    }
  }

  async *#inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const inflater = createInflateRaw();
    // Its failure is the failure of `inflater`, which is met below.
    const feeding = pipeline(Readable.from(packed), inflater).catch(() => undefined);
    try {
      for await (const piece of inflater) yield piece as Uint8Array;
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#isDamaged = true;
    } finally {
      inflater.destroy();
      await feeding;
    }
  }
}

async function* packedBytes(entry: ZipEntry, reader: ByteReader): AsyncGenerator<Uint8Array> {
  const end = reader.position + entry.packedBytes;
  while (reader.position < end) {
    const piece = await reader.some(Math.min(PIECE_BYTES, end - reader.position));
    if (piece === null) return;
    yield piece;
  }
}

/** Told from what reading the file itself throws: zlib's codes begin with Z. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
