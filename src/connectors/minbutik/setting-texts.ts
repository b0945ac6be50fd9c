import type { ConnectorTexts } from '../../ports/connector.ts';
import type { FieldTexts } from '../../ports/field-texts.ts';
import type { settingsSchema } from './settings.ts';

const BALANCES: FieldTexts = {
  encoding: {
    sv: ['Teckenkodning', ''],
    nb: ['Tegnkoding', ''],
    en: 'Encoding',
    options: 'codes',
  },
  delimiter: {
    sv: ['Skiljetecken mellan kolumner', ''],
    nb: ['Skilletegn mellom kolonner', ''],
    en: 'Sign between columns',
    options: {
      ';': { sv: 'Semikolon ;', nb: 'Semikolon ;', en: 'Semicolon ;' },
      ',': { sv: 'Komma ,', nb: 'Komma ,', en: 'Comma ,' },
      '\t': { sv: 'Tabb', nb: 'Tabulator', en: 'Tab' },
      '|': { sv: 'Lodstreck |', nb: 'Loddrett strek |', en: 'Bar |' },
    },
  },
  decimal: {
    sv: ['Decimaltecken', ''],
    nb: ['Desimaltegn', ''],
    en: 'Decimal sign',
    options: {
      ',': { sv: 'Komma: 12,50', nb: 'Komma: 12,50', en: 'Comma: 12,50' },
      '.': { sv: 'Punkt: 12.50', nb: 'Punktum: 12.50', en: 'Point: 12.50' },
    },
  },
  columns: {
    sv: ['Kolumner', ''],
    nb: ['Kolonner', ''],
    en: 'Columns',
    item: {
      sv: ['Kolumn', ''],
      nb: ['Kolonne', ''],
      en: 'Column',
      fields: {
        header: { sv: ['Rubrik', ''], nb: ['Overskrift', ''], en: 'Header' },
        field: {
          sv: ['Innehåll', ''],
          nb: ['Innhold', ''],
          en: 'Holds',
          options: {
            store_no: { sv: 'Butiksnummer', nb: 'Butikknummer', en: 'Store number' },
            as_of: { sv: 'Saldots datum', nb: 'Saldoens dato', en: 'Day of the balance' },
            customer_no: { sv: 'Kundnummer', nb: 'Kundenummer', en: 'Customer number' },
            customer_name: { sv: 'Kundnamn', nb: 'Kundenavn', en: 'Customer name' },
            balance: { sv: 'Saldo', nb: 'Saldo', en: 'Balance' },
            overdue: { sv: 'Förfallet', nb: 'Forfalt', en: 'Overdue' },
            credit_limit: { sv: 'Kreditgräns', nb: 'Kredittgrense', en: 'Credit limit' },
            blocked: { sv: 'Spärrad', nb: 'Sperret', en: 'Blocked' },
          },
        },
      },
    },
  },
};

const TILL_CODES = {
  tenderCodes: {
    sv: [
      'Betalkoder',
      'Vad kassans betalkoder betyder, där det inte är det vanliga: AMEX → Kort. En * sist ' +
        'står för vad som helst: KORT* → Kort.',
    ],
    nb: [
      'Betalingskoder',
      'Hva kassens betalingskoder betyr, der det ikke er det vanlige: AMEX → Kort. En * til ' +
        'slutt står for hva som helst: KORT* → Kort.',
    ],
    en: 'Payment codes',
    name: { sv: 'Kassans kod', nb: 'Kassens kode', en: 'The till’s code' },
    value: { sv: 'Betalsätt', nb: 'Betalingsmåte', en: 'Means of payment' },
    options: {
      card: { sv: 'Kort', nb: 'Kort', en: 'Card' },
      swish: 'Swish',
      cash: { sv: 'Kontanter', nb: 'Kontanter', en: 'Cash' },
      'gift-card': { sv: 'Presentkort', nb: 'Gavekort', en: 'Gift card' },
      'chain-gift-card': {
        sv: 'Kedjans presentkort',
        nb: 'Kjedens gavekort',
        en: 'Gift card of the chain',
      },
      bonus: { sv: 'Bonus', nb: 'Bonus', en: 'Bonus' },
      credit: { sv: 'Köp på kredit', nb: 'Kjøp på kreditt', en: 'On account' },
      other: { sv: 'Annat', nb: 'Annet', en: 'Other' },
    },
  },
  agencyCodes: {
    sv: [
      'Ombudskoder',
      'Vems pengar kassans ombudskoder avser: ATG → Spel. En * sist står för vad som helst.',
    ],
    nb: [
      'Kommisjonskoder',
      'Hvem sine penger kassens kommisjonskoder gjelder: ATG → Spill. En * til slutt står for ' +
        'hva som helst.',
    ],
    en: 'Agency codes',
    name: { sv: 'Kassans kod', nb: 'Kassens kode', en: 'The till’s code' },
    value: { sv: 'Ombud för', nb: 'Kommisjon for', en: 'Agency of' },
    options: {
      gaming: { sv: 'Spel', nb: 'Spill', en: 'Gaming' },
      other: { sv: 'Annat', nb: 'Annet', en: 'Other' },
    },
  },
} as const satisfies FieldTexts;

