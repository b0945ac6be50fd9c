import { ownText } from './own-text.ts';

/**
 * How bad it is.
 *
 * - `error`: something that booking depends on is missing, contradicts itself or was dropped.
 * - `warning`: the standard is broken, but what was meant could be read.
 * - `info`: worth knowing; nothing is wrong with the figures.
 */
type SieLevel = 'error' | 'warning' | 'info';

/** Every code, its level, and what it says. Codes are stable: scripts and people rely on them. */
export const SIE_DIAGNOSTICS = {
  // The file as a whole.
  'not-sie': ['error', 'Nothing in the file is a SIE 1–4 record.'],
  'sie-5': ['error', 'The file is SIE 5 (XML), which this reader does not read.'],
  'encoding-not-pc8': ['info', 'The bytes are UTF-8 or Latin-1; the standard says CP437.'],
  'encoding-mixed': ['warning', 'A line is not in the encoding of the rest of the file.'],
  'check-limited': ['info', 'The file holds more than a check keeps in mind: it was cut short.'],
  'damaged-text': ['warning', 'Letters were lost (U+FFFD) when the file was converted before.'],
  // Lines and fields.
  'line-too-long': ['error', 'The line is longer than any record can be, and was skipped.'],
  'not-a-record': ['warning', 'The line is no record, no brace and not blank.'],
  'unknown-label': ['info', 'The label is not in the standard; its records are skipped.'],
  'label-case': ['info', 'The label is not in upper case.'],
  'unterminated-quote': ['warning', 'A quoted field has no closing quote.'],
  'trailing-backslash': ['info', 'The last field ends in `\\"`: read as a backslash and the end.'],
  'stray-quote': ['warning', 'A quote stands inside a field without a backslash before it.'],
  'control-character': ['warning', 'A field holds a control character.'],
  'list-unclosed': ['warning', 'An object list has no closing brace.'],
  'list-odd': ['warning', 'An object list holds a dimension without an object.'],
  'list-missing': ['warning', 'The record has no object list; `{}` is mandatory.'],
  'list-misplaced': ['warning', 'An object list stands where none belongs.'],
  'fields-swapped': ['warning', "Two fields stand in each other's place."],
  'missing-field': ['warning', 'A field that the record must have is missing or empty.'],
  'extra-fields': ['info', 'The record has more fields than the standard gives it.'],
  'unquoted-text': ['info', 'A text of several words has no quotes; they were read as one text.'],
  // Values.
  'bad-amount': ['error', 'The text is not an amount.'],
  'missing-amount': ['error', 'There is no amount.'],
  'amount-decimals': ['error', 'The amount has more than two decimals.'],
  'number-form': ['warning', 'A number is not in the form of the standard, but can be read.'],
  'bad-quantity': ['warning', 'The text is not a quantity.'],
  'missing-voucher-date': ['error', 'The voucher has no date.'],
  'bad-voucher-date': ['error', 'The date of the voucher is no day that exists.'],
  'bad-date': ['warning', 'A date is no day that exists.'],
  'date-form': ['warning', 'A date is written YYYY-MM-DD and not YYYYMMDD.'],
  'bad-period': ['warning', 'The period is no month YYYYMM.'],
  'bad-year-index': ['error', 'The year is not 0, −1, …; the record was skipped.'],
  'year-reversed': ['warning', 'A financial year ends before it begins; it was not used.'],
  'years-apart': ['info', 'A financial year does not end the day before the next begins.'],
  'bad-tax-year': ['warning', 'The tax year is not four digits.'],
  'bad-flag': ['warning', '#FLAGGA is neither 0 nor 1.'],
  'already-imported': ['info', '#FLAGGA 1: some program has imported the file already.'],
  'bad-type': ['error', '#SIETYP is not 1, 2, 3 or 4.'],
  'org-number-form': ['info', 'The organisation number is not nnnnnn-nnnn.'],
  'missing-account': ['error', 'The account number is empty.'],
  'non-numeric-account': ['warning', 'The account number is not only digits.'],
  'bad-account-type': ['warning', '#KTYP is not T, S, K or I.'],
  // Records and their order.
  'missing-record': ['warning', 'A record that the file type must have is not there.'],
  'missing-company-name': ['error', '#FNAMN is not there or is empty.'],
  'record-not-allowed': ['warning', 'The file type does not allow the record.'],
  'record-order': ['warning', 'A record stands after records that belong below it.'],
  'duplicate-record': ['warning', 'A record that belongs once stands twice; the last one counts.'],
  'account-not-declared': ['warning', 'An account is used but has no #KONTO.'],
  'account-undeclared-import': ['info', 'Accounts of a 4I file have no #KONTO; none is required.'],
  'dimension-not-declared': ['info', 'A dimension is used but has no #DIM and is not reserved.'],
  'object-not-declared': ['info', 'An object is used but has no #OBJEKT.'],
  // Vouchers.
  'unbalanced-voucher': ['error', 'The rows of the voucher do not sum to zero.'],
  'empty-voucher': ['warning', 'The voucher has no rows.'],
  'voucher-unclosed': ['error', 'The voucher has no closing brace.'],
  'braces-missing': ['warning', 'The rows of the voucher stand without braces.'],
  'stray-brace': ['warning', 'A brace belongs to no voucher.'],
  'row-outside-voucher': ['error', 'A row belongs to no voucher, and was skipped.'],
  'record-inside-voucher': ['warning', 'A record that is no row stands inside a voucher.'],
  'voucher-too-long': [
    'error',
    'The voucher is longer than is kept; the rest of its rows were dropped.',
  ],
  'added-row-alone': ['info', 'An #RTRANS is not followed by the same #TRANS.'],
  'duplicate-number': ['warning', 'The number is taken already in its series and year.'],
  'number-order': ['warning', 'The number is lower than one before it in its series and year.'],
  'date-outside-years': ['info', 'The date is in none of the financial years of the file.'],
  // Sums.
  'closing-differs': ['warning', '#UB is not #IB and the vouchers of the year.'],
  'result-differs': ['warning', '#RES is not the sum of the vouchers of the year.'],
  'balances-not-zero': ['info', '#UB and #RES of the year do not sum to zero.'],
  'checksum-differs': ['error', '#KSUMMA does not fit the records: the file was changed.'],
  'checksum-unfinished': ['error', '#KSUMMA was begun but not ended: the file is cut short.'],
  'checksum-misplaced': ['warning', 'A #KSUMMA value stands where no sum was begun.'],
  // Lists of diagnostics.
  'and-more': ['info', 'Further diagnostics were left out of the list.'],
} as const satisfies Record<string, readonly [SieLevel, string]>;

