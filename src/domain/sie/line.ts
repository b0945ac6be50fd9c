/**
 * A record taken apart: its label and its fields, in order.
 *
 * An object list `{1 "21"}` stands in `list`; `fields` has an empty string in its place, so that
 * the fields behind it keep their numbers.
 */
export type SieLine = {
  /** As it stands in the file, `#` included. */
  readonly label: string;
  readonly fields: readonly string[];
  /** The parts of the object list; null when there is none. */
  readonly list: readonly string[] | null;
  /** Which field the list is; −1 when there is none. */
  readonly listAt: number;
  /** Bit n is set when field n began with a quote, for the first 31 fields. */
  readonly quoted: number;
  /** What was odd: bits of `FLAW`. */
  readonly flaws: number;
};

/** What can be odd about a line. Bits, since most lines have nothing and some have several. */
export const FLAW = {
  unterminatedQuote: 1,
  strayQuote: 2,
  trailingBackslash: 4,
  controlCharacter: 8,
  listUnclosed: 16,
  listMisplaced: 32,
  closingBrace: 64,
} as const;

const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const DELETE = 127;

const NO_PARTS: readonly string[] = [];

/**
 * Takes lines apart. One object for a whole file: it holds only where it stands in a line.
 *
 * Each character is looked at once, so a line costs what it is long, whatever stands in it. All
 * control characters outside quotes part fields: tabs, the CR before a LF, and the Ctrl-Z with
 * which DOS programs end a file.
 */
export class SieLineLexer {
  #text = '';
  #at = 0;
  #end = 0;
  #flaws = 0;

  /** Reads the record between `start`, where its `#` is, and `end`. */
  read(text: string, start: number, end: number): SieLine {
    this.#text = text;
    this.#at = start;
    this.#end = lastNonBlank(text, start, end);
    this.#flaws = 0;
    const label = this.#bare(false);
    const fields: string[] = [];
    let list: readonly string[] | null = null;
    let listAt = -1;
    let quoted = 0;
    while (this.#skipBlanks()) {
      const code = text.charCodeAt(this.#at);
      if (code === OPEN) {
        const parts = this.#list();
        if (list !== null) this.#flaws |= FLAW.listMisplaced;
        else [list, listAt] = [parts, fields.length];
        fields.push('');
      } else if (code === CLOSE) {
        this.#flaws |= FLAW.closingBrace;
        this.#at += 1;
      } else if (code === QUOTE) {
        if (fields.length < 31) quoted |= 1 << fields.length;
        fields.push(this.#quoted());
      } else fields.push(this.#bare(false));
    }
    return { label, fields, list, listAt, quoted, flaws: this.#flaws };
  }

  /** @returns false at the end of the line. */
  #skipBlanks(): boolean {
    while (this.#at < this.#end && this.#text.charCodeAt(this.#at) <= SPACE) this.#at += 1;
    return this.#at < this.#end;
  }

  /** A field without quotes: up to a blank or a brace. */
  #bare(isInList: boolean): string {
    const from = this.#at;
    while (this.#at < this.#end) {
      const code = this.#text.charCodeAt(this.#at);
      if (code <= SPACE || code === OPEN || (isInList && code === CLOSE)) break;
      if (code === QUOTE) this.#flaws |= FLAW.strayQuote;
      else if (code === DELETE) this.#flaws |= FLAW.controlCharacter;
      this.#at += 1;
    }
    return this.#text.slice(from, this.#at);
  }

  /**
   * A field in quotes. `\"` is the only escape; any other backslash is itself.
   *
   * A quote with text right behind it cannot be the closing one, and is taken as text: editors
   * and code page accidents leave such quotes behind (`"F"rskott till Lind"`).
   */
  #quoted(): string {
    const from = this.#at + 1;
    let hasEscape = false;
    for (this.#at = from; this.#at < this.#end; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        if (this.#closesAt(this.#at + 1)) break;
        this.#flaws |= FLAW.strayQuote;
      } else if (code === BACKSLASH && this.#text.charCodeAt(this.#at + 1) === QUOTE) {
        if (this.#at + 1 < this.#end) this.#at += 1;
        hasEscape = true;
      } else if (code < SPACE || code === DELETE) this.#flaws |= FLAW.controlCharacter;
    }
    if (this.#at >= this.#end) return this.#unterminated(from, hasEscape);
    const raw = this.#text.slice(from, this.#at);
    this.#at += 1;
    return hasEscape ? unescape(raw) : raw;
  }

  /** A field whose closing quote never came: `"C:\DATA\"` as the last field, or a cut text. */
  #unterminated(from: number, hasEscape: boolean): string {
    const raw = this.#text.slice(from, this.#end);
    if (raw.endsWith('\\"')) {
      this.#flaws |= FLAW.trailingBackslash;
      return unescape(raw.slice(0, -1));
    }
    this.#flaws |= FLAW.unterminatedQuote;
    return hasEscape ? unescape(raw) : raw;
  }

  #closesAt(at: number): boolean {
    if (at >= this.#end) return true;
    const code = this.#text.charCodeAt(at);
    return code <= SPACE || code === OPEN || code === CLOSE;
  }

  #list(): readonly string[] {
    this.#at += 1;
    let parts: string[] | null = null;
    while (this.#skipBlanks()) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === CLOSE) {
        this.#at += 1;
        return parts ?? NO_PARTS;
      }
      parts ??= [];
      if (code === QUOTE) parts.push(this.#quoted());
      else if (code !== OPEN) parts.push(this.#bare(true));
      else this.#at += 1;
    }
    this.#flaws |= FLAW.listUnclosed;
    return parts ?? NO_PARTS;
  }
}

function unescape(raw: string): string {
  return raw.replaceAll('\\"', '"');
}

function lastNonBlank(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) <= SPACE) last -= 1;
  return last;
}
