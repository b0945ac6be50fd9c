import type { Article } from '../domain/document/article.ts';
import type { ArticleCards } from '../domain/document/article-cards.ts';
import type { OrderNews } from '../domain/document/order-news.ts';
import { keepArticle, lacksRate } from '../domain/keep-article.ts';
import { keepProducts } from '../domain/keep-products.ts';
import type { PlanOutcome, Step } from '../domain/plan.ts';
import { withoutAccepted } from '../domain/posting/decisions.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { Decision, Refusal } from '../domain/refusal.ts';
import type { StockBalance } from '../domain/document/stock-balance.ts';
import { wantedStock } from '../domain/stock.ts';
import { tellOrder } from '../domain/tell-order.ts';
import type { BookedBefore } from '../ports/store.ts';

type Unbooked = {
  readonly doubts: readonly Refusal[];
  readonly decisions: readonly Decision[];
  readonly choices: FlowChoices;
  readonly booked: BookedBefore | null;
  readonly overlaps: string | null;
};

/** What becomes of a shop's article in the ledger's register. */
export function planArticle(document: Article, input: Unbooked): PlanOutcome {
  const { choices, overlaps, doubts, decisions } = input;
  const kept = keepArticle(document, choices);
  if ('idle' in kept) return planOf([], kept.idle);
  const { article } = document;
  const { number } = article;
  const found: Refusal[] = [...doubts];
  if (overlaps !== null) found.push({ code: 'article-twice', number, other: overlaps });
  const writesPrice = choices.articles === 'create' || choices.articleFields.includes('price');
  if (writesPrice && article.price !== null && lacksRate(article, choices)) {
    found.push({ code: 'article-rate-missing', number, price: article.price.amount });
  }
  const refusals = withoutAccepted(found, decisions);
  if (refusals.length > 0) return { kind: 'held', refusals, draft: [], notices: [] };
  return planOf([{ kind: 'keep-article', id: 'article-1', article: kept.keeping }]);
}

/** What a shop is told of an order of its own. */
export function planNews(news: OrderNews, { booked, choices }: Unbooked): PlanOutcome {
  const before = booked?.document?.kind === 'order-news' ? booked.document : null;
  const telling = tellOrder(news, choices, before);
  if (telling === null) return planOf([], 'there is nothing to tell');
  return planOf([{ kind: 'tell-order', id: 'tell-1', telling }]);
}

/** What becomes of a ledger's articles in the shop that follows it. */
export function planArticleCards(document: ArticleCards, { choices }: Unbooked): PlanOutcome {
  const kept = keepProducts(document, choices);
  if ('idle' in kept) return planOf([], kept.idle);
  return planOf([{ kind: 'keep-products', id: 'products-1', keeping: kept.keeping }]);
}

/** Which quantities are set. What stands as it should is left alone. */
export function planStock(document: StockBalance, { choices, doubts }: Unbooked): PlanOutcome {
  const { follows, keepBack } = choices.stock;
  if (!follows) return planOf([], 'the flow keeps no stock');
  if (doubts.length > 0) return { kind: 'held', refusals: doubts, draft: [], notices: [] };
  const { to, onlyLower, askedAtMs } = document;
  const changes = document.lines.flatMap((line) => {
    const { number, place, stands } = line;
    const wanted = wantedStock(line, { to, keepBack, onlyLower });
    return wanted === stands ? [] : [{ number, place, from: stands, to: wanted }];
  });
  if (changes.length === 0) return planOf([], 'all stands as it should');
  return planOf([{ kind: 'set-stock', id: 'stock-1', setting: { askedAtMs, changes } }]);
}

function planOf(steps: readonly Step[], idle?: string): PlanOutcome {
  const why = idle === undefined ? {} : { idle };
  return { kind: 'plan', plan: { vouchers: [], steps, notices: [], ...why } };
}
