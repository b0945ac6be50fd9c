import { z } from 'zod';
import type { LedgerCard } from '../../domain/document/article-cards.ts';
import { parseMoney, type Money } from '../../domain/money.ts';
import { parsePercent } from '../../domain/vat/rates.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';
import { stableJson } from '../../lib/json.ts';
import type { ArticleReader, ArticleRow } from '../../ports/articles.ts';
import type { Clock } from '../../ports/clock.ts';
import { readArticle, readPrice, SHOWN_LIST, standsAs } from './article-cards.ts';
import type { FortnoxClient } from './client.ts';
import { markBefore } from './marks.ts';

/** What of a list's row may go on to a shop. Its `VAT` misleads: it is read from the card. */
const TOLD = ['Description', 'EAN', 'SalesPrice', 'WebshopArticle'];
const saysSchema = z.array(z.string());

/**
 * The register of articles. Lists tell neither whether an article is active, nor its VAT, nor its
 * note: each card is a call of its own, and so is a price of another list than the one that is
 * shown.
 */
export function fortnoxArticles(client: FortnoxClient, clock: Pick<Clock, 'nowMs'>): ArticleReader {
  return {
    page: async ({ since, at }) => {
      const page = typeof at === 'number' ? at : 1;
      const mark = markBefore(clock.nowMs());
      const changed = since === null ? '' : `?lastmodified=${encodeURIComponent(since)}`;
      const path = `/3/articles${changed}`;
      const { items, isLast, total } = await client.page(path, 'Articles', page);
      return { rows: items.flatMap(rowOf), next: isLast ? null : page + 1, mark, total };
    },
    cards: async (numbers, priceList) => {
      const cards: LedgerCard[] = [];
      for (const number of numbers) {
        const article = await readArticle(client, number);
        if (article === null) continue;
        const price =
          priceList === SHOWN_LIST
            ? textOf(article, 'SalesPrice')
            : await readPrice(client, { priceList, number });
        cards.push(cardOf(article, priceOf(price)));
      }
      return cards;
    },
    holds: ({ says }, wanted) => standsAs(shownIn(says), wanted),
  };
}

function rowOf(item: WireObject): ArticleRow[] {
  const number = textOf(item, 'ArticleNumber');
  if (number === '') return [];
  const says = stableJson(TOLD.map((name) => textOf(item, name)));
  return [{ number, says, isForWebshop: isYes(item, 'WebshopArticle') }];
}

/** The fields of a row, by their names: see `rowOf`. */
function shownIn(says: string): WireObject {
  const texts = saysSchema.parse(JSON.parse(says));
  return Object.fromEntries(texts.map((text, i) => [TOLD[i] ?? '', text]));
}

function cardOf(article: WireObject, price: Money | null): LedgerCard {
  return {
    number: textOf(article, 'ArticleNumber'),
    name: textOf(article, 'Description').trim(),
    description: textOf(article, 'Note').trim(),
    ean: textOf(article, 'EAN').trim() || null,
    isService: textOf(article, 'Type') === 'SERVICE',
    isActive: isYes(article, 'Active') && !isYes(article, 'Expired'),
    isCounted: isYes(article, 'StockGoods'),
    price,
    rate: parsePercent(textOf(article, 'VAT')),
  };
}

/** An article that costs nothing has no price yet: nobody is to buy it for that. */
function priceOf(text: string): Money | null {
  const price = parseMoney(text, 'SEK');
  return price === null || price.minor <= 0n ? null : price;
}

function isYes(object: WireObject, name: string): boolean {
  return textOf(object, name) === 'true';
}
