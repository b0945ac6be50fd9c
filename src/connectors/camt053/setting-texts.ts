import type { ConnectorTexts } from '../../ports/connector.ts';
import type { FieldTexts } from '../../ports/field-texts.ts';
import type { settingsSchema } from './settings.ts';

const RULE: FieldTexts = {
  code: {
    sv: ['Bankens kod', 'Bankens egen kod för händelsen, där den har en.'],
    nb: ['Bankens kode', 'Bankens egen kode for posten, der den har en.'],
    en: 'The bank’s code',
  },
  contains: {
    sv: ['Texten innehåller', 'Ord som står i händelsens text.'],
    nb: ['Teksten inneholder', 'Ord som står i postens tekst.'],
    en: 'The text contains',
  },
  counterparty: {
    sv: ['Motpart', 'Vem pengarna kom från eller gick till, namn eller kontonummer.'],
    nb: ['Motpart', 'Hvem pengene kom fra eller gikk til, navn eller kontonummer.'],
    en: 'Counterparty',
  },
  direction: {
    sv: ['Riktning', 'Tomt: både in och ut.'],
    nb: ['Retning', 'Tomt: både inn og ut.'],
    en: 'Direction',
    options: {
      in: { sv: 'Insättning', nb: 'Innbetaling', en: 'Money in' },
      out: { sv: 'Uttag', nb: 'Utbetaling', en: 'Money out' },
    },
  },
  kind: {
    sv: ['Vad det är', 'Avgör hur händelsen bokförs.'],
    nb: ['Hva det er', 'Avgjør hvordan posten bokføres.'],
    en: 'What it is',
    options: {
      invoice: { sv: 'Leverantörsfaktura', nb: 'Leverandørfaktura', en: 'Supplier invoice' },
      'card-settlement': {
        sv: 'Kortinlösen',
        nb: 'Kortoppgjør',
        en: 'Card settlement',
      },
      bonus: { sv: 'Bonus', nb: 'Bonus', en: 'Bonus' },
      transfer: {
        sv: 'Överföring mellan egna konton',
        nb: 'Overføring mellom egne kontoer',
        en: 'Transfer between own accounts',
      },
      fee: { sv: 'Bankavgift', nb: 'Bankgebyr', en: 'Bank fee' },
      interest: { sv: 'Ränta', nb: 'Rente', en: 'Interest' },
      other: { sv: 'Annat: fråga', nb: 'Annet: spør', en: 'Other: ask' },
    },
  },
  as: {
    sv: ['Kod för kontot', 'Den kod som flödets konton har den under: statement-entry/koden.'],
    nb: ['Kode for kontoen', 'Koden som flytens kontoer har den under: statement-entry/koden.'],
    en: 'Code of the account',
  },
};

/** What the form of the settings says. */
export const CAMT_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  name: { sv: 'Banker (camt.053)', nb: 'Banker (camt.053)', en: 'Banks (camt.053)' },
  settings: {
    accounts: {
      sv: [
        'Bankkonton',
        'De konton (IBAN eller kontonummer) vars kontoutdrag hör till företaget. Utdrag för ' +
          'andra konton tas inte emot. Tomt: alla konton.',
      ],
      nb: [
        'Bankkontoer',
        'Kontoene (IBAN eller kontonummer) som har kontoutskrifter som hører til selskapet. ' +
          'Utskrifter for andre kontoer tas ikke imot. Tomt: alle kontoer.',
      ],
      en: 'Bank accounts',
    },
    entries: {
      sv: [
        'Vad bankhändelser är',
        'Regler för händelser som banken inte förklarar. Den första regel som passar gäller, ' +
          'och allt som den anger ska stämma.',
      ],
      nb: [
        'Hva bankposter er',
        'Regler for poster som banken ikke forklarer. Den første regelen som passer, gjelder, ' +
          'og alt den oppgir skal stemme.',
      ],
      en: 'What bank entries are',
      item: { sv: ['Regel', ''], nb: ['Regel', ''], en: 'Rule', fields: RULE },
    },
  },
  secrets: {},
};
