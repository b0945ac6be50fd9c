import type { Json } from '../lib/json.ts';

/**
 * A system that is asked, again and again, what is new in it.
 *
 * What it tells becomes a file like any other: kept as it came, read, and booked once. The cursor
 * is stored after the page it came with, so a page may be asked for twice and may never be missed.
 */
export type Feed = {
  /** How often it is worth asking, unless a person says otherwise. Absent: each minute. */
  readonly everySeconds?: number;
  /**
   * The next page of what has changed.
   *
   * @param cursor - as the page before gave it; null: from `since` on
   * @param since - the first day in which anybody is interested, `YYYY-MM-DD`
   * @throws ConnectorError when the system cannot be asked; nothing is lost by asking again
   */
  next(cursor: Json | null, since: string): Promise<FeedPage>;
};

/** What a system told when it was asked once. */
export type FeedPage = {
  /** null: nothing that has not been told before. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly cursor: Json;
  /** Whether to go on asking at once. */
  readonly isMore: boolean;
};
