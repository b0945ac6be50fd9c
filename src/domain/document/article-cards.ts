import type { LocalDate } from '../date.ts';
import type { Currency, Money } from '../money.ts';
import type { ArticleCard } from './article.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * What a ledger says of some of its articles, for a shop that follows it: the hub makes it of one
 * look at both. It holds for a moment only, so none is ever a version of another.
 */
export type ArticleCards = {
  readonly kind: 'article-cards';
  /** `articles:` and the look that they were seen in. */
  readonly ref: SourceRef;
  /** The company's own day. */
  readonly date: LocalDate;
  readonly currency: Currency;
  /** At most `ARTICLE_CARDS_MAX`. */
  readonly cards: readonly PlacedCard[];
};

/** Cards of one document: as many as one call of a shop takes. */
export const ARTICLE_CARDS_MAX = 100;

/** An article as the ledger's register has it. */
export type LedgerCard = Omit<ArticleCard, 'price'> & {
  /** Plain text; empty when there is none. */
  readonly description: string;
  readonly isActive: boolean;
  /** Whether the ledger counts it. */
  readonly isCounted: boolean;
  /** In the price list that was chosen; null when that has none, or has it for nothing. */
  readonly price: Money | null;
};

/** A card, and where its product lies in the shop. */
export type PlacedCard = LedgerCard & {
  /** null: the shop has none of this number. */
  readonly place: string | null;
};
