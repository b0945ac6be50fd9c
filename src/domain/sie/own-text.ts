/**
 * Characters of a text that a check keeps in mind as a key. No account, series, dimension or label
 * comes near it; without it a file of long keys would be held as a whole.
 */
export const KEY_LENGTH_MAX = 200;

/**
 * A copy that shares no memory with `text`.
 *
 * V8 makes a long slice of a string as a window on the whole of it. A slice of the file that
 * outlives its block would keep the block alive, and the reader would no longer be bounded.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
