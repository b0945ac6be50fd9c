import { z } from 'zod';
import { isStale, type StockChange, type StockSetting } from '../domain/document/stock-balance.ts';
import type { Hundredths } from '../domain/stock.ts';
import type { Json } from '../lib/json.ts';
import type { Remote } from './target.ts';

/** What a system says of an article that it counts. */
export type StockLevel = {
  readonly number: string;
  /** Where it lies there: enough to ask for it and to write it. */
  readonly place: string;
  /** What it can still sell. */
  readonly free: Hundredths;
  /** Its own count, of which some may be reserved. */
  readonly stands: Hundredths;
  /** Whether the article is counted at all. null: a list does not say; `of` does. */
  readonly isCounted: boolean | null;
};

/** An article that is asked for. */
export type StockAsked = {
  readonly number: string;
  /** Where it was the last time; null: not known. */
  readonly place: string | null;
};

/** A part of what a system has. */
export type StockPage = {
  readonly levels: readonly StockLevel[];
  /** Where to go on; null: this was the last. */
  readonly next: Json | null;
  /** To ask from the next time what has changed since. */
  readonly mark: string;
  /** How many articles there are in all; null: it is not said. */
  readonly total: number | null;
};

/** A system whose stock can be read. */
export type StockReader = {
  /**
   * One page of what there is.
   *
   * @param since - a mark: only what has changed. What moves a balance need not count as a change
   *   of the article, so all that there is must be asked for now and then
   * @param at - where the page before ended; null: from the beginning
   */
  page(of: { readonly since: string | null; readonly at: Json | null }): Promise<StockPage>;
  /**
   * These articles. One that is not there is left out; of a number that several articles have,
   * all come.
   */
  of(asked: readonly StockAsked[]): Promise<readonly StockLevel[]>;
  /**
   * Which of these articles it counts at all: some lists do not say. A call for each. Absent: lists
   * say it.
   */
  counted?(numbers: readonly string[]): Promise<ReadonlySet<string>>;
  /** Why the system's own counts cannot be written; null: they can. */
  refusesWrites(): Promise<'warehouse-module' | null>;
};

/** What a write of quantities came to, kept as the data of its `Remote`. */
export const stockWritten = z.object({
  /** Number and quantity of what stands now. */
  written: z.array(z.tuple([z.string(), z.number().int()])),
  /** Number of what was left alone, why, and what it was to be. */
  left: z.array(z.tuple([z.string(), z.string(), z.number().int()])),
});

/** See `stockWritten`. */
export type StockWritten = {
  readonly written: readonly (readonly [string, number])[];
  readonly left: readonly (readonly [string, string, number])[];
};

/** Why a quantity was left alone, where the system itself says nothing. */
export type StockLeft = 'moved' | 'stale' | 'not-counted';

/** What of a setting may be written now, and what is left alone or stands as it should. */
export type StockDue = { readonly due: readonly StockChange[]; readonly told: StockWritten };

/**
 * Sorts what is to be written by what stands there now. What somebody has bought, or set, since it
 * was reckoned is left to the next look: it would be told more than there is.
 *
 * @param stands - by number; what is not there is left alone
 */
export function dueStock(
  setting: StockSetting,
  stands: ReadonlyMap<string, Hundredths>,
  nowMs: number,
): StockDue {
  const written: [string, number][] = [];
  const left: [string, string, number][] = [];
  const due: StockChange[] = [];
  for (const change of setting.changes) {
    const { number, from, to } = change;
    const now = stands.get(number);
    if (now === to) written.push([number, to]);
    else if (now !== from) left.push([number, 'moved' satisfies StockLeft, to]);
    else if (isStale(setting, nowMs)) left.push([number, 'stale' satisfies StockLeft, to]);
    else due.push(change);
  }
  return { due, told: { written, left } };
}

/** What a write of quantities is remembered by. */
export function stockRemote(id: string, { written, left }: StockWritten): Remote {
  return { id, label: '', data: { written, left } };
}
