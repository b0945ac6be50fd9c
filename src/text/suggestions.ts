import type { Language } from '../domain/posting/words.ts';
import type { CodingSuggestion } from '../domain/posting/suggest-coding.ts';

type SuggestionText = (suggestion: CodingSuggestion) => string;

const sv: SuggestionText = (s) =>
  `Förslag: konto ${s.account}, där ${s.invoices} av ${s.of} tidigare fakturor ` +
  `${s.from === 'hub' ? 'av samma slag från leverantören' : 'från leverantören i bokföringen'} ` +
  `står, senast ${s.latest.number} ${s.latest.date}${others(s, 'Övriga')}.`;

const nb: SuggestionText = (s) =>
  `Forslag: konto ${s.account}, der ${s.invoices} av ${s.of} tidligere fakturaer ` +
  `${s.from === 'hub' ? 'av samme slag fra leverandøren' : 'fra leverandøren i regnskapet'} ` +
  `står, sist ${s.latest.number} ${s.latest.date}${others(s, 'Andre')}.`;

const en: SuggestionText = (s) =>
  `Suggestion: account ${s.account}, where ${s.invoices} of ${s.of} earlier invoices ` +
  `${s.from === 'hub' ? 'of the kind from the supplier' : 'from the supplier in the ledger'} ` +
  `stand, the latest ${s.latest.number} of ${s.latest.date}${others(s, 'Others')}.`;

function others({ others: rest }: CodingSuggestion, word: string): string {
  const told = rest.map(({ account, invoices }) => `${account} (${invoices})`).join(', ');
  return told === '' ? '' : `. ${word}: ${told}`;
}

const TEXTS: Readonly<Record<Language, SuggestionText>> = { sv, nb, en };

/** Where an invoice may belong and why, in the reader's language. */
export function describeSuggestion(suggestion: CodingSuggestion, language: Language): string {
  return TEXTS[language](suggestion);
}
