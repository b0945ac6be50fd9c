import type { Language } from '../domain/posting/words.ts';
import type { HealthItem, HubFinding, HubItemCode } from '../ports/health.ts';
import { either, readOn, type Surface } from './surface.ts';

/** A fact by its name; a missing one reads as empty. */
type Facts = (name: string) => string;

/** Messages and changed settings are worded where they are told of elsewhere too. */
type Worded = Exclude<HubItemCode, 'messages' | 'setting-changed'>;

/** What was found; no facts where the code says it all. */
type Finding = Pick<HubFinding, 'state'> & {
  readonly code: Worded;
  readonly facts?: HubFinding['facts'];
};

type Texts = Readonly<Record<Worded, (facts: Facts) => string>>;

const sv: Texts = {
  database: (f) =>
    `PostgreSQL ${f('version')}${f('home') === '' ? ' på en server' : ` i ${f('home')}`}`,
  durable: () => 'ingenting går förlorat',
  'not-durable': () =>
    'fsync är av: ett strömavbrott kan förlora bokföring. Slå på det i PostgreSQL.',
  fetched: (f) => `${f('place')}: ${f('files')} filer hämtade`,
  'fetched-left': (f) =>
    `${f('place')}: ${f('files')} filer hämtade, ${f('left')} kvar där` +
    either(': bokbro fetch list', ''),
  'fetch-trouble': (f) => `${f('place')}: ${f('why')}`,
  login: (f) => `${f('why')}${either(` bokbro connect ${f('connector')}`, '')}`,
  booked: (f) => `${f('count')} dokument`,
  'held-none': () => 'ingenting',
  held: (f) => `${f('count')} dokument${either(': bokbro held', '')}`,
  aside: (f) =>
    `${f('waiting')} väntar, ${f('leftOut')} är utelämnade${either(': bokbro held', '')}`,
  'on-their-way': (f) => `${f('waiting')} väntar, ${f('doubt')} är ovissa`,
  'missing-none': () => 'ingenting är känt som saknat',
  missing: (f) => `${f('count')} sedan ${f('oldest')}${either(': bokbro missing', '')}`,
  'schedule-failed': (f) => `${f('id')} ${f('act')} misslyckades${either(': bokbro schedule', '')}`,
  'stock-kept': (f) => `${f('from')} → ${f('to')}`,
  'articles-kept': (f) => `${f('from')} → ${f('to')}`,
  files: (f) => `${f('count')} mottagna`,
  'file-refused': (f) => `${f('file')} gick inte att ta emot${either(': bokbro files', '')}`,
  'file-unreadable': (f) =>
    `${f('count')} i ${f('file')} går inte att läsa${either(': bokbro files', '')}`,
  'file-notice': (f) => f('says'),
  keys: (f) => `de får skriva i ${f('shop')}`,
  'keys-refused': (f) =>
    `De får inte skriva i butiken. Ge den nycklar som får. Butiken: ${f('why')}`,
};

const nb: Texts = {
  database: (f) =>
    `PostgreSQL ${f('version')}${f('home') === '' ? ' på en server' : ` i ${f('home')}`}`,
  durable: () => 'ingenting går tapt',
  'not-durable': () => 'fsync er av: et strømbrudd kan miste bokføring. Slå det på i PostgreSQL.',
  fetched: (f) => `${f('place')}: ${f('files')} filer hentet`,
  'fetched-left': (f) =>
    `${f('place')}: ${f('files')} filer hentet, ${f('left')} igjen der` +
    either(': bokbro fetch list', ''),
  'fetch-trouble': (f) => `${f('place')}: ${f('why')}`,
  login: (f) => `${f('why')}${either(` bokbro connect ${f('connector')}`, '')}`,
  booked: (f) => `${f('count')} dokumenter`,
  'held-none': () => 'ingenting',
  held: (f) => `${f('count')} dokumenter${either(': bokbro held', '')}`,
  aside: (f) => `${f('waiting')} venter, ${f('leftOut')} er utelatt${either(': bokbro held', '')}`,
  'on-their-way': (f) => `${f('waiting')} venter, ${f('doubt')} er uvisse`,
  'missing-none': () => 'ingenting er kjent som manglende',
  missing: (f) => `${f('count')} siden ${f('oldest')}${either(': bokbro missing', '')}`,
  'schedule-failed': (f) => `${f('id')} ${f('act')} mislyktes${either(': bokbro schedule', '')}`,
  'stock-kept': (f) => `${f('from')} → ${f('to')}`,
  'articles-kept': (f) => `${f('from')} → ${f('to')}`,
  files: (f) => `${f('count')} mottatt`,
  'file-refused': (f) => `${f('file')} lot seg ikke ta imot${either(': bokbro files', '')}`,
  'file-unreadable': (f) =>
    `${f('count')} i ${f('file')} kan ikke leses${either(': bokbro files', '')}`,
  'file-notice': (f) => f('says'),
  keys: (f) => `de får skrive i ${f('shop')}`,
  'keys-refused': (f) =>
    `De får ikke skrive i butikken. Gi den nøkler som får. Butikken: ${f('why')}`,
};

const en: Texts = {
  database: (f) =>
    `PostgreSQL ${f('version')}${f('home') === '' ? ' on a server' : ` in ${f('home')}`}`,
  durable: () => 'nothing is lost',
  'not-durable': () => 'fsync is off: a power cut may lose bookings. Switch it on in PostgreSQL.',
  fetched: (f) => `${f('place')}: ${f('files')} files fetched`,
  'fetched-left': (f) =>
    `${f('place')}: ${f('files')} files fetched, ${f('left')} left there` +
    either(': bokbro fetch list', ''),
  'fetch-trouble': (f) => `${f('place')}: ${f('why')}`,
  login: (f) => `${f('why')}${either(` bokbro connect ${f('connector')}`, '')}`,
  booked: (f) => `${f('count')} documents`,
  'held-none': () => 'nothing',
  held: (f) => `${f('count')} documents${either(': bokbro held', '')}`,
  aside: (f) => `${f('waiting')} wait, ${f('leftOut')} are left out${either(': bokbro held', '')}`,
  'on-their-way': (f) => `${f('waiting')} waiting, ${f('doubt')} in doubt`,
  'missing-none': () => 'nothing is known to be missing',
  missing: (f) => `${f('count')} since ${f('oldest')}${either(': bokbro missing', '')}`,
  'schedule-failed': (f) => `${f('id')} ${f('act')} failed${either(': bokbro schedule', '')}`,
  'stock-kept': (f) => `${f('from')} → ${f('to')}`,
  'articles-kept': (f) => `${f('from')} → ${f('to')}`,
  files: (f) => `${f('count')} received`,
  'file-refused': (f) => `${f('file')} could not be taken in${either(': bokbro files', '')}`,
  'file-unreadable': (f) =>
    `${f('count')} of ${f('file')} cannot be read${either(': bokbro files', '')}`,
  'file-notice': (f) => f('says'),
  keys: (f) => `they may write in ${f('shop')}`,
  'keys-refused': (f) =>
    `They may not write in the shop. Give it keys that may. The shop: ${f('why')}`,
};

const TEXTS: Readonly<Record<Language, Texts>> = { sv, nb, en };

/** A line of the health card about the hub itself, in the reader's language. */
export function hubItem(
  { code, state, facts = {} }: Finding,
  language: Language,
  surface: Surface = 'terminal',
): HealthItem {
  const says = TEXTS[language][code]((name) => facts[name] ?? '');
  return { item: code, state, says: readOn(surface, says) };
}
