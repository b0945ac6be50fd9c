import { dayAt } from '../../domain/date.ts';
import { BOOK_CURRENCY } from '../../domain/posting/choices.ts';
import { STOCK_LINES_MAX, type StockBalance } from '../../domain/document/stock-balance.ts';
import { isChosen, wantedStock, type StockLine } from '../../domain/stock.ts';
import type { StockLevel } from '../../ports/stock.ts';
import { keepStock, readLevels, type KnownLevel } from '../../store/stock.ts';
import { hasUnreadSales, soldBeside, type Sold } from '../../store/stock-sales.ts';
import type { Hub } from '../hub.ts';
import { fetchOrders } from './fetch-orders.ts';
import type { StockFlow, StockSides } from './stock-flow.ts';

/** Each line of a ledger is a call of its own: a hundred would grow old on their way. */
const LEDGER_LINES = 20;
/**
 * Lines that a ledger is sent of one comparison. What was seen may be written for two minutes, in
 * which Fortnox takes six hundred calls, of which others want their share.
 */
const LEDGER_LINES_MAX = 400;

/** What one comparison is made with. */
export type Comparing = {
  readonly hub: Hub;
  readonly flow: StockFlow & { readonly id: string };
  readonly sides: StockSides;
  /** When the master was asked: by the database's clock, and by ours. */
  readonly asked: { readonly at: Date; readonly atMs: number };
  /** Names the documents that are made. */
  readonly look: string;
  /** Everything is compared anew, whatever is known of it. */
  readonly isWhole: boolean;
};

/** What a comparison came to. */
export type Compared = {
  /** Articles that were looked at on both sides. */
  readonly compared: number;
  /** Those whose quantities are being written. */
  readonly changes: number;
  /** Numbers that several articles of one side have: nobody knows which is meant. */
  readonly twice: readonly string[];
};

/**
 * Compares what the master has of some articles with what the follower has, and makes deliveries of
 * what is to be written there.
 *
 * The order is what keeps a sale from being sold again: the master is asked, then the follower,
 * then the shops for their latest orders. What was sold before the follower was asked is among
 * these; what is sold after it makes the follower stand otherwise, and its write leaves it alone.
 *
 * @throws ConnectorError, PickupError when a system cannot be asked
 */
export async function compareStock(
  of: Comparing,
  levels: readonly StockLevel[],
): Promise<Compared> {
  const { hub, flow, sides } = of;
  const { db } = hub.database;
  const { once, twice } = byNumber(
    levels.filter(({ number }) => isChosen(number, flow.choices.stock.only)),
  );
  const before = await soldNow(of);
  const known = await readLevels(db, flow.id, [...once.keys(), ...before.keys()]);
  const fresh = await freshLevels(of, { once, known, before });
  const due = [...fresh].filter(([number, level]) => {
    return isDue(of, level, { known: known.get(number), sold: quantityOf(before, number) });
  });
  const moved = [...fresh].filter(([number, { free }]) => {
    const is = known.get(number);
    return is === undefined || is.has !== free || is.sold !== quantityOf(before, number);
  });
  const rest = moved.filter(([number]) => !due.some(([one]) => one === number));
  const kept = rest.map(([number, level]) =>
    levelOf(level, { known: known.get(number), sold: quantityOf(before, number) }),
  );
  if (due.length === 0) {
    if (kept.length > 0) await keep(of, { levels: kept, documents: [] });
    return { compared: 0, changes: 0, twice };
  }
  const asked = due.map(([number]) => ({ number, place: known.get(number)?.place ?? null }));
  const there = byNumber(await sides.follower.of(asked));
  await fetchOrders(hub, sides.shops);
  const sold = await soldNow(of);
  const onlyLower = await hasUnreadSales(db, flow.ledger.id);
  const found = await settle(of, { due: new Map(due), there: there.once, known, sold, onlyLower });
  const lines = flow.way === 'to-ledger' ? found.lines.slice(0, LEDGER_LINES_MAX) : found.lines;
  const documents = documentsOf(of, lines, onlyLower);
  await keep(of, { levels: [...kept, ...found.levels], documents });
  return {
    compared: due.length,
    changes: lines.length,
    twice: [...twice, ...there.twice],
  };
}

