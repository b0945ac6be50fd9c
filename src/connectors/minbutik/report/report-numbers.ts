import { parseLocalDate } from '../../../domain/date.ts';

/** Numbers that are missing between two that are there. */
export type NumberGap = {
  readonly after: string;
  readonly before: string;
  readonly missing: number;
};

/**
 * Finds what is missing in series of report numbers such as `Z-000412`.
 *
 * Numbers that differ in anything but their last digits are of different series. A day as number
 * (`2026-05-02`, which a profile gives to reports without one) is no series: shops close.
 *
 * @param numbers - of one store and register, in any order, also repeated
 * @returns gaps in the order of their series and numbers
 */
export function findNumberGaps(numbers: readonly string[]): readonly NumberGap[] {
  const series = Map.groupBy(
    numbers.flatMap((text) => readNumber(text) ?? []),
    (number) => number.series,
  );
  return [...series.keys()].sort().flatMap((name) => gapsIn(series.get(name) ?? []));
}

type SerialNumber = { readonly text: string; readonly series: string; readonly count: number };

/** Digits that a whole number holds exactly. */
const DIGITS_MAX = 15;

function readNumber(text: string): SerialNumber | null {
  if (parseLocalDate(text) !== null) return null;
  const match = /^(.*?)(\d+)(\D*)$/.exec(text);
  const digits = match?.[2] ?? '';
  if (match === null || digits.length > DIGITS_MAX) return null;
  return { text, series: `${match[1]}#${match[3]}`, count: Number(digits) };
}

function gapsIn(numbers: readonly SerialNumber[]): readonly NumberGap[] {
  const sorted = numbers.toSorted((a, b) => a.count - b.count);
  return sorted.flatMap((number, index) => {
    const next = sorted[index + 1];
    const missing = next === undefined ? 0 : next.count - number.count - 1;
    if (next === undefined || missing <= 0) return [];
    return [{ after: number.text, before: next.text, missing }];
  });
}
