import type { Language } from '../domain/posting/words.ts';
import { isRecord } from '../lib/json-object.ts';

/** What an entry of the audit trail is about: a fact with what it is called. */
export type AuditFact = { readonly label: string; readonly value: string };

/** Numbers that are named before it is said how many more there are. */
const NAMED_MAX = 12;

const LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  address: { sv: 'Adress', nb: 'Adresse', en: 'Address' },
  account: { sv: 'Konto', nb: 'Konto', en: 'Account' },
  act: { sv: 'Vad', nb: 'Hva', en: 'What' },
  choices: { sv: 'Val', nb: 'Valg', en: 'Choices' },
  closed: { sv: 'Stängd dag', nb: 'Stengt dag', en: 'Closed day' },
  company: { sv: 'Företag', nb: 'Bedrift', en: 'Company' },
  companyId: { sv: 'Företag', nb: 'Bedrift', en: 'Company' },
  decision: { sv: 'Beslut', nb: 'Beslutning', en: 'Decision' },
  connection: { sv: 'Anslutning', nb: 'Tilkobling', en: 'Connection' },
  country: { sv: 'Land', nb: 'Land', en: 'Country' },
  days: { sv: 'Dagar', nb: 'Dager', en: 'Days' },
  daysBack: { sv: 'Dagar tillbaka', nb: 'Dager tilbake', en: 'Days back' },
  differences: { sv: 'Skillnader', nb: 'Forskjeller', en: 'Differences' },
  email: { sv: 'E-post', nb: 'E-post', en: 'E-mail' },
  events: { sv: 'Händelser', nb: 'Hendelser', en: 'Events' },
  factor: { sv: 'Sätt', nb: 'Måte', en: 'Way' },
  file: { sv: 'Fil', nb: 'Fil', en: 'File' },
  flow: { sv: 'Flöde', nb: 'Flyt', en: 'Flow' },
  folder: { sv: 'Mapp', nb: 'Mappe', en: 'Folder' },
  fourEyesMinor: { sv: 'Två godkänner från', nb: 'To godkjenner fra', en: 'Two approve from' },
  from: { sv: 'Från', nb: 'Fra', en: 'From' },
  host: { sv: 'Server', nb: 'Server', en: 'Server' },
  ids: { sv: 'Underlag', nb: 'Bilag', en: 'Documents' },
  invitation: { sv: 'Inbjudan', nb: 'Invitasjon', en: 'Invitation' },
  invitedBy: { sv: 'Inbjuden av', nb: 'Invitert av', en: 'Invited by' },
  isOn: { sv: 'På', nb: 'På', en: 'On' },
  key: { sv: 'Nyckel', nb: 'Nøkkel', en: 'Key' },
  kind: { sv: 'Slag', nb: 'Slag', en: 'Kind' },
  language: { sv: 'Språk', nb: 'Språk', en: 'Language' },
  messages: { sv: 'Meddelanden', nb: 'Meldinger', en: 'Messages' },
  mode: { sv: 'Läge', nb: 'Modus', en: 'Mode' },
  name: { sv: 'Namn', nb: 'Navn', en: 'Name' },
  number: { sv: 'Nummer', nb: 'Nummer', en: 'Number' },
  order: { sv: 'Order', nb: 'Ordre', en: 'Order' },
  orgNumber: { sv: 'Organisationsnummer', nb: 'Organisasjonsnummer', en: 'Organisation number' },
  person: { sv: 'Användare', nb: 'Bruker', en: 'User' },
  place: { sv: 'Plats', nb: 'Sted', en: 'Place' },
  reason: { sv: 'Skäl', nb: 'Årsak', en: 'Reason' },
  register: { sv: 'Kassa', nb: 'Kasse', en: 'Till' },
  resolution: { sv: 'Beslut', nb: 'Beslutning', en: 'Decision' },
  role: { sv: 'Roll', nb: 'Rolle', en: 'Role' },
  schedule: { sv: 'Schema', nb: 'Tidsplan', en: 'Schedule' },
  scopes: { sv: 'Rättigheter', nb: 'Rettigheter', en: 'Rights' },
  sessions: { sv: 'Inloggningar', nb: 'Innlogginger', en: 'Sessions' },
  settings: { sv: 'Inställningar', nb: 'Innstillinger', en: 'Settings' },
  startDate: { sv: 'Från och med', nb: 'Fra og med', en: 'From and including' },
  store: { sv: 'Butik', nb: 'Butikk', en: 'Store' },
  system: { sv: 'System', nb: 'System', en: 'System' },
  till: { sv: 'Kassa', nb: 'Kasse', en: 'Till' },
  timeZone: { sv: 'Tidszon', nb: 'Tidssone', en: 'Time zone' },
  times: { sv: 'Klockslag', nb: 'Klokkeslett', en: 'Times' },
  to: { sv: 'Till', nb: 'Til', en: 'To' },
  way: { sv: 'Sätt', nb: 'Måte', en: 'Way' },
  webhook: { sv: 'Webhook', nb: 'Webhook', en: 'Webhook' },
  weekdays: { sv: 'Veckodagar', nb: 'Ukedager', en: 'Weekdays' },
  why: { sv: 'Skäl', nb: 'Årsak', en: 'Reason' },
};

