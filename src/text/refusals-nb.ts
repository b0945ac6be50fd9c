import { roleName } from '../domain/posting/role-names.ts';
import type { Money } from '../domain/money.ts';
import { showAmount, showRate } from './amounts.ts';
import { describeNeed } from './ledger-needs.ts';
import type { NotInvoiceableTexts, RefusalTexts } from './refusal-texts.ts';
import { saleReasonsNb } from './sale-reasons-nb.ts';
import { settingText } from './source-settings.ts';
import { twoRatesOf, waysOf } from './tax-ways.ts';
import { either } from './surface.ts';

const kr = (amount: Money): string => showAmount(amount, 'nb');
const rate = (basisPoints: number): string => showRate(basisPoints, 'nb');

const TOTALS = { net: 'netto', vat: 'mva', gross: 'brutto', payable: 'å betale' } as const;

const NOT_INVOICEABLE: NotInvoiceableTexts = {
  'foreign-vat':
    'den har et annet lands mva, og fakturaer i regnskapet har bare vår. La flyten føre slike ' +
    'ordrer som bilag: invoicing.otherwise=voucher.',
  'one-customer':
    'den går til utlandet uten mva, og da må kunden navngis, men alle ordrer er på én kunde. ' +
    'Kjenn igjen kunder på e-post, eller sett invoicing.otherwise=voucher.',
  'cash-method':
    'firmaet fører inntekt når den betales, og ordren er betalt i deler. Sett ' +
    'invoicing.otherwise=voucher, eller før den for hånd.',
  scheme:
    'den er solgt under en egen avgiftsordning (margin, omvendt avgift), eller betalt med et ' +
    'gavekort som mva er betalt for. Sett invoicing.otherwise=voucher, eller før den for hånd.',
  'refund-alone':
    'den er en tilbakebetaling av en ordre som ikke er i regnskapet. Ta inn ordren, eller sett ' +
    'invoicing.otherwise=voucher.',
  'refund-of-order':
    'den er en tilbakebetaling, og flyten legger bare inn ordrer som ingen har fakturert. Trekk ' +
    'den fra på ordren for hånd, og hopp over den her.',
};

