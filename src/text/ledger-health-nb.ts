import { registersIn, type LedgerHealthTexts } from './ledger-health-texts.ts';
import { either } from './surface.ts';

const REGISTERS = {
  'cost-centres': 'kostnadssteder',
  projects: 'prosjekter',
  departments: 'avdelinger',
};

export const ledgerHealthNb: LedgerHealthTexts = {
  connection: (f) => f('why'),
  company: (f) =>
    `koblet til ${f('name')}` +
    (f('others') === '' ? '' : `. Innloggingen når også disse, med clientCompany: ${f('others')}`),
  'company-untold': (f) => `${f('system')} sier ikke hvilket selskap det er.`,
  'company-missing': (f) =>
    `${f('system')} har ikke noe selskap ${f('company')} for denne innloggingen.`,
  year: (f) => `det finnes et regnskapsår for ${f('day')}`,
  'year-missing': (f) =>
    `${f('system')} har ikke noe regnskapsår for ${f('day')}. Opprett det der.`,
  'next-year': (f) => `regnskapsår til og med ${f('upTo')}`,
  'next-year-missing': (f) =>
    `Det finnes regnskapsår til og med ${f('upTo')}: ingenting kan bokføres på en senere dag. ` +
    `Opprett det neste i ${f('system')}.`,
  'lock-none': () => 'ingenting er låst',
  lock: (f) => `låst til og med ${f('upTo')}`,
  'lock-stops': (f) =>
    `Låst til og med ${f('upTo')}: ingenting kan bokføres den ${f('day')}. Åpne perioden i ` +
    `${f('system')}.`,
  series: (f) => `serie ${f('series')} tar imot bilag`,
  'series-missing': (f) =>
    `Det finnes ingen bilagsserie ${f('series')}. Opprett den i ${f('system')}, eller velg en ` +
    'annen.',
  'series-not-manual': (f) =>
    `Serie ${f('series')} er ikke manuell. Kryss av «Manuell kontering» for den i ${f('system')}.`,
  'voucher-kind': (f) => `${f('kind')} tar imot bilag`,
  'voucher-kind-none': () => 'bilag bokføres uten bilagsart',
  'voucher-kind-missing': (f) => `Det finnes ingen bilagsart ${f('kind')}. Velg en annen.`,
  'voucher-kind-own': (f) => `${f('kind')} er en art som ${f('system')} lager selv. Velg en annen.`,
  registers: (f) => `${registersIn(REGISTERS, f('registers'))} kan leses`,
  'registers-unread': (f) =>
    `Innloggingen får ikke lese ${registersIn(REGISTERS, f('registers'))}: rader med slike ` +
    'prøves ikke før de sendes. Gi den retten, hvis rader har noen.',
  chart: (f) => `${f('accounts')} kontoer`,
  'chart-empty': (f) => `Kontoplanen er tom for dette året. Fyll den i ${f('system')}.`,
  'account-missing': (f) =>
    `${f('account')} for ${f('roles')} finnes ikke i kontoplanen: opprett den i ${f('system')}, ` +
    'eller velg en annen.',
  'account-inactive': (f) =>
    `${f('account')} for ${f('roles')} er inaktiv: åpne den i ${f('system')}, eller velg en annen.`,
  'vat-registered': () => 'mva-registrert, med hver mva-kode som trengs',
  'vat-not-registered': (f) =>
    `Selskapet er ikke mva-registrert (${f('status')}): ${f('system')} avviser bilag med mva.`,
  'vat-codes-differ': (f) =>
    `Mva-koder med en annen sats eller uten: ${f('wrong')}. Det som trengs, er ${f('needed')}.`,
  right: (f) => f('right'),
  'right-refused': (f) =>
    `${f('right')}: ${f('why')} Kjøp modulen i ${f('system')} og koble til på nytt, eller ta ` +
    'retten ut av innstillingene: scopes.',
  'cash-method': (f) =>
    `Selskapet bokfører etter kontantmetoden: ${f('system')} bokfører ikke fakturaer før de er ` +
    'betalt, og avviser det (2003007). La bilag bokføres, eller bytt metode der.',
  predefined: (f) => `${f('accounts')} kontoer som ${f('system')} bokfører på av seg selv`,
  'predefined-unusable': (f) =>
    `Mangler eller er inaktive, og ${f('system')} bokfører på dem av seg selv: ${f('accounts')}. ` +
    'Åpne kontoen, eller velg en annen: Inställningar › Bokföring › Förvalda konton.',
  'bank-details': () => 'bankopplysninger står på fakturaene',
  'bank-details-missing': (f) =>
    `Det finnes verken bankgiro, plusgiro eller IBAN: ${f('system')} e-poster og skriver ikke ut ` +
    'fakturaer uten («Bankuppgifter saknas»). Inställningar › Företagsuppgifter.',
  'invoice-account': () => 'det finnes et bankkontonummer for fakturaer',
  'invoice-account-missing': (f) =>
    `${f('system')} lager ingen fakturaer før kontoplanens bankkonto har et nummer og er merket ` +
    'som fakturaenes. Skriv det der.',
  'invoice-account-unread': (f) =>
    `Innloggingen får ikke lese om ${f('system')} har en bankkonto for fakturaer. Gi den rett ` +
    'til hovedboken.',
  'payment-types': (f) => `fakturaer kan betales på ${f('accounts')}`,
  'payment-types-none': (f) =>
    `${f('system')} har ingen betalingstype med en konto: betalinger av fakturaer må vente. ` +
    'Opprett betalingstyper der.',
  'project-leader': (f) => `prosjekter som opprettes, ledes av ${f('who')}`,
  'project-leader-unknown': (f) =>
    `${f('system')} har ingen ansatt ${f('who')} som kan lede prosjekter som opprettes. Velg en ` +
    'annen: projectManager.',
  'collective-customer': (f) => `kunde ${f('number')} tar det som ikke nevner noen`,
  'collective-customer-unknown': (f) =>
    `Det finnes ingen kunde ${f('number')} i ${f('system')} for det som ikke nevner noen. ` +
    'Opprett den der, eller velg en annen: collectiveCustomer.',
  'collective-supplier': (f) => `leverandør ${f('number')} tar det som ikke nevner noen`,
  'collective-supplier-unknown': (f) =>
    `Det finnes ingen leverandør ${f('number')} i ${f('system')} for det som ikke nevner noen. ` +
    'Opprett den der, eller velg en annen: collectiveSupplier.',
  currencies: (f) => f('currencies'),
  'currency-only': (f) =>
    `Bare ${f('currencies')} kan brukes: en faktura i en annen valuta avvises (2000427). Legg ` +
    'til det butikken selger i: Inställningar › Fakturering › Valutor.',
  'warehouse-off': () => 'lagermodulen er ikke slått på',
  'warehouse-on': () =>
    'Lagermodulen er på: varer som ikke er på lager, leveres som 0, og en faktura bokføres først ' +
    'når den er merket som klar (2003498). Hold lageret der, eller slå den av.',
  'sales-vat-codes': (f) => `salgskontoene passer med mva-en i ${f('countries')}`,
  'sales-vat-code-differs': (f) =>
    `${f('account')} for ${f('roles')} (${f('sold')}) har mva-kode ${f('code')}: salget havner i ` +
    `feil rute i mva-meldingen. Endre koden i ${f('system')}, eller velg en annen konto` +
    either(': bokbro flow set … --account', ' i flyten'),
  'oss-accounts-shared': (f) =>
    `Mva i ${f('countries')} havner på samme konto ${f('account')}: OSS-meldingen spør etter ` +
    'hvert land. Gi hvert sin: ' +
    `${either('--account ', 'Kontoer i flyten: ')}vat.oss/${f('first')}=2671`,
  articles: (f) => `${f('count')} varenumre i de siste bestillingene kan brukes som de er`,
  'articles-renamed': (f) =>
    `${f('renamed')} av ${f('count')} varenumre har tegn som ${f('system')} ikke tar (A–Z, 0–9, ` +
    `- + / _ . og høyst 50) og endres: ${f('articles')}. Endre dem i butikken hvis de skal være ` +
    'like.',
  'rows-too-many': (f) =>
    `Bestilling ${f('order')} har ${f('rows')} rader, og en faktura tar ${f('most')}: den ville ` +
    'blitt avvist. La slike bli bilag, eller del dem i butikken.',
  buyers: (f) => `kundene i ${f('count')} bestillinger kan kjennes igjen`,
  'buyers-unknown': (f) =>
    `${f('some')} av ${f('count')} bestillinger sier ingenting å kjenne kunden på ` +
    `(${f('orders')}): hver blir sin egen kunde. Gjør e-post obligatorisk i butikken, eller la ` +
    'alle være samme kunde: invoicing.customers=one.',
  'buyer-numbers-refused': (f) =>
    `${f('some')} av ${f('count')} bestillinger har et organisasjons- eller mva-nummer som ` +
    `${f('system')} avviser (${f('orders')}): kundens kort opprettes uten. La butikken sjekke det.`,
  'buyer-cards': (f) => `kortene til ${f('count')} kunder i de siste bestillingene kan brukes`,
  'buyer-card-way-gone': (f) =>
    `På kundenes kort står en leveringsmåte som ${f('system')} ikke har lenger ` +
    `(${f('customers')}): hver ordre og faktura til dem avvises (2001412). Velg en annen på ` +
    'kortet (Kunder › Leveranssätt), eller lag den på nytt: Inställningar › Leveranssätt. ' +
    `${f('count')} kort ble sett på.`,
  'payment-mode-unknown': (f) =>
    `${f('system')} har ingen betalingsmåte ${f('mode')}, som er valgt for ${f('method')}: der ` +
    `finnes ${f('known')}. Opprett den med konto ${f('account')}, eller velg en av dem.`,
  'payment-mode-differs': (f) =>
    `Betalingsmåten ${f('mode')} bokfører på ${f('theirs')} i ${f('system')}, og ${f('method')} ` +
    `bokføres på ${f('account')}. Endre én: ` +
    `${either('--account ', 'Kontoer i flyten: ')}payment/${f('method')}=${f('theirs')}`,
  'shop-not-asked': (f) =>
    `${f('shop')} kunne ikke spørres om hva den selger: ${f('why')} Se igjen senere.`,
  rehearsed: (f) => `de siste ${f('count')} bestillingene i ${f('shop')} kan alle bokføres`,
  'rehearsal-held': (f) =>
    `${f('some')} av de siste ${f('count')} bestillingene i ${f('shop')} ville ventet på ` +
    `avgjørelse (${f('orders')}): ${f('why')}`,
};
