import { sha256 } from './json.ts';

/** What is remembered of a report that a file has given. */
export type Remembered = {
  /** Its content as `fingerprint` tells it; null when there was no document. */
  readonly print: number | null;
  readonly firstLine: number;
  readonly lastLine: number;
};

/**
 * A number of 52 bits that stands for a text. Two texts of a file of 200 000 reports share one once
 * in 200 000 such files, and then a report is asked about that could have been booked.
 */
export function fingerprint(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 13), 16);
}

const SLOT = 4;
const FIRST_SLOTS = 64;
const NO_PRINT = -1;

/**
 * Remembers many reports in some 64 bytes each.
 *
 * A table of numbers outside the collected heap, because what lives there costs four times its
 * size: the collector lets the heap grow in proportion to what stays in it.
 */
export class PrintIndex {
  /** Key, print, first and last line of each slot. The key 0 is an empty slot. */
  #table = new Float64Array(FIRST_SLOTS * SLOT);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  find(id: string): Remembered | null {
    const at = this.#slotOf(keyOf(id));
    if (this.#table[at] === 0) return null;
    const [, print = NO_PRINT, firstLine = 0, lastLine = 0] = this.#table.subarray(at, at + SLOT);
    return { print: print === NO_PRINT ? null : print, firstLine, lastLine };
  }

  remember(id: string, { print, firstLine, lastLine }: Remembered): void {
    if (2 * this.#size * SLOT >= this.#table.length) this.#grow();
    this.#put([keyOf(id), print ?? NO_PRINT, firstLine, lastLine]);
    this.#size += 1;
  }

  #put(slot: readonly [key: number, ...rest: number[]] | Float64Array): void {
    this.#table.set(slot, this.#slotOf(slot[0] ?? 0));
  }

  /** Where a key stands, or the empty slot where it would. Half of all slots are empty. */
  #slotOf(key: number): number {
    const slots = this.#table.length / SLOT;
    let slot = key % slots;
    while (this.#table[slot * SLOT] !== 0 && this.#table[slot * SLOT] !== key) {
      slot = (slot + 1) % slots;
    }
    return slot * SLOT;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Float64Array(2 * before.length);
    for (let at = 0; at < before.length; at += SLOT) {
      if (before[at] !== 0) this.#put(before.subarray(at, at + SLOT));
    }
  }
}

function keyOf(id: string): number {
  return fingerprint(id) || 1;
}