type Known = ReadonlyMap<string, KnownLevel>;
type Levels = ReadonlyMap<string, StockLevel>;
type SoldBy = ReadonlyMap<string, Sold>;

function soldNow({ hub, flow, sides, asked }: Comparing): Promise<SoldBy> {
  const { ledger, way } = flow;
  const flowIds = sides.countedFlows;
  return soldBeside(hub.database.db, { ledgerId: ledger.id, flowIds, way, since: asked.at });
}

function quantityOf(sold: SoldBy, number: string): number {
  return sold.get(number)?.quantity ?? 0;
}

/** Articles by number; one that several bear is left out. */
export function byNumber(levels: readonly StockLevel[]): {
  readonly once: Map<string, StockLevel>;
  readonly twice: readonly string[];
} {
  const all = Map.groupBy(levels, ({ number }) => number);
  const [once, twice]: [[string, StockLevel][], string[]] = [[], []];
  for (const [number, own] of all) {
    const places = new Set(own.map(({ place }) => place));
    const [first] = own;
    if (first !== undefined && places.size === 1) once.push([number, first]);
    else twice.push(number);
  }
  return { once: new Map(once), twice };
}

/**
 * What the master has now of what it has told, of all that was sold meanwhile, as a sale need not
 * count as a change of the article there, and of what a ledger has not got to yet.
 */
async function freshLevels(
  { flow, sides }: Comparing,
  of: { readonly once: Map<string, StockLevel>; readonly known: Known; readonly before: SoldBy },
): Promise<Levels> {
  const { once, known, before } = of;
  const moved = [...known.values()].filter(({ number, sold, place, told }) => {
    if (place === null || once.has(number)) return false;
    const isOpen = flow.way === 'to-ledger' && told === null;
    return isOpen || sold !== quantityOf(before, number);
  });
  const asked = moved
    .filter(({ number }) => isChosen(number, flow.choices.stock.only))
    .map(({ number }) => ({ number, place: null }));
  if (asked.length === 0) return once;
  return new Map([...once, ...byNumber(await sides.master.of(asked)).once]);
}

/** Whether the follower is asked about an article. */
function isDue(
  { flow, isWhole }: Comparing,
  { free, isCounted, number, place }: StockLevel,
  of: { readonly known: KnownLevel | undefined; readonly sold: number },
): boolean {
  const { known, sold } = of;
  // A list that says nothing says no more than the card that was asked for.
  if (isCounted === false || (isCounted === null && known?.isCounted === false)) return false;
  if (isWhole || known === undefined || known.told === null) return true;
  if (flow.way === 'to-ledger') return known.has !== free || known.sold !== sold;
  const { keepBack } = flow.choices.stock;
  const line = { number, place, has: free, sold, stands: known.told, reserved: 0 };
  return wantedStock(line, { to: flow.way, keepBack, onlyLower: false }) !== known.told;
}

type Settling = {
  readonly due: Levels;
  readonly there: Levels;
  readonly known: Known;
  readonly sold: SoldBy;
  readonly onlyLower: boolean;
};

