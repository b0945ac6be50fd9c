import type { ArticleField } from '../domain/document/article.ts';
import type { Language } from '../domain/posting/words.ts';
import type { ArticleTrouble } from '../ports/article-trouble.ts';

type Texts = {
  readonly [Code in ArticleTrouble['code']]: (
    trouble: Extract<ArticleTrouble, { readonly code: Code }>,
  ) => string;
};

/** Fields as they are written in a setting. */
function names(fields: readonly ArticleField[]): string {
  return fields.join(', ');
}

const TEXTS: Readonly<Record<Language, Texts>> = {
  sv: {
    'both-own': ({ shop, ledger, fields }) =>
      `${names(fields)} på artiklar skulle följa både ${ledger} och ${shop}, och skrivas fram ` +
      'och tillbaka. Låt bara det ena flödet äga dem, med --set articleFields=…',
    'ledger-alone': ({ shop, fields }) =>
      `${names(fields)} på artiklar kan inte följa ${shop}: det går bara från bokföringen till ` +
      'butiken. Ta bort det ur articleFields.',
    'cannot-tell': ({ system }) => `${system} säger inte vilka artiklar som finns.`,
    'not-fetched': ({ shop }) =>
      `Artiklar hämtas inte från ${shop}. Låt dem hämtas, med products=fetch i anslutningen.`,
    'too-many': ({ system }) => `${system} listar artiklar utan slut. Jämförelsen avbröts.`,
    'not-asked': ({ why }) => `Det gick inte att fråga: ${why}`,
  },
  nb: {
    'both-own': ({ shop, ledger, fields }) =>
      `${names(fields)} på varer ville følge både ${ledger} og ${shop}, og skrives fram og ` +
      'tilbake. La bare den ene flyten eie dem, med --set articleFields=…',
    'ledger-alone': ({ shop, fields }) =>
      `${names(fields)} på varer kan ikke følge ${shop}: det går bare fra regnskapet til ` +
      'butikken. Ta det ut av articleFields.',
    'cannot-tell': ({ system }) => `${system} sier ikke hvilke varer som finnes.`,
    'not-fetched': ({ shop }) =>
      `Varer hentes ikke fra ${shop}. La dem hentes, med products=fetch i tilkoblingen.`,
    'too-many': ({ system }) => `${system} lister varer uten ende. Sammenligningen ble avbrutt.`,
    'not-asked': ({ why }) => `Det gikk ikke å spørre: ${why}`,
  },
  en: {
    'both-own': ({ shop, ledger, fields }) =>
      `${names(fields)} of articles would follow both ${ledger} and ${shop}, and be written back ` +
      'and forth. Let one of the two flows alone own them, by --set articleFields=…',
    'ledger-alone': ({ shop, fields }) =>
      `${names(fields)} of articles cannot follow ${shop}: that goes from the ledger to the shop ` +
      'alone. Take it out of articleFields.',
    'cannot-tell': ({ system }) => `${system} does not tell which articles there are.`,
    'not-fetched': ({ shop }) =>
      `Articles are not fetched from ${shop}. Let them be, by products=fetch of its connection.`,
    'too-many': ({ system }) =>
      `${system} lists articles without an end. The comparison was given up.`,
    'not-asked': ({ why }) => `It could not be asked: ${why}`,
  },
};

/** Why articles of a flow are not kept, in the reader's language. */
export function describeArticleTrouble(trouble: ArticleTrouble, language: Language): string {
  // The table has a function for each code; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<ArticleTrouble['code'], (t: object) => string>>;
  return texts[trouble.code](trouble);
}
