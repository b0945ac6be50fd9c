import type { FieldText, FieldTexts } from '../../ports/field-texts.ts';

const FIELD_NAMES = {
  name: { sv: 'Namn', nb: 'Navn', en: 'Name' },
  orgNumber: { sv: 'Organisationsnummer', nb: 'Organisasjonsnummer', en: 'Organisation number' },
  address: { sv: 'Adress', nb: 'Adresse', en: 'Address' },
  email: { sv: 'E-post', nb: 'E-post', en: 'E-mail' },
  gln: 'GLN',
  terms: { sv: 'Betalningsvillkor', nb: 'Betalingsbetingelser', en: 'Terms of payment' },
} as const;

type Card = 'name' | 'orgNumber' | 'address' | 'email';

/** What becomes of one part of a customer's card. */
function cardText(part: Card): FieldText {
  const { sv, nb, en } = FIELD_NAMES[part];
  return {
    ...{ sv: [sv, ''], nb: [nb, ''], en },
    options: {
      never: { sv: 'Ändras inte', nb: 'Endres ikke', en: 'Left alone' },
      fill: { sv: 'Fylls i om tomt', nb: 'Fylles ut hvis tomt', en: 'Filled in where empty' },
      follow: { sv: 'Följer butiken', nb: 'Følger butikken', en: 'Follows the shop' },
    },
  };
}

const METHOD: FieldTexts = {
  terms: {
    sv: ['Betalningsvillkor', ''],
    nb: ['Betalingsbetingelser', ''],
    en: 'Terms of payment',
  },
  costCentre: { sv: ['Kostnadsställe', ''], nb: ['Avdeling', ''], en: 'Cost centre' },
  project: { sv: ['Projekt', ''], nb: ['Prosjekt', ''], en: 'Project' },
  mode: { sv: ['Betalningssätt', ''], nb: ['Betalingsmåte', ''], en: 'Mode of payment' },
};

const CUSTOMERS_AND_ARTICLES: FieldTexts = {
  customers: {
    sv: ['Kunder känns igen på', 'Med en kund för alla order anges dess nummer nedan.'],
    nb: ['Kunder kjennes igjen på', 'Med én kunde for alle ordrer oppgis nummeret nedenfor.'],
    en: 'Customers are known by',
    options: {
      email: { sv: 'E-post', nb: 'E-post', en: 'E-mail' },
      'org-number': {
        sv: 'Organisationsnummer',
        nb: 'Organisasjonsnummer',
        en: 'Organisation number',
      },
      one: { sv: 'En kund för alla', nb: 'Én kunde for alle', en: 'One for all' },
    },
  },
  customerNumber: {
    sv: ['Kundnummer', 'Kunden för alla order, när en kund gäller för alla.'],
    nb: ['Kundenummer', 'Kunden for alle ordrer, når én kunde gjelder for alle.'],
    en: 'Customer number',
  },
  customerCards: {
    sv: [
      'Kundkort',
      'Vad som händer med kortet för en kund som redan finns, del för del. Det som har ändrats ' +
        'i bokföringen behålls alltid.',
    ],
    nb: [
      'Kundekort',
      'Hva som skjer med kortet til en kunde som allerede finnes, del for del. Det som er ' +
        'endret i regnskapet, beholdes alltid.',
    ],
    en: 'Customer cards',
    fields: {
      name: cardText('name'),
      orgNumber: cardText('orgNumber'),
      address: cardText('address'),
      email: cardText('email'),
    },
  },
  articles: {
    sv: ['Fakturarader', 'Vilka artiklar raderna får.'],
    nb: ['Fakturalinjer', 'Hvilke artikler linjene får.'],
    en: 'Invoice rows',
    options: {
      sku: {
        sv: 'Butikens artikelnummer',
        nb: 'Butikkens artikkelnummer',
        en: 'The shop’s article number',
      },
      fixed: {
        sv: 'En artikel för alla rader',
        nb: 'Én artikkel for alle linjer',
        en: 'One for all',
      },
      text: { sv: 'Bara text', nb: 'Bare tekst', en: 'Text alone' },
    },
  },
  articleNumber: {
    sv: ['Artikelnummer', 'Artikeln för alla rader, när en artikel gäller för alla.'],
    nb: ['Artikkelnummer', 'Artikkelen for alle linjer, når én artikkel gjelder for alle.'],
    en: 'Article number',
  },
};

