import type { FieldTexts } from '../../ports/field-texts.ts';

/** What a flow may choose of a shop's orders: when they are booked, and which. */
export const SHOP_ORDER_TEXTS = {
  bookWhen: {
    sv: [
      'När order bokförs',
      'Efter betalsätt, som butiken skriver det: cod → När den är skickad. default gäller alla ' +
        'andra.',
    ],
    nb: [
      'Når ordrer bokføres',
      'Etter betalingsmåte, slik butikken skriver den: cod → Når den er sendt. default gjelder ' +
        'alle andre.',
    ],
    en: 'When orders are booked',
    name: { sv: 'Betalsätt', nb: 'Betalingsmåte', en: 'Payment method' },
    value: { sv: 'Bokförs', nb: 'Bokføres', en: 'Booked' },
    options: {
      accepted: {
        sv: 'När butiken har godkänt den',
        nb: 'Når butikken har godkjent den',
        en: 'When the shop has accepted it',
      },
      paid: { sv: 'När den är betald', nb: 'Når den er betalt', en: 'When it is paid' },
      shipped: { sv: 'När den är skickad', nb: 'Når den er sendt', en: 'When it is shipped' },
      manual: { sv: 'Bara på begäran', nb: 'Bare når du ber om det', en: 'Only when asked to' },
      never: { sv: 'Aldrig', nb: 'Aldri', en: 'Never' },
    },
  },
  perVoucher: {
    sv: ['Per verifikation', 'Vilka av butikens order och återbetalningar som delar verifikation.'],
    nb: ['Per bilag', 'Hvilke av butikkens ordrer og refusjoner som deler bilag.'],
    en: 'Per voucher',
    options: {
      order: { sv: 'En order', nb: 'Én ordre', en: 'One order' },
      day: {
        sv: 'En hel dag, när den är slut',
        nb: 'En hel dag, når den er slutt',
        en: 'A whole day, when it is over',
      },
    },
  },
  saleDate: {
    sv: ['Försäljningsdag', 'Dagen som en order bokförs på.'],
    nb: ['Salgsdag', 'Dagen en ordre bokføres på.'],
    en: 'Day of sale',
    options: {
      order: { sv: 'När den lades', nb: 'Når den ble lagt inn', en: 'When it was placed' },
      paid: { sv: 'När den betalades', nb: 'Når den ble betalt', en: 'When it was paid' },
    },
  },
  saleSchemes: {
    sv: [
      'Artiklar utan moms på priset',
      'Efter artikelnummer. En * sist står för vad som helst: BYGG* → Omvänd ' +
        'betalningsskyldighet, BEG* → Vinstmarginalbeskattning.',
    ],
    nb: [
      'Artikler uten mva på prisen',
      'Etter artikkelnummer. En * til slutt står for hva som helst: BYGG* → Omvendt ' +
        'avgiftsplikt, BRUKT* → Avansesystemet.',
    ],
    en: 'Articles without VAT on price',
    name: { sv: 'Artikelnummer', nb: 'Artikkelnummer', en: 'Article number' },
    value: { sv: 'Säljs med', nb: 'Selges med', en: 'Sold under' },
    options: {
      construction: {
        sv: 'Omvänd betalningsskyldighet (bygg)',
        nb: 'Omvendt avgiftsplikt (bygg)',
        en: 'Reverse charge (construction)',
      },
      margin: { sv: 'Vinstmarginalbeskattning', nb: 'Avansesystemet', en: 'Margin scheme' },
    },
  },
  singlePurposeCards: {
    sv: [
      'Presentkort med moms',
      'Betalsätt som är presentkort sålda med moms (enfunktionsvouchrar): det som de betalar ' +
        'får ingen moms igen.',
    ],
    nb: [
      'Gavekort med mva',
      'Betalingsmåter som er gavekort solgt med mva: det de betaler, får ikke mva igjen.',
    ],
    en: 'Gift cards with VAT',
  },
  bookedElsewhere: {
    sv: [
      'Bokfört av annat program',
      'Order som själva säger att ett annat program har bokfört dem.',
    ],
    nb: ['Bokført av annet program', 'Ordrer som selv sier at et annet program har bokført dem.'],
    en: 'Booked by another program',
    options: {
      leave: { sv: 'Bokför dem inte', nb: 'Ikke bokfør dem', en: 'Leave them' },
      book: { sv: 'Bokför dem ändå', nb: 'Bokfør dem likevel', en: 'Book them' },
    },
  },
  leaveOut: {
    sv: ['Order som utelämnas', 'Order som inte bokförs.'],
    nb: ['Ordrer som utelates', 'Ordrer som ikke bokføres.'],
    en: 'Orders left out',
    options: {
      'sub-orders': {
        sv: 'Delar av andra order',
        nb: 'Deler av andre ordrer',
        en: 'Parts of other orders',
      },
      'zero-total': { sv: 'Order på 0', nb: 'Ordrer på 0', en: 'Orders of 0' },
    },
  },
  leaveOutVia: {
    sv: [
      'Försäljningskanaler som utelämnas',
      'Order som har kommit till på ett sätt som bokförs på annat håll, t.ex. pos (kassa).',
    ],
    nb: [
      'Salgskanaler som utelates',
      'Ordrer som er kommet til på en måte som bokføres et annet sted, f.eks. pos (kasse).',
    ],
    en: 'Ways left out',
  },
} satisfies FieldTexts;
