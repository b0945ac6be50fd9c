import type { Currency, Money } from '../money.ts';
import type { BasisPoints } from '../vat/rates.ts';
import type { SourceRef } from './source-ref.ts';

/**
 * Something that is sold, as the shop keeps it. It is booked nowhere: the ledger's register of
 * articles is kept like it, by its number.
 */
export type Article = {
  readonly kind: 'article';
  /** The shop's own id of the product or variation: numbers are copied with it, ids are not. */
  readonly ref: SourceRef;
  readonly currency: Currency;
  readonly article: ArticleCard;
};

/** What is known of an article. */
export type ArticleCard = {
  /** The shop's SKU; empty when it has none. */
  readonly number: string;
  readonly name: string;
  readonly ean: string | null;
  readonly isService: boolean;
  /** The ordinary price, never that of a sale; null when there is none. */
  readonly price: ArticlePrice | null;
  /** The rate that it is sold at; null when nobody says. */
  readonly rate: BasisPoints | null;
};

/** A price as the shop keeps it. */
export type ArticlePrice = { readonly amount: Money; readonly includesVat: boolean };

/**
 * A part of an article's card that one side may be master of. A shop's description is a page, and
 * what it hides is its own matter: these two go from a ledger alone.
 */
export type ArticleField = 'name' | 'ean' | 'price' | 'description' | 'active';

/** All of them, for forms and readers. */
export const ARTICLE_FIELDS = [
  ...(['name', 'ean', 'price'] as const),
  ...(['description', 'active'] as const),
] as const satisfies readonly ArticleField[];