/** What is to be written of what stands otherwise, and what is known of each article now. */
async function settle(
  of: Comparing,
  { due, there, known, sold, onlyLower }: Settling,
): Promise<{ readonly lines: readonly StockLine[]; readonly levels: readonly KnownLevel[] }> {
  const { choices, way } = of.flow;
  const { keepBack } = choices.stock;
  const found: { line: StockLine; wanted: number }[] = [];
  const levels: KnownLevel[] = [];
  for (const [number, level] of due) {
    const own = { known: known.get(number), sold: quantityOf(sold, number) };
    const other = there.get(number);
    if (sold.get(number)?.isMoving === true) {
      levels.push({ ...levelOf(level, own), told: null });
    } else if (other === undefined || other.isCounted === false) {
      // It is asked for again when its balance moves, and once a day.
      const has = lineOf(level, { ...own, other: level, way });
      const told = wantedStock(has, { to: way, keepBack, onlyLower: false });
      levels.push({ ...levelOf(level, own), told, place: null });
    } else {
      const line = lineOf(level, { ...own, other, way });
      const wanted = wantedStock(line, { to: way, keepBack, onlyLower });
      const free = wantedStock(line, { to: way, keepBack, onlyLower: false });
      const isSettled = wanted === line.stands && wanted === free;
      const told = isSettled ? wanted : null;
      levels.push({ ...levelOf(level, own), told, place: other.place });
      if (wanted !== line.stands) found.push({ line, wanted });
    }
  }
  return onlyCounted(of, { lines: found.map(({ line }) => line), levels, due, known });
}

/** Nobody is told of none of an article that the ledger does not count. */
async function onlyCounted(
  { sides, flow }: Comparing,
  of: {
    readonly lines: readonly StockLine[];
    readonly levels: readonly KnownLevel[];
    readonly due: Levels;
    readonly known: Known;
  },
): Promise<{ readonly lines: readonly StockLine[]; readonly levels: readonly KnownLevel[] }> {
  const { lines, levels, due, known } = of;
  const isUnsure = (number: string): boolean => {
    return (due.get(number)?.isCounted ?? known.get(number)?.isCounted ?? null) === null;
  };
  const unsure = lines.map(({ number }) => number).filter(isUnsure);
  if (flow.way === 'to-ledger' || unsure.length === 0) return { lines, levels };
  const counted = await sides.master.counted?.(unsure);
  const isCounted = (number: string): boolean => counted?.has(number) ?? true;
  return {
    lines: lines.filter(({ number }) => !unsure.includes(number) || isCounted(number)),
    levels: levels.map((level) => {
      return unsure.includes(level.number)
        ? { ...level, isCounted: isCounted(level.number) }
        : level;
    }),
  };
}

function lineOf(
  { number, free }: StockLevel,
  of: { readonly sold: number; readonly other: StockLevel; readonly way: StockFlow['way'] },
): StockLine {
  const { sold, other, way } = of;
  const { place, stands } = other;
  const reserved = way === 'to-ledger' ? stands - other.free : 0;
  return { number, place, has: free, sold, stands, reserved };
}

function levelOf(
  { number, free, isCounted }: StockLevel,
  of: { readonly known: KnownLevel | undefined; readonly sold: number },
): KnownLevel {
  const { known, sold } = of;
  const { told = null, place = null } = known ?? {};
  return { number, has: free, sold, told, place, isCounted };
}

function documentsOf(
  { flow, asked, look }: Comparing,
  lines: readonly StockLine[],
  onlyLower: boolean,
): readonly StockBalance[] {
  const { company, way, ledger, shop } = flow;
  const master = way === 'to-shop' ? ledger : shop;
  const most = way === 'to-shop' ? STOCK_LINES_MAX : LEDGER_LINES;
  const date = dayAt(new Date(asked.atMs), company.timeZone);
  const count = Math.ceil(lines.length / most);
  return Array.from({ length: count }, (_, i): StockBalance => {
    const id = `stock:${look}.${i + 1}`;
    return {
      kind: 'stock-balance',
      ref: { system: master.connector, account: `connection-${master.id}`, id },
      to: way,
      date,
      currency: BOOK_CURRENCY[company.country],
      askedAtMs: asked.atMs,
      onlyLower,
      lines: lines.slice(i * most, (i + 1) * most),
    };
  });
}

function keep(
  { hub, flow }: Comparing,
  found: { readonly levels: readonly KnownLevel[]; readonly documents: readonly StockBalance[] },
): Promise<void> {
  const { id, company, way, ledger, shop } = flow;
  const masterId = way === 'to-shop' ? ledger.id : shop.id;
  const about = { id, companyId: company.id, masterId };
  return keepStock(hub.database, hub.jobs, { flow: about, ...found });
}
