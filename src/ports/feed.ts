import type { LocalDate } from '../domain/date.ts';
import type { Order } from '../domain/document/sale.ts';
import type { Money } from '../domain/money.ts';
import type { Json } from '../lib/json.ts';
import type { PickupTrouble } from './pickup.ts';

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
  /**
   * Looks at objects that messages have named, whatever `next` sees of them; one that is gone is
   * told as such. Absent: `next` sees everything.
   *
   * @throws ConnectorError as `next`
   */
  look?(objects: readonly string[], known: KnownSales): Promise<FeedFile | null>;
  /**
   * The next page of a comparison of all that is there with all that has been told: what was
   * deleted, or changed without a date of its own. Asked once a day. Absent: there is no such.
   *
   * @throws ConnectorError as `next`
   */
  sweep?(known: KnownSales, at: SweepPlace): Promise<SweepPage>;
  /**
   * The next page of all articles that there are, told before or not. Absent: it tells none.
   *
   * @param cursor - as the page before gave it; null: from the beginning
   * @throws ConnectorError as `next`
   */
  readonly again?: (cursor: Json | null) => Promise<Omit<FeedPage, 'seen'>>;
  /**
   * One document as it stands there now, by the number that people know it by. Absent: the system
   * cannot be asked for one.
   *
   * @returns null when there is none of this number
   * @throws ConnectorError when the system cannot be asked
   */
  readonly one?: (number: string) => Promise<FeedFile | null>;
};

/** Something that a system told, as a file. */
export type FeedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Where a comparison goes on. */
export type SweepPlace = {
  /** As the page before gave it, of this comparison or of the one before; null: the first ever. */
  readonly cursor: Json | null;
  /** As for `next`. */
  readonly since: string;
  readonly today: LocalDate;
};

/** What a comparison came to so far. */
export type SweepPage = Omit<FeedPage, 'seen'> & {
  /** What a person is told of it, and nothing was done about; null: nothing. */
  readonly concern: PickupTrouble | null;
};

/** What has been read of a connection's orders and refunds, by the system's own ids. */
export type KnownSales = {
  /** The latest versions of those of a day or later. */
  since(day: LocalDate): Promise<readonly KnownSale[]>;
  /** An order with its refunds, the latest versions. */
  family(orderId: string): Promise<readonly KnownSale[]>;
  /** What the latest version was read of; null when there is none. */
  source(sale: Pick<KnownSale, 'ref' | 'account'>): Promise<Uint8Array | null>;
};

/** An order or refund, as far as it is compared. */
export type KnownSale = {
  readonly kind: 'order' | 'refund';
  /** Its `ref.id`. */
  readonly ref: string;
  /** Its `ref.account`: one connection may have taken files of several shops. */
  readonly account: string;
  readonly date: LocalDate;
  /** The `ref.id` of a refund's order; null for an order. */
  readonly of: string | null;
  readonly state: Order['state'] | null;
  readonly sourceState: string | null;
  /** What was or is to be paid, gift cards aside. */
  readonly payable: Money;
  readonly isZero: boolean;
};

/** What a system told when it was asked once. */
export type FeedPage = {
  /** null: nothing that has not been told before. */
  readonly file: FeedFile | null;
  readonly cursor: Json;
  /** Whether to go on asking at once. */
  readonly isMore: boolean;
  /** Objects as they are now, told before or by this page: messages of them need no look. */
  readonly seen?: readonly string[];
};
