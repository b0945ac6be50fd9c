import type { FieldTexts } from '../../ports/field-texts.ts';

const ONLY = {
  sv: [
    'Bara dessa artiklar',
    'Artikelnummer som är med. TEE-* för alla som börjar så. Tomt: alla.',
  ],
  nb: [
    'Bare disse artiklene',
    'Artikkelnumre som er med. TEE-* for alle som begynner slik. Tomt: alle.',
  ],
  en: 'Only these articles',
} as const;

/** What a flow may choose of articles, and of stock. */
export const GOODS_TEXTS = {
  articles: {
    sv: [
      'Artiklar',
      'Om målets artiklar följer källans, från butik till bokföring eller tillbaka. De paras ' +
        'ihop på artikelnummer (SKU).',
    ],
    nb: [
      'Artikler',
      'Om målets artikler følger kildens, fra butikk til regnskap eller tilbake. De pares på ' +
        'artikkelnummer (SKU).',
    ],
    en: 'Articles',
    options: {
      off: { sv: 'Följer inte', nb: 'Følger ikke', en: 'Off' },
      update: {
        sv: 'Uppdatera de som finns',
        nb: 'Oppdater de som finnes',
        en: 'Update those it has',
      },
      create: {
        sv: 'Uppdatera, och skapa de som saknas',
        nb: 'Oppdater, og opprett de som mangler',
        en: 'Update, and create those it lacks',
      },
    },
  },
  articleFields: {
    sv: [
      'Artikeluppgifter',
      'Uppgifter som källan bestämmer: de skrivs över i målet. Övriga skrivs bara när en ' +
        'artikel skapas. Beskrivning och aktiv: bara från bokföringen.',
    ],
    nb: [
      'Artikkelopplysninger',
      'Opplysninger som kilden bestemmer: de skrives over i målet. Resten skrives bare når en ' +
        'artikkel opprettes. Beskrivelse og aktiv: bare fra regnskapet.',
    ],
    en: 'Article fields',
    options: {
      name: { sv: 'Namn', nb: 'Navn', en: 'Name' },
      ean: 'EAN',
      price: { sv: 'Pris', nb: 'Pris', en: 'Price' },
      description: { sv: 'Beskrivning', nb: 'Beskrivelse', en: 'Description' },
      active: { sv: 'Aktiv', nb: 'Aktiv', en: 'Active' },
    },
  },
  priceList: {
    sv: [
      'Prislista',
      'Prislistan i bokföringen som artiklarnas priser går till, eller kommer från.',
    ],
    nb: ['Prisliste', 'Prislisten i regnskapet som artiklenes priser går til, eller kommer fra.'],
    en: 'Price list',
  },
  listPrices: {
    sv: ['Prislistans priser', 'Vad prislistans priser är.'],
    nb: ['Prislistens priser', 'Hva prislistens priser er.'],
    en: 'Prices of the list',
    options: {
      'without-vat': { sv: 'Exklusive moms', nb: 'Eksklusive mva', en: 'Without VAT' },
      'with-vat': { sv: 'Inklusive moms', nb: 'Inklusive mva', en: 'With VAT' },
    },
  },
  products: {
    sv: [
      'Produkter i butiken',
      'Från bokföringen till en butik: vilka artiklar, och vad som händer med nya produkter.',
    ],
    nb: [
      'Produkter i butikken',
      'Fra regnskapet til en butikk: hvilke artikler, og hva som skjer med nye produkter.',
    ],
    en: 'Products in the shop',
    fields: {
      publish: {
        sv: [
          'Publicera direkt',
          'Produkter som skapas, eller blir aktiva igen, syns för kunderna direkt.',
        ],
        nb: [
          'Publiser med en gang',
          'Produkter som opprettes, eller blir aktive igjen, er synlige for kundene med en gang.',
        ],
        en: 'Publish at once',
      },
      which: {
        sv: ['Vilka artiklar', 'Alla, eller bara de som är märkta för webbutik i bokföringen.'],
        nb: ['Hvilke artikler', 'Alle, eller bare de som er merket for nettbutikk i regnskapet.'],
        en: 'Which articles',
        options: {
          all: { sv: 'Alla', nb: 'Alle', en: 'All' },
          webshop: { sv: 'Märkta för webbutik', nb: 'Merket for nettbutikk', en: 'For web shops' },
        },
      },
      only: ONLY,
    },
  },
  stock: {
    sv: ['Lager', 'Om målets lagersaldo följer källans, från butik till bokföring eller tillbaka.'],
    nb: [
      'Lager',
      'Om målets lagerbeholdning følger kildens, fra butikk til regnskap eller tilbake.',
    ],
    en: 'Stock',
    fields: {
      follows: {
        sv: ['Lagersaldot följer', 'Målets lagersaldo följer källans, efter artikelnummer.'],
        nb: ['Beholdningen følger', 'Målets beholdning følger kildens, etter artikkelnummer.'],
        en: 'Stock follows',
      },
      keepBack: {
        sv: ['Säkerhetslager', 'Antal av varje artikel som en butik aldrig får veta om.'],
        nb: ['Sikkerhetslager', 'Antall av hver artikkel som en butikk aldri får vite om.'],
        en: 'Safety stock',
      },
      only: ONLY,
    },
  },
  news: {
    sv: [
      'Besked till butiken',
      'Från bokföringen tillbaka till en butik: hur order får veta vad de är bokförda som.',
    ],
    nb: [
      'Beskjed til butikken',
      'Fra regnskapet tilbake til en butikk: hvordan ordrer får vite hva de er bokført som.',
    ],
    en: 'News to the shop',
    options: {
      off: { sv: 'Inget besked', nb: 'Ingen beskjed', en: 'None' },
      note: {
        sv: 'Anteckning för butikens personal',
        nb: 'Notat for butikkens ansatte',
        en: 'A note for the people of the shop',
      },
      metadata: { sv: 'Fält för program', nb: 'Felt for programmer', en: 'Fields for programs' },
      both: { sv: 'Både och', nb: 'Begge deler', en: 'Both' },
    },
  },
  newsStatus: {
    sv: [
      'Orderstatus i butiken',
      'Från bokföringen tillbaka till en butik: status som en order får, som butiken skriver ' +
        'den, t.ex. completed.',
    ],
    nb: [
      'Ordrestatus i butikken',
      'Fra regnskapet tilbake til en butikk: statusen en ordre får, slik butikken skriver den, ' +
        'f.eks. completed.',
    ],
    en: 'Order status in the shop',
    fields: {
      booked: { sv: ['När den är bokförd', ''], nb: ['Når den er bokført', ''], en: 'When booked' },
      paid: {
        sv: ['När fakturan är betald', ''],
        nb: ['Når fakturaen er betalt', ''],
        en: 'When its invoice is paid',
      },
    },
  },
} satisfies FieldTexts;
