import type { ConnectorTexts } from '../../ports/connector.ts';
import type { settingsSchema } from './settings.ts';

/** What the form of the settings says. */
export const SUMMA_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  settings: {
    house: {
      sv: [
        'Tryckeri',
        'Ett namn på tryckeriet här: fakturorna anger det inte, och två installationer kan ' +
          'numrera sina jobb lika.',
      ],
      nb: [
        'Trykkeri',
        'Et navn på trykkeriet her: fakturaene oppgir det ikke, og to installasjoner kan ' +
          'nummerere jobbene sine likt.',
      ],
      en: 'Printing house',
    },
  },
  secrets: {},
};
