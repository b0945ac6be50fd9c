import type { Language } from '../domain/posting/words.ts';
import type {
  PassedCode,
  PassedReason,
  PickupTrouble,
  PickupTroubleCode,
} from '../ports/pickup.ts';
import { either, readOn, type Surface } from './surface.ts';

/** A fact by its name; a missing one reads as empty. */
type Facts = (name: string) => string;

type TroubleTexts = Readonly<Record<PickupTroubleCode, (facts: Facts) => string>>;
type PassedTexts = Readonly<Record<PassedCode, (facts: Facts) => string>>;

const troublesEn: TroubleTexts = {
  unreachable: (f) =>
    `${f('host')} cannot be reached on port ${f('port')} (${f('why')}). It is tried again; check ` +
    'the address, and that a firewall lets us out.',
  'closed-network': (f) =>
    `${f('host')} is in a private network, which the hub does not call. If it should, whoever ` +
    'runs the hub names the network: BOKBRO_REACH=10.0.0.0/8.',
  'no-answer': (f) => `${f('host')} broke off or did not answer in time. It is tried again.`,
  'host-key-changed': (f) =>
    `${f('host')} shows another key than the known one, and was sent no login. Known: ` +
    `${f('pinned')}. Shown: ${f('found')} (${f('type')}). Ask whoever runs the server; if it has ` +
    'a new key, ' +
    `${either('give its fingerprint: --fingerprint', 'confirm it with the connection')}.`,
  certificate: (f) =>
    `The certificate of ${f('host')} is not to be trusted (${f('why')}). A server of your own is ` +
    `vouched for with ${either('--ca', 'its own certificate, given with the place')}.`,
  'login-refused': (f) =>
    `${f('host')} does not let ${f('user')} in. Give the password or key again; it is tried only ` +
    'once an hour, so that the account is not locked.',
  'key-unusable': () => 'The private key cannot be used: its format or its passphrase is wrong.',
  'secret-sealed': () =>
    'The saved login cannot be opened with this master key. Put the right one back, or give the ' +
    'login again.',
  'folder-missing': (f) => `There is no folder ${f('folder')} at ${f('host')}.`,
  'folder-forbidden': (f) => `The login may not use ${f('folder')} at ${f('host')}.`,
  'cannot-move': (f) =>
    `What was fetched may not be moved to ${f('folder')} at ${f('host')}: it stays, and is not ` +
    `fetched again. Allow it there, or ${either('say --after leave', 'have it left where it is')}.`,
  'cannot-put': (f) => `The file could not be put into ${f('folder')}: ${f('why')}.`,
  'keys-refused': (f) =>
    `${f('why')} Make new keys there and give ` +
    `them${either(': bokbro connect', ' with the connection')}.`,
  busy: (f) => `${f('why')} It is asked again.`,
  'set-up-there': (f) => f('why'),
  'hooks-no-address': () =>
    'The shop cannot tell us of changes: this hub has no address of its own. What has changed is ' +
    `found by asking, as often as ${either('--every', 'the connection')} says. With an address ` +
    'that the shop reaches: BOKBRO_URL.',
  'hooks-not-allowed': (f) =>
    `The keys may not set up messages (${f('why')}). What has changed is found by asking, as ` +
    `often as ${either('--every', 'the connection')} says. Give keys that may read and write` +
    `${either(': bokbro connect … --hooks', ' with the connection')}.`,
  'hooks-not-kept': (f) =>
    `It could not be looked whether messages are sent to us: ${f('why')} It is tried again; what ` +
    'has changed is found by asking.',
  'many-gone': (f) =>
    `${f('gone')} orders and refunds that were told are no longer there, and at most ` +
    `${f('limit')} at once are believed: nothing was changed. Is it the same shop? If they were ` +
    'deleted on purpose, say so for the next look: ' +
    `${either(`--set deletedMax=${f('gone')}`, `${f('gone')} in the settings of the connection`)}.`,
  failed: (f) => `It failed: ${f('why')}.`,
};

