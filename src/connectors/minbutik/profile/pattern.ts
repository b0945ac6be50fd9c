import { PATTERN_CHARS_MAX, PATTERN_INPUT_MAX, PATTERN_REPEATS_MAX } from '../limits.ts';

/** A regular expression out of a profile, safe to try on any text. */
export type Pattern = {
  readonly source: string;
  test(text: string): boolean;
  replace(text: string, by: string): string;
};

/** A pattern, or what is wrong with it. */
export type PatternOutcome = { readonly pattern: Pattern } | { readonly fault: string };

/**
 * Reads `/Kort$/i`, or an expression without slashes. Flags are `i` and `u`.
 *
 * Backtracking can take longer than the universe is old. So what makes it do so is refused:
 * repeated groups that hold a repeat or an alternative, back references, lookaround, and more than
 * three open repeats in one pattern; and only the first characters of a text are looked at.
 */
export function readPattern(text: string): PatternOutcome {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(text);
  const source = slashed?.[1] ?? text;
  const flags = slashed?.[2] ?? '';
  if (source.length > PATTERN_CHARS_MAX) return { fault: `longer than ${PATTERN_CHARS_MAX}` };
  if (!/^[iu]*$/.test(flags)) return { fault: `flags "${flags}": only i and u are known` };
  const fault = findFault(source);
  if (fault !== null) return { fault };
  const regexp = compile(source, flags);
  if (regexp === null) return { fault: 'not a regular expression' };
  return {
    pattern: {
      source: text,
      test: (input) => regexp.test(input.slice(0, PATTERN_INPUT_MAX)),
      replace: (input, by) => input.slice(0, PATTERN_INPUT_MAX).replace(regexp, by),
    },
  };
}

/** Whether a text is written as a pattern and not as itself. */
export function isSlashed(text: string): boolean {
  return /^\/.+\/[a-z]*$/s.test(text);
}

function compile(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

/** A group that is open while a pattern is gone through. */
type OpenGroup = { holdsRepeat: boolean; holdsChoice: boolean };

/** Pieces of a pattern: escapes, classes, group openings, repeats, and all else by the letter. */
const PIECES = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]?)?|\{\d+,?\d*\}|[\s\S]/gu;

/** @returns what may make a pattern slow; null when nothing does */
function findFault(source: string): string | null {
  const groups: OpenGroup[] = [{ holdsRepeat: false, holdsChoice: false }];
  let closed: OpenGroup | null = null;
  let repeats = 0;
  for (const [piece] of source.matchAll(PIECES)) {
    const inner = closed;
    closed = null;
    const group = groups.at(-1);
    if (group === undefined) return 'a ) too many';
    if (/^\\[1-9k]/.test(piece)) return 'back references are not allowed';
    if (piece.startsWith('(?') && piece !== '(?:') return 'only plain groups are allowed';
    if (piece.startsWith('(')) groups.push({ holdsRepeat: false, holdsChoice: false });
    else if (piece === ')') closed = groups.pop() ?? null;
    else if (piece === '|') group.holdsChoice = true;
    else if (isRepeat(piece)) {
      if (inner !== null && (inner.holdsRepeat || inner.holdsChoice)) {
        return 'a repeated group must hold neither a repeat nor an alternative';
      }
      repeats += 1;
      for (const open of groups) open.holdsRepeat = true;
    }
  }
  if (groups.length !== 1) return 'a ) too few';
  return repeats > PATTERN_REPEATS_MAX ? `more than ${PATTERN_REPEATS_MAX} repeats` : null;
}

/** `?` and `{3}` try a bounded number of ways and are not counted. */
function isRepeat(piece: string): boolean {
  if (piece === '*' || piece === '+') return true;
  const counted = /^\{(\d+)(,?)(\d*)\}$/.exec(piece);
  if (counted === null) return false;
  const [, least = '', comma = '', most = ''] = counted;
  return comma === '' ? Number(least) > REPEATS_FEW : most === '' || Number(most) > REPEATS_FEW;
}

const REPEATS_FEW = 10;
