import { z } from 'zod';

const DAY_SECONDS = 86_400;
/** Within so many days nearly all refunds and edits are made. */
const SWEEP_DAYS = 75;
const SWEEP_EVERY_SECONDS = 7 * DAY_SECONDS;
/** Pages of a sweep in one look, so that none takes long. */
const SWEEP_PAGES = 4;
/**
 * How far back each look begins. Answers do not say when an order's status changed, so where to go
 * on is told by our own clock, and the shop's may stand otherwise.
 */
const OVERLAP_SECONDS = DAY_SECONDS;
/** A Swedish day begins up to two hours before it does in Greenwich. */
const DAY_BEGINS_SECONDS = 2 * 3_600;
/** Of so many orders it is remembered what they said. One that is forgotten is told once more. */
const TOLD_MAX = 20_000;

const seconds = z.number().int();
const count = z.number().int().min(0);

/** Where a shop's feed stands. Times are UNIX seconds by our own clock. */
export const cursorSchema = z.object({
  /** What the next page belongs to. */
  phase: z.enum(['changes', 'sweep']),
  /** Orders whose status has changed since are asked for. */
  from: seconds,
  /** When it was first asked for them; null: not yet. */
  begun: seconds.nullable(),
  /** How many of them have been passed. */
  offset: count,
  /** A sweep that is not at its end, with the pages that are left of it in this look. */
  sweep: z.object({ begun: seconds, offset: count, left: count }).nullable(),
  /** When the latest sweep was begun. */
  swept: seconds,
  /** What each order said when it was told: a hash by its number. */
  told: z.record(z.string(), z.string()),
});

export type Cursor = z.infer<typeof cursorSchema>;

/** How a page of orders leads on: by how many orders, and whether there are no more. */
export type Passed = { readonly step: number; readonly isLast: boolean };

/** Where a feed begins that is asked for what has changed since a day. */
export function firstCursor(since: string, now: number): Cursor {
  const from = Date.parse(`${since}T00:00:00Z`) / 1_000 - DAY_BEGINS_SECONDS;
  // What is told first is all there is: a sweep is due a week later.
  const look = { phase: 'changes', from, begun: null, offset: 0 } as const;
  return { ...look, sweep: null, swept: now, told: {} };
}

/** Behind a page of what has changed: at the end of it comes the sweep, when one is due. */
export function afterChanges(cursor: Cursor, { step, isLast }: Passed, now: number): Cursor {
  const begun = cursor.begun ?? now;
  if (!isLast) return { ...cursor, begun, offset: cursor.offset + step };
  const from = Math.max(cursor.from, begun - OVERLAP_SECONDS);
  const ended = { ...cursor, from, begun: null, offset: 0 };
  const isDue = begun - cursor.swept >= SWEEP_EVERY_SECONDS;
  const sweep = cursor.sweep ?? (isDue ? { begun, offset: 0 } : null);
  if (sweep === null) return ended;
  const swept = sweep.begun;
  return { ...ended, phase: 'sweep', sweep: { ...sweep, left: SWEEP_PAGES }, swept };
}

/** Behind a page of the sweep. @param oldest - the last order in it that a sweep looks at */
export function afterSweep(cursor: Cursor, { step, isLast }: Passed, oldest: string): Cursor {
  const { sweep, told } = cursor;
  if (sweep === null || isLast) {
    // Numbers grow: what lies before the oldest that was swept is not looked at again.
    const kept = Object.entries(told).filter(([id]) => !(Number(id) < Number(oldest)));
    return { ...cursor, phase: 'changes', sweep: null, told: Object.fromEntries(kept) };
  }
  const left = sweep.left - 1;
  const phase = left > 0 ? 'sweep' : 'changes';
  return { ...cursor, phase, sweep: { ...sweep, offset: sweep.offset + step, left } };
}

/** The first day, `YYYY-MM-DD`, that a sweep looks at. */
export function sweepBegins(begun: number): string {
  return new Date((begun - SWEEP_DAYS * DAY_SECONDS) * 1_000).toISOString().slice(0, 10);
}

/** As much of what was told as is remembered: that of the latest orders. */
export function remembered(told: Cursor['told']): Cursor['told'] {
  const all = Object.entries(told);
  if (all.length <= TOLD_MAX) return told;
  const latest = all.sort(([a], [b]) => Number(b) - Number(a)).slice(0, TOLD_MAX);
  return Object.fromEntries(latest);
}
