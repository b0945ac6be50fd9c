import type { Problem, ProblemCode, Reading } from '../../ports/source.ts';
import { PROBLEMS_MAX } from './limits.ts';

/** Where something stands in a file, counted from 1. */
export type Place = { readonly line: number; readonly column: number };

const SHOWN_CHARS = 200;

/** A problem with its place; null when it has none. */
export function problemAt(
  code: ProblemCode,
  place: Place | null,
  facts: Readonly<Record<string, string>> = {},
): Problem {
  const shown = Object.entries(facts).map(([name, text]) => [name, shorten(text)]);
  return {
    code,
    line: place?.line ?? null,
    column: place?.column ?? null,
    facts: Object.fromEntries(shown),
  };
}

/** The first problems, and how many more there were. */
export function boundProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= PROBLEMS_MAX) return problems;
  const more = String(problems.length - PROBLEMS_MAX);
  return [...problems.slice(0, PROBLEMS_MAX), problemAt('too-many-problems', null, { more })];
}

/** The last reading of a file that cannot be trusted as a whole. */
export function rejected(...problems: readonly Problem[]): Reading {
  return { kind: 'rejected', problems: boundProblems(problems) };
}

function shorten(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}
