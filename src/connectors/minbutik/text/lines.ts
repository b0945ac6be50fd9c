import { LINE_CHARS_MAX } from '../limits.ts';

/** A line of a text, without its end. */
export type Line = {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** Whether a line break followed. The last line of a file that was cut off lacks one. */
  readonly ended: boolean;
  /** Whether the line reached `LINE_CHARS_MAX` and `text` is only its start. */
  readonly tooLong: boolean;
};

/** Cuts text into lines, in batches as the pieces come. CRLF, LF and CR end a line, also mixed. */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  const cutter = new LineCutter();
  for await (const piece of pieces) yield cutter.cut(piece);
  yield cutter.end();
}

/** The whole lines at the start of a text. */
export function linesOf(text: string): readonly Line[] {
  const cutter = new LineCutter();
  return [...cutter.cut(text), ...cutter.end()];
}

/** Keeps what is left of a piece until the line's end comes in a later one. */
class LineCutter {
  #tail = '';
  #tailTooLong = false;
  #endsInReturn = false;
  #number = 0;

  cut(piece: string): Line[] {
    const text = this.#withPlainBreaks(piece);
    const lines: Line[] = [];
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.#addToTail(text.slice(from, to));
      lines.push(this.#take(true));
      from = to + 1;
    }
    if (from < text.length) this.#addToTail(text.slice(from));
    return lines;
  }

  end(): Line[] {
    if (this.#endsInReturn) return [this.#take(true)];
    return this.#tail === '' ? [] : [this.#take(false)];
  }

  /** A CR at the end of a piece waits: the next piece may begin with its LF. */
  #withPlainBreaks(piece: string): string {
    const text = this.#endsInReturn ? `\r${piece}` : piece;
    this.#endsInReturn = text.endsWith('\r');
    const whole = this.#endsInReturn ? text.slice(0, -1) : text;
    return whole.includes('\r') ? whole.replaceAll(/\r\n?/g, '\n') : whole;
  }

  #addToTail(text: string): void {
    const longer = this.#tail === '' ? text : this.#tail + text;
    this.#tailTooLong = longer.length >= LINE_CHARS_MAX;
    this.#tail = this.#tailTooLong ? longer.slice(0, LINE_CHARS_MAX) : longer;
  }

  #take(ended: boolean): Line {
    this.#number += 1;
    const line = { text: this.#tail, number: this.#number, ended, tooLong: this.#tailTooLong };
    this.#tail = '';
    this.#tailTooLong = false;
    return line;
  }
}
