import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Language } from '../domain/posting/words.ts';
import type { ArticleTrouble } from '../ports/article-trouble.ts';
import type { StockTrouble } from '../ports/stock-trouble.ts';
import { describeArticleTrouble } from './articles.ts';
import { goodsTexts } from './goods.ts';
import { describeStockTrouble } from './stock.ts';

const LANGUAGES: readonly Language[] = ['sv', 'nb', 'en'];
const [SHOP, LEDGER, WHY] = ['Glasbutiken', 'Fortnox Norr', 'The line is down.'];
const ENDS = { shop: SHOP, ledger: LEDGER };

/** One of each: the compiler refuses the table while a code is missing. */
const ARTICLES: { readonly [Code in ArticleTrouble['code']]: ArticleTrouble & { code: Code } } = {
  'both-own': { code: 'both-own', ...ENDS, fields: ['name', 'price'] },
  'ledger-alone': { code: 'ledger-alone', shop: SHOP, fields: ['active'] },
  'cannot-tell': { code: 'cannot-tell', system: LEDGER },
  'not-fetched': { code: 'not-fetched', shop: SHOP },
  'too-many': { code: 'too-many', system: LEDGER },
  'not-asked': { code: 'not-asked', why: WHY },
};
const STOCK: { readonly [Code in StockTrouble['code']]: StockTrouble & { code: Code } } = {
  'sales-move-nothing': { code: 'sales-move-nothing', ...ENDS },
  drafts: { code: 'drafts', ...ENDS },
  review: { code: 'review', ...ENDS },
  'both-ways': { code: 'both-ways', ...ENDS },
  'orders-not-fetched': { code: 'orders-not-fetched', shop: SHOP },
  'warehouse-module': { code: 'warehouse-module', ledger: LEDGER },
  'cannot-tell': { code: 'cannot-tell', system: LEDGER },
  'orders-behind': { code: 'orders-behind', shop: SHOP, why: WHY },
  'not-asked': { code: 'not-asked', why: WHY },
};

type Said = {
  readonly trouble: ArticleTrouble | StockTrouble;
  readonly say: (language: Language) => string;
};
const ALL: readonly Said[] = [
  ...Object.values(ARTICLES).map((trouble) => ({
    trouble,
    say: (language: Language) => describeArticleTrouble(trouble, language, 'terminal'),
  })),
  ...Object.values(STOCK).map((trouble) => ({
    trouble,
    say: (language: Language) => describeStockTrouble(trouble, language),
  })),
];

describe('what is in the way of stock and articles', () => {
  for (const language of LANGUAGES) {
    test(`is a whole sentence in ${language} that names all that it is about`, () => {
      for (const { trouble, say } of ALL) {
        const text = say(language);
        // Some end with the command that mends it.
        assert.match(text, /^\p{L}.*([.…]|--set \S+)$/su, trouble.code);
        assert.doesNotMatch(text, /undefined|null|NaN|\[object|\$\{| {2}/, trouble.code);
        const facts = Object.entries(trouble).filter(([name]) => name !== 'code');
        for (const fact of facts.flatMap(([, value]) => value)) {
          assert.ok(text.includes(fact), `${trouble.code} does not tell ${fact}: ${text}`);
        }
      }
    });
  }

  test('is said otherwise in each language', () => {
    for (const { trouble, say } of ALL) {
      assert.equal(new Set(LANGUAGES.map(say)).size, LANGUAGES.length, trouble.code);
    }
  });
});

describe('goodsTexts', () => {
  test('counts in the reader’s language, with and without a total', () => {
    const said = LANGUAGES.map((language) => {
      const { progress, looked, twice } = goodsTexts(language);
      return [progress(500, 1_100, 3), progress(500, null, 3), looked(7, 2) + twice(['A', 'B'])];
    });
    assert.deepEqual(said, [
      [
        '500 av 1100 artiklar jämförda, 3 ändras',
        '500 artiklar jämförda, 3 ändras',
        '7 artiklar jämförda, 2 ändrade, lämnade eftersom flera har numret: A, B',
      ],
      [
        '500 av 1100 varer sammenlignet, 3 endres',
        '500 varer sammenlignet, 3 endres',
        '7 varer sammenlignet, 2 endret, latt være fordi flere har nummeret: A, B',
      ],
      [
        '500 of 1100 articles compared, 3 to be written',
        '500 articles compared, 3 to be written',
        '7 articles compared, 2 written, left alone as several have the number: A, B',
      ],
    ]);
  });

  test('has no sentence of another language', () => {
    for (const name of ['busy', 'fetched', 'bar'] as const) {
      const said = LANGUAGES.map((language) => goodsTexts(language)[name]);
      assert.equal(new Set(said).size, LANGUAGES.length, name);
    }
    for (const name of ['noStock', 'noArticles'] as const) {
      const said = LANGUAGES.map((language) => goodsTexts(language)[name](SHOP));
      assert.equal(new Set(said).size, LANGUAGES.length, name);
      for (const text of said) assert.ok(text.includes(SHOP), text);
    }
  });
});
