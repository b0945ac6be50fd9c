import { sha256 } from '../../../lib/json.ts';

/** What is remembered of a report that a file has given. */
export type Remembered = {
  /** Its content as `fingerprint` tells it; null when there was no document. */
  readonly print: number | null;
  readonly firstLine: number;
  readonly lastLine: number;
};

const NUMBERS_EACH = 3;
const NO_PRINT = -1;

/**
 * A number of 52 bits that stands for a text. Two texts of a file of 200 000 reports share one once
 * in 200 000 such files, and then a report is asked about that could have been booked.
 */
export function fingerprint(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 13), 16);
}

/** Remembers many reports in some 50 bytes each: the numbers lie outside the collected heap. */
export class PrintIndex {
  readonly #places = new Map<number, number>();
  #numbers = new Float64Array(64 * NUMBERS_EACH);

  get size(): number {
    return this.#places.size;
  }

  find(id: string): Remembered | null {
    const place = this.#places.get(fingerprint(id));
    if (place === undefined) return null;
    const at = place * NUMBERS_EACH;
    const [print = NO_PRINT, firstLine = 0, lastLine = 0] = this.#numbers.subarray(at, at + 3);
    return { print: print === NO_PRINT ? null : print, firstLine, lastLine };
  }

  remember(id: string, { print, firstLine, lastLine }: Remembered): void {
    const at = this.#places.size * NUMBERS_EACH;
    if (at >= this.#numbers.length) this.#grow();
    this.#places.set(fingerprint(id), this.#places.size);
    this.#numbers.set([print ?? NO_PRINT, firstLine, lastLine], at);
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