export const refusalsNb: RefusalTexts = {
  ...saleReasonsNb,
  'does-not-balance': (r) =>
    `Rapporten går ikke opp: inntekter ${kr(r.taken)}, gjort rede for ${kr(r.accounted)}, ` +
    `differanse ${kr(r.difference)}. Be butikken om en rettet rapport, eller velg kontoen som ` +
    'differansen hører hjemme på.',
  'control-total-differs': (r) =>
    `Kassens egen sum av ${r.total === 'gross' ? 'salget' : 'avgiften'} er ${kr(r.stated)}, ` +
    `linjene blir ${kr(r.summed)}, differanse ${kr(r.difference)}. En linje kan mangle: ` +
    'sammenlign med rapporten på papir.',
  'vat-rate-missing': (r) => `«${r.line}» mangler mva-sats. Oppgi den i filen eller i profilen.`,
  'vat-missing': (r) =>
    `«${r.line}» med ${rate(r.rate)} mangler mva-beløp. Huben regner ikke ut avgift som kassen ` +
    'ikke har oppgitt: be om en rapport med mva.',
  'vat-rate-not-in-force': (r) =>
    `«${r.line}» har mva ${rate(r.rate)}, som ikke gjelder ${r.date}. Rett kassen eller profilen.`,
  'vat-differs': (r) =>
    `«${r.line}» oppgir mva ${kr(r.stated)}; ${rate(r.rate)} ville vært ${kr(r.expected)}, ` +
    `differanse ${kr(r.difference)}, mer enn ${kr(r.tolerance)}. Kontroller satsen; godkjenn ` +
    'hvis kassen har rett.',
  'vat-at-several-rates': (r) =>
    `Faktura ${r.invoice} har mva ${kr(r.vat)} av ${kr(r.net)}, som ikke er noen enkelt sats. ` +
    `Det kan være: ${twoRatesOf(r, { kr, rate })}. Velg en (` +
    `${either('held resolve --tax-as 1', 'nedenfor')}), eller ` +
    'eksporter netto og mva per sats.',
  'vat-code-not-of-sale': (r) =>
    `Linjen «${r.line}» har mva-koden ${r.vatCode} og satsen ${rate(r.rate)}: ingenting selges ` +
    `med begge den ${r.date}. Rett linjen der fakturaen er laget.`,
  'account-not-chosen': (r) =>
    `Ingen konto er valgt for «${r.line}» (${roleNamed(r.role)}). Velg en i flyten.`,
  'amount-column-unmapped': (r) =>
    `Kolonnen «${r.column}» inneholder ${r.amount} (rad ${r.row}) og finnes ikke i profilen. ` +
    'Legg den til i profilen, så ingen penger faller bort.',
  'cash-difference-large': (r) =>
    `Kassen avviker ${kr(r.difference)}, mer enn grensen ${kr(r.limit)}. Tell på nytt, eller ` +
    'godkjenn avviket.',
  'cash-difference-disagrees': (r) =>
    `Rapporten oppgir kassedifferanse ${kr(r.stated)}, tellingen gir ${kr(r.counted)}, de er ` +
    `${kr(r.difference)} fra hverandre. Godkjenn tellingen, eller be om en rettet rapport.`,
  'cash-count-alone': (r) =>
    `${kr(r.counted)} kontant er talt opp, men kassen oppgir ikke noe kontantsalg. Be om en ` +
    'fullstendig rapport; godkjenn hvis alt er overskudd.',
  'empty-document': () => 'Det er ikke noe å bokføre i den. Hopp over den hvis det stemmer.',
  'voucher-does-not-balance': (r) =>
    `Bilaget går ikke opp: debet ${kr(r.debit)}, kredit ${kr(r.credit)}, differanse ` +
    `${kr(r.difference)}. Be kilden om en rettet fil.`,
  'report-revised': (r) =>
    `Rapporten er bokført som ${r.bookedAs} med ${kr(r.before)}, og er kommet igjen med ` +
    `${kr(r.after)}, differanse ${kr(r.difference)}. Rett (tilbakefør og bokfør på nytt), eller ` +
    'hopp over den nye versjonen.',
  'invoice-revised': (r) =>
    `Fakturaen er bokført som ${r.bookedAs} med ${kr(r.before)}, og har kommet igjen med ` +
    `${kr(r.after)}, differanse ${kr(r.difference)}. Rett (krediter og fakturer på nytt), ` +
    'eller hopp over den nye versjonen.',
  'invoice-not-coded': (r) =>
    `Ingen har kontert ${r.lines.map((line) => `«${line}»`).join(', ')} fra ${r.supplier}. Velg ` +
    `en konto (${either('held resolve --code-as', 'nedenfor')}), og for godt under ` +
    `purchases/${r.id} i flytens valg.`,
  'invoice-total-differs': (r) =>
    `Fakturaen oppgir ${TOTALS[r.total]} ${kr(r.stated)}, delene blir ${kr(r.summed)}, ` +
    `differanse ${kr(r.difference)}. Be leverandøren om en rettet faktura.`,
  'reverse-rate-not-chosen': (r) =>
    `Avgiften på ${r.lines.map((line) => `«${line}»`).join(', ')} fra ${r.supplier} beregnes av ` +
    'kjøperen, og ingen har sagt hvilken sats det har her: velg den (' +
    `${either('held resolve --vat-rate 25', 'nedenfor')}), ` +
    either('med --remember for godt: ', 'og for godt som ') +
    `reverseChargeRates for ${r.id} i flyten.`,
  'vat-category-not-booked': (r) =>
    `Fakturaen har ${kr(r.base)} i mva-kategori ${r.category}, der kjøperen beregner avgiften. ` +
    'Bokfør den for hånd, og hopp over den her.',
  'currency-not-booked': (r) =>
    `Fakturaen er i ${r.currency}, regnskapet føres i ${r.books}. Bokfør den for hånd, og hopp ` +
    'over den her.',
  'prepaid-not-booked': (r) =>
    `${kr(r.prepaid)} av fakturaen er allerede betalt, og ingen har sagt hvor forskuddet står. ` +
    'Velg kontoen supplier-prepayments i flyten om det er bokført uten mva; ellers bokfør for ' +
    'hånd, og hopp over den her.',
  'statement-does-not-balance': (r) =>
    `Kontoutskriften for ${r.account} går ikke opp: ${kr(r.opening)} og poster på ${kr(r.moved)} ` +
    `blir ikke ${kr(r.closing)}, differanse ${kr(r.difference)}. En post kan mangle: hent ` +
    'utskriften igjen; godkjenn for å bokføre postene som de står.',
  'statement-revised': (r) =>
    `Dagen er bokført som ${r.bookedAs} med poster på ${kr(r.before)}, og har kommet igjen med ` +
    `andre, på ${kr(r.after)}, differanse ${kr(r.difference)}. Rett i regnskapet, og hopp ` +
    'over den nye versjonen.',
  'entry-not-coded': (r) =>
    `Ingen har kontert disse postene på ${r.account}: ` +
    `${r.entries.map(entryText).join('; ')}. ` +
    `Velg en konto (${either('held resolve --code-as', 'nedenfor')}), og for godt under ` +
    'statement-entry/KODE i ' +
    'flytens valg.',
  'invoice-not-open': (r) =>
    `Post ${r.entry} på ${kr(r.amount)} betaler ${named(r.names)}, som ikke er en åpen faktura i ` +
    `regnskapet${maybe(r.candidates)}. Den prøves igjen når fakturaen er bokført her; ` +
    'godkjenn hvis betalingen alt står der, eller velg en konto (' +
    `${either('--code-as', 'nedenfor')}).`,
  'payment-differs': (r) =>
    `Post ${r.entry} betaler ${kr(r.paid)} for ${r.invoices.join(', ')}, der ${kr(r.open)} er ` +
    `åpent, differanse ${kr(r.difference)}. Godkjenn hvis det er en del, eller velg konto for ` +
    `differansen (${either('--account', 'nedenfor')}).`,
  'payment-account-unknown': (r) =>
    `Regnskapet har ingen betalingsmåte for konto ${r.account}. Legg inn en der og prøv igjen.`,
  'order-total-differs': (r) =>
    `Ordren er på ${kr(r.stated)}, ${r.total === 'lines' ? 'linjene' : 'betalingene'} blir ` +
    `${kr(r.summed)}, differanse ${kr(r.difference)}. Noe i ordren er ikke lest (gavekort, tips, ` +
    'tillegg): bokfør den for hånd, eller rett den i butikken.',
  'order-rounding-large': (r) =>
    `Butikken har avrundet ordren med ${kr(r.rounding)}, mer enn ${kr(r.limit)}. Godkjenn ` +
    'hvis det er avrunding.',
  'vat-not-proven': (r) =>
    `Ordre ${r.order} har mva ${kr(r.vat)} i én sum, og varenes satser er ikke kjent. ` +
    `Det kan være: ${waysOf(r, 'rabatten er et gavekort')}. Velg en (` +
    `${either('held resolve --tax-as 1', 'nedenfor')}), ` +
    'eller angi varenes satser i koblingen.',
  'order-paid-otherwise': (r) =>
    `Ordre ${r.order} blir ${kr(r.total)}, og ${kr(r.toPay)} skal betales, differanse ` +
    `${kr(r.difference)}. Godkjenn hvis den delen er betalt med gavekort; for godt: koblingens ` +
    'lessToPay=gift-card.',
  'refund-exceeds-order': (r) =>
    `${kr(r.back)} er tilbakebetalt av ordre ${r.order}, som har ${kr(r.remaining)} igjen, ` +
    `differanse ${kr(r.difference)}. Betalingsløsningen kan ha gjort det to ganger: hopp over ` +
    'den ene, eller godkjenn.',
  'refund-vat-estimated': (r) =>
    `${kr(r.back)} er tilbakebetalt av ordre ${r.order} uten at butikken sier hva det gjelder. ` +
    `Det fordeles på avgiftssatsene i det som er igjen, ${kr(r.remaining)}: godkjenn, eller ` +
    'rett i butikken.',
  'vat-not-charged': (r) =>
    `Det er ikke beregnet mva på ${r.lines.map((line) => `«${line}»`).join(', ')} ` +
    `(${kr(r.net)}), som går til ${r.country || 'ukjent land'}, uten kjøperens mva-nummer. Rett ` +
    'avgiften i butikken; godkjenn hvis salget er fritatt.',
  'calendar-not-whole': (r) =>
    `Betalingsplanen i tilbud ${r.quote} blir ${kr(r.calendar)}, tilbudet ${kr(r.total)}, ` +
    `differanse ${kr(r.difference)}. Rett planen og send på nytt.`,
  'installation-unknown': (r) =>
    `Betalingsplanen i tilbud ${r.quote} har montering for seg. Det krever én slik linje og ` +
    'en varegruppe som er montering: angi hvilke grupper som er det (installationGroups), eller ' +
    'rett planen.',
  'quote-revised': (r) =>
    `Tilbud ${r.quote} er i regnskapet som ${r.bookedAs}, på ${kr(r.before)}. Det kommer igjen ` +
    `på ${kr(r.after)}, differanse ${kr(r.difference)}, eller med en annen ` +
    'betalingsplan. Endre de ordrene som ikke er fakturert der, og hopp over det her.',
  'quote-below-invoiced': (r) =>
    `Tilbud ${r.quote} er nå på ${kr(r.total)}, og ${kr(r.invoiced)} av det er fakturert. Det ` +
    `gir ${kr(r.difference)} til siste linje. Krediter det som er for mye, eller legg til en ` +
    'linje for det som er igjen.',
  'quote-order-gone': (r) =>
    `${r.order} av tilbud ${r.quote} er kansellert eller borte i regnskapet, og tilbudet kommer ` +
    'igjen endret. Godkjenn for å legge den inn på nytt, eller hopp over tilbudet.',
  'quote-order-left': (r) =>
    `Tilbud ${r.quote} har ikke noe igjen til ${r.order} på ${kr(r.amount)}, som ikke er ` +
    'fakturert. Slett den i regnskapet, og godkjenn etterpå.',
  'order-not-invoiceable': (r) =>
    `Ordre ${r.order} kan ikke bli en faktura: ` + NOT_INVOICEABLE[r.why],
  'invoice-account-differs': (r) =>
    `Regnskapet fører ${roleName(r.role, 'nb')} på fakturaer på ` +
    `${r.ledger}, flyten sier ${r.chosen}. Endre den ` +
    'forvalgte kontoen der, eller flytens: ' +
    `${either(`--account ${r.role}=${r.ledger}`, `${r.ledger} (Kontoer i flyten)`)}.`,
  'invoice-rounded': (r) =>
    `Ordren er på ${kr(r.stated)}, faktura ${r.id} på ${kr(r.booked)}, differanse ` +
    `${kr(r.difference)}: regnskapet avrunder fakturaer. Den er ikke bokført. Slå av ` +
    'øresavrunding av fakturaer der, og prøv igjen.',
  'report-overlaps': (r) =>
    `Dagen finnes også i ${r.other}: en rapport per kasse og en for hele butikken. Hopp over en ` +
    'av dem.',
  'payout-total-differs': (r) =>
    `Utbetalingen ${r.payout} skal bli ${kr(r.stated)}, utbetalt og igjen, radene blir ` +
    `${kr(r.summed)}, forskjellen er ${kr(r.difference)}. Hent hele avregningen på nytt hos ` +
    'betalingstjenesten. Godkjenn for å bokføre den som den er: forskjellen blir da stående på ' +
    'avregningskontoen.',
  'payout-row-twice': (r) =>
    `Raden ${r.row} i utbetalingen ${r.payout}, ${kr(r.amount)}, finnes også i ${r.other}: den ` +
    'ville bli avregnet to ganger. Hopp over en av utbetalingene; godkjenn hvis ' +
    'betalingstjenesten har gjort det to ganger.',
  'credit-differs': (r) =>
    `Butikk ${r.store}${till(r.register)} solgte ${kr(r.reported)} på kreditt ${r.day} etter ` +
    `dagsoppgjøret, kundenes kvitteringer blir ${kr(r.receipts)}, differanse ` +
    `${kr(r.difference)}. Be butikken om det som mangler: når det kommer, prøves det igjen av ` +
    'seg selv. Godkjenn hvis differansen skal bli stående.',
  'receipt-twice': (r) =>
    `Kvittering ${r.receipt} ${r.day} står også i ${r.other}, så kunden ville bli fakturert to ` +
    'ganger. Hopp over en av dem, eller godkjenn hvis kvitteringene er ulike.',
  'invoice-twice': (r) =>
    `Fakturaen har også kommet som ${r.other}: samme leverandør og nummer. Hopp over denne; ` +
    'godkjenn bare hvis det er to forskjellige fakturaer.',
  'article-twice': (r) =>
    `Artikkelnummeret ${r.number} hører også til ${r.other}: to produkter ville skrive over ` +
    'hverandre i artikkelregisteret. Gi en av dem et annet nummer i butikken, eller hopp over ' +
    'denne.',
  'article-rate-missing': (r) =>
    `Prisen ${kr(r.price)} for artikkel ${r.number} kan ikke regnes om med eller uten mva slik ` +
    'prislisten har prisene sine: mva-satsen er ikke kjent. Oppgi satsen for avgiftsklassen i ' +
    'tilkoblingen (taxRates), eller ta prisen ut av articleFields.',
  'shop-setting-changed': (r) => {
    const [name, means] = settingText(r.setting, 'nb');
    return (
      `${name} ble endret i ${r.shop}, sett ${r.day}: ${r.was || '–'} → ${r.now || '–'}. ` +
      `${means} Er det riktig, si det på oversikten${either(' (bokbro missing)', '')}: ` +
      'bestillingene bokføres. ' +
      'Ellers endre tilbake i butikken.'
    );
  },
  'before-start-date': (r) =>
    `Dagen ${r.date} er før flytens startdag ${r.start}. Godkjenn hvis den ikke er ført for hånd.`,
  'account-unknown': (r) =>
    `Konto ${r.account} finnes ikke i regnskapets kontoplan${forRole(r.role)}. Opprett den der, ` +
    'eller velg en annen.',
  'account-inactive': (r) =>
    `Konto ${r.account} er ikke aktiv i regnskapet${forRole(r.role)}. Aktiver den der, eller ` +
    'velg en annen.',
  'cost-centre-required': (r) => `Konto ${r.account} krever avdeling. Velg en.`,
  'cost-centre-unknown': (r) =>
    `Avdeling ${r.costCentre} er ikke aktiv i regnskapet. Opprett den der, eller velg en annen.`,
  'project-required': (r) => `Konto ${r.account} krever prosjekt. Velg et.`,
  'project-unknown': (r) =>
    `Prosjekt ${r.project} er ikke åpent i regnskapet. Opprett det der, eller velg et annet.`,
  'cost-centre-too-long': (r) =>
    `Avdeling ${r.costCentre} finnes ikke i regnskapet, og en kode der har høyst ` +
    `${r.longest} tegn. Si hva den heter ` +
    `der${either(`: --department ${r.costCentre}=…`, ' under Avdelinger i flyten.')}`,
  'project-too-long': (r) =>
    `Prosjekt ${r.project} finnes ikke i regnskapet, og et nummer der har høyst ` +
    `${r.longest} tegn. Gi det et kortere nummer i kilden.`,
  'period-locked': (r) =>
    `Regnskapet er låst til og med ${r.lockedTo}, og dokumentet er fra ${r.date}. Åpne perioden, ` +
    'eller velg en annen bokføringsdag.',
  'year-missing': (r) => `Regnskapet har ikke noe regnskapsår for ${r.date}. Opprett det der.`,
  'series-unknown': (r) =>
    `Regnskapet har ingen bilagsserie ${r.series}. Opprett den der, eller velg en annen.`,
  'series-not-manual': (r) =>
    `Bilagsserie ${r.series} tar ikke imot bilag utenfra. Gjør den manuell i regnskapet.`,
  'found-twice': (r) =>
    `${r.what}: det står to ganger i regnskapet (${r.ids.join(', ')}). ` +
    'Reverser det ene der, og godkjenn så.',
  'read-back-differs': (r) =>
    `${r.what}: sendt ${r.sent || 'ikke noe mer'}, men ${r.id} i regnskapet har ` +
    `${r.booked || 'ikke noe mer'}. Sammenlign dem; godkjenn hvis regnskapet har rett.`,
  'target-refused': (r) =>
    `${r.system} tok ikke imot det: ${r.said}${r.theirCode === '' ? '' : ` (${r.theirCode})`}. ` +
    'Ordne det der og prøv igjen.',
  'target-cannot': (r) => `${r.system} kan ikke ta imot ${r.what}.`,
  'ledger-needs': (r) => describeNeed(r, 'nb'),
  'kind-not-taken': (r) =>
    `Regnskapssystemet tar ikke imot dokumenter av slaget ${r.kind}. Hopp over det, og gjør det ` +
    'der for hånd.',
  'attempts-exhausted': (r) =>
    `Det er forsøkt ${r.attempts} ganger: ${r.last}. Se etter i regnskapet: finnes det der, hopp ` +
    'over det; hvis ikke, godkjenn, så sendes det igjen.',
  'our-error': (r) => `Dette er en feil hos oss: ${r.message} Meld den gjerne.`,
};

function forRole(role: string): string {
  return role === '' ? '' : ` (for ${roleNamed(role)})`;
}

/** A role, and in the terminal what an option calls it. */
function roleNamed(role: string): string {
  return roleName(role, 'nb') + either(`, ${role}`, '');
}

function named(names: readonly string[]): string {
  return names.length === 0 ? 'en faktura som den ikke nevner' : names.join(', ');
}

function maybe(candidates: readonly string[]): string {
  return candidates.length === 0 ? '' : ` (kanskje ${candidates.join(', ')})`;
}

function entryText(entry: {
  readonly id: string;
  readonly code: string;
  readonly text: string;
  readonly amount: Money;
}): string {
  const { id, code, text, amount } = entry;
  return [id, code, text, kr(amount)].filter((part) => part !== '').join(' ');
}

function till(register: string): string {
  return register === 'ALL' ? '' : ` kasse ${register}`;
}
