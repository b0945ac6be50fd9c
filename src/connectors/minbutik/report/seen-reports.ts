import { NumberSeries } from '../../../domain/document/report-numbers.ts';
import type { Currency } from '../../../domain/money.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { GAP_NOTICES_MAX, REPORTS_PER_FILE_MAX, SERIES_MAX } from '../limits.ts';
import { boundProblems, problemAt, rejected } from '../../../ports/problem.ts';
import { printOf, readingOf, type Draft } from './draft.ts';
import { unreadableId } from './identity.ts';
import { PrintIndex, type Remembered } from '../../../lib/print-index.ts';

/** The reports a file has given so far, so that none is given twice or in two versions. */
export class SeenReports {
  readonly #currency: Currency;
  readonly #seen = new PrintIndex();
  readonly #numbers = new Map<string, SeriesOfRegister>();
  #repeated = 0;

  constructor(currency: Currency) {
    this.#currency = currency;
  }

  /** Reports that stood in the file again, word for word. */
  get repeated(): number {
    return this.#repeated;
  }

  /**
   * @returns the draft's reading; null when the file has already given the same; an unreadable
   *   one when the file has given another version, which takes back the first
   */
  add(draft: Draft): Reading | null {
    const id = unreadableId(draft.identity, draft.firstLine);
    const reading = readingOf(draft, this.#currency);
    const print = printOf(reading);
    const earlier = this.#seen.find(id);
    if (earlier === null) {
      if (this.#seen.size >= REPORTS_PER_FILE_MAX) return tooManyReports(draft);
      this.#seen.remember(id, { print, firstLine: draft.firstLine, lastLine: draft.lastLine });
      this.#remember(draft);
      return reading;
    }
    if (print !== null && print === earlier.print) {
      this.#repeated += 1;
      return null;
    }
    const problems = reading.kind === 'unreadable' ? reading.problems : [];
    const conflict = conflictOf(id, draft, earlier);
    return { kind: 'unreadable', id, problems: boundProblems([conflict, ...problems]) };
  }

  /** A notice for each number that is missing between two that the file holds. */
  gaps(): readonly Reading[] {
    const notices = [...this.#numbers.values()].flatMap(({ store, register, numbers }) =>
      numbers.gaps().map((gap): Reading => ({
        kind: 'notice',
        notice: { code: 'report-number-gap', store, register, ...gap },
      })),
    );
    return notices.slice(0, GAP_NOTICES_MAX);
  }

  #remember({ identity }: Draft): void {
    if (identity.broken.length > 0) return;
    const { storeNumber: store, register, reportNumber } = identity;
    const key = `${store}\n${register}`;
    const before = this.#numbers.get(key);
    if (before === undefined && this.#numbers.size >= SERIES_MAX) return;
    const known = before ?? { store, register, numbers: new NumberSeries() };
    known.numbers.add(reportNumber);
    this.#numbers.set(key, known);
  }
}

type SeriesOfRegister = {
  readonly store: string;
  readonly register: string;
  readonly numbers: NumberSeries;
};

function conflictOf(id: string, draft: Draft, earlier: Remembered): Problem {
  const found = `${draft.firstLine}–${draft.lastLine}`;
  const expected = `${earlier.firstLine}–${earlier.lastLine}`;
  const place = { line: draft.firstLine, column: 1 };
  return problemAt('identity-differs', place, { field: id, found, expected });
}

function tooManyReports(draft: Draft): Reading {
  const limit = String(REPORTS_PER_FILE_MAX);
  const place = { line: draft.firstLine, column: 1 };
  return rejected(problemAt('over-limit', place, { what: 'reports in a file', limit }));
}
