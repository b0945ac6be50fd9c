import type { Language } from '../domain/posting/words.ts';
import type { Nobodys } from '../ports/ownership.ts';
import { describeProblem } from './problems.ts';

type NobodysTexts = {
  readonly unknown: string;
  readonly unread: (why: string) => string;
  readonly unclaimed: (stores: string) => string;
  readonly several: (stores: string) => string;
};

const TEXTS: Readonly<Record<Language, NobodysTexts>> = {
  sv: {
    unknown: 'Inget system och ingen profil känner igen filen.',
    unread: (why) => `Filen går inte att läsa. ${why}`,
    unclaimed: (stores) => `Ingen anslutning har butik ${stores}.`,
    several: (stores) =>
      `Filen kan vara flera butikers: ${stores}. Dela den, eller lämna den i rätt anslutning.`,
  },
  nb: {
    unknown: 'Ingen systemer og ingen profil kjenner filen.',
    unread: (why) => `Filen kan ikke leses. ${why}`,
    unclaimed: (stores) => `Ingen tilkobling har butikk ${stores}.`,
    several: (stores) =>
      `Filen kan være flere butikkers: ${stores}. Del den, eller gi den til riktig tilkobling.`,
  },
  en: {
    unknown: 'No system and no profile knows this file.',
    unread: (why) => `It cannot be read. ${why}`,
    unclaimed: (stores) => `No connection has store ${stores}.`,
    several: (stores) =>
      `It may be of several stores: ${stores}. Split it, or give it to its connection.`,
  },
};

/** Why a file is nobody's in words, in the reader's language. */
export function describeNobodys(why: Nobodys, language: Language): string {
  const texts = TEXTS[language];
  switch (why.kind) {
    case 'unknown':
      return texts.unknown;
    case 'unread':
      return texts.unread(why.problems.map((one) => describeProblem(one, language)).join(' '));
    case 'unclaimed':
      return texts.unclaimed(why.accounts.join(', '));
    case 'several':
      return texts.several(why.accounts.join(', '));
  }
}
