import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../problem.ts';

/** Control characters, which no text has; and U+FFFD, which damaged UTF-8 turns into. */
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]/;
const CONTROL_OR_DAMAGED = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffd]/;

/** The end-of-file mark of old DOS programs. */
const CTRL_Z = '\x1a';

/** Finds bytes in a row that are no text. */
export class TextCheck {
  readonly #unwanted: RegExp;

  /** @param isDamaged - whether the file holds bytes that its encoding does not allow */
  constructor(isDamaged: boolean) {
    this.#unwanted = isDamaged ? CONTROL_OR_DAMAGED : CONTROL;
  }

  /** @returns null when the row is text */
  check(text: string, line: number): Problem | null {
    const at = text.search(this.#unwanted);
    if (at < 0) return null;
    const code = text.codePointAt(at) ?? 0;
    const found = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return problemAt('not-text', { line, column: at + 1 }, { found });
  }
}

/** Whether a line holds nothing. */
export function isBlank(text: string): boolean {
  return text === '' || text === CTRL_Z || text.trim() === '';
}
