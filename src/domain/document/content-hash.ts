import { sha256, stableJson } from '../../lib/json.ts';
import type { Refusal } from '../refusal.ts';
import type { Document } from './document.ts';
import type { Order } from './sale.ts';

/** Two readings with the same hash are the same version of a document. */
export function contentHash(document: Document, doubts: readonly Refusal[]): string {
  const content = document.kind === 'order' ? withoutMoment(document) : document;
  return sha256(stableJson([content, doubts]));
}

/** When it was changed says nothing of what it is. */
function withoutMoment({ changedAt: _moment, ...order }: Order): Omit<Order, 'changedAt'> {
  return order;
}