const troublesSv: TroubleTexts = {
  unreachable: (f) =>
    `${f('host')} kan inte nås på port ${f('port')} (${f('why')}). Nytt försök görs; kontrollera ` +
    'adressen, och att brandväggen släpper ut oss.',
  'closed-network': (f) =>
    `${f('host')} finns i ett privat nät, som hubben inte anropar. Ska den det, anger den som ` +
    'driver hubben nätet: BOKBRO_REACH=10.0.0.0/8.',
  'no-answer': (f) => `${f('host')} bröt av eller svarade inte i tid. Nytt försök görs.`,
  'host-key-changed': (f) =>
    `${f('host')} visar en annan nyckel än den kända, och fick ingen inloggning. Känd: ` +
    `${f('pinned')}. Visad: ${f('found')} (${f('type')}). Fråga den som driver servern; har den ` +
    'en ny nyckel, ' +
    `${either('ange dess fingeravtryck: --fingerprint', 'bekräfta den hos anslutningen')}.`,
  certificate: (f) =>
    `Certifikatet för ${f('host')} går inte att lita på (${f('why')}). För en egen server går ` +
    `man i god med ${either('--ca', 'dess eget certifikat, som anges hos platsen')}.`,
  'login-refused': (f) =>
    `${f('host')} släpper inte in ${f('user')}. Ange lösenord eller nyckel på nytt; försök görs ` +
    'bara en gång i timmen, så att kontot inte spärras.',
  'key-unusable': () => 'Den privata nyckeln går inte att använda: fel format eller fel lösenfras.',
  'secret-sealed': () =>
    'Den sparade inloggningen kan inte öppnas med den här huvudnyckeln. Lägg tillbaka den rätta, ' +
    'eller ange inloggningen på nytt.',
  'folder-missing': (f) => `Det finns ingen mapp ${f('folder')} hos ${f('host')}.`,
  'folder-forbidden': (f) => `Inloggningen får inte använda ${f('folder')} hos ${f('host')}.`,
  'cannot-move': (f) =>
    `Det som hämtats får inte flyttas till ${f('folder')} hos ${f('host')}: det ligger kvar, och ` +
    'hämtas inte igen. Tillåt det där, eller ' +
    `${either('ange --after leave', 'välj att låta det ligga')}.`,
  'cannot-put': (f) => `Filen kunde inte läggas i ${f('folder')}: ${f('why')}.`,
  'keys-refused': (f) =>
    `${f('why')} Skapa nya nycklar där och ange ` +
    `dem${either(': bokbro connect', ' hos anslutningen')}.`,
  busy: (f) => `${f('why')} Nytt försök görs.`,
  'set-up-there': (f) => f('why'),
  'hooks-no-address': () =>
    'Butiken kan inte meddela oss ändringar: den här hubben har ingen egen adress. Det som ' +
    `ändrats hittas genom att fråga, så ofta som ${either('--every', 'anslutningen')} säger. Med ` +
    'en ' +
    'adress som butiken ' +
    'når: BOKBRO_URL.',
  'hooks-not-allowed': (f) =>
    `Nycklarna får inte ställa in meddelanden (${f('why')}). Det som ändrats hittas genom att ` +
    `fråga, så ofta som ${either('--every', 'anslutningen')} säger. Ange nycklar som får läsa ` +
    'och ' +
    `skriva${either(': bokbro connect … --hooks', ' hos anslutningen')}.`,
  'hooks-not-kept': (f) =>
    `Det gick inte att se om meddelanden skickas till oss: ${f('why')} Nytt försök görs; det ` +
    'som ändrats hittas genom att fråga.',
  'many-gone': (f) =>
    `${f('gone')} beställningar och återbetalningar som kommit finns inte längre där, och högst ` +
    `${f('limit')} på en gång tros: inget har ändrats. Är det samma butik? Togs de bort med ` +
    'flit, säg det inför nästa gång: ' +
    `${either(`--set deletedMax=${f('gone')}`, `${f('gone')} i anslutningens inställningar`)}.`,
  failed: (f) => `Det misslyckades: ${f('why')}.`,
};

