/** A value of a JSON file: of an array that is the whole file, or the only one. */
export type JsonValue = {
  /** Its text, as it stands in the file. */
  readonly text: string;
  /** Where it begins, counted from 1; columns count bytes. */
  readonly line: number;
  readonly column: number;
};

/** What a single value may be. */
export type JsonLimits = { readonly bytesMax: number; readonly depthMax: number };

/** A value, or why the file cannot be read any further. */
export type JsonItem =
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** Not `{` or `[` at its beginning. */
  | { readonly kind: 'not-json'; readonly found: string }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'too-large' | 'too-deep'; readonly limit: number }
  /** Something stands between values, or behind the last one. */
  | {
      readonly kind: 'stray';
      readonly found: string;
      readonly line: number;
      readonly column: number;
    };

const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const NEWLINE = 0x0a;
const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN, CLOSE, LIST_OPEN, LIST_CLOSE] = [0x7b, 0x7d, 0x5b, 0x5d];
/** An order with a few lines is some four kilobytes. */
const HELD_BYTES = 16_384;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * The objects of a JSON file one by one: of an array, or the single one that the file is.
 *
 * Only where each begins and ends is looked at, so that a file of any length takes the memory of
 * one object; whether it is JSON inside is for `JSON.parse` to say.
 */
export async function* readJsonValues(
  bytes: AsyncIterable<Uint8Array>,
  limits: JsonLimits,
): AsyncGenerator<JsonItem> {
  const scan = new Scan(limits);
  for await (const chunk of bytes) {
    for (const byte of chunk) {
      const item = scan.take(byte);
      if (item === null) continue;
      yield item;
      if (item.kind !== 'value') return;
    }
  }
  const end = scan.end();
  if (end !== null) yield end;
}

/** Where in the file the scan is: before it, in its array, in an object, behind everything. */
type Place = 'before' | 'in-list' | 'after-value' | 'in-object' | 'behind';

class Scan {
  #place: Place = 'before';
  #isList = false;
  #count = 0;
  #line = 1;
  #column = 0;
  /** The object so far; grows by doubling. */
  #held = Buffer.alloc(HELD_BYTES);
  #length = 0;
  #start = { line: 1, column: 1 };
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  readonly #limits: JsonLimits;

  constructor(limits: JsonLimits) {
    this.#limits = limits;
  }

  /** The next byte. @returns what ends with it; null while nothing does */
  take(byte: number): JsonItem | null {
    this.#count += 1;
    if (this.#count <= 3 && byte === BYTE_ORDER_MARK[this.#count - 1]) return null;
    this.#column += 1;
    const item = this.#place === 'in-object' ? this.#inside(byte) : this.#between(byte);
    if (byte === NEWLINE) {
      this.#line += 1;
      this.#column = 0;
    }
    return item;
  }

  /** The end of the file. @returns null when that is where it should be */
  end(): JsonItem | null {
    if (this.#place === 'behind') return null;
    if (this.#place === 'before') return { kind: 'not-json', found: '' };
    return { kind: 'truncated' };
  }

  #between(byte: number): JsonItem | null {
    if (SPACE.has(byte)) return null;
    const place = this.#place;
    if (byte === LIST_OPEN && place === 'before') {
      this.#isList = true;
      this.#place = 'in-list';
      return null;
    }
    if (byte === OPEN && (place === 'before' || place === 'in-list')) {
      this.#place = 'in-object';
      this.#start = { line: this.#line, column: this.#column };
      return this.#inside(byte);
    }
    if (byte === COMMA && place === 'after-value') {
      this.#place = 'in-list';
      return null;
    }
    if (byte === LIST_CLOSE && (place === 'after-value' || place === 'in-list')) {
      this.#place = 'behind';
      return null;
    }
    const found = String.fromCharCode(byte);
    if (place === 'before') return { kind: 'not-json', found };
    return { kind: 'stray', found, line: this.#line, column: this.#column };
  }

  #inside(byte: number): JsonItem | null {
    if (this.#length === this.#held.length) {
      this.#held = Buffer.concat([this.#held], this.#held.length * 2);
    }
    this.#held[this.#length] = byte;
    this.#length += 1;
    const { bytesMax, depthMax } = this.#limits;
    if (this.#length > bytesMax) return { kind: 'too-large', limit: bytesMax };
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#isText = false;
      return null;
    }
    if (byte === QUOTE) this.#isText = true;
    if (byte === OPEN || byte === LIST_OPEN) this.#depth += 1;
    if (this.#depth > depthMax) return { kind: 'too-deep', limit: depthMax };
    if (byte === CLOSE || byte === LIST_CLOSE) this.#depth -= 1;
    if (this.#depth > 0) return null;
    const text = this.#held.toString('utf8', 0, this.#length);
    this.#length = 0;
    this.#place = this.#isList ? 'after-value' : 'behind';
    return { kind: 'value', value: { text, ...this.#start } };
  }
}
