import { PROVIDER_NAMES } from '../../domain/document/payout.ts';
import type { FieldTexts } from '../../ports/field-texts.ts';

/** What a flow may choose of how things are booked: accounts, cost centres, VAT. */
export const CODING_TEXTS = {
  accounts: {
    sv: [
      'Konton',
      'Egna konton i stället för standardkontona, efter vad de är till: tender.card (kort), ' +
        'sales.25 (försäljning 25 %), sales.25/50 (för avdelning 50), cash.shortage ' +
        '(kassabrist), purchases/LIVS, purchases/5599990032 …',
    ],
    nb: [
      'Kontoer',
      'Egne kontoer i stedet for standardkontoene, etter hva de er til: tender.card (kort), ' +
        'sales.25 (salg 25 %), sales.25/50 (for avdeling 50), cash.shortage (kassemanko), ' +
        'purchases/MAT, purchases/999999999 …',
    ],
    en: 'Accounts',
    name: { sv: 'Vad kontot är till', nb: 'Hva kontoen er til', en: 'What it is for' },
    value: { sv: 'Konto', nb: 'Konto', en: 'Account' },
  },
  departments: {
    sv: [
      'Avdelningar',
      'Kostnadsställe och projekt för kassans avdelningar, efter deras kod, och för ' +
        'kostnadsställen som fakturor från ett annat system anger.',
    ],
    nb: [
      'Avdelinger i kassen',
      'Avdeling og prosjekt i regnskapet for kassens avdelinger, etter koden deres, og for ' +
        'avdelinger som fakturaer fra et annet system oppgir.',
    ],
    en: 'Departments',
    name: { sv: 'Avdelningens kod', nb: 'Kode i kassen', en: 'Code of the department' },
    item: {
      sv: ['Avdelning', ''],
      nb: ['Avdeling', ''],
      en: 'Department',
      fields: {
        costCentre: {
          sv: ['Kostnadsställe', ''],
          nb: ['Avdeling i regnskapet', ''],
          en: 'Cost centre',
        },
        project: { sv: ['Projekt', ''], nb: ['Prosjekt', ''], en: 'Project' },
      },
    },
  },
  invoiceClasses: {
    sv: [
      'Fakturaslag',
      'Vad orden betyder som leverantörer skriver för en fakturas slag, med stora bokstäver.',
    ],
    nb: [
      'Fakturaslag',
      'Hva ordene leverandører skriver for en fakturas slag, betyr, med store bokstaver.',
    ],
    en: 'Kinds of invoice',
    name: { sv: 'Leverantörens ord', nb: 'Leverandørens ord', en: 'The supplier’s word' },
    value: { sv: 'Avser', nb: 'Gjelder', en: 'For' },
    options: {
      goods: { sv: 'Varor', nb: 'Varer', en: 'Goods' },
      overhead: { sv: 'Omkostnader', nb: 'Driftskostnader', en: 'Overheads' },
      service: { sv: 'Tjänster', nb: 'Tjenester', en: 'Services' },
    },
  },
  bookedOnArrival: {
    sv: [
      'Bokförs mot avräkning vid ankomst',
      'Konton, som kontoutdragen kallar dem, som leverantörsfakturor bokförs mot när de kommer. ' +
        'Utdraget bokför då ingen betalning av dem.',
    ],
    nb: [
      'Bokføres mot avregning ved ankomst',
      'Kontoer, slik utskriftene kaller dem, som leverandørfakturaer bokføres mot når de ' +
        'kommer. Utskriften bokfører da ingen betaling av dem.',
    ],
    en: 'Booked on arrival',
  },
  reverseChargeRates: {
    sv: [
      'Momssatser vid omvänd betalningsskyldighet',
      'Hemlandets momssats i procent för det som köps utan moms från utlandet, efter ' +
        'inköpens koder: DE123456789 → 25.',
    ],
    nb: [
      'Mva-satser ved omvendt avgiftsplikt',
      'Hjemlandets mva-sats i prosent for det som kjøpes uten mva fra utlandet, etter ' +
        'innkjøpenes koder: DE123456789 → 25.',
    ],
    en: 'Reverse-charge rates',
    name: { sv: 'Inköpets kod', nb: 'Innkjøpets kode', en: 'Code of the purchase' },
    value: { sv: 'Moms, %', nb: 'Mva, %', en: 'VAT, %' },
  },
  payoutFees: {
    sv: [
      'Moms på betalleverantörers avgifter',
      'Där avräkningen inte anger någon moms. Sägs inget: momsfritt.',
    ],
    nb: [
      'Mva på betalingsleverandørers gebyrer',
      'Der oppgjøret ikke oppgir noen mva. Sies ingenting: unntatt fra mva.',
    ],
    en: 'VAT on fees',
    name: { sv: 'Betalleverantör', nb: 'Betalingsleverandør', en: 'Payment provider' },
    names: PROVIDER_NAMES,
    value: { sv: 'Moms', nb: 'Mva', en: 'VAT' },
    options: {
      exempt: { sv: 'Momsfri', nb: 'Unntatt fra mva', en: 'Exempt' },
      domestic: { sv: 'Moms inom landet', nb: 'Innenlandsk mva', en: 'Domestic VAT' },
      eu: {
        sv: 'Omvänd betalningsskyldighet, EU',
        nb: 'Omvendt avgiftsplikt, EU',
        en: 'Reverse charge, EU',
      },
      foreign: {
        sv: 'Omvänd betalningsskyldighet, utanför EU',
        nb: 'Omvendt avgiftsplikt, utenfor EU',
        en: 'Reverse charge, outside the EU',
      },
    },
  },
} satisfies FieldTexts;