const troublesNb: TroubleTexts = {
  unreachable: (f) =>
    `${f('host')} kan ikke nås på port ${f('port')} (${f('why')}). Det prøves igjen; kontroller ` +
    'adressen, og at brannmuren slipper oss ut.',
  'closed-network': (f) =>
    `${f('host')} er i et privat nett, som huben ikke kaller. Skal den det, oppgir den som ` +
    'driver huben nettet: BOKBRO_REACH=10.0.0.0/8.',
  'no-answer': (f) => `${f('host')} brøt av eller svarte ikke i tide. Det prøves igjen.`,
  'host-key-changed': (f) =>
    `${f('host')} viser en annen nøkkel enn den kjente, og fikk ingen innlogging. Kjent: ` +
    `${f('pinned')}. Vist: ${f('found')} (${f('type')}). Spør den som driver serveren; har den ` +
    `en ny nøkkel, ${either('oppgi fingeravtrykket: --fingerprint', 'bekreft den hos koblingen')}.`,
  certificate: (f) =>
    `Sertifikatet til ${f('host')} er ikke til å stole på (${f('why')}). For en egen server går ` +
    `man god med ${either('--ca', 'dens eget sertifikat, som oppgis hos stedet')}.`,
  'login-refused': (f) =>
    `${f('host')} slipper ikke inn ${f('user')}. Oppgi passord eller nøkkel på nytt; det prøves ` +
    'bare en gang i timen, så kontoen ikke sperres.',
  'key-unusable': () => 'Den private nøkkelen kan ikke brukes: feil format eller feil passfrase.',
  'secret-sealed': () =>
    'Den lagrede innloggingen kan ikke åpnes med denne hovednøkkelen. Legg den rette tilbake, ' +
    'eller oppgi innloggingen på nytt.',
  'folder-missing': (f) => `Det finnes ingen mappe ${f('folder')} hos ${f('host')}.`,
  'folder-forbidden': (f) => `Innloggingen får ikke bruke ${f('folder')} hos ${f('host')}.`,
  'cannot-move': (f) =>
    `Det som er hentet, får ikke flyttes til ${f('folder')} hos ${f('host')}: det blir liggende, ` +
    'og hentes ikke igjen. Tillat det der, eller ' +
    `${either('oppgi --after leave', 'velg å la det ligge')}.`,
  'cannot-put': (f) => `Filen kunne ikke legges i ${f('folder')}: ${f('why')}.`,
  'keys-refused': (f) =>
    `${f('why')} Lag nye nøkler der og oppgi dem${either(': bokbro connect', ' hos koblingen')}.`,
  busy: (f) => `${f('why')} Det prøves igjen.`,
  'set-up-there': (f) => f('why'),
  'hooks-no-address': () =>
    'Butikken kan ikke melde endringer til oss: denne huben har ingen egen adresse. Det som er ' +
    `endret, finnes ved å spørre, så ofte som ${either('--every', 'koblingen')} sier. Med en ` +
    'adresse butikken når: ' +
    'BOKBRO_URL.',
  'hooks-not-allowed': (f) =>
    `Nøklene får ikke sette opp meldinger (${f('why')}). Det som er endret, finnes ved å spørre, ` +
    `så ofte som ${either('--every', 'koblingen')} sier. Oppgi nøkler som får lese og skrive` +
    `${either(': bokbro connect … --hooks', ' hos koblingen')}.`,
  'hooks-not-kept': (f) =>
    `Det lot seg ikke se om meldinger sendes til oss: ${f('why')} Det prøves igjen; det som er ` +
    'endret, finnes ved å spørre.',
  'many-gone': (f) =>
    `${f('gone')} bestillinger og refusjoner som har kommet, finnes ikke lenger der, og høyst ` +
    `${f('limit')} på en gang blir trodd: ingenting er endret. Er det samme butikk? Ble de ` +
    'slettet med vilje, si det til neste gang: ' +
    `${either(`--set deletedMax=${f('gone')}`, `${f('gone')} i koblingens innstillinger`)}.`,
  failed: (f) => `Det mislyktes: ${f('why')}.`,
};

