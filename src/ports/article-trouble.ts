import type { ArticleField } from '../domain/document/article.ts';

/**
 * Why articles of a flow are not kept. Facts only: `src/text/articles.ts` words them.
 *
 * - `both-own`: a part of the card would follow each side from the other
 * - `ledger-alone`: a shop cannot be master of it
 * - `cannot-tell`: a system that does not tell its articles, or what it sells
 * - `not-fetched`: a shop whose products are not fetched
 * - `too-many`: there is no end of what a system lists
 * - `not-asked`: one of the systems cannot be asked just now
 */
export type ArticleTrouble =
  | {
      readonly code: 'both-own';
      readonly shop: string;
      readonly ledger: string;
      readonly fields: readonly ArticleField[];
    }
  | {
      readonly code: 'ledger-alone';
      readonly shop: string;
      readonly fields: readonly ArticleField[];
    }
  | { readonly code: 'cannot-tell'; readonly system: string }
  | { readonly code: 'not-fetched'; readonly shop: string }
  | { readonly code: 'too-many'; readonly system: string }
  | { readonly code: 'not-asked'; readonly why: string };
