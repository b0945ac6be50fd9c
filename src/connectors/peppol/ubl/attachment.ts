import type { Place } from '../../../ports/problem.ts';

/** What is asked of the XML parser. */
type Position = { readonly line: number; readonly column: number; readonly position: number };

/**
 * Leads the content of attachments by the XML parser, which would hold all of it: base64 without
 * any markup, of as many megabytes as a scanned paper has.
 *
 * What goes by is looked at for the next `<` and for ends of lines, so that places stay right.
 */
export class AttachmentSkip {
  /** Takes content: what goes by, and what the parser has come to before. */
  readonly #take: (content: string) => void;
  /** The parser holds the beginning of a text that was taken already. */
  #isHeld = false;
  /** Where the attachment's content begins, in characters given to the parser. */
  #from: number | null = null;
  isSkipping = false;
  #lines = 0;
  /** On this line of the parser, columns are so many more. */
  #shifted = { line: 0, columns: 0 };

  constructor(take: (content: string) => void) {
    this.#take = take;
  }

  get isInAttachment(): boolean {
    return this.#from !== null;
  }

  begin(position: number): void {
    this.#from = position;
  }

  end(): void {
    this.#from = null;
    this.isSkipping = false;
    this.#isHeld = false;
  }

  /** Content that the parser tells of. */
  text(content: string): void {
    // Of a text that goes by, the parser tells the beginning at its end.
    if (!this.#isHeld) this.#take(content);
    this.#isHeld = false;
  }

  /** What of a piece the parser has to see. */
  pass(piece: string, parser: Position): string {
    if (!this.isSkipping) return piece;
    const end = piece.indexOf('<');
    const skipped = end === -1 ? piece : piece.slice(0, end);
    this.#note(skipped, parser);
    this.#take(skipped);
    if (end === -1) return '';
    this.isSkipping = false;
    return piece.slice(end);
  }

  /** Begins to skip when the piece that was parsed ends within an attachment's content. */
  look(piece: string, fedBefore: number): void {
    if (this.#from === null || this.isSkipping) return;
    const from = Math.max(0, this.#from - fedBefore);
    this.isSkipping = from > 0 && !piece.includes('<', from);
    if (!this.isSkipping) return;
    this.#isHeld = from < piece.length;
    this.#take(piece.slice(from));
  }

  placeOf({ line, column }: Position): Place {
    const columns = line === this.#shifted.line ? this.#shifted.columns : 0;
    return { line: line + this.#lines, column: Math.max(0, column + columns) };
  }

  #note(skipped: string, { line, column }: Position): void {
    const before = this.#shifted.line === line ? this.#shifted.columns : 0;
    const lastBreak = skipped.lastIndexOf('\n');
    if (lastBreak === -1) {
      this.#shifted = { line, columns: before + skipped.length };
      return;
    }
    this.#lines += skipped.split('\n').length - 1;
    this.#shifted = { line, columns: skipped.length - lastBreak - 1 - column };
  }
}
