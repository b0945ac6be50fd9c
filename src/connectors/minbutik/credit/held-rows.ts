import { CREDIT_BYTES_MAX, CREDIT_ROWS_MAX } from '../limits.ts';
import { ByteText } from '../text/byte-text.ts';

/** Where a row stands: in the file, and in the bytes that are held. */
export type HeldRow = { readonly line: number; readonly from: number; readonly to: number };

/**
 * The rows of a file to the letter, held as bytes until all have come.
 *
 * A hundred thousand rows are ten megabytes of bytes and ten times that as objects.
 */
export class HeldRows {
  readonly #bytes = new ByteText();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= CREDIT_ROWS_MAX || this.#bytes.length >= CREDIT_BYTES_MAX;
  }

  add(text: string, line: number): HeldRow {
    const from = this.#bytes.length;
    this.#bytes.append(text);
    const to = this.#bytes.length;
    this.#bytes.append('\n');
    this.#count += 1;
    return { line, from, to };
  }

  textOf({ from, to }: HeldRow): string {
    return this.#bytes.between(from, to).toString('utf8');
  }

  /** A file of its own: what stands before, and the rows, each with its line break. */
  extract(before: string, rows: readonly HeldRow[]): Uint8Array {
    const parts = rows.map(({ from, to }) => this.#bytes.between(from, to + 1));
    return Buffer.concat([Buffer.from(before, 'utf8'), ...parts]);
  }
}
