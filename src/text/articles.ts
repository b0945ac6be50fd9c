import type { ArticleField } from '../domain/document/article.ts';
import type { Language } from '../domain/posting/words.ts';
import type { ArticleTrouble } from '../ports/article-trouble.ts';
import { either, readOn, type Surface } from './surface.ts';

type Texts = {
  readonly [Code in ArticleTrouble['code']]: (
    trouble: Extract<ArticleTrouble, { readonly code: Code }>,
  ) => string;
};

/** Fields as they are written in a setting, and as the form calls them. */
function names(fields: readonly ArticleField[], language: Language): string {
  return either(fields.join(', '), fields.map((field) => FIELDS[language][field]).join(', '));
}

const FIELDS: Readonly<Record<Language, Readonly<Record<ArticleField, string>>>> = {
  sv: { name: 'namn', ean: 'EAN', price: 'pris', description: 'beskrivning', active: 'aktiv' },
  nb: { name: 'navn', ean: 'EAN', price: 'pris', description: 'beskrivelse', active: 'aktiv' },
  en: { name: 'name', ean: 'EAN', price: 'price', description: 'description', active: 'active' },
};

const TEXTS: Readonly<Record<Language, Texts>> = {
  sv: {
    'both-own': ({ shop, ledger, fields }) =>
      `${names(fields, 'sv')} på artiklar skulle följa både ${ledger} och ${shop}, och skrivas ` +
      'fram och tillbaka. Låt bara det ena flödet äga dem, ' +
      `${either('med --set articleFields=…', 'under Artikeluppgifter')}.`,
    'ledger-alone': ({ shop, fields }) =>
      `${names(fields, 'sv')} på artiklar kan inte följa ${shop}: det går bara från bokföringen ` +
      `till butiken. Ta bort det ur ${either('articleFields', 'Artikeluppgifter')}.`,
    'cannot-tell': ({ system }) => `${system} säger inte vilka artiklar som finns.`,
    'not-fetched': ({ shop }) =>
      `Artiklar hämtas inte från ${shop}. Låt dem hämtas${either(', med products=fetch', '')} i ` +
      'anslutningen.',
    'too-many': ({ system }) => `${system} listar artiklar utan slut. Jämförelsen avbröts.`,
    'not-asked': ({ why }) => `Det gick inte att fråga: ${why}`,
  },
  nb: {
    'both-own': ({ shop, ledger, fields }) =>
      `${names(fields, 'nb')} på varer ville følge både ${ledger} og ${shop}, og skrives fram og ` +
      'tilbake. La bare den ene flyten eie dem, ' +
      `${either('med --set articleFields=…', 'under Artikkelopplysninger')}.`,
    'ledger-alone': ({ shop, fields }) =>
      `${names(fields, 'nb')} på varer kan ikke følge ${shop}: det går bare fra regnskapet til ` +
      `butikken. Ta det ut av ${either('articleFields', 'Artikkelopplysninger')}.`,
    'cannot-tell': ({ system }) => `${system} sier ikke hvilke varer som finnes.`,
    'not-fetched': ({ shop }) =>
      `Varer hentes ikke fra ${shop}. La dem hentes${either(', med products=fetch', '')} i ` +
      'tilkoblingen.',
    'too-many': ({ system }) => `${system} lister varer uten ende. Sammenligningen ble avbrutt.`,
    'not-asked': ({ why }) => `Det gikk ikke å spørre: ${why}`,
  },
  en: {
    'both-own': ({ shop, ledger, fields }) =>
      `${names(fields, 'en')} of articles would follow both ${ledger} and ${shop}, and be ` +
      'written back and forth. Let one of the two flows alone own them, ' +
      `${either('by --set articleFields=…', 'in Article fields')}.`,
    'ledger-alone': ({ shop, fields }) =>
      `${names(fields, 'en')} of articles cannot follow ${shop}: that goes from the ledger to ` +
      `the shop alone. Take it out of ${either('articleFields', 'Article fields')}.`,
    'cannot-tell': ({ system }) => `${system} does not tell which articles there are.`,
    'not-fetched': ({ shop }) =>
      `Articles are not fetched from ${shop}. Let them be${either(', by products=fetch', '')} in ` +
      'its connection.',
    'too-many': ({ system }) =>
      `${system} lists articles without an end. The comparison was given up.`,
    'not-asked': ({ why }) => `It could not be asked: ${why}`,
  },
};

/** Why articles of a flow are not kept, in the reader's language. */
export function describeArticleTrouble(
  trouble: ArticleTrouble,
  language: Language,
  surface: Surface,
): string {
  // The table has a function for each code; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<ArticleTrouble['code'], (t: object) => string>>;
  return readOn(surface, texts[trouble.code](trouble));
}
