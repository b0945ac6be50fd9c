import { sha256, stableJson } from '../../lib/json.ts';
import type { Refusal } from '../refusal.ts';
import type { Document } from './document.ts';

/** Two readings with the same hash are the same version of a document. */
export function contentHash(document: Document, doubts: readonly Refusal[]): string {
  return sha256(stableJson([contentOf(document), doubts]));
}

/** When it was changed, or how often, says nothing of what it is. */
function contentOf(document: Document): unknown {
  switch (document.kind) {
    case 'order': {
      const { changedAt: _moment, ...order } = document;
      return order;
    }
    case 'quote': {
      const { revision: _count, ...quote } = document;
      return quote;
    }
    default:
      return document;
  }
}
