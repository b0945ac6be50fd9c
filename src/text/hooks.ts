import type { Language } from '../domain/posting/words.ts';
import type { PickupTrouble } from '../ports/pickup.ts';
import type { HealthItem } from '../ports/health.ts';
import { describeTrouble } from './pickups.ts';

/** How the messages of a system go, as far as it is told of. */
type HookStanding = {
  readonly heard: number;
  readonly forged: number;
  readonly heardAtMs: number | null;
  readonly trouble: PickupTrouble | null;
  /** Nothing has come for a day or more, though the system has changed. */
  readonly isSilent: boolean;
  readonly mended: { readonly atMs: number; readonly topics: readonly string[] } | null;
};

type Words = {
  readonly heard: (count: number, latest: string) => string;
  readonly silent: string;
  readonly forged: (count: number) => string;
  readonly mended: (topics: string, at: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    heard: (count, latest) => `${count} messages of changes have come, the latest ${latest}`,
    silent:
      'Orders have been fetched, and no message of them has come. WordPress sends to public ' +
      'addresses at ports 80, 443 and 8080 only, and only while its cron runs (wp-cron.php): ' +
      'look at both. Until then what has changed is found by asking.',
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
    silent:
      'Beställningar har hämtats, och inget meddelande om dem har kommit. WordPress skickar bara ' +
      'till publika adresser på port 80, 443 och 8080, och bara medan dess cron går ' +
      '(wp-cron.php): se på båda. Tills dess hittas det som ändrats genom att fråga.',
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
    silent:
      'Bestillinger er hentet, og ingen melding om dem har kommet. WordPress sender bare til ' +
      'offentlige adresser på port 80, 443 og 8080, og bare mens dens cron går (wp-cron.php): ' +
      'se på begge. Til da finnes det som er endret, ved å spørre.',
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
  const { heard, forged, heardAtMs, trouble, mended, isSilent } = hook;
  const latest = heardAtMs === null ? '–' : moment(heardAtMs);
  const about = (state: HealthItem['state'], says: string): HealthItem => {
    return { item: 'messages', state, says };
  };
  const well = isSilent ? about('warning', words.silent) : about('ok', words.heard(heard, latest));
  return [
    trouble === null ? well : about('warning', describeTrouble(trouble, language)),
    ...(forged > 0 ? [about('warning', words.forged(forged))] : []),
    ...(mended === null
      ? []
      : [about('warning', words.mended(mended.topics.join(', '), moment(mended.atMs)))]),
  ];
}

function moment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