/** Values that are codes elsewhere too. */
const VALUES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  again: { sv: 'planera om', nb: 'planlegg på nytt', en: 'plan again' },
  skip: { sv: 'hoppa över', nb: 'hopp over', en: 'leave out' },
  accept: { sv: 'godta', nb: 'godta', en: 'accept' },
  'book-difference': { sv: 'bokför skillnaden', nb: 'bokfør forskjellen', en: 'book difference' },
  'book-on': { sv: 'bokför på dagen', nb: 'bokfør på dagen', en: 'book on the day' },
  'book-now': { sv: 'bokför nu', nb: 'bokfør nå', en: 'book now' },
  'code-as': { sv: 'kontera', nb: 'konter', en: 'code' },
  'reverse-rate': { sv: 'omvänd moms', nb: 'omvendt mva', en: 'reverse charge' },
  'tax-as': { sv: 'momssätt', nb: 'mva-måte', en: 'way of tax' },
  correct: { sv: 'rätta', nb: 'rett', en: 'correct' },
  automatic: { sv: 'automatiskt', nb: 'automatisk', en: 'automatic' },
  review: { sv: 'efter godkännande', nb: 'etter godkjenning', en: 'once approved' },
  owner: { sv: 'ägare', nb: 'eier', en: 'owner' },
  bookkeeper: { sv: 'bokförare', nb: 'regnskapsfører', en: 'bookkeeper' },
  approver: { sv: 'attestant', nb: 'godkjenner', en: 'approver' },
  reader: { sv: 'läsare', nb: 'leser', en: 'reader' },
  integrator: { sv: 'integratör', nb: 'integrator', en: 'integrator' },
};

const WORDS: Readonly<Record<Language, Readonly<Record<'yes' | 'no' | 'more', string>>>> = {
  sv: { yes: 'ja', no: 'nej', more: 'till' },
  nb: { yes: 'ja', no: 'nei', more: 'til' },
  en: { yes: 'yes', no: 'no', more: 'more' },
};

export function auditFacts(
  about: unknown,
  language: Language,
  flowName: (id: string) => string | null,
): readonly AuditFact[] {
  if (!isRecord(about)) return [];
  // The database keeps no order of them.
  const facts = Object.entries(about).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return facts.flatMap(([key, value]) => {
    if (value === null || value === undefined || value === '') return [];
    const label = LABELS[key]?.[language] ?? key;
    return [{ label, value: named(key, value, flowName) ?? shown(value, language) }];
  });
}

function named(
  key: string,
  value: unknown,
  flowName: (id: string) => string | null,
): string | null {
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id !== 'string' || !/^\d+$/.test(id)) return null;
  if (key === 'flow') return flowName(id);
  // Written in hundredths of the currency.
  return key === 'fourEyesMinor' ? (Number(id) / 100).toFixed(2) : null;
}

function shown(value: unknown, language: Language): string {
  const words = WORDS[language];
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) {
    const first = value.slice(0, NAMED_MAX).map((one) => shown(one, language));
    const more = value.length - first.length;
    return first.join(', ') + (more > 0 ? ` … ${more} ${words.more}` : '');
  }
  if (isRecord(value)) {
    return Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => `${LABELS[key]?.[language] ?? key}: ${shown(one, language)}`)
      .join(', ');
  }
  const text = String(value);
  return VALUES[text]?.[language] ?? text;
}
