import type { Language } from '../domain/posting/words.ts';
import type { SourceFinding, SourceFindingCode } from '../ports/health.ts';
import { either, readOn, type Surface } from './surface.ts';

/** A fact by its name; a missing one reads as empty. */
type Facts = (name: string) => string;
type Texts = Readonly<Record<SourceFindingCode, (facts: Facts) => string>>;

const en: Texts = {
  connection: (f) => f('why'),
  'not-told': (f) => `${f('what')} could not be looked at: ${f('why')}`,
  'address-differs': (f) =>
    `The shop says that its address is ${f('home')}, and is connected as ${f('url')}. Signatures ` +
    `fail then, and orders name another shop. Connect it as it says: ${either('--set url=', '')}` +
    f('home'),
  'https-hidden': (f) =>
    `The shop is reached by https and takes itself for ${f('home')}: the server before it does ` +
    'not say that the connection was encrypted. Keys in headers are refused then. Have it send ' +
    'X-Forwarded-Proto, and WordPress believe it; until then requests are signed.',
  'not-encrypted': (f) =>
    `${f('url')} is not encrypted: customers’ names and addresses travel readable. Get a ` +
    'certificate, and connect with https.',
  'permalinks-plain': () =>
    'The shop has plain permalinks and so no /wp-json. It works; ' +
    `${either('--set permalinks=plain', 'plain permalinks in the settings of the connection')} ` +
    'saves a ' +
    'call each time. Better: Settings › Permalinks › Post name.',
  'api-missing': (f) =>
    `${f('url')} is WordPress without WooCommerce’s API (wc/v3). Is WooCommerce active, and does ` +
    'no security plugin switch the REST API off?',
  zone: (f) => `its days are those of ${f('shop')}`,
  'zone-differs': (f) =>
    `The shop’s days are those of ${f('shop')}, the company’s those of ${f('company')}: orders ` +
    'around midnight come into another day, at the end of a month into another VAT period. ' +
    'Settings › General › Timezone.',
  'zone-offset': (f) =>
    `The shop has no time zone but ${f('offset')} hours from Greenwich all year round, so that ` +
    `its days are an hour off half of it. Choose ${f('company')}: Settings › General › Timezone.`,
  version: (f) => `WooCommerce ${f('version')}, WordPress ${f('wordpress')}`,
  'version-untested': (f) =>
    `WooCommerce ${f('version')} has not been held against this connector; ${f('tested')} have. ` +
    'Look at the first orders before they are booked: ' +
    `${either('bokbro flow … --review', 'choose Review in the flow')}.`,
  'cron-off': () =>
    'WordPress does not do its chores by itself (WP-Cron is off). Messages come only if a ' +
    'system cron calls wp-cron.php; without it what has changed is found by asking.',
  'storage-posts': () =>
    'orders are kept as posts (HPOS off): what dates nothing there is looked for each day',
  currency: (f) => `sells in ${f('currency')}`,
  'currency-not-booked': (f) =>
    `The shop sells in ${f('currency')}, and the books are kept in ${f('books')}: its orders are ` +
    'held.',
  'taxes-off': () =>
    'The shop calculates no VAT, so that its orders are held. WooCommerce › Settings › General › ' +
    'Enable tax rates and calculations.',
  'tax-by-base': () =>
    'VAT is that of the shop’s own address wherever goods go: wrong for sales abroad. ' +
    'WooCommerce › Settings › Tax › Calculate tax based on: shipping address.',
  prices: (f) =>
    `prices ${f('prices') === '+' ? 'with' : 'without'} VAT, ${f('decimals')} decimals, rounded ` +
    (f('rounding') === '1' ? 'by line' : 'by order'),
  rates: (f) => `VAT of ${f('country')}: ${f('rates')} %`,
  'rates-missing': (f) =>
    `The shop has no VAT rate for ${f('country')}: what is sold there carries none, and is held. ` +
    'WooCommerce › Settings › Tax › Standard rates.',
  'rate-not-in-law': (f) =>
    `The shop charges ${f('rate')} % in ${f('country')} (“${f('name')}”), and nothing has that ` +
    `rate on ${f('date')}: orders with it are held. WooCommerce › Settings › Tax.`,
  payments: (f) => `paid by ${f('methods')}`,
  'payment-without-account': (f) =>
    `No account of their own have the means of payment ${f('methods')}: they all come on the ` +
    'standard account of claims, where no payout can be told from another. Give each one: ' +
    `${either('bokbro flow set … --account ', 'Accounts in the flow: ')}payment/${f('first')}=1580`,
  'other-currencies': (f) =>
    `Among the latest orders are some in ${f('currencies')}, and the books are kept in ` +
    `${f('books')}: they are held.`,
  shipping: (f) => `sends by ${f('methods')} to ${f('countries')}`,
  'products-rated': (f) => `${f('count')} products, each at a rate of the law`,
  'products-without-rate': (f) =>
    `${f('count')} products have no VAT rate that the law has (${f('articles')}). The shop tells ` +
    'the VAT of an order as one amount: sold together with other rates it cannot be proven, and ' +
    'the order is held. Enter the rate of the product in the shop, or ' +
    either('--set articleRates=…', 'in the settings of the connection.'),
  'orders-not-proven': (f) =>
    `${f('count')} of the latest orders would be held (${f('orders')}): no way to tax them ` +
    'comes to the VAT that the shop says. Look at the rates of products and freight first.',
  'look-by-hand': (f) =>
    'Quickbutik’s API tells no settings of the shop, and nothing here notices that they change. ' +
    `Look in its control panel: that it sells in ${f('books')}, that its days are those ` +
    `of ${f('zone')}, that it charges the VAT of ${f('country')}, and that its prices are ` +
    `${f('prices') === '+' ? 'with' : 'without'} VAT.`,
  'gift-cards-unknown': (f) =>
    `The latest orders carry ${f('keys')}, by which a plugin keeps gift cards or credit. Only ` +
    'YITH’s is read: an order whose total it lowers is held with both numbers.',
  'booked-by-others': (f) =>
    `Another plugin books orders of this shop already (${f('keys')}). Switch it off, and begin ` +
    'after the last day that it booked, or they are booked twice: ' +
    either('bokbro flow add … --start DAY', 'the start of the flow'),
};

