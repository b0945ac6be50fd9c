import { PROVIDER_NAMES } from '../../domain/document/payout.ts';
import type { ConnectorTexts } from '../../ports/connector.ts';
import type { settingsSchema } from './settings.ts';

/** What the form of the settings says. */
export const PAYOUT_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  name: {
    sv: 'Betalleverantörers utbetalningar',
    nb: 'Betalingsleverandørers utbetalinger',
    en: 'Payouts of payment providers',
  },
  settings: {
    currency: {
      sv: ['Valuta', 'För avräkningar som inte anger sin valuta (Swish, Zettle).'],
      nb: ['Valuta', 'For oppgjør som ikke oppgir valutaen sin (Swish, Zettle).'],
      en: 'Currency',
      options: 'codes',
    },
    dateOrder: {
      sv: [
        'Datumens ordning',
        'Hur datum som 9/4/2026 ska läsas. En fil som inte visar det läses inte.',
      ],
      nb: [
        'Datoenes rekkefølge',
        'Hvordan datoer som 9/4/2026 skal leses. En fil som ikke viser det, leses ikke.',
      ],
      en: 'Order of dates',
      options: {
        auto: { sv: 'Som filen visar', nb: 'Som filen viser', en: 'As the file shows' },
        'day-first': { sv: 'Dagen först', nb: 'Dagen først', en: 'The day first' },
        'month-first': { sv: 'Månaden först', nb: 'Måneden først', en: 'The month first' },
      },
    },
    klarnaAmounts: {
      sv: [
        'Klarnas belopp',
        'Enheten i Klarnas CSV-filer. En fil utan decimaltecken visar den inte, och läses inte.',
      ],
      nb: [
        'Klarnas beløp',
        'Enheten i Klarnas CSV-filer. En fil uten desimaltegn viser den ikke, og leses ikke.',
      ],
      en: 'Klarna’s amounts',
      options: {
        auto: { sv: 'Som filen visar', nb: 'Som filen viser', en: 'As the file shows' },
        minor: { sv: 'I öre: 10000', nb: 'I øre: 10000', en: 'In öre: 10000' },
        decimal: { sv: 'I kronor: 100.00', nb: 'I kroner: 100.00', en: 'In kronor: 100.00' },
      },
    },
    columns: {
      sv: [
        'Egna kolumnnamn',
        'Där en fil har andra kolumnnamn än de kända, för varje betalleverantör.',
      ],
      nb: [
        'Egne kolonnenavn',
        'Der en fil har andre kolonnenavn enn de kjente, for hver betalingsleverandør.',
      ],
      en: 'Column names of your own',
      name: { sv: 'Betalleverantör', nb: 'Betalingsleverandør', en: 'Payment provider' },
      names: PROVIDER_NAMES,
      item: {
        sv: ['Kolumner', ''],
        nb: ['Kolonner', ''],
        en: 'Columns',
        name: {
          sv: 'Uppgift, t.ex. amount',
          nb: 'Opplysning, f.eks. amount',
          en: 'Field, as amount',
        },
        value: { sv: 'Kolumnen i filen', nb: 'Kolonnen i filen', en: 'Column in the file' },
      },
    },
  },
  secrets: {},
};
