import type { ConnectorTexts } from '../../ports/connector.ts';
import type { settingsSchema } from './settings.ts';

/** What the form of the settings says. */
export const PEPPOL_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  settings: {
    classes: {
      sv: [
        'Vad leverantörers fakturor avser',
        'Efter organisationsnummer, momsregistreringsnummer eller elektronisk adress: ' +
          '5599990032 → Varor. Vad en faktura själv säger läses av flödet.',
      ],
      nb: [
        'Hva leverandørers fakturaer gjelder',
        'Etter organisasjonsnummer, mva-nummer eller elektronisk adresse: 999999999 → Varer. ' +
          'Det en faktura selv sier, leses av flyten.',
      ],
      en: 'What suppliers’ invoices are for',
      name: { sv: 'Leverantör', nb: 'Leverandør', en: 'Supplier' },
      value: { sv: 'Avser', nb: 'Gjelder', en: 'For' },
      options: {
        goods: { sv: 'Varor', nb: 'Varer', en: 'Goods' },
        overhead: { sv: 'Omkostnader', nb: 'Driftskostnader', en: 'Overheads' },
        service: { sv: 'Tjänster', nb: 'Tjenester', en: 'Services' },
      },
    },
  },
  secrets: {},
};