const sv: Texts = {
  connection: (f) => f('why'),
  'not-told': (f) => `${f('what')} gick inte att se på: ${f('why')}`,
  'address-differs': (f) =>
    `Butiken säger att dess adress är ${f('home')}, och är ansluten som ${f('url')}. Signaturer ` +
    'stämmer inte då, och beställningar nämner en annan butik. Anslut den som den säger: ' +
    `${either('--set url=', '')}${f('home')}`,
  'https-hidden': (f) =>
    `Butiken nås med https och tar sig själv för ${f('home')}: servern framför den säger inte ` +
    'att förbindelsen var krypterad. Nycklar i huvudet avvisas då. Låt den skicka ' +
    'X-Forwarded-Proto, och WordPress tro på det; tills dess signeras förfrågningar.',
  'not-encrypted': (f) =>
    `${f('url')} är inte krypterad: kunders namn och adresser går läsbara. Skaffa ett ` +
    'certifikat, och anslut med https.',
  'permalinks-plain': () =>
    'Butiken har enkla permalänkar och därför ingen /wp-json. Det fungerar; ' +
    `${either('--set permalinks=plain', 'enkla permalänkar i anslutningens inställningar')} ` +
    'sparar ett anrop varje gång. Bättre: Inställningar › Permalänkar › ' +
    'Inläggsnamn.',
  'api-missing': (f) =>
    `${f('url')} är WordPress utan WooCommerces API (wc/v3). Är WooCommerce aktivt, och stänger ` +
    'inget säkerhetstillägg av REST-API:et?',
  zone: (f) => `dess dagar är de i ${f('shop')}`,
  'zone-differs': (f) =>
    `Butikens dagar är de i ${f('shop')}, företagets de i ${f('company')}: beställningar runt ` +
    'midnatt kommer på en annan dag, vid månadsskifte i en annan momsperiod. Inställningar › ' +
    'Allmänt › Tidszon.',
  'zone-offset': (f) =>
    `Butiken har ingen tidszon utan ${f('offset')} timmar från Greenwich hela året, så att dess ` +
    `dagar ligger en timme fel halva året. Välj ${f('company')}: ` +
    'Inställningar › Allmänt › Tidszon.',
  version: (f) => `WooCommerce ${f('version')}, WordPress ${f('wordpress')}`,
  'version-untested': (f) =>
    `WooCommerce ${f('version')} har inte prövats mot den här kopplingen; ${f('tested')} har. ` +
    'Se på de första beställningarna innan de bokförs: ' +
    `${either('bokbro flow … --review', 'välj Granska i flödet')}.`,
  'cron-off': () =>
    'WordPress sköter inte sina sysslor själv (WP-Cron är av). Meddelanden kommer bara om en ' +
    'systemcron anropar wp-cron.php; utan den hittas det som ändrats genom att fråga.',
  'storage-posts': () =>
    'beställningar lagras som inlägg (HPOS av): det som inte daterar något där söks varje dag',
  currency: (f) => `säljer i ${f('currency')}`,
  'currency-not-booked': (f) =>
    `Butiken säljer i ${f('currency')}, och böckerna förs i ${f('books')}: dess beställningar ` +
    'hålls.',
  'taxes-off': () =>
    'Butiken räknar ingen moms, så att dess beställningar hålls. WooCommerce › Inställningar › ' +
    'Allmänt › Aktivera skattesatser och beräkningar.',
  'tax-by-base': () =>
    'Momsen är den för butikens egen adress vart varorna än går: fel vid försäljning utomlands. ' +
    'WooCommerce › Inställningar › Moms › Beräkna moms baserat på: leveransadress.',
  prices: (f) =>
    `priser ${f('prices') === '+' ? 'med' : 'utan'} moms, ${f('decimals')} decimaler, avrundat ` +
    (f('rounding') === '1' ? 'per rad' : 'per beställning'),
  rates: (f) => `moms i ${f('country')}: ${f('rates')} %`,
  'rates-missing': (f) =>
    `Butiken har ingen momssats för ${f('country')}: det som säljs där får ingen moms, och ` +
    'hålls. WooCommerce › Inställningar › Moms › Standardsatser.',
  'rate-not-in-law': (f) =>
    `Butiken tar ${f('rate')} % i ${f('country')} (”${f('name')}”), och inget har den satsen ` +
    `${f('date')}: beställningar med den hålls. WooCommerce › Inställningar › Moms.`,
  payments: (f) => `betalas med ${f('methods')}`,
  'payment-without-account': (f) =>
    `Betalsätten ${f('methods')} har inget eget konto: alla hamnar på standardkontot för ` +
    'fordringar, där ingen utbetalning kan skiljas från en annan. Ge vart och ett sitt: ' +
    `${either('bokbro flow set … --account ', 'Konton i flödet: ')}payment/${f('first')}=1580`,
  'other-currencies': (f) =>
    `Bland de senaste beställningarna finns några i ${f('currencies')}, och böckerna förs i ` +
    `${f('books')}: de hålls.`,
  shipping: (f) => `skickar med ${f('methods')} till ${f('countries')}`,
  'products-rated': (f) => `${f('count')} produkter, alla med en momssats som finns i lagen`,
  'products-without-rate': (f) =>
    `${f('count')} produkter saknar en momssats som finns i lagen (${f('articles')}). Butiken ` +
    'säger en beställnings moms som ett belopp: säljs de tillsammans med andra satser kan den ' +
    'inte bevisas, och beställningen hålls. Ange produktens sats i butiken, eller ' +
    either('--set articleRates=…', 'i anslutningens inställningar.'),
  'orders-not-proven': (f) =>
    `${f('count')} av de senaste beställningarna skulle hållas (${f('orders')}): inget sätt att ` +
    'momsa dem ger den moms som butiken säger. Se först på produkternas och fraktens satser.',
  'look-by-hand': (f) =>
    'Quickbutiks API säger inget om butikens inställningar, och ingenting här märker att de ' +
    `ändras. Se själv efter i dess kontrollpanel: att den säljer i ${f('books')}, att dess dagar ` +
    `är de i ${f('zone')}, att den tar moms enligt ${f('country')}, och att priserna är ` +
    `${f('prices') === '+' ? 'med' : 'utan'} moms.`,
  'gift-cards-unknown': (f) =>
    `De senaste beställningarna bär ${f('keys')}, där ett tillägg har presentkort eller ` +
    'tillgodohavanden. Bara YITH:s läses: en beställning vars summa det sänker hålls, med båda ' +
    'talen.',
  'booked-by-others': (f) =>
    `Ett annat tillägg bokför redan den här butikens beställningar (${f('keys')}). Stäng av det, ` +
    'och börja efter den sista dag det bokförde, annars bokförs de två gånger: ' +
    either('bokbro flow add … --start DAG', 'flödets startdag'),
};