/** What a flow may choose of orders that become invoices. */
export const INVOICING_TEXTS = {
  customerFields: {
    sv: [
      'Kunduppgifter som följer kassan',
      'Uppgifter som ändras i bokföringen när de ändras i kassan, om ingen har ändrat dem i ' +
        'bokföringen sedan dess. Tomma uppgifter fylls alltid i.',
    ],
    nb: [
      'Kundeopplysninger som følger kassen',
      'Opplysninger som endres i regnskapet når de endres i kassen, hvis ingen har endret dem i ' +
        'regnskapet siden. Tomme opplysninger fylles alltid ut.',
    ],
    en: 'Customer fields that follow',
    options: FIELD_NAMES,
  },
  invoicing: {
    sv: ['Order som faktura', 'Vad en order från en butik blir i bokföringen.'],
    nb: ['Ordre som faktura', 'Hva en ordre fra en butikk blir i regnskapet.'],
    en: 'Orders as invoices',
    fields: {
      as: {
        sv: ['En order blir', 'Det som skapas i bokföringen för varje order.'],
        nb: ['En ordre blir', 'Det som opprettes i regnskapet for hver ordre.'],
        en: 'An order becomes',
        options: {
          voucher: { sv: 'Verifikation', nb: 'Bilag', en: 'A voucher' },
          order: { sv: 'Order', nb: 'Ordre', en: 'An order' },
          invoice: { sv: 'Faktura, inte bokförd', nb: 'Faktura, ikke bokført', en: 'An invoice' },
          'booked-invoice': {
            sv: 'Bokförd faktura',
            nb: 'Bokført faktura',
            en: 'A booked invoice',
          },
          'order-then-invoice': {
            sv: 'Order, sedan faktura',
            nb: 'Ordre, så faktura',
            en: 'An order, then an invoice',
          },
        },
      },
      otherwise: {
        sv: [
          'När en faktura inte räcker',
          'Det som ingen faktura kan säga, t.ex. ett annat lands moms.',
        ],
        nb: [
          'Når en faktura ikke strekker til',
          'Det ingen faktura kan si, f.eks. et annet lands mva.',
        ],
        en: 'What no invoice can say',
        options: {
          ask: { sv: 'Fråga', nb: 'Spør', en: 'Ask' },
          voucher: { sv: 'Bokför en verifikation', nb: 'Bokfør et bilag', en: 'Book a voucher' },
        },
      },
      ...CUSTOMERS_AND_ARTICLES,
      cashInvoices: {
        sv: [
          'Kontantfaktura',
          'En order som betalas samma dag blir kontantfaktura, där bokföringen kan det.',
        ],
        nb: [
          'Kontantfaktura',
          'En ordre som betales samme dag, blir kontantfaktura, der regnskapet kan det.',
        ],
        en: 'Cash invoices',
      },
      revised: {
        sv: ['Ändrad order', 'En bokförd faktura vars order ändras eller avbryts.'],
        nb: ['Endret ordre', 'En bokført faktura der ordren endres eller kanselleres.'],
        en: 'Changed orders',
        options: {
          hold: { sv: 'Fråga', nb: 'Spør', en: 'Ask' },
          credit: { sv: 'Kreditera', nb: 'Krediter', en: 'Credit it' },
        },
      },
      ourReference: {
        sv: ['Vår referens', 'Vår referens på varje faktura.'],
        nb: ['Vår referanse', 'Vår referanse på hver faktura.'],
        en: 'Our reference',
      },
      costCentre: {
        sv: ['Kostnadsställe', 'Kostnadsställe på varje faktura.'],
        nb: ['Avdeling', 'Avdeling på hver faktura.'],
        en: 'Cost centre',
      },
      project: {
        sv: ['Projekt', 'Projekt på varje faktura.'],
        nb: ['Prosjekt', 'Prosjekt på hver faktura.'],
        en: 'Project',
      },
      methods: {
        sv: [
          'Villkor efter betalsätt',
          'Betalningsvillkor, betalningssätt, kostnadsställe och projekt, efter betalsätt i ' +
            'butiken.',
        ],
        nb: [
          'Vilkår etter betalingsmåte',
          'Betalingsbetingelser, betalingsmåte, avdeling og prosjekt, etter betalingsmåten i ' +
            'butikken.',
        ],
        en: 'Terms by payment method',
        name: { sv: 'Betalsätt i butiken', nb: 'Betalingsmåte i butikken', en: 'Payment method' },
        item: { sv: ['Villkor', ''], nb: ['Vilkår', ''], en: 'Terms', fields: METHOD },
      },
    },
  },
} satisfies FieldTexts;
