import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Article, ArticleCard } from './document/article.ts';
import { keepArticle, lacksRate, type ArticleChoices } from './keep-article.ts';
import { formatMoney, money } from './money.ts';

const CHOICES: ArticleChoices = {
  articles: 'create',
  articleFields: ['name', 'price'],
  priceList: 'A',
  listPrices: 'without-vat',
};

function article(change: Partial<ArticleCard> = {}): Article {
  const price = { amount: money(19_900n, 'SEK'), includesVat: true };
  const card = { number: 'LAMPA-1', name: 'Lampa', ean: null, isService: false, price, rate: 2500 };
  const ref = { system: 'shop', account: 'one', id: 'product:1' };
  return { kind: 'article', ref, currency: 'SEK', article: { ...card, ...change } };
}

describe('keepArticle', () => {
  const without = { amount: money(15_920n, 'SEK'), includesVat: false };
  for (const [title, card, listPrices, price] of [
    // 199.00 ÷ 1.25 and 159.20 × 1.25.
    ['takes VAT off', {}, 'without-vat', '159.20'],
    ['puts VAT on', { price: without }, 'with-vat', '199.00'],
    ['leaves a price that is as the list has them', {}, 'with-vat', '199.00'],
    // 199.00 ÷ 1.06 is 187.7358…
    ['rounds to the öre', { rate: 600 }, 'without-vat', '187.74'],
    ['needs no rate for goods without VAT', { rate: 0 }, 'without-vat', '199.00'],
    ['has no price where the rate is not known', { rate: null }, 'without-vat', null],
    ['needs no rate where nothing is to be changed', { rate: null }, 'with-vat', '199.00'],
    ['has no price where there is none', { price: null }, 'without-vat', null],
  ] as const) {
    test(title, () => {
      const kept = keepArticle(article(card), { ...CHOICES, listPrices });
      assert.ok('keeping' in kept);
      assert.equal(kept.keeping.price === null ? null : formatMoney(kept.keeping.price), price);
    });
  }

  test('says why an article is left alone', () => {
    assert.ok('idle' in keepArticle(article(), { ...CHOICES, articles: 'off' }));
    assert.ok('idle' in keepArticle(article({ number: '' }), CHOICES));
  });

  test('makes none where that is not chosen', () => {
    const kept = keepArticle(article(), { ...CHOICES, articles: 'update' });
    assert.equal('keeping' in kept && kept.keeping.creates, false);
  });
});

describe('lacksRate', () => {
  test('is so only where VAT must be put on or taken off', () => {
    const { article: card } = article({ rate: null });
    assert.equal(lacksRate(card, { listPrices: 'without-vat' }), true);
    assert.equal(lacksRate(card, { listPrices: 'with-vat' }), false);
    assert.equal(lacksRate({ ...card, price: null }, { listPrices: 'without-vat' }), false);
  });
});
