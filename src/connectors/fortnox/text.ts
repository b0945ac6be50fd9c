/**
 * Fortnox refuses a text with any other character than these (error 2000359): letters, digits and
 * a list of signs. The list is its documentation's.
 */
const REFUSED = /[^\p{L}\d –:.`´’,;^¤#%§£$€¢¥©™°&/()=+\-*_\\!?²³®½@\u00a0\u0308\u030a\n\r]/gu;

/** What stands for the signs that texts often hold and Fortnox refuses. */
const INSTEAD: Readonly<Record<string, string>> = {
  '<': '(',
  '>': ')',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '"': '’',
  "'": '’',
  '“': '’',
  '”': '’',
  '‘': '’',
  '|': '/',
  '~': '-',
  '—': '–',
  '·': '-',
  '\t': ' ',
};

/** A text as it can be sent, and whether something was cut off its end. */
export type FittedText = { readonly text: string; readonly isCut: boolean };

/**
 * Makes a text fit a field: refused signs are replaced, and what is too long ends in `...`.
 *
 * Letters are composed first: of the marks that stand beside their letter only two are taken.
 */
export function fitText(text: string, longest: number): FittedText {
  const composed = text.normalize('NFC');
  const clean = composed.replace(REFUSED, (sign) => INSTEAD[sign] ?? '').trim();
  if (clean.length <= longest) return { text: clean, isCut: false };
  // Half of a letter that takes two units of UTF-16 is no letter.
  const start = clean.slice(0, longest - 3).replace(/[\ud800-\udbff]$/, '');
  return { text: `${start.trimEnd()}...`, isCut: true };
}
