import { roleName } from '../domain/posting/role-names.ts';
import type { Money } from '../domain/money.ts';
import { showAmount, showRate } from './amounts.ts';
import { describeNeed } from './ledger-needs.ts';
import type { NotInvoiceableTexts, RefusalTexts } from './refusal-texts.ts';
import { saleReasonsSv } from './sale-reasons-sv.ts';
import { settingText } from './source-settings.ts';
import { twoRatesOf, waysOf } from './tax-ways.ts';
import { either } from './surface.ts';

const kr = (amount: Money): string => showAmount(amount, 'sv');
const rate = (basisPoints: number): string => showRate(basisPoints, 'sv');

const TOTALS = { net: 'netto', vat: 'moms', gross: 'brutto', payable: 'att betala' } as const;

const NOT_INVOICEABLE: NotInvoiceableTexts = {
  'foreign-vat':
    'den har ett annat lands moms, och fakturor i bokföringen har bara vår. Låt flödet bokföra ' +
    'sådana order som verifikationer: invoicing.otherwise=voucher.',
  'one-customer':
    'den går utomlands utan moms, och då måste kunden namnges, men alla order är på en kund. ' +
    'Känn igen kunder på e-post, eller sätt invoicing.otherwise=voucher.',
  'cash-method':
    'företaget har kontantmetoden, och ordern är betald i delar. Sätt ' +
    'invoicing.otherwise=voucher, eller bokför den för hand.',
  scheme:
    'den är såld med särskild ordning för moms (marginal, omvänd i byggsektorn), eller betald ' +
    'med ett presentkort vars moms är betald. Sätt invoicing.otherwise=voucher, eller bokför ' +
    'den för hand.',
  'refund-alone':
    'den är en återbetalning av en order som inte finns i bokföringen. Ta in ordern, eller sätt ' +
    'invoicing.otherwise=voucher.',
  'refund-of-order':
    'den är en återbetalning, och flödet lägger bara upp order som ingen har fakturerat. Dra av ' +
    'den på ordern för hand, och hoppa över den här.',
};

