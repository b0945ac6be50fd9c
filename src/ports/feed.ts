import type { Json } from '../lib/json.ts';

/**
 * A system that is asked, again and again, what is new in it.
 *
 * What it tells becomes a file like any other: kept as it came, read, and booked once. The cursor
 * is stored after the page it came with, so a page may be asked for twice and may never be missed.
 */
export type Feed = {
  /**
   * The next page of what has changed.
   *
   * @param cursor - as the page before gave it; null: from `since` on
   * @param since - the first day in which anybody is interested, `YYYY-MM-DD`
   * @throws ConnectorError when the system cannot be asked; nothing is lost by asking again
   */
  next(cursor: Json | null, since: string): Promise<FeedPage>;
  /**
   * One document as it stands there now, by the number that people know it by. Absent: the system
   * cannot be asked for one.
   *
   * @returns null when there is none of this number
   * @throws ConnectorError when the system cannot be asked
   */
  readonly one?: (number: string) => Promise<FeedFile | null>;
};

/** What a system tells, as a file. */
export type FeedFile = { readonly name: string; readonly bytes: Uint8Array };

/** What a system told when it was asked once. */
export type FeedPage = {
  /** null: nothing that has not been told before. */
  readonly file: FeedFile | null;
  readonly cursor: Json;
  /** Whether to go on asking at once. */
  readonly isMore: boolean;
};
