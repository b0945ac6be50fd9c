/** Most reports fit. */
const FIRST_BYTES = 2_048;

/** Room that is used again; what an unusual report needed is given back. */
const KEPT_BYTES_MAX = 32_768;

/** Text gathered as UTF-8 bytes of its own, so that it holds nothing else in memory. */
export class ByteText {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    const most = this.#length + 3 * text.length;
    if (most > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** Forgets the text and keeps the room. Views handed out before show what is written next. */
  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > KEPT_BYTES_MAX) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  /** The bytes between two lengths as they were when read. A view, not a copy. */
  between(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, to);
  }
}
