/** Every reason why the strict writer refuses, and what it means. Codes are stable. */
export const SIE_PROBLEMS = {
  'type-unknown': 'It is not told what type of file to write.',
  'record-missing': 'A record that the file type must have is missing.',
  'record-not-allowed': 'The file type does not allow the record.',
  'field-missing': 'A mandatory field is empty.',
  'bad-format': 'The format is not PC8, and no other is written.',
  'not-in-cp437': 'A text holds a character that the file cannot hold. Can be transliterated.',
  'control-character': 'A text holds a control character. Can be transliterated.',
  'trailing-backslash': 'A text that needs quotes ends in a backslash. Can be transliterated.',
  'line-too-long': 'A record is longer than any reader need take.',
  'bad-date': 'A date is missing, is no day that exists, or is not written YYYYMMDD.',
  'bad-period': 'A period is no month YYYYMM.',
  'bad-year-index': 'A year is not a whole number between −99 and 99.',
  'year-reversed': 'A financial year ends before it begins.',
  'bad-tax-year': 'The tax year is not four digits.',
  'bad-quantity': 'A quantity is not a decimal.',
  'bad-account-type': 'An account type is not T, S, K or I.',
  'missing-amount': 'An amount is missing, was no amount, or had more than two decimals.',
  'missing-account': 'An account number is empty.',
  'non-numeric-account': 'An account number is not only digits.',
  'account-not-declared': 'An account is used, or has a type, unit or code, but has no name.',
  'duplicate-account': 'An account is declared twice.',
  'unbalanced-voucher': 'The rows of a voucher do not sum to zero.',
  'empty-voucher': 'A voucher has no rows.',
  'voucher-too-long': 'A voucher is longer than the reader keeps.',
  'correction-misplaced': 'An added row is not followed by the same row, or stands nowhere.',
  'duplicate-number': 'A voucher number is taken already in its series and year.',
  'number-order': 'A voucher number is lower than one before it in its series and year.',
  'and-more': 'Further problems were left out of the list.',
} as const;

/** Why the strict writer refuses: stable, documented in `SIE_PROBLEMS`. */
export type SieProblemCode = keyof typeof SIE_PROBLEMS;

/** One thing that must be mended before the file can be written. */
export type SieProblem = {
  readonly code: SieProblemCode;
  /** Label and key of the record, such as `#KONTO 1930` or `#VER A 12`. */
  readonly where: string;
  readonly message: string;
};

/** Enough to mend by. A ledger with more of them has one cause. */
const PROBLEMS_MAX = 1000;

/** A bounded list of problems. */
export class SieProblemList {
  readonly #problems: SieProblem[] = [];
  #left = 0;

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  add(code: SieProblemCode, where: string, message: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push({ code, where, message });
    else this.#left += 1;
  }

  /** All of them, and a last `and-more` when there were too many. */
  list(): readonly SieProblem[] {
    if (this.#left === 0) return this.#problems;
    const more: SieProblem = { code: 'and-more', where: '', message: `and ${this.#left} more` };
    return [...this.#problems, more];
  }
}
