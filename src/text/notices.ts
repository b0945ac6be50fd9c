import { numbersMissing } from '../domain/document/report-numbers.ts';
import type { Language } from '../domain/posting/words.ts';
import type { Notice } from '../domain/refusal.ts';
import { showAmount, showRate } from './amounts.ts';

type NoticeTexts = {
  readonly [Code in Notice['code']]: (notice: Extract<Notice, { readonly code: Code }>) => string;
};

const sv: NoticeTexts = {
  'food-at-other-rate': (n) =>
    `”${n.line}” ser ut som livsmedel men har ${showRate(n.rate, 'sv')}; livsmedel har ` +
    `${showRate(n.foodRate, 'sv')} den dagen.`,
  'entries-pending': (n) =>
    `Kontoutdraget för ${n.account} har ${n.count} post(er) på ${showAmount(n.total, 'sv')} som ` +
    'inte är bokförda av banken än. De kommer på ett senare utdrag.',
  'refund-not-told': (n) =>
    `Order ${n.order} har återbetalningen ${n.refund}, som inte finns i filen: den bokförs inte.`,
  'text-shortened': (n) => `Texten ”${n.from}” kortas till ”${n.to}”.`,
  'report-number-gap': (n) =>
    `Butik ${n.store}, kassa ${n.register}: ${n.missing} rapport(er) saknas mellan ${n.after} ` +
    `och ${n.before}: ${numbersMissing(n)}.`,
};

const nb: NoticeTexts = {
  'food-at-other-rate': (n) =>
    `«${n.line}» ser ut som matvarer, men har ${showRate(n.rate, 'nb')}; matvarer har ` +
    `${showRate(n.foodRate, 'nb')} den dagen.`,
  'entries-pending': (n) =>
    `Kontoutskriften for ${n.account} har ${n.count} post(er) på ` +
    `${showAmount(n.total, 'nb')} som ` +
    'banken ikke har bokført ennå. De kommer på en senere utskrift.',
  'refund-not-told': (n) =>
    `Ordre ${n.order} har tilbakebetalingen ${n.refund}, som ikke er i filen: den føres ikke.`,
  'text-shortened': (n) => `Teksten «${n.from}» kortes til «${n.to}».`,
  'report-number-gap': (n) =>
    `Butikk ${n.store}, kasse ${n.register}: ${n.missing} rapport(er) mangler mellom ` +
    `${n.after} og ${n.before}: ${numbersMissing(n)}.`,
};

const en: NoticeTexts = {
  'food-at-other-rate': (n) =>
    `“${n.line}” looks like food but has ${showRate(n.rate, 'en')}; food has ` +
    `${showRate(n.foodRate, 'en')} on that day.`,
  'entries-pending': (n) =>
    `The statement of ${n.account} has ${n.count} entries of ${showAmount(n.total, 'en')} ` +
    'that the bank has not booked yet. They come on a later one.',
  'refund-not-told': (n) =>
    `Order ${n.order} has the refund ${n.refund}, which is not in the file: it is not booked.`,
  'text-shortened': (n) => `The text “${n.from}” is shortened to “${n.to}”.`,
  'report-number-gap': (n) =>
    `Store ${n.store}, till ${n.register}: ${n.missing} report(s) are missing between ${n.after} ` +
    `and ${n.before}: ${numbersMissing(n)}.`,
};

const TEXTS: Readonly<Record<Language, NoticeTexts>> = { sv, nb, en };

/** The notice in words, in the reader's language. */
export function describeNotice(notice: Notice, language: Language): string {
  // The table has a function for each code; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<Notice['code'], (n: Notice) => string>>;
  return texts[notice.code](notice);
}
