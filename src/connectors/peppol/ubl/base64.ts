import { ATTACHMENT_BYTES_MAX } from '../limits.ts';

const SPACE = /\s+/g;
const LETTERS = /^[A-Za-z0-9+/]*={0,2}$/;
const QUARTET = 4;

/** Bytes, or why there are none. */
export type Decoded =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'too-large' };

/**
 * Decodes base64 as it comes, however it is cut. Of what is damaged or too large nothing is held.
 */
export class Base64Decoder {
  #parts: Buffer[] = [];
  #byteLength = 0;
  /** Letters that do not make up three bytes yet. */
  #rest = '';
  #isEnded = false;
  #failed: 'damaged' | 'too-large' | null = null;

  write(text: string): void {
    if (this.#failed !== null) return;
    const letters = this.#rest + text.replaceAll(SPACE, '');
    const whole = letters.length - (letters.length % QUARTET);
    this.#rest = letters.slice(whole);
    if (whole > 0) this.#add(letters.slice(0, whole));
  }

  /** Everything has come. An empty file is no file. */
  end(): Decoded {
    if (this.#failed !== null) return { kind: this.#failed };
    if (this.#rest !== '' || this.#byteLength === 0) return { kind: 'damaged' };
    return { kind: 'bytes', bytes: Buffer.concat(this.#parts) };
  }

  #add(quartets: string): void {
    // Filling marks the end: behind it stands nothing.
    if (this.#isEnded || !LETTERS.test(quartets)) return this.#fail('damaged');
    this.#isEnded = quartets.endsWith('=');
    const bytes = Buffer.from(quartets, 'base64');
    this.#parts.push(bytes);
    this.#byteLength += bytes.length;
    if (this.#byteLength > ATTACHMENT_BYTES_MAX) this.#fail('too-large');
  }

  #fail(why: 'damaged' | 'too-large'): void {
    this.#failed = why;
    this.#parts = [];
    this.#rest = '';
  }
}
