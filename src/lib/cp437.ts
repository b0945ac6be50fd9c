/**
 * IBM code page 437, the character set of SIE 1–4 (`#FORMAT PC8`).
 *
 * Bytes 0–127 are ASCII, control characters included: the playing-card symbols that a screen
 * shows for them are not text. Bytes 128–255 are the characters below, in order. Source: the
 * Unicode consortium's table `CP437.TXT`.
 */
const HIGH =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
  'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** The UTF-16 code unit of each byte of a single-byte character set. */
type ByteTable = Uint16Array;

/** What `cp437Byte` answers for a character that the code page lacks. */
export const NOT_IN_CP437 = -1;

const CP437: ByteTable = byteTable(128, HIGH);

const BYTE_OF = new Map<number, number>();
for (let byte = 0; byte < 256; byte += 1) BYTE_OF.set(CP437[byte] ?? 0, byte);

/** A table that is Latin-1 but for the characters of `text`, which stand from byte `from` on. */
export function byteTable(from: number, text: string): ByteTable {
  const table = Uint16Array.from({ length: 256 }, (_, byte) => byte);
  for (let at = 0; at < text.length; at += 1) table[from + at] = text.charCodeAt(at);
  return table;
}

/** Every byte has a character, so this cannot fail and loses nothing. */
export function decodeCp437(bytes: Uint8Array): string {
  return decodeBytes(bytes, CP437);
}

/**
 * Decodes with a table of our own.
 *
 * Text within Latin-1, as Swedish is, becomes a string of one byte a character, which halves the
 * memory and the time of everything done to it.
 */
export function decodeBytes(bytes: Uint8Array, table: ByteTable): string {
  const narrow = Buffer.allocUnsafe(bytes.length);
  let seen = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const unit = table[bytes[at] ?? 0] ?? 0;
    seen |= unit;
    narrow[at] = unit;
  }
  if (seen < 0x100) return narrow.toString('latin1');
  const wide = Buffer.allocUnsafe(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 1) {
    wide.writeUInt16LE(table[bytes[at] ?? 0] ?? 0, at * 2);
  }
  return wide.toString('utf16le');
}

/** The byte of a UTF-16 code unit, or `NOT_IN_CP437`. */
export function cp437Byte(unit: number): number {
  return unit < 0x80 ? unit : (BYTE_OF.get(unit) ?? NOT_IN_CP437);
}

/** @returns null when a character is not in the code page. */
export function encodeCp437(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = cp437Byte(text.charCodeAt(at));
    if (byte === NOT_IN_CP437) return null;
    bytes[at] = byte;
  }
  return bytes;
}
