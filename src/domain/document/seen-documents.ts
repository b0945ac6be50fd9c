import type { Refusal } from '../refusal.ts';
import { contentHash } from './content-hash.ts';
import type { Document } from './document.ts';
import { refKey } from './source-ref.ts';

/** Which documents a file has held so far, and what each said where it stood first. */
export class SeenDocuments {
  readonly #hashes = new Map<string, string>();

  /** Whether a document is new, stands there again, or stands there again with other content. */
  see(document: Document, doubts: readonly Refusal[]): 'new' | 'same' | 'other' {
    const key = refKey(document.ref);
    const hash = contentHash(document, doubts);
    const before = this.#hashes.get(key);
    this.#hashes.set(key, before ?? hash);
    if (before === undefined) return 'new';
    return before === hash ? 'same' : 'other';
  }
}
