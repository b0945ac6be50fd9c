import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../lib/json.ts';
import type { StockLevel } from '../../ports/stock.ts';
import type { StockTrouble } from '../../ports/stock-trouble.ts';
import {
  endLook,
  isUnderway,
  noteWhole,
  takeLook,
  type GoodsLook,
  type LooksOf,
} from '../../store/goods-looks.ts';
import { countUnsettled, countWritten } from '../../store/stock.ts';
import type { Hub } from '../hub.ts';
import { compareStock } from './compare-stock.ts';
import {
  beginComparing,
  HOLD_MS,
  unlessStopped,
  type StockLooked,
  type StoredStockFlow,
} from './look-at-stock.ts';
import { stockOf, stockSides, type StockSides } from './stock-flow.ts';

/**
 * Articles of a shop that are compared with the ledger at once: it is listed for each so many, five
 * hundred a call.
 */
const SHOP_CHUNK = 20_000;
/** How often it is looked whether what is on its way has arrived, and for how long. */
const WAIT_MS = 100;
const WAITS_MAX = 6_000;
/** How often it is looked whether another process still has the stock in hand. */
const HELD_MS = 1_000;

/** Tries after each other that brought nothing, after which the rest is left. */
const VAIN_MAX = 3;

/** How far a comparison of everything has come. */
export type WholeProgress = {
  readonly done: number;
  /** How many there are in all; null: nobody says. */
  readonly total: number | null;
  readonly changes: number;
};

const placeSchema = z.object({
  at: z.json().nullable(),
  done: z.number().int(),
  changes: z.number().int(),
});

type Place = z.infer<typeof placeSchema>;

/**
 * Compares everything that a flow's master has with what stands in the follower, whatever is known
 * of it, and has written what differs. Cut off, it goes on behind the last part that was compared:
 * where it stands is kept after each.
 */
export async function compareWhole(
  hub: Hub,
  flow: StoredStockFlow,
  told: (progress: WholeProgress) => void,
): Promise<StockLooked> {
  const { db } = hub.database;
  const holder = randomUUID();
  const look = await untilTaken(hub, stockOf(flow), { holder, forMs: HOLD_MS });
  if (look === null) return { kind: 'busy' };
  const ended = await unlessStopped(flow, async () => {
    const sides = await stockSides(hub, flow);
    if ('trouble' in sides) return sides;
    const from = placeSchema.safeParse(look.whole).data ?? { at: null, done: 0, changes: 0 };
    return compareFrom({ hub, flow, sides, holder, told }, from);
  });
  const trouble: StockTrouble | null = 'trouble' in ended ? ended.trouble : null;
  const listed = 'trouble' in ended ? {} : { mark: ended.mark, isListed: true };
  await endLook(db, stockOf(flow), { holder, dueInMs: 0, trouble, ...listed });
  if (trouble !== null) return { kind: 'stopped', trouble };
  return 'looked' in ended ? ended.looked : { kind: 'busy' };
}

/**
 * Takes a flow's goods in hand, when whoever looks just now has ended, or was killed while it
 * looked: then its hold runs out.
 *
 * @returns null when somebody still looks
 */
export async function untilTaken(
  hub: Hub,
  of: LooksOf,
  by: { readonly holder: string; readonly forMs: number },
): Promise<GoodsLook | null> {
  for (let waitedMs = 0; ; waitedMs += HELD_MS) {
    const look = await takeLook(hub.database.db, of, by);
    if (look !== null || waitedMs > by.forMs) return look;
    await hub.clock.sleep(HELD_MS);
  }
}

type Whole = {
  readonly hub: Hub;
  readonly flow: StoredStockFlow;
  readonly sides: StockSides;
  readonly holder: string;
  readonly told: (progress: WholeProgress) => void;
};

