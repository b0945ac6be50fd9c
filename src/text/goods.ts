import type { Language } from '../domain/posting/words.ts';

/** What is said of stock and articles while they are brought up to date. */
type GoodsTexts = {
  /** So many of so many; null: nobody says how many there are. */
  readonly progress: (done: number, total: number | null, changes: number) => string;
  /** The same beside a bar. */
  readonly bar: string;
  readonly looked: (compared: number, changes: number) => string;
  /** What is not written yet: the hub's looks go on with it. */
  readonly left: (count: number) => string;
  /** Where changes are counted by another look. */
  readonly compared: (compared: number) => string;
  /** A shop was asked, and what it told is on its way. */
  readonly fetched: string;
  readonly twice: (numbers: readonly string[]) => string;
  readonly busy: string;
  readonly noStock: (name: string) => string;
  readonly noArticles: (name: string) => string;
};

const TEXTS: Readonly<Record<Language, GoodsTexts>> = {
  sv: {
    progress: (done, total, changes) =>
      `${outOf(done, 'av', total)} artiklar jämförda, ${changes} ändras`,
    bar: '{bar} {value}/{total} artiklar, {changes} ändras',
    looked: (compared, changes) => `${compared} artiklar jämförda, ${changes} ändrade`,
    left: (count) => `, ${count} kvar att skriva: hubben fortsätter med dem`,
    compared: (compared) => `${compared} artiklar jämförda`,
    fetched: 'det som har ändrats i butiken är hämtat',
    twice: (numbers) => `, lämnade eftersom flera har numret: ${numbers.join(', ')}`,
    busy: 'någon annan jämför just nu, eller så är det som hittades fortfarande på väg',
    noStock: (name) =>
      `Inget lagersaldo hålls för ${name}: ett flöde gör det med --set stock.follows=true, från ` +
      'en butik till bokföringen eller tillbaka.',
    noArticles: (name) =>
      `Inga artiklar hålls för ${name}: ett flöde gör det med --set articles=update, från en ` +
      'butik till bokföringen eller tillbaka.',
  },
  nb: {
    progress: (done, total, changes) =>
      `${outOf(done, 'av', total)} varer sammenlignet, ${changes} endres`,
    bar: '{bar} {value}/{total} varer, {changes} endres',
    looked: (compared, changes) => `${compared} varer sammenlignet, ${changes} endret`,
    left: (count) => `, ${count} igjen å skrive: huben fortsetter med dem`,
    compared: (compared) => `${compared} varer sammenlignet`,
    fetched: 'det som er endret i butikken er hentet',
    twice: (numbers) => `, latt være fordi flere har nummeret: ${numbers.join(', ')}`,
    busy: 'noen andre sammenligner akkurat nå, eller det som ble funnet er fortsatt på vei',
    noStock: (name) =>
      `Ingen beholdning holdes for ${name}: en flyt gjør det med --set stock.follows=true, fra ` +
      'en butikk til regnskapet eller tilbake.',
    noArticles: (name) =>
      `Ingen varer holdes for ${name}: en flyt gjør det med --set articles=update, fra en ` +
      'butikk til regnskapet eller tilbake.',
  },
  en: {
    progress: (done, total, changes) =>
      `${outOf(done, 'of', total)} articles compared, ${changes} to be written`,
    bar: '{bar} {value}/{total} articles, {changes} to be written',
    looked: (compared, changes) => `${compared} articles compared, ${changes} written`,
    left: (count) => `, ${count} still to be written: the hub goes on with them`,
    compared: (compared) => `${compared} articles compared`,
    fetched: 'what has changed in the shop was fetched',
    twice: (numbers) => `, left alone as several have the number: ${numbers.join(', ')}`,
    busy: 'somebody looks just now, or what was found is still on its way',
    noStock: (name) =>
      `No stock is kept for ${name}: a flow does so with --set stock.follows=true, from a shop ` +
      'to its ledger or back.',
    noArticles: (name) =>
      `No articles are kept for ${name}: a flow does so with --set articles=update, from a shop ` +
      'to its ledger or back.',
  },
};

function outOf(done: number, of: string, total: number | null): string {
  return total === null ? String(done) : `${done} ${of} ${total}`;
}

/** The sentences in the reader's language. */
export function goodsTexts(language: Language): GoodsTexts {
  return TEXTS[language];
}
