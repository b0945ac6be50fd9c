import { randomUUID } from 'node:crypto';
import { attemptRead } from '../../engine/attempt.ts';
import { PickupError } from '../../ports/pickup.ts';
import type { StockLevel } from '../../ports/stock.ts';
import { isForPerson, type StockTrouble } from '../../ports/stock-trouble.ts';
import {
  databaseNow,
  endLook,
  isUnderway,
  takeLook,
  type GoodsLook,
} from '../../store/goods-looks.ts';
import { countWritten, forgetAbsent } from '../../store/stock.ts';
import type { Hub } from '../hub.ts';
import { compareStock, type Compared, type Comparing } from './compare-stock.ts';
import { stockOf, stockSides, type StockFlow, type StockSides } from './stock-flow.ts';

/** How often the master is asked, at the most. */
const EVERY_MS = 60_000;
/** A look takes no more than this part of the time: one over slow systems comes more rarely. */
const SHARE = 10;
/** What waits for a person is tried again so much later. */
const TROUBLED_MS = 10 * 60_000;
/** A holder that has not said for so long that it lives has died. */
export const HOLD_MS = 2 * 60_000;
/** Registers up to so many articles are listed whole at each look. */
const SMALL = 2_500;
/** Larger ones are listed whole so often; in between, what has changed is asked for. */
const WHOLE_MS = 30 * 60_000;
/** Articles that were not there are looked for again so often. */
const ABSENT_MS = 24 * 60 * 60_000;
/** Pages of one look: more articles than any register has. */
const PAGES_MAX = 2_000;

/** How a look at stock ended. */
export type StockLooked =
  | ({
      readonly kind: 'looked';
      /** Of a comparison of everything: those that are left to later looks. */
      readonly left?: number;
    } & Compared)
  /** Another process looks just now, or what was found before is still on its way. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'stopped'; readonly trouble: StockTrouble };

/** A flow that is stored. */
export type StoredStockFlow = StockFlow & { readonly id: string };

/** Looks at a flow's stock now, and has written what stands otherwise. */
export async function lookAtStock(hub: Hub, flow: StoredStockFlow): Promise<StockLooked> {
  const { db } = hub.database;
  const holder = randomUUID();
  const look = await takeLook(db, stockOf(flow), { holder, forMs: HOLD_MS });
  if (look === null) return { kind: 'busy' };
  const beganMs = hub.clock.nowMs();
  if (await isUnderway(db, stockOf(flow))) {
    await endLook(db, stockOf(flow), { holder, dueInMs: 0, trouble: null });
    return { kind: 'busy' };
  }
  await countWritten(hub.database, flow.id);
  const ended = await looked(hub, flow, { look, holder });
  const trouble = 'trouble' in ended ? ended.trouble : null;
  const tookMs = hub.clock.nowMs() - beganMs;
  const waitMs = trouble !== null && isForPerson(trouble) ? TROUBLED_MS : EVERY_MS;
  const dueInMs = Math.max(waitMs, tookMs * SHARE);
  const marks = 'trouble' in ended ? {} : { mark: ended.mark, isListed: ended.isListed };
  await endLook(db, stockOf(flow), { holder, dueInMs, trouble, ...marks });
  if (trouble !== null) return { kind: 'stopped', trouble };
  return { kind: 'looked', ...('compared' in ended ? ended.compared : NOTHING) };
}

const NOTHING: Compared = { compared: 0, changes: 0, twice: [] };

type Ended =
  | { readonly trouble: StockTrouble }
  | { readonly compared: Compared; readonly mark: string; readonly isListed: boolean };

async function looked(
  hub: Hub,
  flow: StoredStockFlow,
  of: { readonly look: GoodsLook; readonly holder: string },
): Promise<Ended> {
  return unlessStopped(flow, async () => {
    const sides = await stockSides(hub, flow);
    if ('trouble' in sides) return sides;
    const comparing = await beginComparing(hub, flow, { sides, look: of.holder, isWhole: false });
    const listed = await listMaster(hub, flow, { sides, look: of.look });
    const compared = await compareStock(comparing, listed.levels);
    return { compared, mark: listed.mark, isListed: listed.isWhole };
  });
}

/** What is in the way of a look, as data. */
export async function unlessStopped<T>(
  { shop }: StockFlow,
  act: () => Promise<T>,
): Promise<T | { readonly trouble: StockTrouble }> {
  try {
    const read = await attemptRead(act);
    if (read.kind === 'answered') return read.value;
    return { trouble: { code: 'not-asked', why: read.says } };
  } catch (error) {
    if (!(error instanceof PickupError)) throw error;
    const why = error.trouble.facts['why'] ?? error.trouble.code;
    return { trouble: { code: 'orders-behind', shop: shop.name, why } };
  }
}

/** Begins a comparison: from now on what is delivered to the ledger is not in its counts. */
export async function beginComparing(
  hub: Hub,
  flow: StoredStockFlow,
  of: { readonly sides: StockSides; readonly look: string; readonly isWhole: boolean },
): Promise<Comparing> {
  const at = await databaseNow(hub.database.db);
  return { hub, flow, asked: { at, atMs: hub.clock.nowMs() }, ...of };
}

/** What of the master is to be compared: all of it, or what has changed. */
async function listMaster(
  hub: Hub,
  flow: StoredStockFlow,
  of: { readonly sides: StockSides; readonly look: GoodsLook },
): Promise<{
  readonly levels: readonly StockLevel[];
  readonly mark: string;
  readonly isWhole: boolean;
}> {
  const { mark, listedAtMs, known } = of.look;
  const { master } = of.sides;
  await forgetAbsent(hub.database, flow.id, ABSENT_MS);
  const isOld = listedAtMs === null || hub.clock.nowMs() - listedAtMs >= WHOLE_MS;
  const isWhole = mark === null || mark === '' || isOld || known <= SMALL;
  const since = isWhole ? null : mark;
  const levels: StockLevel[] = [];
  let page = await master.page({ since, at: null });
  for (let pages = 1; pages < PAGES_MAX; pages += 1) {
    levels.push(...page.levels);
    if (page.next === null) break;
    page = await master.page({ since, at: page.next });
  }
  return { levels, mark: page.mark, isWhole };
}
