import { present } from '../../lib/assert.ts';
import { encodeCp437 } from '../../lib/cp437.ts';
import { SieChecksumCounter } from './checksum.ts';
import { cite } from './diagnostics.ts';
import type { SieObject } from './model.ts';
import type { SieProblemList } from './problems.ts';
import { LINE_LENGTH_MAX } from './text-blocks.ts';
import { isControl, isWritable, transliterate } from './transliterate.ts';

/** A text that was changed so that the file can hold it. */
export type SieChange = {
  /** Label and key of the record. */
  readonly where: string;
  readonly from: string;
  readonly to: string;
};

/** What becomes of a character that CP437 lacks. */
export type SieCharacters = 'refuse' | 'transliterate';

/** A field, or an object list. */
export type SieField = string | readonly SieObject[];

/** A record to be written. */
type SieLineDraft = {
  /** Upper case, `#` included. */
  readonly label: string;
  /** Names the record in problems and changes, such as `#KONTO 1930`. */
  readonly where: string;
  readonly fields: readonly SieField[];
  /** Fields that are written even when they and all behind them are empty. */
  readonly fieldsMin: number;
};

/** Changes listed. All are made; of more than this a person reads none. */
const CHANGES_MAX = 1000;

/** Programs on Windows expect CRLF, and the standard allows it. */
const LINE_END = '\r\n';

/** Writes records: quotes, escapes, characters, checksum. */
export class SieLineWriter {
  readonly #characters: SieCharacters;
  readonly #problems: SieProblemList;
  readonly #changes: SieChange[] = [];
  #counter: SieChecksumCounter | null = null;
  #changeCount = 0;
  #texts: string[] = [];
  #length = 0;

  constructor(characters: SieCharacters, problems: SieProblemList) {
    this.#characters = characters;
    this.#problems = problems;
  }

  /** The first thousand changes. */
  get changes(): readonly SieChange[] {
    return this.#changes;
  }

  /** How many texts were changed, listed or not. */
  get changeCount(): number {
    return this.#changeCount;
  }

  /** Characters written and not yet taken; each becomes a byte. */
  get length(): number {
    return this.#length;
  }

  /** Begins the sum of the records that follow. */
  beginChecksum(): void {
    this.#put('#KSUMMA');
    this.#counter = new SieChecksumCounter();
  }

  /** Writes the sum. @returns it, unsigned; null when it was never begun. */
  endChecksum(): number | null {
    const sum = this.#counter?.value() ?? null;
    if (sum !== null) this.#put(`#KSUMMA ${sum}`);
    this.#counter = null;
    return sum;
  }

  /** A record of its own line. */
  write({ label, where, fields, fieldsMin }: SieLineDraft): void {
    this.#counter?.add(label);
    let line = label;
    const count = lastFilled(fields, fieldsMin);
    for (let at = 0; at < count; at += 1) {
      const field = fields[at] ?? '';
      line +=
        typeof field === 'string'
          ? ` ${this.#field(field, where)}`
          : ` ${this.#list(field, where)}`;
    }
    if (line.length > LINE_LENGTH_MAX) {
      const message = `the record has ${line.length} characters, at most ${LINE_LENGTH_MAX} fit`;
      this.#problems.add('line-too-long', where, message);
    }
    this.#put(line);
  }

  /** `{` or `}` of a voucher: no part of the checksum. */
  brace(brace: '{' | '}'): void {
    this.#put(brace);
  }

  /** @returns the CP437 bytes written since the last call; none when there are problems. */
  take(): Uint8Array {
    const text = this.#problems.isEmpty ? this.#texts.join('') : '';
    this.#texts = [];
    this.#length = 0;
    return present(encodeCp437(text), 'a text without problems in CP437');
  }

  #put(line: string): void {
    if (!this.#problems.isEmpty) return;
    this.#texts.push(line, LINE_END);
    this.#length += line.length + LINE_END.length;
  }

  #list(objects: readonly SieObject[], where: string): string {
    const parts: string[] = [];
    for (const { dimension, code } of objects) {
      if (dimension === '' || code === '') {
        this.#problems.add('field-missing', where, 'an object has no dimension or no code');
      }
      parts.push(this.#field(dimension, where), this.#field(code, where));
    }
    return `{${parts.join(' ')}}`;
  }

  #field(field: string, where: string): string {
    const text = this.#characters === 'refuse' ? field : readable(field);
    if (text !== field) this.#noteChange({ where, from: field, to: text });
    else if (!isWritable(text)) this.#refuse(text, where);
    this.#counter?.add(text);
    if (!needsQuotes(text)) return text;
    if (text.endsWith('\\')) {
      const message = `${cite(text)} ends in a backslash, which would escape the closing quote`;
      this.#problems.add('trailing-backslash', where, message);
    }
    return `"${text.replaceAll('"', '\\"')}"`;
  }

  #noteChange(change: SieChange): void {
    this.#changeCount += 1;
    if (this.#changes.length < CHANGES_MAX) this.#changes.push(change);
  }

  #refuse(text: string, where: string): void {
    const bad = [...new Set(text)].filter((character) => !isWritable(character));
    const control = bad.filter(isControl);
    const foreign = bad.filter((character) => !isControl(character));
    if (control.length > 0) {
      this.#problems.add(
        'control-character',
        where,
        `${cite(text)} holds ${cite(control.join(''))}`,
      );
    }
    if (foreign.length > 0) {
      const message = `${cite(text)} holds ${cite(foreign.join(''))}, which CP437 has not`;
      this.#problems.add('not-in-cp437', where, message);
    }
  }
}

/** The text in characters that can be written, and without a backslash before its closing quote. */
function readable(field: string): string {
  const text = transliterate(field);
  return needsQuotes(text) && text.endsWith('\\') ? text.replace(/\\+$/, '/') : text;
}

function needsQuotes(text: string): boolean {
  return text === '' || /[ "{}]/.test(text);
}

/** How many fields there are to write: up to the last that is not empty. */
function lastFilled(fields: readonly SieField[], fieldsMin: number): number {
  let count = fields.length;
  while (count > fieldsMin && fields[count - 1] === '') count -= 1;
  return count;
}
