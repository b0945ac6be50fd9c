import { cite } from './diagnostics.ts';
import type { SieDiagnosticCode } from './diagnostics.ts';
import { NumberRanges } from './number-ranges.ts';
import { KEY_LENGTH_MAX, ownText } from './own-text.ts';

/** Series and years whose numbers are kept in mind. Companies have ten or twenty. */
const SERIES_MAX = 200;

/** What was found about a voucher's number, or null. */
type NumberFinding = { readonly code: SieDiagnosticCode; readonly message: string } | null;

/**
 * Finds numbers that are taken already or that go backwards.
 *
 * A number belongs to its series and financial year: files of several years count from 1 in each.
 * Numbers that are not digits, and vouchers left for the importer to number, are not checked.
 */
export class SieNumberCheck {
  readonly #series = new Map<string, NumberRanges>();
  #isLimited = false;

  add(series: string, number: string, yearIndex: number | null): NumberFinding {
    if (!/^\d{1,15}$/.test(number)) return null;
    const ranges = this.#ranges(`${yearIndex ?? ''} ${series}`);
    const order = ranges === null ? 'not-remembered' : ranges.add(Number(number));
    if (order === 'ascending') return null;
    const which = `number ${number} of series ${cite(series)}`;
    if (order === 'taken') return { code: 'duplicate-number', message: `${which} is taken` };
    if (order === 'lower') {
      return { code: 'number-order', message: `${which} is lower than one before it` };
    }
    if (this.#isLimited) return null;
    this.#isLimited = true;
    return { code: 'check-limited', message: 'too many series or gaps to check all numbers' };
  }

  /** @returns null when no more series are kept in mind. */
  #ranges(key: string): NumberRanges | null {
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.#series.size >= SERIES_MAX || key.length > KEY_LENGTH_MAX) return null;
    const ranges = new NumberRanges();
    this.#series.set(ownText(key), ranges);
    return ranges;
  }
}
