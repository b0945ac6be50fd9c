import type { Fields } from '../wire/record.ts';

/** One kept object. */
export type Entry = {
  readonly key: string;
  /** By Fortnox's own names. What is calculated stands in it too. */
  fields: Fields;
  readonly createdAtMs: number;
  modifiedAtMs: number;
};

/** The objects of one kind, by key. */
export type Shelf = {
  readonly entries: Map<string, Entry>;
  /** Keys that were deleted: Fortnox never takes them again. */
  readonly burnt: Set<string>;
  next: number;
  /** The entries by key, until one is added out of order. */
  sorted: Entry[] | null;
};

export function newShelf(): Shelf {
  return { entries: new Map(), burnt: new Set(), next: 1, sorted: [] };
}

export function put(shelf: Shelf, key: string, made: { fields: Fields; atMs: number }): Entry {
  const entry: Entry = {
    key,
    fields: made.fields,
    createdAtMs: made.atMs,
    modifiedAtMs: made.atMs,
  };
  if (shelf.entries.has(key)) shelf.sorted = null;
  const last = shelf.sorted?.at(-1);
  if (shelf.sorted && (last === undefined || byKey(last, entry) < 0)) shelf.sorted.push(entry);
  else shelf.sorted = null;
  shelf.entries.set(key, entry);
  return entry;
}

export function change(entry: Entry, fields: Fields, atMs: number): void {
  entry.fields = fields;
  entry.modifiedAtMs = atMs;
}

export function remove(shelf: Shelf, key: string): void {
  shelf.entries.delete(key);
  shelf.sorted = null;
}

/** Takes the next free number of the series. */
export function takeNumber(shelf: Shelf): string {
  while (isTaken(shelf, String(shelf.next))) shelf.next += 1;
  shelf.next += 1;
  return String(shelf.next - 1);
}

export function isTaken(shelf: Shelf, key: string): boolean {
  return shelf.entries.has(key) || shelf.burnt.has(key);
}

/** The entries in the order Fortnox lists them. */
export function inOrder(shelf: Shelf): readonly Entry[] {
  shelf.sorted ??= [...shelf.entries.values()].sort(byKey);
  return shelf.sorted;
}

/** Numbers by size, and before texts. */
function byKey(a: Entry, b: Entry): number {
  return compareKeys(a.key, b.key);
}

export function compareKeys(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  const [isX, isY] = [Number.isFinite(x), Number.isFinite(y)];
  if (isX && isY && x !== y) return x - y;
  if (isX !== isY) return isX ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
