import { registersIn, type LedgerHealthTexts } from './ledger-health-texts.ts';
import { either } from './surface.ts';

const REGISTERS = {
  'cost-centres': 'kostnadsställen',
  projects: 'projekt',
  departments: 'avdelningar',
};

export const ledgerHealthSv: LedgerHealthTexts = {
  connection: (f) => f('why'),
  company: (f) =>
    `ansluten till ${f('name')}` +
    (f('others') === '' ? '' : `. Inloggningen når också dessa, med clientCompany: ${f('others')}`),
  'company-untold': (f) => `${f('system')} säger inte vilket företag det är.`,
  'company-missing': (f) =>
    `${f('system')} har inget företag ${f('company')} för den här inloggningen.`,
  year: (f) => `det finns ett räkenskapsår för ${f('day')}`,
  'year-missing': (f) => `${f('system')} har inget räkenskapsår för ${f('day')}. Lägg upp det där.`,
  'next-year': (f) => `räkenskapsår till och med ${f('upTo')}`,
  'next-year-missing': (f) =>
    `Det finns räkenskapsår till och med ${f('upTo')}: inget kan bokföras på en senare dag. Lägg ` +
    `upp nästa i ${f('system')}.`,
  'lock-none': () => 'inget är låst',
  lock: (f) => `låst till och med ${f('upTo')}`,
  'lock-stops': (f) =>
    `Låst till och med ${f('upTo')}: inget kan bokföras den ${f('day')}. Lås upp perioden i ` +
    `${f('system')}.`,
  series: (f) => `serie ${f('series')} tar emot verifikationer`,
  'series-missing': (f) =>
    `Det finns ingen verifikationsserie ${f('series')}. Lägg upp den i ${f('system')}, eller ` +
    'välj en annan.',
  'series-not-manual': (f) =>
    `Serie ${f('series')} är inte manuell. Kryssa i ”Manuell kontering” för den i ${f('system')}.`,
  'voucher-kind': (f) => `${f('kind')} tar emot verifikationer`,
  'voucher-kind-none': () => 'verifikationer bokförs utan slag',
  'voucher-kind-missing': (f) => `Det finns inget verifikationsslag ${f('kind')}. Välj ett annat.`,
  'voucher-kind-own': (f) =>
    `${f('kind')} är ett slag som ${f('system')} gör självt. Välj ett annat.`,
  registers: (f) => `${registersIn(REGISTERS, f('registers'))} kan läsas`,
  'registers-unread': (f) =>
    `Inloggningen får inte läsa ${registersIn(REGISTERS, f('registers'))}: rader med sådana ` +
    'prövas inte innan de skickas. Ge den rätten, om rader har några.',
  chart: (f) => `${f('accounts')} konton`,
  'chart-empty': (f) => `Kontoplanen är tom för det här året. Fyll den i ${f('system')}.`,
  'account-missing': (f) =>
    `${f('account')} för ${f('roles')} finns inte i kontoplanen: lägg upp det i ${f('system')}, ` +
    'eller välj ett annat.',
  'account-inactive': (f) =>
    `${f('account')} för ${f('roles')} är inaktivt: öppna det i ${f('system')}, eller välj ett ` +
    'annat.',
  'vat-registered': () => 'momsregistrerat, med varje momskod som behövs',
  'vat-not-registered': (f) =>
    `Företaget är inte momsregistrerat (${f('status')}): ${f('system')} avvisar verifikationer ` +
    'med moms.',
  'vat-codes-differ': (f) =>
    `Momskoder med en annan sats eller utan: ${f('wrong')}. Det som behövs är ${f('needed')}.`,
  right: (f) => f('right'),
  'right-refused': (f) =>
    `${f('right')}: ${f('why')} Köp dess modul i ${f('system')} och anslut igen, eller ta bort ` +
    'rätten ur inställningarna: scopes.',
  'cash-method': (f) =>
    `Företaget bokför enligt kontantmetoden: ${f('system')} bokför inga fakturor innan de är ` +
    'betalda, och avvisar det (2003007). Låt verifikationer bokföras, eller byt metod där.',
  predefined: (f) => `${f('accounts')} konton som ${f('system')} bokför på av sig självt`,
  'predefined-unusable': (f) =>
    `Saknas eller är inaktiva, och ${f('system')} bokför på dem av sig självt: ${f('accounts')}. ` +
    'Öppna kontot, eller välj ett annat: Inställningar › Bokföring › Förvalda konton.',
  'bank-details': () => 'bankuppgifter står på fakturorna',
  'bank-details-missing': (f) =>
    `Det finns varken bankgiro, plusgiro eller IBAN: ${f('system')} mejlar och skriver inte ut ` +
    'fakturor utan (”Bankuppgifter saknas”). Inställningar › Företagsuppgifter.',
  'invoice-account': () => 'det finns ett bankkontonummer för fakturor',
  'invoice-account-missing': (f) =>
    `${f('system')} gör inga fakturor förrän kontoplanens bankkonto har ett nummer och är märkt ` +
    'som fakturornas. Ange det där.',
  'invoice-account-unread': (f) =>
    `Inloggningen får inte läsa om ${f('system')} har ett bankkonto för fakturor. Ge den rätt ` +
    'till huvudboken.',
  'payment-types': (f) => `fakturor kan betalas på ${f('accounts')}`,
  'payment-types-none': (f) =>
    `${f('system')} har inget betalningssätt med ett konto: betalningar av fakturor får vänta. ` +
    'Lägg upp betalningstyper där.',
  'project-leader': (f) => `projekt som läggs upp leds av ${f('who')}`,
  'project-leader-unknown': (f) =>
    `${f('system')} har ingen anställd ${f('who')} som kan leda projekt som läggs upp. Välj ` +
    'någon annan: projectManager.',
  'collective-customer': (f) => `kund ${f('number')} tar det som inte nämner någon`,
  'collective-customer-unknown': (f) =>
    `Det finns ingen kund ${f('number')} i ${f('system')} för det som inte nämner någon. ` +
    'Lägg upp den där, eller välj en annan: collectiveCustomer.',
  'collective-supplier': (f) => `leverantör ${f('number')} tar det som inte nämner någon`,
  'collective-supplier-unknown': (f) =>
    `Det finns ingen leverantör ${f('number')} i ${f('system')} för det som inte nämner någon. ` +
    'Lägg upp den där, eller välj en annan: collectiveSupplier.',
  currencies: (f) => f('currencies'),
  'currency-only': (f) =>
    `Bara ${f('currencies')} kan användas: en faktura i en annan valuta avvisas (2000427). Lägg ` +
    'till det som butiken säljer i: Inställningar › Fakturering › Valutor.',
  'warehouse-off': () => 'lagermodulen är inte påslagen',
  'warehouse-on': () =>
    'Lagermodulen är påslagen: varor som inte finns i lager levereras som 0, och en faktura ' +
    'bokförs först när den är klarmarkerad (2003498). Håll lagret där, eller stäng av den.',
  'sales-vat-codes': (f) => `försäljningskontona passar momsen i ${f('countries')}`,
  'sales-vat-code-differs': (f) =>
    `${f('account')} för ${f('roles')} (${f('sold')}) har momskod ${f('code')}: försäljningen ` +
    `hamnar i fel ruta i momsdeklarationen. Ändra koden i ${f('system')}, eller välj ett annat ` +
    `konto${either(': bokbro flow set … --account', ' i flödet')}`,
  'oss-accounts-shared': (f) =>
    `Moms i ${f('countries')} hamnar på samma konto ${f('account')}: OSS-deklarationen frågar ` +
    'efter varje land. Ge vart och ett sitt: ' +
    `${either('--account ', 'Konton i flödet: ')}vat.oss/${f('first')}=2671`,
  articles: (f) => `${f('count')} artikelnummer i de senaste beställningarna går att använda`,
  'articles-renamed': (f) =>
    `${f('renamed')} av ${f('count')} artikelnummer har tecken som ${f('system')} inte tar ` +
    `(A–Z, 0–9, - + / _ . och högst 50) och ändras: ${f('articles')}. Ändra dem i butiken om de ` +
    'ska vara lika.',
  'rows-too-many': (f) =>
    `Beställning ${f('order')} har ${f('rows')} rader, och en faktura tar ${f('most')}: den ` +
    'skulle avvisas. Låt sådana bli verifikationer, eller dela dem i butiken.',
  buyers: (f) => `kunderna i ${f('count')} beställningar kan kännas igen`,
  'buyers-unknown': (f) =>
    `${f('some')} av ${f('count')} beställningar säger inget att känna igen kunden på ` +
    `(${f('orders')}): var och en blir en egen kund. Gör e-post obligatorisk i butiken, eller ` +
    'låt alla vara samma kund: invoicing.customers=one.',
  'buyer-numbers-refused': (f) =>
    `${f('some')} av ${f('count')} beställningar har ett organisations- eller momsnummer som ` +
    `${f('system')} avvisar (${f('orders')}): kundens kort läggs upp utan. Låt butiken ` +
    'kontrollera det.',
  'buyer-cards': (f) => `korten för ${f('count')} kunder i de senaste beställningarna kan användas`,
  'buyer-card-way-gone': (f) =>
    `På kunders kort står ett leveranssätt som ${f('system')} inte har längre ` +
    `(${f('customers')}): varje order och faktura till dem avvisas (2001412). Välj ett annat på ` +
    'kortet (Kunder › Leveranssätt), eller lägg upp det igen: Inställningar › Leveranssätt. ' +
    `${f('count')} kort sågs på.`,
  'payment-mode-unknown': (f) =>
    `${f('system')} har inget betalningssätt ${f('mode')}, som är valt för ${f('method')}: där ` +
    `finns ${f('known')}. Lägg upp det med konto ${f('account')}, eller välj ett av dem.`,
  'payment-mode-differs': (f) =>
    `Betalningssättet ${f('mode')} bokför på ${f('theirs')} i ${f('system')}, och ${f('method')} ` +
    `bokförs på ${f('account')}. Ändra ett: ` +
    `${either('--account ', 'Konton i flödet: ')}payment/${f('method')}=${f('theirs')}`,
  'shop-not-asked': (f) =>
    `${f('shop')} gick inte att fråga vad den säljer: ${f('why')} Titta igen senare.`,
  rehearsed: (f) => `de senaste ${f('count')} beställningarna i ${f('shop')} kan alla bokföras`,
  'rehearsal-held': (f) =>
    `${f('some')} av de senaste ${f('count')} beställningarna i ${f('shop')} skulle vänta på ` +
    `beslut (${f('orders')}): ${f('why')}`,
};
