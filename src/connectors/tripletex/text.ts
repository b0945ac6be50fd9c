import type { Notice } from '../../domain/refusal.ts';

/** Control characters, line ends and marks that turn the writing direction. */
const UNSHOWN = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** A text as it can be sent, and whether something was cut off its end. */
export type FittedText = { readonly text: string; readonly isCut: boolean };

/**
 * Makes a text fit a field: what cannot be shown becomes a blank, and what is too long ends in
 * `...`. No refused sign is documented.
 */
export function fitText(text: string, longest: number): FittedText {
  const clean = text.normalize('NFC').toWellFormed().replace(UNSHOWN, ' ').trim();
  if (clean.length <= longest) return { text: clean, isCut: false };
  // Half of a letter that takes two units of UTF-16 is no letter.
  const start = clean.slice(0, longest - 3).replace(/[\ud800-\udbff]$/, '');
  return { text: `${start.trimEnd()}...`, isCut: true };
}

/** No lengths are documented; what lists and printed orders show is shorter still. */
export const TEXT_MAX = 255;

/** Fits texts, and remembers what was cut off. */
export class Fit {
  readonly notices: Notice[] = [];

  to(text: string): string {
    const fitted = fitText(text, TEXT_MAX);
    if (fitted.isCut) this.notices.push({ code: 'text-shortened', from: text, to: fitted.text });
    return fitted.text;
  }
}
