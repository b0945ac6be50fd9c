import type { ConnectorTexts } from '../../ports/connector.ts';
import type { settingsSchema } from './settings.ts';

type Texts = ConnectorTexts<typeof settingsSchema>['settings'];

const REACHED: Pick<Texts, 'url' | 'login' | 'permalinks' | 'compareDays' | 'deletedMax' | 'shop'> =
  {
    url: {
      sv: [
        'Butikens adress',
        'Som den står i butikens egna inställningar: https://butik.example.se. Därifrån hämtas ' +
          'order. Tomt: det finns bara filer.',
      ],
      nb: [
        'Butikkens adresse',
        'Slik den står i butikkens egne innstillinger: https://butikk.example.no. Derfra hentes ' +
          'ordrer. Tomt: det finnes bare filer.',
      ],
      en: 'Address of the shop',
    },
    login: {
      sv: ['Inloggning', 'Hur nycklarna visas för butiken. I adressen hamnar de i värdens loggar.'],
      nb: [
        'Innlogging',
        'Hvordan nøklene vises for butikken. I adressen havner de i vertens logger.',
      ],
      en: 'Login',
      options: {
        auto: { sv: 'Välj själv', nb: 'Velg selv', en: 'As fits' },
        header: { sv: 'I ett huvud (Basic)', nb: 'I et hode (Basic)', en: 'In a header (Basic)' },
        query: { sv: 'I adressen', nb: 'I adressen', en: 'In the address' },
        signature: {
          sv: 'Med signatur (OAuth 1.0a)',
          nb: 'Med signatur (OAuth 1.0a)',
          en: 'By a signature (OAuth 1.0a)',
        },
      },
    },
    permalinks: {
      sv: ['Permalänkar', 'Enkla permalänkar: butiken har inget /wp-json.'],
      nb: ['Permalenker', 'Enkle permalenker: butikken har ikke /wp-json.'],
      en: 'Permalinks',
      options: {
        auto: { sv: 'Ta reda på det', nb: 'Finn det ut', en: 'Find out' },
        pretty: { sv: 'Vanliga', nb: 'Vanlige', en: 'Usual' },
        plain: { sv: 'Enkla', nb: 'Enkle', en: 'Plain' },
      },
    },
    compareDays: {
      sv: [
        'Dagar som jämförs',
        'Varje natt jämförs så många dagars order med vad butiken har berättat: vad som tagits ' +
          'bort, eller ändrats utan datum.',
      ],
      nb: [
        'Dager som sammenlignes',
        'Hver natt sammenlignes så mange dagers ordrer med det butikken har fortalt: hva som er ' +
          'slettet, eller endret uten dato.',
      ],
      en: 'Days compared',
    },
    deletedMax: {
      sv: [
        'Borttagna utan fråga, högst',
        'Är fler order och återbetalningar än så borta på en gång blir du tillfrågad.',
      ],
      nb: [
        'Slettede uten spørsmål, høyst',
        'Er flere ordrer og refusjoner enn dette borte på én gang, blir du spurt.',
      ],
      en: 'Deleted without asking, at most',
    },
    shop: {
      sv: [
        'Butik',
        'Butikens adress utan https://, t.ex. butik.example.se. Andra butikers order tas inte ' +
          'emot. Tomt för filer: varje order anger då sin butik.',
      ],
      nb: [
        'Butikk',
        'Butikkens adresse uten https://, f.eks. butikk.example.no. Andre butikkers ordrer tas ' +
          'ikke imot. Tomt for filer: hver ordre oppgir da butikken sin.',
      ],
      en: 'Shop',
    },
  };

