import type { ConnectorTexts } from '../../ports/connector.ts';
import type { settingsSchema } from './settings.ts';

/** What the form of the settings says. */
export const QUICKBUTIK_TEXTS: ConnectorTexts<typeof settingsSchema> = {
  settings: {
    apiUrl: {
      sv: [
        'API-adress',
        'Varifrån order hämtas, ändras bara vid test. Tomt: det finns bara filer.',
      ],
      nb: [
        'API-adresse',
        'Hvor ordrer hentes fra, endres bare ved test. Tomt: det finnes bare filer.',
      ],
      en: 'API address',
    },
    shop: {
      sv: ['Butik', 'Ett namn på butiken här: dess order anger det inte.'],
      nb: ['Butikk', 'Et navn på butikken her: ordrene oppgir det ikke.'],
      en: 'Shop',
    },
    country: {
      sv: ['Land', 'Landet vars moms butiken tar ut. Det avgör vilka momssatser som finns.'],
      nb: ['Land', 'Landet butikken krever mva for. Det avgjør hvilke mva-satser som finnes.'],
      en: 'Country',
      options: {
        SE: { sv: 'Sverige', nb: 'Sverige', en: 'Sweden' },
        NO: { sv: 'Norge', nb: 'Norge', en: 'Norway' },
      },
    },
    articleRates: {
      sv: [
        'Artiklars moms',
        'Momssats i procent efter artikelnummer: KAF-500 → 6. En order anger momsen som ett ' +
          'belopp, så en blandad varukorg kan bara bevisas när artiklarnas satser är kända. ' +
          'En * sist står för vad som helst.',
      ],
      nb: [
        'Artiklers mva',
        'Mva-sats i prosent etter artikkelnummer: KAF-500 → 15. En ordre oppgir mva som ett ' +
          'beløp, så en blandet handlekurv kan bare bevises når artiklenes satser er kjent. ' +
          'En * til slutt står for hva som helst.',
      ],
      en: 'VAT of articles',
      name: { sv: 'Artikelnummer', nb: 'Artikkelnummer', en: 'Article number' },
      value: { sv: 'Moms, %', nb: 'Mva, %', en: 'VAT, %' },
    },
    kinds: {
      sv: ['Artikelslag', 'Artiklar som inte är varor, efter artikelnummer: PK-500 → Presentkort.'],
      nb: ['Artikkelslag', 'Artikler som ikke er varer, etter nummer: PK-500 → Gavekort.'],
      en: 'Kinds of article',
      name: { sv: 'Artikelnummer', nb: 'Artikkelnummer', en: 'Article number' },
      value: { sv: 'Slag', nb: 'Slag', en: 'Kind' },
      options: {
        goods: { sv: 'Vara', nb: 'Vare', en: 'Goods' },
        service: { sv: 'Tjänst', nb: 'Tjeneste', en: 'Service' },
        'gift-card': { sv: 'Presentkort', nb: 'Gavekort', en: 'Gift card' },
      },
    },
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
      sv: ['Valuta', 'Produktprisernas valuta.'],
      nb: ['Valuta', 'Produktprisenes valuta.'],
      en: 'Currency',
      options: 'codes',
    },
    prices: {
      sv: ['Priser', 'Om produkternas priser är angivna med moms.'],
      nb: ['Priser', 'Om produktenes priser er oppgitt med mva.'],
      en: 'Prices',
      options: {
        'with-vat': { sv: 'Inklusive moms', nb: 'Inklusive mva', en: 'With VAT' },
        'without-vat': { sv: 'Exklusive moms', nb: 'Eksklusive mva', en: 'Without VAT' },
      },
    },
    lessToPay: {
      sv: [
        'När mindre ska betalas',
        'Vad det betyder att det som ska betalas är mindre än ordersumman.',
      ],
      nb: [
        'Når mindre skal betales',
        'Hva det betyr at det som skal betales, er mindre enn ordresummen.',
      ],
      en: 'When less is to be paid',
      options: {
        ask: { sv: 'Fråga varje gång', nb: 'Spør hver gang', en: 'Ask each time' },
        'gift-card': {
          sv: 'Betalt med butikens presentkort',
          nb: 'Betalt med butikkens gavekort',
          en: 'Paid with a gift card of the shop',
        },
      },
    },
    states: {
      sv: ['Orderstatusar', 'Vad statusnummer betyder som inte är dokumenterade: 3 → Makulerad.'],
      nb: ['Ordrestatuser', 'Hva statusnumre som ikke er dokumentert, betyr: 3 → Kansellert.'],
      en: 'Order states',
      name: { sv: 'Butikens nummer', nb: 'Butikkens nummer', en: 'The shop’s number' },
      value: { sv: 'Betyder', nb: 'Betyr', en: 'Means' },
      options: {
        open: { sv: 'Öppen', nb: 'Åpen', en: 'Open' },
        accepted: { sv: 'Godkänd', nb: 'Godkjent', en: 'Accepted' },
        shipped: { sv: 'Skickad', nb: 'Sendt', en: 'Shipped' },
        cancelled: { sv: 'Makulerad', nb: 'Kansellert', en: 'Cancelled' },
      },
    },
  },
  secrets: { apiKey: { sv: 'API-nyckel', nb: 'API-nøkkel', en: 'API key' } },
};
