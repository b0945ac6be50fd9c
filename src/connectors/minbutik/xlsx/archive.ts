import { crc32, inflateRawSync } from 'node:zlib';
import type { Problem } from '../../../ports/source.ts';
import { WORKBOOK_ENTRIES_MAX, WORKBOOK_PART_BYTES_MAX, WORKBOOK_RATIO_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';

/** A part of an archive, as its table of contents has it. */
type Entry = {
  readonly method: number;
  readonly isLocked: boolean;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
};

/** What was read, or why it could not be. */
export type Outcome<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'broken'; readonly problem: Problem };

const FILE_MARK = 0x04034b50;
const TABLE_MARK = 0x02014b50;
const END_MARK = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const STORED = 0;
const DEFLATED = 8;

/** Whether a file begins as a zip archive does. */
export function isArchive(head: Uint8Array): boolean {
  return head.length >= 4 && Buffer.from(head).readUInt32LE(0) === FILE_MARK;
}

/**
 * Reads a zip archive as Excel writes it.
 *
 * Why this is not left to a library: each part has a limit of bytes and of ratio before anything of
 * it is unpacked, and a checksum that does not agree is told.
 */
export class Archive {
  readonly #bytes: Buffer;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(bytes: Buffer, entries: ReadonlyMap<string, Entry>) {
    this.#bytes = bytes;
    this.#entries = entries;
  }

  static open(bytes: Buffer): Outcome<Archive> {
    const end = endOf(bytes);
    if (end < 0) return broken('file-truncated', { found: 'zip' });
    const count = bytes.readUInt16LE(end + 10);
    let at = bytes.readUInt32LE(end + 16);
    if (count > WORKBOOK_ENTRIES_MAX) return tooMany('parts', WORKBOOK_ENTRIES_MAX);
    const entries = new Map<string, Entry>();
    for (let read = 0; read < count; read += 1) {
      const isThere = at + 46 <= end && bytes.readUInt32LE(at) === TABLE_MARK;
      if (!isThere) return broken('file-truncated', { found: 'zip' });
      const nameBytes = bytes.readUInt16LE(at + 28);
      const name = bytes.subarray(at + 46, at + 46 + nameBytes).toString('utf8');
      entries.set(name, entryAt(bytes, at));
      at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return { kind: 'read', value: new Archive(bytes, entries) };
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The bytes of a part; empty when there is none of that name. */
  read(name: string): Outcome<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return { kind: 'read', value: Buffer.alloc(0) };
    const { packed, unpacked, offset, method } = entry;
    const isReadable = !entry.isLocked && (method === STORED || method === DEFLATED);
    if (!isReadable) return broken('format-unknown', { found: name, expected: 'zip deflate' });
    if (unpacked > WORKBOOK_PART_BYTES_MAX) return tooMany('bytes', WORKBOOK_PART_BYTES_MAX);
    if (unpacked > WORKBOOK_RATIO_MAX * packed) return tooMany('times', WORKBOOK_RATIO_MAX);
    const hasHead =
      offset + 30 <= this.#bytes.length && this.#bytes.readUInt32LE(offset) === FILE_MARK;
    if (!hasHead) return broken('file-truncated', { found: name });
    const skipped = this.#bytes.readUInt16LE(offset + 26) + this.#bytes.readUInt16LE(offset + 28);
    const from = offset + 30 + skipped;
    const bytes = unpack(this.#bytes.subarray(from, from + packed), entry);
    if (bytes?.length !== unpacked) return broken('file-truncated', { found: name });
    const found = crc32(bytes);
    if (found === entry.checksum) return { kind: 'read', value: bytes };
    const expected = entry.checksum.toString(16);
    return broken('checksum-differs', { found: `${name} ${found.toString(16)}`, expected });
  }
}

/** @returns null when the bytes are no such stream, or unpack to more than they say */
function unpack(bytes: Buffer, { method, unpacked }: Entry): Buffer | null {
  if (method === STORED) return bytes;
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, unpacked) });
  } catch {
    return null;
  }
}

function entryAt(bytes: Buffer, at: number): Entry {
  return {
    isLocked: (bytes.readUInt16LE(at + 8) & 1) === 1,
    method: bytes.readUInt16LE(at + 10),
    checksum: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    unpacked: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  };
}

/** Where the end of the table of contents stands: before a comment, which is mostly empty. */
function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === END_MARK) return at;
  }
  return -1;
}

function broken(
  code: 'file-truncated' | 'format-unknown' | 'checksum-differs',
  facts: Readonly<Record<string, string>>,
): { readonly kind: 'broken'; readonly problem: Problem } {
  return { kind: 'broken', problem: problemAt(code, null, facts) };
}

function tooMany(
  what: string,
  max: number,
): { readonly kind: 'broken'; readonly problem: Problem } {
  const facts = { what: `${what} in a workbook`, limit: String(max) };
  return { kind: 'broken', problem: problemAt('over-limit', null, facts) };
}