const ORDERS: Pick<Texts, 'states' | 'kinds' | 'vatNumberKeys' | 'orgNumberKeys'> = {
  states: {
    sv: [
      'Orderstatusar',
      'Vad statusar betyder som tillägg har lagt till: delvis-skickad → Godkänd.',
    ],
    nb: [
      'Ordrestatuser',
      'Hva statuser som utvidelser har lagt til, betyr: delvis-sendt → Godkjent.',
    ],
    en: 'Order states',
    name: { sv: 'Butikens status', nb: 'Butikkens status', en: 'The shop’s state' },
    value: { sv: 'Betyder', nb: 'Betyr', en: 'Means' },
    options: {
      draft: { sv: 'Utkast', nb: 'Utkast', en: 'Draft' },
      open: { sv: 'Öppen', nb: 'Åpen', en: 'Open' },
      accepted: { sv: 'Godkänd', nb: 'Godkjent', en: 'Accepted' },
      shipped: { sv: 'Skickad', nb: 'Sendt', en: 'Shipped' },
      cancelled: { sv: 'Makulerad', nb: 'Kansellert', en: 'Cancelled' },
    },
  },
  kinds: {
    sv: [
      'Artikelslag',
      'Artiklar som inte är varor, efter artikelnummer: PK-500 → Presentkort. En * sist står ' +
        'för vad som helst: TIMME* → Tjänst.',
    ],
    nb: [
      'Artikkelslag',
      'Artikler som ikke er varer, etter artikkelnummer: PK-500 → Gavekort. En * til slutt ' +
        'står for hva som helst: TIME* → Tjeneste.',
    ],
    en: 'Kinds of article',
    name: { sv: 'Artikelnummer', nb: 'Artikkelnummer', en: 'Article number' },
    value: { sv: 'Slag', nb: 'Slag', en: 'Kind' },
    options: {
      goods: { sv: 'Vara', nb: 'Vare', en: 'Goods' },
      service: { sv: 'Tjänst', nb: 'Tjeneste', en: 'Service' },
      'gift-card': { sv: 'Presentkort', nb: 'Gavekort', en: 'Gift card' },
    },
  },
  vatNumberKeys: {
    sv: [
      'Fält med momsregistreringsnummer',
      'Namn på orderns egna fält som håller ett momsregistreringsnummer, utöver de vanliga.',
    ],
    nb: [
      'Felt med mva-nummer',
      'Navn på ordrens egne felt som holder et mva-nummer, utover de vanlige.',
    ],
    en: 'Fields with VAT numbers',
  },
  orgNumberKeys: {
    sv: [
      'Fält med organisationsnummer',
      'Namn på orderns egna fält som håller ett organisationsnummer, utöver de vanliga.',
    ],
    nb: [
      'Felt med organisasjonsnummer',
      'Navn på ordrens egne felt som holder et organisasjonsnummer, utover de vanlige.',
    ],
    en: 'Fields with organisation numbers',
  },
};

const PRODUCTS: Pick<Texts, 'products' | 'productMinutes' | 'currency' | 'prices' | 'taxRates'> = {
  products: {
    sv: [
      'Produkter',
      'Om även produkter hämtas, till artikelregistret i bokföringen. Se Artiklar i flödet.',
    ],
    nb: [
      'Produkter',
      'Om også produkter hentes, til artikkelregisteret i regnskapet. Se Artikler i flyten.',
    ],
    en: 'Products',
    options: {
      ignore: { sv: 'Hämtas inte', nb: 'Hentes ikke', en: 'Not fetched' },
      fetch: { sv: 'Hämtas', nb: 'Hentes', en: 'Fetched' },
    },
  },
  productMinutes: {
    sv: [
      'Produkter var … minut',
      'Hur ofta produkter hämtas, i minuter. Order kommer alltid först.',
    ],
    nb: [
      'Produkter hvert … minutt',
      'Hvor ofte produkter hentes, i minutter. Ordrer kommer alltid først.',
    ],
    en: 'Products every … minutes',
  },
  currency: {
    sv: ['Valuta', 'Produktprisernas valuta, som produkterna inte anger.'],
    nb: ['Valuta', 'Produktprisenes valuta, som produktene ikke oppgir.'],
    en: 'Currency',
    options: 'codes',
  },
  prices: {
    sv: ['Priser', 'Hur priser anges i butiken (WooCommerce › Inställningar › Skatt).'],
    nb: ['Priser', 'Hvordan priser oppgis i butikken (WooCommerce › Innstillinger › Avgift).'],
    en: 'Prices',
    options: {
      'with-vat': { sv: 'Inklusive moms', nb: 'Inklusive mva', en: 'With VAT' },
      'without-vat': { sv: 'Exklusive moms', nb: 'Eksklusive mva', en: 'Without VAT' },
    },
  },
  taxRates: {
    sv: [
      'Momssatser',
      'Hemlandets moms i procent för butikens skatteklasser, efter klassens kortnamn (slug): ' +
        'reducerad-moms → 12.',
    ],
    nb: [
      'Mva-satser',
      'Hjemlandets mva i prosent for butikkens avgiftsklasser, etter klassens korte navn (slug): ' +
        'redusert-mva → 15.',
    ],
    en: 'VAT rates',
    name: { sv: 'Skatteklass', nb: 'Avgiftsklasse', en: 'Tax class' },
    value: { sv: 'Moms, %', nb: 'Mva, %', en: 'VAT, %' },
  },
};

/** What the form of the settings says. */
export const WOO_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  settings: { ...REACHED, ...ORDERS, ...PRODUCTS },
  secrets: {
    consumerKey: {
      sv: 'Nyckel (consumer key)',
      nb: 'Nøkkel (consumer key)',
      en: 'Consumer key',
    },
    consumerSecret: {
      sv: 'Hemlighet (consumer secret)',
      nb: 'Hemmelighet (consumer secret)',
      en: 'Consumer secret',
    },
  },
};
