import { NOT_IN_CP437, cp437Byte } from '../../lib/cp437.ts';

/** Stands for a character that has no likeness in CP437. */
const NO_LIKENESS = '?';

/**
 * Characters of Nordic and office texts that CP437 lacks, and what a reader takes them for.
 *
 * `ø` becomes its Swedish counterpart `ö`: the files go to Swedish ledgers. Letters with other
 * marks lose the marks, which needs no table.
 */
const LIKENESS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['‐', '-'],
  ['‑', '-'],
  ['‒', '-'],
  ['–', '-'],
  ['—', '-'],
  ['―', '-'],
  ['−', '-'],
  ['‘', "'"],
  ['’', "'"],
  ['‚', "'"],
  ['‛', "'"],
  ['′', "'"],
  ['´', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['″', '"'],
  ['‹', '<'],
  ['›', '>'],
  ['…', '...'],
  ['•', '·'],
  ['ø', 'ö'],
  ['Ø', 'Ö'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'd'],
  ['Ð', 'D'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['×', 'x'],
  ['§', 'par.'],
  ['©', '(c)'],
  ['®', '(R)'],
  ['\u00ad', ''],
  ['\u200b', ''],
  ['\ufeff', ''],
]);

/** Whether a file can hold the text: every character in CP437, and none of them a control one. */
export function isWritable(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit === 0x7f || cp437Byte(unit) === NOT_IN_CP437) return false;
  }
  return true;
}

/** Whether a character is one that the standard keeps out of texts: 0–31 and 127. */
export function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f;
}

/**
 * A text that a file can hold and that reads alike: `€` becomes `EUR`, `–` becomes `-`, a line
 * break becomes a blank. What has no likeness becomes `?`.
 */
export function transliterate(text: string): string {
  if (isWritable(text)) return text;
  let result = '';
  for (const character of text.normalize('NFC')) {
    if (isWritable(character)) result += character;
    else if (isControl(character)) result += ' ';
    else result += LIKENESS.get(character) ?? withoutMarks(character);
  }
  return result;
}

function withoutMarks(character: string): string {
  const plain = character.normalize('NFKD').replace(/\p{Mark}/gu, '');
  return plain !== '' && isWritable(plain) ? plain : NO_LIKENESS;
}
