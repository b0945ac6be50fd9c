import type { Problem } from './source.ts';

/** Why a file is nobody's. */
export type Nobodys =
  /** No system knows it, with or without the profiles that there are. */
  | { readonly kind: 'unknown' }
  /** A system knows it, and cannot read it, or reads no document in it. */
  | { readonly kind: 'unread'; readonly problems: readonly Problem[] }
  /** Nobody has claimed one of these stores. */
  | { readonly kind: 'unclaimed'; readonly accounts: readonly string[] }
  /** It is of several stores, or different profiles give it to different stores. */
  | { readonly kind: 'several'; readonly accounts: readonly string[] };
