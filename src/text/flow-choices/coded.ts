import type { FieldTexts } from '../../ports/field-texts.ts';

const KEPT = {
  keep: {
    sv: 'Skapas när de saknas, och följer källan',
    nb: 'Opprettes når de mangler, og følger kilden',
    en: 'Made where missing, and kept like the source',
  },
  create: {
    sv: 'Skapas när de saknas',
    nb: 'Opprettes når de mangler',
    en: 'Made where missing',
  },
  existing: {
    sv: 'Ska finnas i bokföringen',
    nb: 'Skal finnes i regnskapet',
    en: 'Must be in the ledger',
  },
} as const;

/** What a flow may choose of invoices that another system has coded, and of quotes. */
export const CODED_TEXTS = {
  invoices: {
    sv: ['Konterade fakturor', 'Vad som händer med fakturor som ett annat system har konterat.'],
    nb: ['Konterte fakturaer', 'Hva som skjer med fakturaer som et annet system har kontert.'],
    en: 'Coded invoices',
    fields: {
      as: {
        sv: ['Fakturan blir', 'Bokför fakturan, eller låt en person göra det i bokföringen.'],
        nb: ['Fakturaen blir', 'Bokfør fakturaen, eller la en person gjøre det i regnskapet.'],
        en: 'The invoice becomes',
        options: {
          draft: { sv: 'Utkast', nb: 'Utkast', en: 'A draft' },
          booked: { sv: 'Bokförd', nb: 'Bokført', en: 'Booked' },
        },
      },
      send: {
        sv: ['Skicka till kunden', 'Bokföringssystemet skickar fakturan till kunden.'],
        nb: ['Send til kunden', 'Regnskapssystemet sender fakturaen til kunden.'],
        en: 'Send to the customer',
        options: {
          no: { sv: 'Nej', nb: 'Nei', en: 'No' },
          email: { sv: 'Med e-post', nb: 'På e-post', en: 'By e-mail' },
          'e-invoice': { sv: 'Som e-faktura', nb: 'Som e-faktura', en: 'As an e-invoice' },
        },
      },
      customers: {
        sv: ['Kunder', 'Följer källan: så långt som Kunduppgifter som följer kassan säger.'],
        nb: ['Kunder', 'Følger kilden: så langt Kundeopplysninger som følger kassen, sier.'],
        en: 'Customers',
        options: KEPT,
      },
      projects: {
        sv: ['Projekt', 'Följer källan: namn och startdatum.'],
        nb: ['Prosjekter', 'Følger kilden: navn og startdato.'],
        en: 'Projects',
        options: KEPT,
      },
      costCentres: {
        sv: ['Kostnadsställen', 'Vad som händer med kostnadsställen som fakturorna anger.'],
        nb: ['Avdelinger', 'Hva som skjer med avdelinger som fakturaene oppgir.'],
        en: 'Cost centres',
        options: { create: KEPT.create, existing: KEPT.existing },
      },
    },
  },
  quotes: {
    sv: ['Offerter', 'Hur en godkänd offert blir order.'],
    nb: ['Tilbud', 'Hvordan et godkjent tilbud blir ordrer.'],
    en: 'Quotes',
    fields: {
      lines: {
        sv: ['Orderrader', 'En rad för varje varugrupp, eller en enda med offertens nummer.'],
        nb: ['Ordrelinjer', 'Én linje for hver varegruppe, eller bare én med tilbudets nummer.'],
        en: 'Order lines',
        options: {
          one: { sv: 'En enda rad', nb: 'Bare én linje', en: 'One' },
          groups: { sv: 'En per varugrupp', nb: 'Én per varegruppe', en: 'One for each group' },
        },
      },
      article: {
        sv: ['Artikel', 'Artikeln på den enda raden.'],
        nb: ['Artikkel', 'Artikkelen på den ene linjen.'],
        en: 'Article',
      },
      installationGroups: {
        sv: [
          'Monteringsgrupper',
          'Varugrupper som är montering, för kalendrar som skiljer på det.',
        ],
        nb: [
          'Monteringsgrupper',
          'Varegrupper som er montering, for kalendere som skiller på det.',
        ],
        en: 'Installation groups',
      },
      percentOf: {
        sv: ['Procent räknas på', 'Vad procentsatser räknas på när offerten har en montering.'],
        nb: ['Prosent regnes av', 'Hva prosentsatser regnes av når tilbudet har en montering.'],
        en: 'Per cents are of',
        options: {
          rest: { sv: 'Resten', nb: 'Resten', en: 'The rest' },
          total: { sv: 'Hela summan', nb: 'Hele summen', en: 'It all' },
        },
      },
      customerPrefix: {
        sv: [
          'Före kundnummer',
          'Sätts före offertsystemets kundnummer, för att skilja dem från andra.',
        ],
        nb: [
          'Foran kundenummer',
          'Settes foran tilbudssystemets kundenumre, for å skille dem fra andre.',
        ],
        en: 'Before customer numbers',
      },
    },
  },
} satisfies FieldTexts;
