import type { ConnectorTexts } from '../../ports/connector.ts';
import type { TRIPLETEX_SETTINGS } from './settings.ts';

/** What the form of the settings says. */
export const TRIPLETEX_TEXTS: ConnectorTexts<typeof TRIPLETEX_SETTINGS> = {
  settings: {
    clientCompany: {
      sv: [
        'Klientens id i Tripletex',
        'För byråer: klientföretagets id i Tripletex. Tomt: det egna företaget.',
      ],
      nb: [
        'Klientens id i Tripletex',
        'For regnskapsførere: klientens selskaps-id i Tripletex. Tomt: eget selskap.',
      ],
      en: 'The client’s id in Tripletex',
    },
    voucherType: {
      sv: ['Verifikationstyp', 'Bilagsartens namn, där flödet inte anger någon. Får vara tomt.'],
      nb: ['Bilagsart', 'Bilagsartens navn, der flyten ikke oppgir noen. Kan være tomt.'],
      en: 'Kind of voucher',
    },
    collectiveCustomer: {
      sv: [
        'Samlingskund',
        'Numret på kunden som rader på 1500 läggs på när underlaget inte anger någon kund.',
      ],
      nb: [
        'Samlekunde',
        'Nummeret på kunden som linjer på 1500 føres på når bilaget ikke oppgir noen kunde.',
      ],
      en: 'Collective customer',
    },
    collectiveSupplier: {
      sv: [
        'Samlingsleverantör',
        'Numret på leverantören som rader på 2400 läggs på när underlaget inte anger någon.',
      ],
      nb: [
        'Samleleverandør',
        'Nummeret på leverandøren som linjer på 2400 føres på når bilaget ikke oppgir noen.',
      ],
      en: 'Collective supplier',
    },
    projectManager: {
      sv: [
        'Projektledare',
        'E-post till den anställda som leder nya projekt. Tomt: den som nyckeln tillhör.',
      ],
      nb: [
        'Prosjektleder',
        'E-post til den ansatte som leder nye prosjekter. Tomt: den nøkkelen tilhører.',
      ],
      en: 'Project manager',
    },
    apiUrl: {
      sv: ['API-adress', 'Ändras bara vid test.'],
      nb: ['API-adresse', 'Endres bare ved test.'],
      en: 'API address',
    },
  },
  secrets: {
    consumerToken: {
      sv: 'Integrationens nyckel (consumer token)',
      nb: 'Integrasjonens nøkkel (consumer token)',
      en: 'Consumer token',
    },
    employeeToken: {
      sv: 'Användarens nyckel (employee token)',
      nb: 'Brukernøkkel (employee token)',
      en: 'Employee token',
    },
  },
};