export const refusalsSv: RefusalTexts = {
  ...saleReasonsSv,
  'does-not-balance': (r) =>
    `Rapporten går inte ihop: intäkter ${kr(r.taken)}, redovisat ${kr(r.accounted)}, differens ` +
    `${kr(r.difference)}. Be butiken om en rättad rapport, eller välj det konto som differensen ` +
    'hör hemma på.',
  'control-total-differs': (r) =>
    `Kassans egen summa av ${r.total === 'gross' ? 'försäljningen' : 'momsen'} är ` +
    `${kr(r.stated)}, raderna blir ${kr(r.summed)}, differens ${kr(r.difference)}. En rad kan ` +
    'saknas: jämför med rapporten på papper.',
  'vat-rate-missing': (r) => `”${r.line}” saknar momssats. Ange den i filen eller i profilen.`,
  'vat-missing': (r) =>
    `”${r.line}” med ${rate(r.rate)} saknar momsbelopp. Hubben räknar inte ut moms som kassan ` +
    'inte har angett: be om en rapport med moms.',
  'vat-rate-not-in-force': (r) =>
    `”${r.line}” har moms ${rate(r.rate)}, som inte gäller ${r.date}. Rätta kassan eller profilen.`,
  'vat-differs': (r) =>
    `”${r.line}” anger moms ${kr(r.stated)}; ${rate(r.rate)} skulle vara ${kr(r.expected)}, ` +
    `differens ${kr(r.difference)}, mer än ${kr(r.tolerance)}. Kontrollera momssatsen; godkänn ` +
    'om kassan har rätt.',
  'vat-at-several-rates': (r) =>
    `Faktura ${r.invoice} har moms ${kr(r.vat)} på ${kr(r.net)}, vilket inte är någon enda sats. ` +
    `Det kan vara: ${twoRatesOf(r, { kr, rate })}. Välj ett (` +
    `${either('held resolve --tax-as 1', 'nedan')}), eller ` +
    'exportera netto och moms per sats.',
  'vat-code-not-of-sale': (r) =>
    `Raden ”${r.line}” har momskoden ${r.vatCode} och momssatsen ${rate(r.rate)}: inget säljs ` +
    `med båda den ${r.date}. Rätta raden där fakturan är gjord.`,
  'account-not-chosen': (r) =>
    `Inget konto är valt för ”${r.line}” (${roleNamed(r.role)}). Välj ett i flödet.`,
  'amount-column-unmapped': (r) =>
    `Kolumnen ”${r.column}” innehåller ${r.amount} (rad ${r.row}) och finns inte i profilen. ` +
    'Lägg till den i profilen, så att inga pengar faller bort.',
  'cash-difference-large': (r) =>
    `Kassan skiljer ${kr(r.difference)}, mer än gränsen ${kr(r.limit)}. Räkna om, eller godkänn ` +
    'differensen.',
  'cash-difference-disagrees': (r) =>
    `Rapporten anger kassadifferens ${kr(r.stated)}, räkningen ger ${kr(r.counted)}, de skiljer ` +
    `${kr(r.difference)}. Godkänn räkningen, eller be om en rättad rapport.`,
  'cash-count-alone': (r) =>
    `${kr(r.counted)} kontant är räknat, men kassan anger ingen kontantförsäljning alls. Be om ` +
    'en fullständig rapport; godkänn om allt är överskott.',
  'empty-document': () => 'Det finns inget att bokföra i den. Hoppa över den om det stämmer.',
  'voucher-does-not-balance': (r) =>
    `Verifikatet går inte ihop: debet ${kr(r.debit)}, kredit ${kr(r.credit)}, differens ` +
    `${kr(r.difference)}. Be källan om en rättad fil.`,
  'report-revised': (r) =>
    `Rapporten är bokförd som ${r.bookedAs} med ${kr(r.before)}, och har kommit igen med ` +
    `${kr(r.after)}, differens ${kr(r.difference)}. Rätta (återför och bokför på nytt), eller ` +
    'hoppa över den nya versionen.',
  'invoice-revised': (r) =>
    `Fakturan är bokförd som ${r.bookedAs} med ${kr(r.before)}, och har kommit igen med ` +
    `${kr(r.after)}, differens ${kr(r.difference)}. Rätta (kreditera och fakturera på nytt), ` +
    'eller hoppa över den nya versionen.',
  'invoice-not-coded': (r) =>
    `Ingen har konterat ${r.lines.map((line) => `”${line}”`).join(', ')} från ${r.supplier}. ` +
    `Välj ett konto (${either('held resolve --code-as', 'nedan')}), och för gott under ` +
    `purchases/${r.id} i flödets val.`,
  'invoice-total-differs': (r) =>
    `Fakturan anger ${TOTALS[r.total]} ${kr(r.stated)}, delarna blir ${kr(r.summed)}, differens ` +
    `${kr(r.difference)}. Be leverantören om en rättad faktura.`,
  'reverse-rate-not-chosen': (r) =>
    `Momsen på ${r.lines.map((line) => `”${line}”`).join(', ')} från ${r.supplier} redovisas av ` +
    'köparen, och ingen har sagt vilken momssats det har här: välj den (' +
    `${either('held resolve --vat-rate 25', 'nedan')}), ` +
    either('med --remember för gott: ', 'och för gott som ') +
    `reverseChargeRates för ${r.id} i flödet.`,
  'vat-category-not-booked': (r) =>
    `Fakturan har ${kr(r.base)} i momskategori ${r.category}, där köparen redovisar momsen. ` +
    'Bokför den för hand, och hoppa över den här.',
  'currency-not-booked': (r) =>
    `Fakturan är i ${r.currency}, böckerna förs i ${r.books}. Bokför den för hand, och hoppa ` +
    'över den här.',
  'prepaid-not-booked': (r) =>
    `${kr(r.prepaid)} av fakturan är redan betalt, och ingen har sagt var förskottet står. Välj ` +
    'kontot supplier-prepayments i flödet om det är bokfört utan moms; annars bokför för hand, ' +
    'och hoppa över den här.',
  'statement-does-not-balance': (r) =>
    `Kontoutdraget för ${r.account} går inte ihop: ${kr(r.opening)} och poster på ${kr(r.moved)} ` +
    `blir inte ${kr(r.closing)}, differens ${kr(r.difference)}. En post kan saknas: hämta ` +
    'utdraget igen; godkänn för att bokföra posterna som de står.',
  'statement-revised': (r) =>
    `Dagen är bokförd som ${r.bookedAs} med poster på ${kr(r.before)}, och har kommit igen med ` +
    `andra, på ${kr(r.after)}, differens ${kr(r.difference)}. Rätta i bokföringen, och hoppa ` +
    'över den nya versionen.',
  'entry-not-coded': (r) =>
    `Ingen har konterat de här posterna på ${r.account}: ` +
    `${r.entries.map(entryText).join('; ')}. ` +
    `Välj ett konto (${either('held resolve --code-as', 'nedan')}), och för gott under ` +
    'statement-entry/KOD i ' +
    'flödets val.',
  'invoice-not-open': (r) =>
    `Post ${r.entry} på ${kr(r.amount)} betalar ${named(r.names)}, som inte är en öppen ` +
    `faktura i bokföringen${maybe(r.candidates)}. Den prövas igen när fakturan har bokförts här; ` +
    'godkänn om betalningen redan står där, eller välj ett konto (' +
    `${either('--code-as', 'nedan')}).`,
  'payment-differs': (r) =>
    `Post ${r.entry} betalar ${kr(r.paid)} för ${r.invoices.join(', ')}, där ${kr(r.open)} är ` +
    `öppet, differens ${kr(r.difference)}. Godkänn om det är en del, eller välj konto för ` +
    `differensen (${either('--account', 'nedan')}).`,
  'payment-account-unknown': (r) =>
    `Bokföringen har inget betalningssätt för konto ${r.account}. Lägg upp ett där och ` +
    'försök igen.',
  'order-total-differs': (r) =>
    `Ordern är på ${kr(r.stated)}, ${r.total === 'lines' ? 'raderna' : 'betalningarna'} blir ` +
    `${kr(r.summed)}, differens ${kr(r.difference)}. Något i ordern är inte läst (presentkort, ` +
    'dricks, tillägg): bokför den för hand, eller rätta den i butiken.',
  'order-rounding-large': (r) =>
    `Butiken har avrundat ordern med ${kr(r.rounding)}, mer än ${kr(r.limit)}. Godkänn om det är ` +
    'avrundning.',
  'vat-not-proven': (r) =>
    `Order ${r.order} har moms ${kr(r.vat)} i en summa, och artiklarnas momssatser är okända. ` +
    `Det kan vara: ${waysOf(r, 'rabatten är ett presentkort')}. Välj ett ` +
    `(${either('held resolve --tax-as 1', 'nedan')}), eller ange artiklarnas satser i kopplingen.`,
  'order-paid-otherwise': (r) =>
    `Order ${r.order} blir ${kr(r.total)}, och ${kr(r.toPay)} ska betalas, differens ` +
    `${kr(r.difference)}. Godkänn om den delen betalats med presentkort; för gott: kopplingens ` +
    'lessToPay=gift-card.',
  'refund-exceeds-order': (r) =>
    `${kr(r.back)} är återbetalat av order ${r.order}, som har ${kr(r.remaining)} kvar, ` +
    `differens ${kr(r.difference)}. Betalväxeln kan ha gjort den två gånger: hoppa över den ` +
    'ena, eller godkänn.',
  'refund-vat-estimated': (r) =>
    `${kr(r.back)} är återbetalat av order ${r.order} utan att butiken säger vad det gäller. Det ` +
    `fördelas på momssatserna i det som är kvar, ${kr(r.remaining)}: godkänn, eller rätta i ` +
    'butiken.',
  'vat-not-charged': (r) =>
    `Ingen moms är debiterad på ${r.lines.map((line) => `”${line}”`).join(', ')} ` +
    `(${kr(r.net)}), som går till ${r.country || 'okänt land'}, utan köparens momsnummer. Rätta ` +
    'momsen i butiken; godkänn om försäljningen är momsfri.',
  'calendar-not-whole': (r) =>
    `Betalningsplanen i offert ${r.quote} blir ${kr(r.calendar)}, offerten ${kr(r.total)}, ` +
    `differens ${kr(r.difference)}. Rätta planen och skicka om.`,
  'installation-unknown': (r) =>
    `Betalningsplanen i offert ${r.quote} har montering för sig. Det kräver en enda sådan rad ` +
    'och en varugrupp som är montering: ange vilka grupper som är det (installationGroups), ' +
    'eller rätta planen.',
  'quote-revised': (r) =>
    `Offert ${r.quote} finns i bokföringen som ${r.bookedAs}, på ${kr(r.before)}. Den kommer ` +
    `igen på ${kr(r.after)}, differens ${kr(r.difference)}, eller med annan ` +
    'betalningsplan. Ändra de order som inte är fakturerade där, och hoppa över den här.',
  'quote-below-invoiced': (r) =>
    `Offert ${r.quote} är nu på ${kr(r.total)}, och ${kr(r.invoiced)} av den är fakturerat. Det ` +
    `lämnar ${kr(r.difference)} till sista raden. Kreditera det som är för mycket, eller ` +
    'lägg till en rad för det som är kvar.',
  'quote-order-gone': (r) =>
    `${r.order} av offert ${r.quote} är makulerad eller borta i bokföringen, och offerten kommer ` +
    'igen ändrad. Godkänn för att lägga in den på nytt, eller hoppa över offerten.',
  'quote-order-left': (r) =>
    `Offert ${r.quote} har inget kvar till ${r.order} på ${kr(r.amount)}, som inte är ` +
    'fakturerad. Makulera den i bokföringen och godkänn sedan.',
  'order-not-invoiceable': (r) =>
    `Order ${r.order} kan inte bli en faktura: ` + NOT_INVOICEABLE[r.why],
  'invoice-account-differs': (r) =>
    `Bokföringen för ${roleName(r.role, 'sv')} på fakturor till ` +
    `${r.ledger}, flödet säger ${r.chosen}. Ändra det ` +
    'förvalda kontot där, eller flödets: ' +
    `${either(`--account ${r.role}=${r.ledger}`, `${r.ledger} (Konton i flödet)`)}.`,
  'invoice-rounded': (r) =>
    `Ordern är på ${kr(r.stated)}, faktura ${r.id} på ${kr(r.booked)}, skillnad ` +
    `${kr(r.difference)}: bokföringen avrundar fakturor. Den är inte bokförd. Stäng av ` +
    'öresavrundning av fakturor där, och försök igen.',
  'report-overlaps': (r) =>
    `Dagen finns också i ${r.other}: en rapport per kassa och en för hela butiken. Hoppa över en ` +
    'av dem.',
  'payout-total-differs': (r) =>
    `Utbetalningen ${r.payout} ska bli ${kr(r.stated)}, utbetalt och kvar, dess rader blir ` +
    `${kr(r.summed)}, skillnaden är ${kr(r.difference)}. Hämta hela avräkningen på nytt hos ` +
    'betaltjänsten. Godkänn för att bokföra den som den är: skillnaden blir då kvar på ' +
    'avräkningskontot.',
  'payout-row-twice': (r) =>
    `Raden ${r.row} i utbetalningen ${r.payout}, ${kr(r.amount)}, finns också i ${r.other}: den ` +
    'skulle avräknas två gånger. Hoppa över en av utbetalningarna; godkänn om betaltjänsten har ' +
    'gjort det två gånger.',
  'credit-differs': (r) =>
    `Butik ${r.store}${till(r.register)} sålde ${kr(r.reported)} på kredit ${r.day} enligt ` +
    `dagsrapporten, kundernas kvitton blir ${kr(r.receipts)}, differens ${kr(r.difference)}. Be ` +
    'butiken om det som fattas: när det kommer prövas det igen av sig självt. Godkänn om ' +
    'differensen ska stå kvar.',
  'receipt-twice': (r) =>
    `Kvitto ${r.receipt} ${r.day} står också i ${r.other}, så kunden skulle faktureras två ` +
    'gånger. Hoppa över en av dem, eller godkänn om kvittona är olika.',
  'invoice-twice': (r) =>
    `Fakturan har också kommit som ${r.other}: samma leverantör och nummer. Hoppa över den här; ` +
    'godkänn bara om det är två olika fakturor.',
  'article-twice': (r) =>
    `Artikelnumret ${r.number} hör också till ${r.other}: två produkter skulle skriva över ` +
    'varandra i artikelregistret. Ge en av dem ett annat nummer i butiken, eller hoppa över den ' +
    'här.',
  'article-rate-missing': (r) =>
    `Priset ${kr(r.price)} för artikel ${r.number} kan inte räknas om med eller utan moms så som ` +
    'prislistan har sina priser: momssatsen är inte känd. Ange momsklassens sats i anslutningen ' +
    '(taxRates), eller ta bort priset ur articleFields.',
  'shop-setting-changed': (r) => {
    const [name, means] = settingText(r.setting, 'sv');
    return (
      `${name} ändrades i ${r.shop}, sett ${r.day}: ${r.was || '–'} → ${r.now || '–'}. ${means} ` +
      `Är det rätt så: säg det på översikten${either(' (bokbro missing)', '')}, och ` +
      'beställningarna bokförs. ' +
      'Annars ändra tillbaka i butiken.'
    );
  },
  'before-start-date': (r) =>
    `Dagen ${r.date} är före flödets startdag ${r.start}. Godkänn om den inte är bokförd för hand.`,
  'account-unknown': (r) =>
    `Konto ${r.account} finns inte i bokföringens kontoplan${forRole(r.role)}. Lägg upp det där, ` +
    'eller välj ett annat.',
  'account-inactive': (r) =>
    `Konto ${r.account} är inte aktivt i bokföringen${forRole(r.role)}. Aktivera det där, eller ` +
    'välj ett annat.',
  'cost-centre-required': (r) =>
    `Konto ${r.account} kräver kostnadsställe. Välj ett för avdelningen.`,
  'cost-centre-unknown': (r) =>
    `Kostnadsställe ${r.costCentre} är inte aktivt i bokföringen. Lägg upp det där, eller välj ` +
    'ett annat.',
  'project-required': (r) => `Konto ${r.account} kräver projekt. Välj ett.`,
  'project-unknown': (r) =>
    `Projekt ${r.project} är inte öppet i bokföringen. Lägg upp det där, eller välj ett annat.`,
  'cost-centre-too-long': (r) =>
    `Kostnadsställe ${r.costCentre} finns inte i bokföringen, och en kod där har högst ` +
    `${r.longest} tecken. Säg vad det heter ` +
    `där${either(`: --department ${r.costCentre}=…`, ' under Avdelningar i flödet.')}`,
  'project-too-long': (r) =>
    `Projekt ${r.project} finns inte i bokföringen, och ett nummer där har högst ` +
    `${r.longest} tecken. Ge det ett kortare nummer i källan.`,
  'period-locked': (r) =>
    `Bokföringen är låst till och med ${r.lockedTo}, och dokumentet är från ${r.date}. Öppna ` +
    'perioden, eller välj en annan bokföringsdag.',
  'year-missing': (r) => `Bokföringen har inget räkenskapsår för ${r.date}. Lägg upp det där.`,
  'series-unknown': (r) =>
    `Bokföringen har ingen verifikationsserie ${r.series}. Lägg upp den där, eller välj en annan.`,
  'series-not-manual': (r) =>
    `Verifikationsserie ${r.series} tar inte emot verifikat utifrån. Kryssa i ”Manuell kontering”.`,
  'found-twice': (r) =>
    `${r.what}: det står två gånger i bokföringen (${r.ids.join(', ')}). ` +
    'Vänd det ena där och godkänn sedan.',
  'read-back-differs': (r) =>
    `${r.what}: skickat ${r.sent || 'inget mer'}, men ${r.id} i bokföringen har ` +
    `${r.booked || 'inget mer'}. Jämför dem; godkänn om bokföringen har rätt.`,
  'target-refused': (r) =>
    `${r.system} tog inte emot det: ${r.said}${r.theirCode === '' ? '' : ` (${r.theirCode})`}. ` +
    'Åtgärda det där och försök igen.',
  'target-cannot': (r) => `${r.system} kan inte ta emot ${r.what}.`,
  'ledger-needs': (r) => describeNeed(r, 'sv'),
  'kind-not-taken': (r) =>
    `Bokföringssystemet tar inte emot dokument av slaget ${r.kind}. Hoppa över det, och sköt det ` +
    'där för hand.',
  'attempts-exhausted': (r) =>
    `Det har försökts ${r.attempts} gånger: ${r.last}. Se efter i bokföringen: finns det där, ` +
    'hoppa över det; annars godkänn, så skickas det igen.',
  'our-error': (r) => `Det här är ett fel hos oss: ${r.message} Anmäl det gärna.`,
};

function forRole(role: string): string {
  return role === '' ? '' : ` (för ${roleNamed(role)})`;
}

/** A role, and in the terminal what an option calls it. */
function roleNamed(role: string): string {
  return roleName(role, 'sv') + either(`, ${role}`, '');
}

function named(names: readonly string[]): string {
  return names.length === 0 ? 'en faktura som den inte nämner' : names.join(', ');
}

function maybe(candidates: readonly string[]): string {
  return candidates.length === 0 ? '' : ` (kanske ${candidates.join(', ')})`;
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
  return register === 'ALL' ? '' : ` kassa ${register}`;
}