/** What the form of the settings says. */
export const MINBUTIK_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  settings: {
    stores: {
      sv: [
        'Butiksnummer',
        'De butiker vars dagsrapporter hör till företaget. En annan butiks rapport tas inte ' +
          'emot. Tomt: alla butiker.',
      ],
      nb: [
        'Butikknummer',
        'Butikkene som har dagsrapporter som hører til selskapet. En annen butikks rapport tas ' +
          'ikke imot. Tomt: alle butikker.',
      ],
      en: 'Store numbers',
    },
    currency: {
      sv: ['Valuta', 'Beloppens valuta i filerna.'],
      nb: ['Valuta', 'Beløpenes valuta i filene.'],
      en: 'Currency',
      options: 'codes',
    },
    ...TILL_CODES,
    creditInvoices: {
      sv: [
        'Faktura för köp på kredit',
        'Vilka av en kunds köp på kredit som står på samma faktura. Kundens eget fakturasätt ' +
          '(invoice_mode) går före.',
      ],
      nb: [
        'Faktura for kjøp på kreditt',
        'Hvilke av en kundes kjøp på kreditt som står på samme faktura. Kundens egen ' +
          'fakturamåte (invoice_mode) går foran.',
      ],
      en: 'Invoices on account',
      options: {
        receipt: { sv: 'Varje kvitto', nb: 'Hver kvittering', en: 'Each receipt' },
        reference: {
          sv: 'Månadens köp med samma referens',
          nb: 'Månedens kjøp med samme referanse',
          en: 'A month’s purchases with the same reference',
        },
        week: { sv: 'Veckans köp', nb: 'Ukens kjøp', en: 'A week’s purchases' },
        month: { sv: 'Månadens köp', nb: 'Månedens kjøp', en: 'A month’s purchases' },
      },
    },
    chainName: {
      sv: ['Kedjans namn', 'Avsändare av fakturorna i icafaktura.csv, som inte anger någon.'],
      nb: ['Kjedens navn', 'Avsender av fakturaene i icafaktura.csv, som ikke oppgir noen.'],
      en: 'Name of the chain',
    },
    chainNumber: {
      sv: [
        'Kedjans organisationsnummer',
        'Som det står på fakturorna. Med det hittas leverantören i bokföringen, och en faktura ' +
          'som också kommer via Peppol känns igen.',
      ],
      nb: [
        'Kjedens organisasjonsnummer',
        'Slik det står på fakturaene. Med det finnes leverandøren i regnskapet, og en faktura ' +
          'som også kommer via Peppol, kjennes igjen.',
      ],
      en: 'Organisation number of the chain',
    },
    balances: {
      sv: ['Kundsaldon till kassan', 'Hur filen ser ut som kassan läser kundernas saldon från.'],
      nb: [
        'Kundesaldoer til kassen',
        'Hvordan filen som kassen leser kundenes saldoer fra, ser ut.',
      ],
      en: 'Customer balances for the till',
      fields: BALANCES,
    },
    journalStores: {
      sv: [
        'Butik för kassajournaler',
        'Vilken butik en kassas journal hör till, eftersom den inte säger det. Behövs bara när ' +
          'företaget har flera butiker.',
      ],
      nb: [
        'Butikk for kassajournaler',
        'Hvilken butikk en kasses journal hører til, siden den ikke sier det. Trengs bare når ' +
          'selskapet har flere butikker.',
      ],
      en: 'Stores of journals',
      name: {
        sv: 'Kassa, adress eller organisationsnummer',
        nb: 'Kasse, adresse eller organisasjonsnummer',
        en: 'Register, address or organisation number',
      },
      value: { sv: 'Butiksnummer', nb: 'Butikknummer', en: 'Store number' },
    },
    profiles: {
      sv: [
        'Profiler för egna filer',
        'För exporter som inte har något av standardformaten. Den första profil vars rubrikrad ' +
          'passar filen används.',
      ],
      nb: [
        'Profiler for egne filer',
        'For eksporter som ikke har et av standardformatene. Den første profilen der ' +
          'overskriftene passer med filen, brukes.',
      ],
      en: 'Profiles for files of your own',
    },
  },
  secrets: {},
};