/** What a flow may choose of when a person is asked. */
export const ASKING_TEXTS = {
  cashDifferenceLimit: {
    sv: [
      'Gräns för kassadifferens',
      'Fråga när mer kontanter än så fattas eller är över, i kronor. Tomt: fråga aldrig.',
    ],
    nb: [
      'Grense for kassedifferanse',
      'Spør når mer kontanter enn dette mangler eller er til overs, i kroner. Tomt: spør aldri.',
    ],
    en: 'Cash difference limit',
  },
  vatTolerance: {
    sv: [
      'Tillåten momsavvikelse',
      'Fråga när momsen på en rad avviker mer än så från momssatsen, i kronor.',
    ],
    nb: [
      'Tillatt mva-avvik',
      'Spør når mva på en linje avviker mer enn dette fra mva-satsen, i kroner.',
    ],
    en: 'VAT tolerance',
  },
  series: {
    sv: ['Verifikationsserie', 'Verifikationsserie i bokföringen. Tomt: anslutningens egen.'],
    nb: ['Bilagsserie', 'Bilagsserie eller bilagsart i regnskapet. Tomt: tilkoblingens egen.'],
    en: 'Voucher series',
  },
  revisions: {
    sv: ['Ny version av bokfört', 'En bokförd rapport eller faktura kommer igen med andra belopp.'],
    nb: ['Ny versjon av bokført', 'En bokført rapport eller faktura kommer igjen med andre beløp.'],
    en: 'New version of what is booked',
    options: {
      ask: { sv: 'Fråga', nb: 'Spør', en: 'Ask' },
      correct: {
        sv: 'Vänd eller kreditera, och bokför på nytt',
        nb: 'Tilbakefør eller krediter, og bokfør på nytt',
        en: 'Reverse or credit it, and book anew',
      },
    },
  },
  lockedPeriod: {
    sv: ['Låst period', 'Underlagets dag är låst i bokföringen.'],
    nb: ['Låst periode', 'Bilagets dag er låst i regnskapet.'],
    en: 'Locked period',
    options: {
      ask: { sv: 'Fråga', nb: 'Spør', en: 'Ask' },
      'first-open-day': {
        sv: 'Bokför på första öppna dagen',
        nb: 'Bokfør på første åpne dag',
        en: 'Book on the first open day',
      },
    },
  },
} satisfies FieldTexts;

/** What a flow may choose of files and payouts. */
export const KEEPING_TEXTS = {
  lateAfterDays: {
    sv: [
      'Sen utbetalning efter dagar',
      'Order som betalleverantören inte har betalat ut efter så många dagar tas upp i ' +
        'avstämningen.',
    ],
    nb: [
      'Sen utbetaling etter dager',
      'Ordrer som betalingsleverandøren ikke har utbetalt etter så mange dager, tas opp i ' +
        'avstemmingen.',
    ],
    en: 'Payout late after days',
  },
  attachFile: {
    sv: ['Bifoga filen', 'Den mottagna rapporten bifogas verifikationen.'],
    nb: ['Legg ved filen', 'Den mottatte rapporten legges ved bilaget.'],
    en: 'Attach the file',
  },
} satisfies FieldTexts;
