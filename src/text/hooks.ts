import type { Language } from '../domain/posting/words.ts';
import type { PickupTrouble } from '../ports/pickup.ts';
import type { HealthItem } from '../ports/target.ts';
import { describeTrouble } from './pickups.ts';

/** How the messages of a system go, as far as it is told of. */
type HookStanding = {
  readonly heard: number;
  readonly forged: number;
  readonly heardAtMs: number | null;
  readonly trouble: PickupTrouble | null;
  readonly mended: { readonly atMs: number; readonly topics: readonly string[] } | null;
};

type Words = {
  readonly heard: (count: number, latest: string) => string;
  readonly forged: (count: number) => string;
  readonly mended: (topics: string, at: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    heard: (count, latest) => `${count} messages of changes have come, the latest ${latest}`,
    forged: (count) =>
      `${count} messages were not signed as they should be and were not taken. Those of the shop ` +
      'get the right secret at the next daily check; others are sent by somebody else.',
    mended: (topics, at) =>
      `The shop had stopped sending ${topics}; they were switched on again ${at}, and what was ` +
      'missed has been fetched. A shop does so after seven answers in a row that it does not ' +
      'like: was the hub away, or does a firewall keep the shop out?',
  },
  sv: {
    heard: (count, latest) => `${count} meddelanden om ändringar har kommit, det senaste ${latest}`,
    forged: (count) =>
      `${count} meddelanden var inte signerade som de ska och togs inte emot. Butikens egna får ` +
      'rätt hemlighet vid nästa dagliga kontroll; andra skickas av någon annan.',
    mended: (topics, at) =>
      `Butiken hade slutat skicka ${topics}; de slogs på igen ${at}, och det som missats har ` +
      'hämtats. En butik gör så efter sju svar i rad som den inte godtar: var hubben borta, ' +
      'eller stänger en brandvägg ute butiken?',
  },
  nb: {
    heard: (count, latest) => `${count} meldinger om endringer har kommet, den siste ${latest}`,
    forged: (count) =>
      `${count} meldinger var ikke signert som de skal og ble ikke tatt imot. Butikkens egne får ` +
      'riktig hemmelighet ved neste daglige kontroll; andre sendes av noen andre.',
    mended: (topics, at) =>
      `Butikken hadde sluttet å sende ${topics}; de ble slått på igjen ${at}, og det som ble ` +
      'oversett, er hentet. En butikk gjør slik etter sju svar på rad som den ikke godtar: var ' +
      'huben borte, eller stenger en brannmur butikken ute?',
  },
};

/** How the messages of a system go: what came, what was not its own, what had been switched off. */
export function hookItems(hook: HookStanding, language: Language): readonly HealthItem[] {
  const words = WORDS[language];
  const { heard, forged, heardAtMs, trouble, mended } = hook;
  const latest = heardAtMs === null ? '–' : moment(heardAtMs);
  const about = (state: HealthItem['state'], says: string): HealthItem => {
    return { item: 'messages', state, says };
  };
  return [
    trouble === null
      ? about('ok', words.heard(heard, latest))
      : about('warning', describeTrouble(trouble, language)),
    ...(forged > 0 ? [about('warning', words.forged(forged))] : []),
    ...(mended === null
      ? []
      : [about('warning', words.mended(mended.topics.join(', '), moment(mended.atMs)))]),
  ];
}

function moment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
