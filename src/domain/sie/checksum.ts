import { NOT_IN_CP437, cp437Byte } from '../../lib/cp437.ts';
import type { SieLine } from './line.ts';

/** What `#KSUMMA` says of a file, and what its records really sum to. */
export type SieChecksum = {
  /** The text of the last `#KSUMMA`; null when the sum was begun but never ended. */
  readonly stored: string | null;
  /** Unsigned, 32 bits. */
  readonly computed: number;
  readonly match: boolean;
};

/** CRC-32 as in zlib and PKZIP: reflected, polynomial EDB88320. */
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** Stands in the sum for a character that CP437 lacks, and that the sum so cannot be right for. */
const UNKNOWN_BYTE = 0x3f;

/**
 * The sum of the records between the two `#KSUMMA`.
 *
 * Over the CP437 bytes of labels and field values, without blanks, line ends, quotes around fields,
 * backslashes before quotes, and braces. A file in another encoding is summed as the CP437 file it
 * should have been, so that converting a file does not spoil its sum.
 */
export class SieChecksumCounter {
  #crc = -1;

  /** Adds a label or the value of a field. */
  add(text: string): void {
    let crc = this.#crc;
    for (let at = 0; at < text.length; at += 1) {
      const known = cp437Byte(text.charCodeAt(at));
      const byte = known === NOT_IN_CP437 ? UNKNOWN_BYTE : known;
      crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
    }
    this.#crc = crc;
  }

  /** Adds a record as it stands in a file, its object list in its place. */
  addLine(line: SieLine): void {
    this.add(line.label);
    for (let at = 0; at < line.fields.length; at += 1) {
      if (at === line.listAt) for (const part of line.list ?? []) this.add(part);
      else this.add(line.fields[at] ?? '');
    }
  }

  /** The sum so far: unsigned, 32 bits. */
  value(): number {
    return ~this.#crc >>> 0;
  }
}

/** Compares with the text of a `#KSUMMA`. Some programs write the 32 bits as a signed number. */
export function compareChecksum(stored: string, computed: number): SieChecksum {
  const match = stored === String(computed) || stored === String(computed | 0);
  return { stored, computed, match };
}