async function compareFrom(
  whole: Whole,
  from: Place,
): Promise<{ readonly looked: StockLooked; readonly mark: string }> {
  const { hub, flow } = whole;
  const twice: string[] = [];
  for (let place = from; ;) {
    const compared = await comparePart(whole, place);
    if (compared === null) return { looked: { kind: 'busy' }, mark: '' };
    place = compared.place;
    twice.push(...compared.twice);
    const isLast = place.at === null;
    await noteWhole(hub.database.db, stockOf(flow), isLast ? null : place);
    if (!isLast) continue;
    if (!(await isAllWritten(whole))) return { looked: { kind: 'busy' }, mark: '' };
    const { done, changes } = place;
    const left = flow.way === 'to-ledger' ? await countUnsettled(hub.database, flow.id) : 0;
    const looked = { kind: 'looked', compared: done, changes, twice, left } as const;
    return { looked, mark: compared.mark };
  }
}

/** @returns where the next part begins; null when what is on its way does not arrive */
async function comparePart(
  whole: Whole,
  { at, done: before, changes: changed }: Place,
): Promise<{
  readonly place: Place;
  readonly twice: readonly string[];
  readonly mark: string;
} | null> {
  const { hub, flow, sides, holder, told } = whole;
  if (!(await isAllWritten(whole))) return null;
  const look = `${holder}.${before}`;
  const comparing = await beginComparing(hub, flow, { sides, look, isWhole: true });
  const { levels, next, mark, total } = await partOf(whole, at);
  const { changes, twice } = await compareStock(comparing, levels);
  const done = before + levels.length;
  const tell = (open: number, more: number): void =>
    told({ done: done - open, total, changes: changed + changes + more });
  const rest = flow.way === 'to-ledger' ? await writeRest(whole, { look, tell }) : 0;
  if (rest === null) return null;
  tell(0, rest);
  const place = { at: next as Place['at'], done, changes: changed + changes + rest };
  return { place, twice, mark };
}

/**
 * Writes what one comparison has left over, or what had grown too old before it was written: it is
 * compared anew, as much at once as can be written in time.
 *
 * @returns how many were written besides; null when what is on its way does not arrive
 */
async function writeRest(
  whole: Whole,
  { look, tell }: { readonly look: string; readonly tell: (open: number, more: number) => void },
): Promise<number | null> {
  const { hub, flow, sides } = whole;
  let changes = 0;
  let least = Infinity;
  for (let n = 1, vain = 0; ; n += 1) {
    if (!(await isAllWritten(whole))) return null;
    const open = await countUnsettled(hub.database, flow.id);
    vain = open < least ? 0 : vain + 1;
    // What others move all the time, or what a ledger never gets to, is left to the next looks. One
    // try in vain says no more than that something else kept the ledger busy.
    if (open === 0 || vain >= VAIN_MAX) return changes;
    tell(open, changes);
    least = Math.min(open, least);
    const again = { sides, look: `${look}.${n}`, isWhole: false };
    changes += (await compareStock(await beginComparing(hub, flow, again), [])).changes;
  }
}

/** Waits until what was found before has been written, so that it is not too old when it is. */
async function isAllWritten({ hub, flow, holder }: Whole): Promise<boolean> {
  if (!(await hasArrived(hub, stockOf(flow)))) return false;
  await countWritten(hub.database, flow.id);
  return (await takeLook(hub.database.db, stockOf(flow), { holder, forMs: HOLD_MS })) !== null;
}

/** Waits until nothing of a flow is on its way. @returns false when something still is */
export async function hasArrived(hub: Hub, of: LooksOf): Promise<boolean> {
  for (let waits = 0; await isUnderway(hub.database.db, of); waits += 1) {
    if (waits >= WAITS_MAX) return false;
    await hub.clock.sleep(WAIT_MS);
  }
  return true;
}

/** The next part of the master: a page of a ledger, and of a shop as much as one list answers. */
async function partOf(
  { flow, sides }: Whole,
  from: Json | null,
): Promise<{
  readonly levels: readonly StockLevel[];
  readonly next: Json | null;
  readonly mark: string;
  readonly total: number | null;
}> {
  const most = flow.way === 'to-shop' ? 1 : SHOP_CHUNK;
  let page = await sides.master.page({ since: null, at: from });
  const levels = [...page.levels];
  while (page.next !== null && levels.length < most) {
    page = await sides.master.page({ since: null, at: page.next });
    levels.push(...page.levels);
  }
  return { levels, next: page.next, mark: page.mark, total: page.total };
}