/** What is wrong or worth knowing: stable, documented in `SIE_DIAGNOSTICS`. */
export type SieDiagnosticCode = keyof typeof SIE_DIAGNOSTICS;

/** Something that a reader of the file should know. */
export type SieDiagnostic = {
  /** Counted from 1. 0 when it is about the whole file. */
  readonly line: number;
  readonly level: SieLevel;
  readonly code: SieDiagnosticCode;
  readonly message: string;
};

/** Where the parts of the reader send what they find. */
export type SieReport = (line: number, code: SieDiagnosticCode, message: string) => void;

/** Per code, so that a fault of the writing program on every line hides nothing else. */
const KEPT_PER_CODE_MAX = 100;

/** Text of the file in a message is cut here: a message is a line on a screen. */
const QUOTED_LENGTH_MAX = 60;

/** A diagnostic with the level of its code. */
export function diagnose(line: number, code: SieDiagnosticCode, message: string): SieDiagnostic {
  return { line, level: SIE_DIAGNOSTICS[code][0], code, message };
}

/** Text of the file, short and in quotes, for a message. */
export function cite(text: string): string {
  const short = text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text;
  return JSON.stringify(short);
}

/** A bounded list: the first hundred of each code, in the order of the lines. */
export class SieDiagnosticList {
  readonly #kept: SieDiagnostic[] = [];
  readonly #counts = new Map<SieDiagnosticCode, number>();
  #left = 0;

  add(diagnostic: SieDiagnostic): void {
    const count = this.#counts.get(diagnostic.code) ?? 0;
    this.#counts.set(diagnostic.code, count + 1);
    if (count >= KEPT_PER_CODE_MAX) this.#left += 1;
    else this.#kept.push({ ...diagnostic, message: ownText(diagnostic.message) });
  }

  /** What was kept, and a last `and-more` when something was not. */
  list(): SieDiagnostic[] {
    const all = this.#kept.toSorted((a, b) => a.line - b.line);
    if (this.#left > 0) all.push(diagnose(0, 'and-more', `and ${this.#left} more`));
    return all;
  }
}
