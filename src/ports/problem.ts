import type { Problem, ProblemCode, Reading } from './source.ts';

/** Where something stands in a file, counted from 1. Columns count characters, not bytes. */
export type Place = { readonly line: number; readonly column: number };

/** Problems told of one document. Nobody reads more. */
export const PROBLEMS_MAX = 50;

/** What stood there is shown to a person: enough of it to find it, never a page. */
const SHOWN_CHARS = 400;

/** A problem with its place; null when it has none, such as a whole file's. */
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

/** The same problems, told of an entry of an archive: their places are those inside it. */
export function problemsIn(entry: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({
    ...problem,
    facts: { ...problem.facts, entry: shorten(entry) },
  }));
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

/** The start of a text, for a message. A copy, so that it does not hold its file in memory. */
export function shorten(text: string): string {
  const start = Buffer.from(text.slice(0, SHOWN_CHARS)).toString();
  return text.length <= SHOWN_CHARS ? start : `${start}…`;
}
