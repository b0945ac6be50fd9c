import { parseLocalDate } from '../../../../domain/date.ts';
import { swedishInstantMs } from '../clock.ts';
import { compareKeys, type Entry } from '../tenant/shelf.ts';
import { rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { listed, type Answer } from './answer.ts';
import type { Call } from './call.ts';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 500;

/** Parameters that every list takes. */
const GLOBAL = new Set([
  'page',
  'limit',
  'offset',
  'sortby',
  'sortorder',
  'lastmodified',
  'financialyear',
  'financialyeardate',
  'filter',
]);

/** How one kind of object is looked for. */
export type Search = {
  /** Text parameters and the field each looks in; `Rows.Field` looks in every row. */
  readonly texts: Readonly<Record<string, string>>;
  /** The field that `fromdate` and `todate` bound. */
  readonly date?: string;
  readonly filters?: Readonly<Record<string, (fields: Fields, call: Call) => boolean>>;
  /** `sortby` values and the field each sorts by. */
  readonly sorts: Readonly<Record<string, string>>;
  /** Parameters that are compared with the whole value. */
  readonly exact?: Readonly<Record<string, string>>;
  /** Bounds on other fields than `date`: days, or numbers of four digits. */
  readonly bounds?: Readonly<Record<string, Bound>>;
};

type Bound = {
  readonly field: string;
  readonly side: 'from' | 'to';
  readonly of: 'day' | 'number';
};

export type Listing = {
  readonly envelope: string;
  readonly entries: readonly Entry[];
  readonly search: Search;
  readonly show: (entry: Entry) => Fields;
  /** Some lists give all they have, whatever `limit` and `page` say. */
  readonly isPaged: boolean;
};

/** Answers a list request. @throws Refused for a parameter, filter or order that is not known */
export function answerList(call: Call, listing: Listing): Answer {
  checkParameters(call, listing.search);
  const tests = testsOf(call, listing.search);
  const hits = listing.entries.filter((entry) => tests.every((test) => test(entry)));
  const sorted = sortHits(call, listing.search, hits);
  if (!listing.isPaged) {
    const meta = { total: sorted.length, pages: sorted.length === 0 ? 0 : 1, page: 1 };
    return listed(listing.envelope, sorted.map(listing.show), meta);
  }
  return answerPage(call, sorted, { envelope: listing.envelope, show: listing.show });
}

/** Cuts a page out of what was found. Beyond the end there is nothing, and a total of 0. */
export function answerPage<T>(
  call: Call,
  hits: readonly T[],
  shown: { readonly envelope: string; readonly show: (hit: T) => Fields },
): Answer {
  const limit = readLimit(call);
  const page = readWhole(call, 'page', { least: 1, fallback: 1 });
  const start = readWhole(call, 'offset', { least: 0, fallback: 0 }) + (page - 1) * limit;
  const items = hits.slice(start, start + limit);
  if (items.length === 0) return listed(shown.envelope, [], { total: 0, pages: 0, page: 1 });
  const meta = {
    total: hits.length,
    pages: Math.ceil(hits.length / limit),
    page: Math.floor(start / limit) + 1,
  };
  return listed(shown.envelope, items.map(shown.show), meta);
}

function readLimit(call: Call): number {
  const limit = readWhole(call, 'limit', { least: 1, fallback: LIMIT_DEFAULT });
  if (limit <= LIMIT_MAX) return limit;
  return call.choices.limitAbove500 === 'capped' ? LIMIT_MAX : refuse('bad-parameter', 'limit');
}

function readWhole(
  call: Call,
  name: string,
  rule: { readonly least: number; readonly fallback: number },
): number {
  const text = call.query.get(name);
  if (text === undefined) return rule.fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  return value >= rule.least ? value : refuse('bad-parameter', name);
}

/** A day in a parameter. @returns null when it is not given */
export function readDay(call: Call, name: string): string | null {
  const text = call.query.get(name);
  if (text === undefined) return null;
  return parseLocalDate(text) ?? refuse('bad-parameter', name);
}

/** @throws Refused for a parameter the list does not know */
export function checkParameters(call: Call, search: Search): void {
  for (const [name, value] of call.query) {
    if (/[<>]/.test(value)) refuse('bad-parameter', name);
    const isKnown =
      GLOBAL.has(name) ||
      Object.hasOwn(search.texts, name) ||
      (search.date !== undefined && (name === 'fromdate' || name === 'todate')) ||
      (search.exact !== undefined && Object.hasOwn(search.exact, name)) ||
      (search.bounds !== undefined && Object.hasOwn(search.bounds, name));
    if (!isKnown && call.choices.unknownParameters === 'refused') refuse('bad-parameter', name);
  }
}

type Test = (entry: Entry) => boolean;

function testsOf(call: Call, search: Search): Test[] {
  return [
    ...lagTest(call),
    ...modifiedTest(call),
    ...filterTest(call, search),
    ...boundTests(call, search),
    ...textTests(call, search),
  ];
}

function lagTest(call: Call): Test[] {
  if (call.lagMs === 0) return [];
  return [(entry) => entry.createdAtMs <= call.nowMs - call.lagMs];
}

function modifiedTest(call: Call): Test[] {
  const fromMs = readModified(call);
  return fromMs === null ? [] : [(entry) => entry.modifiedAtMs >= fromMs];
}

/** The instant `lastmodified` names, in Swedish time. @returns null when it is not given */
export function readModified(call: Call): number | null {
  const text = call.query.get('lastmodified');
  if (text === undefined) return null;
  return swedishInstantMs(text) ?? refuse('bad-parameter', 'lastmodified');
}

function filterTest(call: Call, search: Search): Test[] {
  const name = call.query.get('filter');
  if (name === undefined) return [];
  const filter = search.filters?.[name] ?? refuse('bad-filter');
  return [(entry) => filter(entry.fields, call)];
}

function boundTests(call: Call, search: Search): Test[] {
  const { date } = search;
  const bounds: Record<string, Bound> = { ...search.bounds };
  if (date !== undefined) {
    bounds['fromdate'] = { field: date, side: 'from', of: 'day' };
    bounds['todate'] = { field: date, side: 'to', of: 'day' };
  }
  return Object.entries(bounds).flatMap(([name, bound]): Test[] => {
    const limit = bound.of === 'day' ? readDay(call, name) : readNumber(call, name);
    if (limit === null) return [];
    const isInside = (value: string): boolean =>
      value !== '' && (bound.side === 'from' ? value >= limit : value <= limit);
    return [(entry) => valuesOf(entry.fields, bound.field).some(isInside)];
  });
}

function readNumber(call: Call, name: string): string | null {
  const text = call.query.get(name);
  if (text === undefined) return null;
  return /^\d{4}$/.test(text) ? text : refuse('bad-parameter', name);
}

function textTests(call: Call, search: Search): Test[] {
  const contains = Object.entries(search.texts).flatMap(([name, field]): Test[] => {
    const wanted = call.query.get(name)?.toLowerCase();
    if (wanted === undefined) return [];
    return [(entry) => valuesOf(entry.fields, field).some((v) => v.includes(wanted))];
  });
  const equals = Object.entries(search.exact ?? {}).flatMap(([name, field]): Test[] => {
    const wanted = call.query.get(name)?.toLowerCase();
    if (wanted === undefined) return [];
    return [(entry) => valuesOf(entry.fields, field).includes(wanted)];
  });
  return [...contains, ...equals];
}

function valuesOf(fields: Fields, field: string): string[] {
  const [first = '', inner] = field.split('.');
  if (inner === undefined) return [textOf(fields, first).toLowerCase()];
  return rowsOf(fields, first).map((row) => textOf(row, inner).toLowerCase());
}

function sortHits(call: Call, search: Search, hits: readonly Entry[]): readonly Entry[] {
  const sortBy = call.query.get('sortby');
  const order = call.query.get('sortorder') ?? 'ascending';
  if (order !== 'ascending' && order !== 'descending') refuse('bad-parameter', 'sortorder');
  const field = sortBy === undefined ? null : search.sorts[sortBy.toLowerCase()];
  if (field === undefined) refuse('bad-parameter', 'sortby');
  const sorted =
    field === null
      ? hits
      : hits.toSorted((a, b) => compareKeys(textOf(a.fields, field), textOf(b.fields, field)));
  return order === 'ascending' ? sorted : sorted.toReversed();
}
