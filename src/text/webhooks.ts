import type { Language } from '../domain/posting/words.ts';
import type { AddressFault, OffWhy, WebhookTrouble } from '../ports/webhooks.ts';

type WebhookTexts = {
  readonly trouble: Readonly<Record<WebhookTrouble, (status: string) => string>>;
  readonly off: Readonly<Record<OffWhy, string>>;
  readonly fault: Readonly<Record<AddressFault, string>>;
};

const TEXTS: Readonly<Record<Language, WebhookTexts>> = {
  sv: {
    trouble: {
      status: (status) => `Mottagaren svarade ${status}.`,
      'closed-network': () =>
        'Adressen finns i ett privat nät, som hubben inte anropar. Ska den det, anger den som ' +
        'driver hubben nätet: BOKBRO_REACH.',
      unreachable: () => 'Mottagaren gick inte att nå.',
      unanswered: () => 'Mottagaren svarade inte i tid, eller bröt av.',
      'secret-sealed': () =>
        'Hemligheten kan inte öppnas med den här huvudnyckeln. Lägg tillbaka den rätta, eller ' +
        'skapa en ny webhook.',
    },
    off: {
      failing: 'Avslagen: inget har kommit fram på flera dagar.',
      gone: 'Avslagen: mottagaren svarade att den inte vill ha fler (410).',
      person: 'Avslagen.',
    },
    fault: {
      unusable: 'Adressen går inte att använda. Ange den som https://…, utan lösenord i.',
      'not-https': 'Adressen måste börja med https://.',
      'closed-network':
        'Adressen finns i ett privat nät, som hubben inte anropar. Ska den det, anger den som ' +
        'driver hubben nätet: BOKBRO_REACH.',
      'too-many': 'Företaget har redan så många webhooks som det kan ha. Ta bort någon först.',
    },
  },
  nb: {
    trouble: {
      status: (status) => `Mottakeren svarte ${status}.`,
      'closed-network': () =>
        'Adressen er i et privat nett, som huben ikke kaller. Skal den det, oppgir den som ' +
        'driver huben nettet: BOKBRO_REACH.',
      unreachable: () => 'Mottakeren kunne ikke nås.',
      unanswered: () => 'Mottakeren svarte ikke i tide, eller brøt av.',
      'secret-sealed': () =>
        'Hemmeligheten kan ikke åpnes med denne hovednøkkelen. Legg den rette tilbake, eller lag ' +
        'en ny webhook.',
    },
    off: {
      failing: 'Slått av: ingenting har kommet fram på flere dager.',
      gone: 'Slått av: mottakeren svarte at den ikke vil ha flere (410).',
      person: 'Slått av.',
    },
    fault: {
      unusable: 'Adressen kan ikke brukes. Oppgi den som https://…, uten passord i.',
      'not-https': 'Adressen må begynne med https://.',
      'closed-network':
        'Adressen er i et privat nett, som huben ikke kaller. Skal den det, oppgir den som ' +
        'driver huben nettet: BOKBRO_REACH.',
      'too-many': 'Selskapet har alt så mange webhooks som det kan ha. Fjern en først.',
    },
  },
  en: {
    trouble: {
      status: (status) => `The receiver answered ${status}.`,
      'closed-network': () =>
        'The address is in a private network, which the hub does not call. If it should, whoever ' +
        'runs the hub names the network: BOKBRO_REACH.',
      unreachable: () => 'The receiver could not be reached.',
      unanswered: () => 'The receiver did not answer in time, or broke off.',
      'secret-sealed': () =>
        'The secret cannot be opened with this master key. Put the right one back, or make ' +
        'another webhook.',
    },
    off: {
      failing: 'Switched off: nothing has got through for days.',
      gone: 'Switched off: the receiver answered that it wants no more (410).',
      person: 'Switched off.',
    },
    fault: {
      unusable: 'The address cannot be used. Give it as https://…, with no password in it.',
      'not-https': 'The address must begin with https://.',
      'closed-network':
        'The address is in a private network, which the hub does not call. If it should, whoever ' +
        'runs the hub names the network: BOKBRO_REACH.',
      'too-many': 'The company has as many webhooks as it may have. End one first.',
    },
  },
};

/** Why the latest attempt did not do, in the reader's language. */
export function describeWebhookTrouble(
  { trouble, status }: { readonly trouble: WebhookTrouble; readonly status: number | null },
  language: Language,
): string {
  return TEXTS[language].trouble[trouble](String(status ?? ''));
}

/** Why a webhook is told nothing. */
export function describeOff(why: OffWhy, language: Language): string {
  return TEXTS[language].off[why];
}

/** What is wrong with an address that somebody has given. */
export function describeAddressFault(fault: AddressFault, language: Language): string {
  return TEXTS[language].fault[fault];
}
