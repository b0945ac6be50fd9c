import type { Language } from '../domain/posting/words.ts';
import type { RunResult } from '../ports/schedules.ts';

type RunTexts = {
  readonly [Kind in RunResult['kind']]: (
    result: Extract<RunResult, { readonly kind: Kind }>,
  ) => string;
};

const TEXTS: Readonly<Record<Language, RunTexts>> = {
  sv: {
    looked: (r) => (r.open === 0 ? 'Ingenting saknas.' : `${r.open} saknas, ${r.fresh} nya.`),
    reconciled: (r) => `${r.from}–${r.to}: ${r.documents} underlag, ${r.differences} skillnader.`,
    failed: (r) => `Det gick inte: ${r.says}`,
  },
  nb: {
    looked: (r) => (r.open === 0 ? 'Ingenting mangler.' : `${r.open} mangler, ${r.fresh} nye.`),
    reconciled: (r) => `${r.from}–${r.to}: ${r.documents} bilag, ${r.differences} forskjeller.`,
    failed: (r) => `Det gikk ikke: ${r.says}`,
  },
  en: {
    looked: (r) => (r.open === 0 ? 'Nothing is missing.' : `${r.open} missing, ${r.fresh} new.`),
    reconciled: (r) => `${r.from}–${r.to}: ${r.documents} documents, ${r.differences} differences.`,
    failed: (r) => `It could not be done: ${r.says}`,
  },
};

/** What a run came to in words, in the reader's language. */
export function describeRun(result: RunResult, language: Language): string {
  // The table has a function for each kind; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<RunResult['kind'], (r: RunResult) => string>>;
  return texts[result.kind](result);
}
