import type { Language } from '../domain/posting/words.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';
import type { RefusalTexts } from './refusal-texts.ts';
import { refusalsEn } from './refusals-en.ts';
import { refusalsNb } from './refusals-nb.ts';
import { refusalsSv } from './refusals-sv.ts';
import { readOn, type Surface } from './surface.ts';

const TEXTS: Readonly<Record<Language, RefusalTexts>> = {
  sv: refusalsSv,
  nb: refusalsNb,
  en: refusalsEn,
};

/** The refusal in words, in the reader's language. */
export function describeRefusal(
  refusal: Refusal,
  language: Language,
  surface: Surface = 'terminal',
): string {
  // The table has a function for each code; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<RefusalCode, (r: Refusal) => string>>;
  return readOn(surface, texts[refusal.code](refusal));
}
