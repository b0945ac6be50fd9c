import type { Finding } from '../domain/document/finding.ts';
import { numbersMissing } from '../domain/document/report-numbers.ts';
import type { Language } from '../domain/posting/words.ts';

/** Where, which day, and what is missing between which numbers. */
type FindingTexts = {
  readonly till: (store: string, register: string | null) => string;
  readonly report: (till: string, day: string) => string;
  readonly gap: (till: string, day: string, numbers: string) => string;
};

const TEXTS: Readonly<Record<Language, FindingTexts>> = {
  sv: {
    till: (store, register) => `butik ${store}${register === null ? '' : ` kassa ${register}`}`,
    report: (till, day) => `${day} ${till}: dagsrapporten saknas.`,
    gap: (till, day, numbers) => `${day} ${till}: ${numbers} saknas före den dagens rapport.`,
  },
  nb: {
    till: (store, register) => `butikk ${store}${register === null ? '' : ` kasse ${register}`}`,
    report: (till, day) => `${day} ${till}: dagsoppgjøret mangler.`,
    gap: (till, day, numbers) => `${day} ${till}: ${numbers} mangler før den dagens oppgjør.`,
  },
  en: {
    till: (store, register) => `store ${store}${register === null ? '' : ` till ${register}`}`,
    report: (till, day) => `${day} ${till}: the day report is missing.`,
    gap: (till, day, numbers) => `${day} ${till}: ${numbers} is missing before that day’s report.`,
  },
};

/** The finding in words, in the reader's language. */
export function describeFinding(finding: Finding, language: Language): string {
  const texts = TEXTS[language];
  const { store, register, day } = finding;
  const till = texts.till(store, register === 'ALL' ? null : register);
  if (finding.kind === 'report-missing') return texts.report(till, day);
  return texts.gap(till, day, numbersMissing(finding));
}
