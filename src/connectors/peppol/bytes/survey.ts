import { DIRECTORY_BYTES_MAX } from '../limits.ts';

/** What a file shows before it is read: how it begins and ends. */
export type Survey = {
  readonly byteLength: number;
  /** Its first bytes: what it is. */
  readonly head: Buffer;
  /** Its last bytes, where a zip says what stands in it. Empty for anything but a zip. */
  readonly tail: Buffer;
};

const HEAD_BYTES = 4;

/** `PK` and the mark of an entry, or of the end of a zip that holds none. */
const ZIP_MARKS = [Buffer.from('PK\u0003\u0004'), Buffer.from('PK\u0005\u0006')];

/** Whether the first bytes are those of a zip. Its name says nothing. */
export function isZip(head: Buffer): boolean {
  return ZIP_MARKS.some((mark) => head.equals(mark));
}

/** Looks at the start of a file, and goes to the end of it when it is a zip. */
export async function surveyFile(chunks: AsyncIterable<Uint8Array>): Promise<Survey> {
  const tail = new Tail();
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head.length < HEAD_BYTES) {
      head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    }
    tail.add(chunk);
    if (head.length === HEAD_BYTES && !isZip(head)) break;
  }
  const isArchive = isZip(head);
  return { byteLength: tail.added, head, tail: isArchive ? tail.bytes() : Buffer.alloc(0) };
}

/** The last bytes of what was added. */
class Tail {
  #chunks: Uint8Array[] = [];
  #held = 0;
  added = 0;

  add(chunk: Uint8Array): void {
    this.added += chunk.length;
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held > 2 * DIRECTORY_BYTES_MAX) this.#shrink();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks).subarray(-DIRECTORY_BYTES_MAX);
  }

  #shrink(): void {
    // A copy: a part of a buffer would keep the whole of it in memory.
    this.#chunks = [Buffer.from(this.bytes())];
    this.#held = DIRECTORY_BYTES_MAX;
  }
}