const passedEn: PassedTexts = {
  nobodys: () => 'belongs to a store that nobody has connected, or to several; it waits',
  'too-large': (f) => `is ${f('size')} bytes, and ${f('limit')} is the limit`,
  'sender-not-allowed': (f) => `comes from ${f('sender')}, who is not one of the senders`,
  'nothing-usable': () => 'has no file that could be a document',
  'name-not-wanted': () => 'has a name that is not asked for',
  'inline-image': () => 'is a picture in the text',
  signature: () => 'is a signature',
  winmail: () => 'is in Outlook’s own format: the sender should send as HTML or plain text',
  encrypted: () => 'is encrypted',
  'no-document': () => 'is of a kind that is never a document (PDF, picture, text)',
  'nested-too-deep': () => 'is forwarded too many times, mail in mail',
  forbidden: () => 'may not be read by the login',
  'not-a-mail': () => 'cannot be read as a mail',
  empty: () => 'is empty',
};

const passedSv: PassedTexts = {
  nobodys: () => 'hör till en butik som ingen har anslutit, eller till flera; den väntar',
  'too-large': (f) => `är ${f('size')} byte, och gränsen är ${f('limit')}`,
  'sender-not-allowed': (f) => `kommer från ${f('sender')}, som inte är en av avsändarna`,
  'nothing-usable': () => 'har ingen fil som kan vara ett underlag',
  'name-not-wanted': () => 'har ett namn som inte efterfrågas',
  'inline-image': () => 'är en bild i texten',
  signature: () => 'är en signatur',
  winmail: () => 'är i Outlooks eget format: avsändaren bör skicka som HTML eller ren text',
  encrypted: () => 'är krypterad',
  'no-document': () => 'är av ett slag som aldrig är ett underlag (PDF, bild, text)',
  'nested-too-deep': () => 'är vidarebefordrad för många gånger, brev i brev',
  forbidden: () => 'får inte läsas av inloggningen',
  'not-a-mail': () => 'går inte att läsa som e-post',
  empty: () => 'är tom',
};

const passedNb: PassedTexts = {
  nobodys: () => 'hører til en butikk som ingen har koblet til, eller til flere; den venter',
  'too-large': (f) => `er ${f('size')} byte, og grensen er ${f('limit')}`,
  'sender-not-allowed': (f) => `kommer fra ${f('sender')}, som ikke er en av avsenderne`,
  'nothing-usable': () => 'har ingen fil som kan være et bilag',
  'name-not-wanted': () => 'har et navn som det ikke spørres etter',
  'inline-image': () => 'er et bilde i teksten',
  signature: () => 'er en signatur',
  winmail: () => 'er i Outlooks eget format: avsenderen bør sende som HTML eller ren tekst',
  encrypted: () => 'er kryptert',
  'no-document': () => 'er av et slag som aldri er et bilag (PDF, bilde, tekst)',
  'nested-too-deep': () => 'er videresendt for mange ganger, brev i brev',
  forbidden: () => 'får ikke leses av innloggingen',
  'not-a-mail': () => 'kan ikke leses som e-post',
  empty: () => 'er tom',
};

const TROUBLES: Readonly<Record<Language, TroubleTexts>> = {
  sv: troublesSv,
  nb: troublesNb,
  en: troublesEn,
};
const PASSED: Readonly<Record<Language, PassedTexts>> = {
  sv: passedSv,
  nb: passedNb,
  en: passedEn,
};

/** What is in the way of fetching and what to do, in the reader's language. */
export function describeTrouble(
  { code, facts }: PickupTrouble,
  language: Language,
  surface: Surface = 'terminal',
): string {
  return readOn(
    surface,
    TROUBLES[language][code]((name) => facts[name] ?? ''),
  );
}

/** Why something was not taken, as the end of a sentence that begins with what it is. */
export function describePassed({ code, facts }: PassedReason, language: Language): string {
  return PASSED[language][code]((name) => facts[name] ?? '');
}
