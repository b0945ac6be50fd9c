import type { ConnectorTexts } from '../../ports/connector.ts';
import type { settingsSchema } from './settings.ts';

/** What the form of the settings says. */
export const WINNER_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  settings: {
    dealer: {
      sv: [
        'Återförsäljare',
        'Ett namn på butiken här: offerterna anger det inte, och två installationer kan ' +
          'numrera sina projekt lika.',
      ],
      nb: [
        'Forhandler',
        'Et navn på butikken her: tilbudene oppgir det ikke, og to installasjoner kan ' +
          'nummerere prosjektene sine likt.',
      ],
      en: 'Dealer',
    },
    currency: {
      sv: ['Valuta', 'Fakturajournalens valuta, som filerna inte anger. Offerter anger sin.'],
      nb: ['Valuta', 'Fakturajournalens valuta, som filene ikke oppgir. Tilbud oppgir sin.'],
      en: 'Currency',
      options: 'codes',
    },
  },
  secrets: {},
};
