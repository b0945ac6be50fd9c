import type { Write } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { isRecord } from '../../../lib/json-object.ts';
import { ARTICLE, articleLink } from './articles.ts';
import { BOOK } from './booking.ts';
import { BUYER, buyerLink } from './buyers.ts';
import { CHANGE } from './changes.ts';
import { FROM_ORDER } from './from-order.ts';
import { PROJECT, projectLink } from './projects.ts';

/** How the writes of a shop's orders are made, by what their input calls itself. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  article: ARTICLE,
  book: BOOK,
  buyer: BUYER,
  change: CHANGE,
  'from-order': FROM_ORDER,
  project: PROJECT,
};

/** @returns null for writes of other plans */
export function shopHandler(write: Write): Handler | null {
  return HANDLERS[kindOf(write)] ?? null;
}

/** Customers, articles and projects are known from the first order on. */
export function shopLink(write: Write): string | null {
  const kind = kindOf(write);
  if (kind === 'article') return articleLink(write);
  if (kind === 'project') return projectLink(write);
  return kind === 'buyer' ? buyerLink(write) : null;
}

function kindOf({ input }: Write): string {
  return isRecord(input) && typeof input['shop'] === 'string' ? input['shop'] : '';
}
