import { parseLocalDate } from '../date.ts';
import type { Document } from './document.ts';

/** Numbers that are missing between two that are there. */
export type NumberGap = {
  readonly after: string;
  readonly before: string;
  readonly missing: number;
};

/** Where a document stands in the numbers of its till. */
export type ReportSerial = {
  readonly store: string;
  readonly register: string;
  readonly number: SerialNumber;
};

/** A number in a series, such as `Z-000412`. */
export type SerialNumber = {
  readonly text: string;
  /** What all numbers of the series share: `Z-#`. */
  readonly series: string;
  readonly count: number;
};

/** The place of a document among its till's numbers; null when it bears none. */
export function serialOf(document: Document): ReportSerial | null {
  if (document.kind === 'day-report') {
    const number = readNumber(document.reportNumber);
    if (number === null) return null;
    return { store: document.storeNumber, register: document.register, number };
  }
  if (document.kind !== 'ready-voucher') return null;
  const [, register = '', text = ''] = /^(?:(.*) )?(\S+)$/.exec(document.number) ?? [];
  const number = readNumber(text);
  return number === null ? null : { store: document.ref.account, register, number };
}

/**
 * Finds what is missing in series of report numbers such as `Z-000412`.
 *
 * Numbers that differ in anything but their last digits are of different series. A day as number
 * (`2026-05-02`, which a profile gives to reports without one) is no series: shops close.
 *
 * @param numbers - of one store and register, in any order, also repeated
 * @returns gaps in the order of their series and numbers
 */
export function findNumberGaps(numbers: Iterable<string>): readonly NumberGap[] {
  const series = new NumberSeries();
  for (const number of numbers) series.add(number);
  return series.gaps();
}

/** The numbers of a gap: `Z-000413`, or `Z-000413–Z-000418`. */
export function numbersMissing({ after, missing }: NumberGap): string {
  const match = NUMBER.exec(after);
  const [, before = '', digits = '', behind = ''] = match ?? [];
  const name = (more: number): string =>
    `${before}${String(Number(digits) + more).padStart(digits.length, '0')}${behind}`;
  return missing === 1 ? name(1) : `${name(1)}–${name(missing)}`;
}

/** Numbers that follow each other without a gap. */
type Run = { readonly from: SerialNumber; to: SerialNumber };

/** Report numbers of one register, kept as runs: a year without a gap is one of them. */
export class NumberSeries {
  readonly #runs = new Map<string, Run[]>();

  add(text: string): void {
    const number = readNumber(text);
    if (number === null) return;
    const runs = this.#runs.get(number.series) ?? [];
    this.#runs.set(number.series, runs);
    const last = runs.at(-1);
    if (last !== undefined && last.to.count + 1 === number.count) last.to = number;
    else runs.push({ from: number, to: number });
  }

  gaps(): readonly NumberGap[] {
    return [...this.#runs.keys()].sort().flatMap((name) => gapsIn(this.#runs.get(name) ?? []));
  }
}

/** Digits that a whole number holds exactly. */
const DIGITS_MAX = 15;

const NUMBER = /^(.*?)(\d+)(\D*)$/;

function readNumber(text: string): SerialNumber | null {
  if (parseLocalDate(text) !== null) return null;
  const match = NUMBER.exec(text);
  const digits = match?.[2] ?? '';
  if (match === null || digits.length > DIGITS_MAX) return null;
  return { text, series: `${match[1]}#${match[3]}`, count: Number(digits) };
}

function gapsIn(runs: readonly Run[]): readonly NumberGap[] {
  const gaps: NumberGap[] = [];
  let reached: SerialNumber | null = null;
  for (const { from, to } of runs.toSorted((a, b) => a.from.count - b.from.count)) {
    const missing = reached === null ? 0 : from.count - reached.count - 1;
    if (reached !== null && missing > 0) {
      gaps.push({ after: reached.text, before: from.text, missing });
    }
    if (reached === null || to.count > reached.count) reached = to;
  }
  return gaps;
}