const nb: Texts = {
  connection: (f) => f('why'),
  'not-told': (f) => `${f('what')} lot seg ikke se på: ${f('why')}`,
  'address-differs': (f) =>
    `Butikken sier at adressen er ${f('home')}, og er koblet til som ${f('url')}. Signaturer ` +
    'stemmer ikke da, og bestillinger nevner en annen butikk. Koble den til slik den sier: ' +
    `${either('--set url=', '')}${f('home')}`,
  'https-hidden': (f) =>
    `Butikken nås med https og tar seg selv for ${f('home')}: serveren foran den sier ikke at ` +
    'forbindelsen var kryptert. Nøkler i hodet avvises da. La den sende X-Forwarded-Proto, og ' +
    'WordPress tro på det; til da signeres forespørsler.',
  'not-encrypted': (f) =>
    `${f('url')} er ikke kryptert: kunders navn og adresser går lesbare. Skaff et sertifikat, og ` +
    'koble til med https.',
  'permalinks-plain': () =>
    'Butikken har enkle permalenker og derfor ingen /wp-json. Det fungerer; ' +
    `${either('--set permalinks=plain', 'enkle permalenker i koblingens innstillinger')} sparer ` +
    'et kall hver gang. Bedre: Innstillinger › Permalenker › ' +
    'Innleggsnavn.',
  'api-missing': (f) =>
    `${f('url')} er WordPress uten WooCommerces API (wc/v3). Er WooCommerce aktivt, og slår ` +
    'ingen sikkerhetsutvidelse av REST-API-et?',
  zone: (f) => `dagene er de i ${f('shop')}`,
  'zone-differs': (f) =>
    `Butikkens dager er de i ${f('shop')}, selskapets de i ${f('company')}: bestillinger rundt ` +
    'midnatt kommer på en annen dag, ved månedsskifte i en annen mva-termin. Innstillinger › ' +
    'Generelt › Tidssone.',
  'zone-offset': (f) =>
    `Butikken har ingen tidssone, men ${f('offset')} timer fra Greenwich hele året, slik at ` +
    `dagene er en time feil halve året. Velg ${f('company')}: ` +
    'Innstillinger › Generelt › Tidssone.',
  version: (f) => `WooCommerce ${f('version')}, WordPress ${f('wordpress')}`,
  'version-untested': (f) =>
    `WooCommerce ${f('version')} er ikke prøvd mot denne koblingen; ${f('tested')} er. Se på de ` +
    'første bestillingene før de bokføres: ' +
    `${either('bokbro flow … --review', 'velg Gjennomgang i flyten')}.`,
  'cron-off': () =>
    'WordPress gjør ikke sine gjøremål selv (WP-Cron er av). Meldinger kommer bare hvis en ' +
    'systemcron kaller wp-cron.php; uten den finnes det som er endret, ved å spørre.',
  'storage-posts': () =>
    'bestillinger lagres som innlegg (HPOS av): det som ikke daterer noe der, søkes hver dag',
  currency: (f) => `selger i ${f('currency')}`,
  'currency-not-booked': (f) =>
    `Butikken selger i ${f('currency')}, og bøkene føres i ${f('books')}: bestillingene holdes.`,
  'taxes-off': () =>
    'Butikken regner ingen mva, slik at bestillingene holdes. WooCommerce › Innstillinger › ' +
    'Generelt › Aktiver avgiftssatser og beregninger.',
  'tax-by-base': () =>
    'Mva-en er den for butikkens egen adresse uansett hvor varene går: feil ved salg til ' +
    'utlandet. WooCommerce › Innstillinger › Avgift › Beregn avgift basert på: leveringsadresse.',
  prices: (f) =>
    `priser ${f('prices') === '+' ? 'med' : 'uten'} mva, ${f('decimals')} desimaler, avrundet ` +
    (f('rounding') === '1' ? 'per linje' : 'per bestilling'),
  rates: (f) => `mva i ${f('country')}: ${f('rates')} %`,
  'rates-missing': (f) =>
    `Butikken har ingen mva-sats for ${f('country')}: det som selges der, får ingen mva, og ` +
    'holdes. WooCommerce › Innstillinger › Avgift › Standardsatser.',
  'rate-not-in-law': (f) =>
    `Butikken tar ${f('rate')} % i ${f('country')} («${f('name')}»), og ingenting har den satsen ` +
    `${f('date')}: bestillinger med den holdes. WooCommerce › Innstillinger › Avgift.`,
  payments: (f) => `betales med ${f('methods')}`,
  'payment-without-account': (f) =>
    `Betalingsmåtene ${f('methods')} har ingen egen konto: alle havner på standardkontoen for ` +
    'fordringer, der ingen utbetaling kan skilles fra en annen. Gi hver sin: ' +
    `${either('bokbro flow set … --account ', 'Kontoer i flyten: ')}payment/${f('first')}=1579`,
  'other-currencies': (f) =>
    `Blant de siste bestillingene er noen i ${f('currencies')}, og bøkene føres i ` +
    `${f('books')}: de holdes.`,
  shipping: (f) => `sender med ${f('methods')} til ${f('countries')}`,
  'products-rated': (f) => `${f('count')} produkter, alle med en mva-sats som finnes i loven`,
  'products-without-rate': (f) =>
    `${f('count')} produkter mangler en mva-sats som finnes i loven (${f('articles')}). Butikken ` +
    'sier mva-en for en bestilling som ett beløp: selges de sammen med andre satser, kan den ' +
    'ikke bevises, og bestillingen holdes. Angi satsen for produktet i butikken, eller ' +
    either('--set articleRates=…', 'i koblingens innstillinger.'),
  'orders-not-proven': (f) =>
    `${f('count')} av de siste bestillingene ville bli holdt (${f('orders')}): ingen måte å ` +
    'avgiftsbelegge dem på gir den mva-en som butikken sier. Se først på satsene for produkter ' +
    'og frakt.',
  'look-by-hand': (f) =>
    'Quickbutiks API sier ingenting om innstillingene i butikken, og ingenting her merker at de ' +
    `endres. Se selv etter i kontrollpanelet: at den selger i ${f('books')}, at dagene er de i ` +
    `${f('zone')}, at den tar mva etter ${f('country')}, og at prisene er ` +
    `${f('prices') === '+' ? 'med' : 'uten'} mva.`,
  'gift-cards-unknown': (f) =>
    `De siste bestillingene bærer ${f('keys')}, der en utvidelse har gavekort eller ` +
    'tilgodehavender. Bare YITHs leses: en bestilling der den senker summen, holdes, med begge ' +
    'tallene.',
  'booked-by-others': (f) =>
    `En annen utvidelse bokfører alt denne butikkens bestillinger (${f('keys')}). Slå den av, og ` +
    'begynn etter den siste dagen den bokførte, ellers bokføres de to ganger: ' +
    either('bokbro flow add … --start DAG', 'flytens startdag'),
};

const TEXTS: Readonly<Record<Language, Texts>> = { en, sv, nb };

/** What was found of a source and what to do, in the reader's language. */
export function describeSourceFinding(
  { code, facts }: SourceFinding,
  language: Language,
  surface: Surface = 'terminal',
): string {
  return readOn(
    surface,
    TEXTS[language][code]((name) => facts[name] ?? ''),
  );
}
