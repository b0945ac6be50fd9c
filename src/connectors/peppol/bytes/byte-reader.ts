const NONE = new Uint8Array(0);

/** Reads bytes in the order of a file, by number and not as they happen to arrive. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = NONE;
  /** How many bytes have been given or passed over. */
  position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** @returns null when the file has no more; else between one and `max` bytes */
  async some(max: number): Promise<Uint8Array | null> {
    while (this.#held.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#held = next.value;
    }
    const given = this.#held.subarray(0, max);
    this.#held = this.#held.subarray(given.length);
    this.position += given.length;
    return given;
  }

  /** @returns null when the file ends before */
  async exactly(count: number): Promise<Buffer | null> {
    const parts: Uint8Array[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part === null) return null;
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Passes over what stands before a position. Does nothing when that is behind. */
  async skipTo(position: number): Promise<void> {
    while (this.position < position) {
      if ((await this.some(position - this.position)) === null) return;
    }
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
