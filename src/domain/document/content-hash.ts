import { sha256, stableJson } from '../../lib/json.ts';
import type { Refusal } from '../refusal.ts';
import type { Document } from './document.ts';

/** Two readings with the same hash are the same version of a document. */
export function contentHash(document: Document, doubts: readonly Refusal[]): string {
  return sha256(stableJson([document, doubts]));
}
