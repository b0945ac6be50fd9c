import type { ConnectorTexts } from '../../ports/connector.ts';
import type { FORTNOX_SETTINGS } from './settings.ts';

/** What the form of the settings says. */
export const FORTNOX_TEXTS: ConnectorTexts<typeof FORTNOX_SETTINGS> = {
  settings: {
    clientId: {
      sv: ['Klient-id', 'Klient-id för er integration, från Fortnox utvecklarportal.'],
      nb: ['Klient-id', 'Klient-id for integrasjonen deres, fra Fortnox’ utviklerportal.'],
      en: 'Client id',
    },
    login: {
      sv: ['Inloggning', 'Hur inloggningen hålls vid liv efter samtycket.'],
      nb: ['Innlogging', 'Hvordan innloggingen holdes i live etter samtykket.'],
      en: 'Login',
      options: {
        'client-credentials': {
          sv: 'Med klient-id och klienthemlighet',
          nb: 'Med klient-id og klienthemmelighet',
          en: 'By client id and secret',
        },
        'authorization-code': {
          sv: 'Med en nyckel som förnyas (refresh token)',
          nb: 'Med en nøkkel som fornyes (refresh token)',
          en: 'By a key that is renewed (refresh token)',
        },
      },
    },
    tenantId: {
      sv: ['Databasnummer', 'Företagets databasnummer i Fortnox. Fylls i av samtycket.'],
      nb: ['Databasenummer', 'Selskapets databasenummer i Fortnox. Fylles ut av samtykket.'],
      en: 'Database number',
    },
    series: {
      sv: [
        'Verifikationsserie',
        'För underlag vars flöde inte anger någon. Serien ska ha manuell numrering.',
      ],
      nb: [
        'Bilagsserie',
        'For bilag der flyten ikke oppgir noen. Serien skal ha manuell nummerering.',
      ],
      en: 'Voucher series',
    },
    scopes: {
      sv: [
        'Behörigheter',
        'Behörigheter (scopes) att be om. Appen i utvecklarportalen ska ha alla.',
      ],
      nb: ['Tilganger', 'Tilganger (scopes) det bes om. Appen i utviklerportalen skal ha alle.'],
      en: 'Scopes',
    },
    vatRounding: {
      sv: [
        'Momsavrundning',
        'Hur Fortnox avrundar momsen på en faktura. Ändra om fakturornas moms skiljer sig.',
      ],
      nb: [
        'Mva-avrunding',
        'Hvordan Fortnox avrunder mva på en faktura. Endre hvis fakturaenes mva avviker.',
      ],
      en: 'VAT rounding',
      options: {
        'per-rate': { sv: 'En gång per momssats', nb: 'Én gang per mva-sats', en: 'Once per rate' },
        'per-row': { sv: 'På varje rad', nb: 'På hver linje', en: 'On each row' },
      },
    },
    apiUrl: {
      sv: ['API-adress', 'Ändras bara vid test.'],
      nb: ['API-adresse', 'Endres bare ved test.'],
      en: 'API address',
    },
    authUrl: {
      sv: ['Inloggningsadress', 'Ändras bara vid test.'],
      nb: ['Innloggingsadresse', 'Endres bare ved test.'],
      en: 'Sign-in address',
    },
  },
  secrets: {
    clientSecret: { sv: 'Klienthemlighet', nb: 'Klienthemmelighet', en: 'Client secret' },
  },
};
