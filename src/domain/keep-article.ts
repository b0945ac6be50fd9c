import type { Article, ArticleCard, ArticleField, ArticlePrice } from './document/article.ts';
import { multiply, type Money } from './money.ts';
import type { BasisPoints } from './vat/rates.ts';

/** What a company has chosen about articles that one side keeps like the other's. */
export type ArticleChoices = {
  /** off: left alone. update: those that the target has. create: those that it lacks as well. */
  readonly articles: 'off' | 'update' | 'create';
  /** What the source is master of. The rest is written when one is made, and never again. */
  readonly articleFields: readonly ArticleField[];
  /** The ledger's price list that prices go to, or come from. */
  readonly priceList: string;
  /** What the prices of that list are. */
  readonly listPrices: 'without-vat' | 'with-vat';
};

/** How an article is to be kept in the ledger. */
export type ArticleKeeping = {
  readonly number: string;
  readonly name: string;
  readonly ean: string | null;
  readonly isService: boolean;
  readonly rate: BasisPoints | null;
  /** As the price list has its prices; null: none is written. */
  readonly price: Money | null;
  readonly priceList: string;
  readonly creates: boolean;
  readonly owned: readonly ArticleField[];
};

/** How an article is kept, or why it is not: that is nothing that a person has to settle. */
export function keepArticle(
  { article }: Article,
  choices: ArticleChoices,
): { readonly keeping: ArticleKeeping } | { readonly idle: string } {
  const { articles, articleFields: owned, priceList } = choices;
  if (articles === 'off') return { idle: 'the flow keeps no articles' };
  if (article.number === '') return { idle: 'the product has no article number (SKU)' };
  const { number, name, ean, isService, rate } = article;
  const card = { number, name, ean, isService, rate, priceList, owned };
  return {
    keeping: { ...card, creates: articles === 'create', price: listPrice(article, choices) },
  };
}

/** Whether a price cannot be told as the list has it, for want of a rate. */
export function lacksRate(
  { price, rate }: ArticleCard,
  { listPrices }: Pick<ArticleChoices, 'listPrices'>,
): boolean {
  return price !== null && rate === null && price.includesVat !== (listPrices === 'with-vat');
}

/** The price with or without VAT, as the list has them. */
function listPrice({ price, rate }: ArticleCard, choices: ArticleChoices): Money | null {
  return price === null ? null : priceAs(price, rate, choices.listPrices === 'with-vat');
}

/** A price with or without VAT. @returns null when that needs a rate, and nobody knows it */
export function priceAs(
  { amount, includesVat }: ArticlePrice,
  rate: BasisPoints | null,
  wantsVat: boolean,
): Money | null {
  if (includesVat === wantsVat) return amount;
  if (rate === null) return null;
  const [whole, withVat] = [10_000n, 10_000n + BigInt(rate)];
  return wantsVat ? multiply(amount, withVat, whole) : multiply(amount, whole, withVat);
}
