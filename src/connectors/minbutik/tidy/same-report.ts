import { columnOfField } from '../../../lib/csv-fields.ts';
import type { Identity } from '../report/identity.ts';
import type { Line } from '../text/lines.ts';
import type { TidyHeader } from './header.ts';

/**
 * Tells by its text alone that a row is of the same report as one before it.
 *
 * Most rows are, and need then not be cut into fields to be held. Only for files with the usual
 * order of columns: a letter first, the four fields of the identity behind it.
 */
export class SameReport {
  readonly #header: TidyHeader;
  readonly #isUsual: boolean;
  /** From the delimiter behind the record letter to the one behind the report number. */
  #span = '';
  #identity: Identity | null = null;

  constructor(header: TidyHeader) {
    const { at } = header;
    this.#header = header;
    this.#isUsual =
      at.record === 0 &&
      at.store_no === 1 &&
      at.business_date === 2 &&
      at.register === 3 &&
      at.report_no === 4;
  }

  remember(text: string, identity: Identity): void {
    const { style } = this.#header;
    const isPlain = !text.includes(style.quote) && text[1] === style.delimiter;
    this.#identity = this.#isUsual && isPlain ? identity : null;
    this.#span = this.#identity === null ? '' : text.slice(1, columnOfField(text, 5, style) - 1);
  }

  /** @returns null when the row has to be looked at more closely */
  identityOf({ text, ended, tooLong }: Line): Identity | null {
    const isSame = ended && !tooLong && this.#identity !== null && text.startsWith(this.#span, 1);
    return isSame && !text.includes(this.#header.style.quote) ? this.#identity : null;
  }
}
