import type { Problem } from '../../../ports/source.ts';
import type { Survey } from '../bytes/survey.ts';
import { ARCHIVE_BYTES_MAX, DIRECTORY_BYTES_MAX, ENTRIES_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';

/** A file in a zip, as the directory at the zip's end says it. */
export type ZipEntry = {
  readonly name: string;
  /** The name's bytes, to compare. */
  readonly rawName: Buffer;
  readonly flags: number;
  /** 0 is stored as it is, 8 is deflate; others are not read. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header begins in the file. */
  readonly offset: number;
};

/** What stands in a zip, in the order of the file, or why it cannot be trusted. */
export type Directory =
  | { readonly kind: 'directory'; readonly entries: readonly ZipEntry[] }
  | { readonly kind: 'broken'; readonly problem: Problem };

const END_MARK = 0x06_05_4b_50;
const END_BYTES = 22;
const ENTRY_MARK = 0x02_01_4b_50;
const ENTRY_BYTES = 46;
const COMMENT_BYTES_MAX = 0xff_ff;

/**
 * Reads the directory of a zip (APPNOTE 6.3, sections 4.3.12 and 4.3.16).
 *
 * Strict: it has to end where the file ends and stand where it says it stands, so that a zip that
 * was cut off, lengthened or put together by hand is not half read. Zip64 (over 65 535 entries or
 * 4 GB) and zips in several volumes are refused.
 */
export function readDirectory({ byteLength, tail }: Survey): Directory {
  const at = findEnd(tail);
  if (at === null) return broken('file-truncated', { found: 'zip: no directory at its end' });
  const end = {
    disks: tail.readUInt16LE(at + 4) + tail.readUInt16LE(at + 6),
    count: tail.readUInt16LE(at + 10),
    countHere: tail.readUInt16LE(at + 8),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const isWide = end.count === 0xff_ff || end.offset === 0xff_ff_ff_ff;
  if (isWide) return broken('over-limit', { what: 'zip64 entries', limit: '65534' });
  if (end.count > ENTRIES_MAX || end.bytes > DIRECTORY_BYTES_MAX - END_BYTES - COMMENT_BYTES_MAX) {
    return broken('over-limit', { what: 'zip entries', limit: String(ENTRIES_MAX) });
  }
  const endsAt = byteLength - tail.length + at;
  const isWhole = end.offset + end.bytes === endsAt && end.bytes <= at;
  if (!isWhole || end.disks !== 0 || end.count !== end.countHere) {
    return contradicts('directory', `${end.offset} + ${end.bytes}`, String(endsAt));
  }
  return readEntries(tail.subarray(at - end.bytes, at), end);
}

/** The mark of the end, whose comment has to reach to the end of the file. */
function findEnd(tail: Buffer): number | null {
  const least = Math.max(0, tail.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = tail.length - END_BYTES; at >= least; at -= 1) {
    const isEnd = tail.readUInt32LE(at) === END_MARK;
    if (isEnd && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return null;
}

function readEntries(
  bytes: Buffer,
  end: { readonly count: number; readonly offset: number },
): Directory {
  const entries: ZipEntry[] = [];
  let at = 0;
  let unpacked = 0;
  while (at < bytes.length) {
    const hasHeader = at + ENTRY_BYTES <= bytes.length && bytes.readUInt32LE(at) === ENTRY_MARK;
    const next = hasHeader ? at + ENTRY_BYTES + lengthsAfter(bytes, at) : Infinity;
    if (next > bytes.length) return contradicts('directory', String(at), String(bytes.length));
    const entry = readEntry(bytes.subarray(at, next));
    entries.push(entry);
    unpacked += entry.bytes;
    at = next;
  }
  if (entries.length !== end.count) {
    return contradicts('entries', String(entries.length), String(end.count));
  }
  if (unpacked > ARCHIVE_BYTES_MAX) {
    const limit = String(ARCHIVE_BYTES_MAX);
    return broken('over-limit', { what: 'bytes in all entries of the zip', limit });
  }
  entries.sort((a, b) => a.offset - b.offset);
  return { kind: 'directory', entries };
}

function lengthsAfter(bytes: Buffer, at: number): number {
  return bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
}

function readEntry(header: Buffer): ZipEntry {
  const nameEnd = ENTRY_BYTES + header.readUInt16LE(28);
  const rawName = Buffer.from(header.subarray(ENTRY_BYTES, nameEnd));
  return {
    name: rawName.toString('utf8'),
    rawName,
    flags: header.readUInt16LE(8),
    method: header.readUInt16LE(10),
    crc: header.readUInt32LE(16),
    packedBytes: header.readUInt32LE(20),
    bytes: header.readUInt32LE(24),
    offset: header.readUInt32LE(42),
  };
}

/** The zip says two things about itself: nobody knows where its entries are. */
export function contradicts(what: string, found: string, expected: string): BrokenZip {
  return broken('unknown-value', { field: `zip: ${what}`, found, expected });
}

/** Why a zip as a whole cannot be trusted. */
export type BrokenZip = Extract<Directory, { readonly kind: 'broken' }>;

function broken(code: Problem['code'], facts: Readonly<Record<string, string>>): BrokenZip {
  return { kind: 'broken', problem: problemAt(code, null, facts) };
}
