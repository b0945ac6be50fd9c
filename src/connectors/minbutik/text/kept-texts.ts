import { plainText } from '../../../lib/plain-text.ts';
import { TEXTS_KEPT_MAX } from '../limits.ts';

/**
 * Labels and codes as documents hold them, each made and kept once for a file.
 *
 * A text cut out of a larger one holds all of the larger one in memory; the copies kept here do
 * not, so that a report of a few hundred bytes never holds a piece of 64 kB.
 */
export class KeptTexts {
  readonly #texts = new Map<string, string>();

  /** The text as `plainText` makes it. */
  plain(text: string): string {
    const kept = this.#texts.get(text);
    if (kept !== undefined) return kept;
    if (this.#texts.size >= TEXTS_KEPT_MAX) this.#texts.clear();
    const plain = ownText(text);
    this.#texts.set(copyOf(text), plain);
    return plain;
  }
}

/** The same, as a copy that holds nothing else in memory. */
export function ownText(text: string): string {
  return copyOf(plainText(text));
}

/** V8 copies a short piece of a text; of a longer one it keeps the whole text and two numbers. */
const SHORT_CHARS = 12;

function copyOf(text: string): string {
  if (text.length <= SHORT_CHARS) return text;
  return Buffer.from(text, 'utf8').toString('utf8');
}
