import { z } from 'zod';
import type { LedgerCard } from '../domain/document/article-cards.ts';
import type { ArticleKeeping } from '../domain/keep-article.ts';
import type { Json } from '../lib/json.ts';

/** What a list says of an article: enough to see whether its card is another than the last time. */
export type ArticleRow = {
  readonly number: string;
  /** All that the list tells of what may go on: the same text, the same card. */
  readonly says: string;
  /** Whether the ledger marks it for web shops. */
  readonly isForWebshop: boolean;
};

/** A part of a register. */
export type ArticlePage = {
  readonly rows: readonly ArticleRow[];
  /** Where to go on; null: this was the last. */
  readonly next: Json | null;
  /** To ask from the next time what has changed since. */
  readonly mark: string;
  /** How many articles there are in all; null: it is not said. */
  readonly total: number | null;
};

/** A ledger whose register of articles can be read. */
export type ArticleReader = {
  /**
   * One page of what there is.
   *
   * @param since - a mark: only what has changed
   * @param at - where the page before ended; null: from the beginning
   */
  page(of: { readonly since: string | null; readonly at: Json | null }): Promise<ArticlePage>;
  /**
   * These articles in full, by the prices of a list. One that is not there is left out. A call or
   * two for each.
   */
  cards(numbers: readonly string[], priceList: string): Promise<readonly LedgerCard[]>;
  /**
   * Whether an article of which a list says this stands as it is to be kept. What lists do not tell
   * and the shop is master of may stand otherwise: then it does not.
   */
  holds(row: ArticleRow, wanted: ArticleKeeping): boolean;
};

/** What a write that keeps an article came to, kept as the data of its `Remote`. */
export const articleWritten = z.object({ wrote: z.boolean() });
