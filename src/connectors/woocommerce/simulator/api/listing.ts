import { json, type Answer } from './answer.ts';
import { type Call } from './call.ts';
import type { Fields } from './fields.ts';
import type { Query } from './query.ts';
import { invalidParameters, type BadParameter } from './refusal.ts';

/** How a list is asked for. Every parameter that is wrong is told of in one refusal. */
export type Listing = {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | null;
  readonly isAscending: boolean;
  readonly orderBy: string;
  readonly include: readonly number[];
  readonly exclude: readonly number[];
  readonly search: string;
};

export type ListingShape = {
  readonly orderBy: readonly string[];
  /** What is ordered by when nothing is said; the first of them unless given. */
  readonly orderFirst?: string;
  readonly isAscending?: boolean;
};

export function readListing(
  query: Query,
  shape: ListingShape,
  more: readonly (BadParameter | null)[] = [],
): Listing {
  const order = query.get('order') ?? (shape.isAscending ? 'asc' : 'desc');
  const orderBy = query.get('orderby') ?? shape.orderFirst ?? shape.orderBy[0] ?? 'date';
  const bad = [
    badNumber(query, 'page', { least: 1 }),
    badNumber(query, 'per_page', { least: 1, most: 100 }),
    badNumber(query, 'offset', { least: Number.MIN_SAFE_INTEGER }),
    badList(query, 'include'),
    badList(query, 'exclude'),
    badChoice('order', order, ['asc', 'desc']),
    badChoice('orderby', orderBy, shape.orderBy),
    ...more,
  ].filter((one) => one !== null);
  if (bad.length > 0) throw invalidParameters(bad);
  return {
    page: Number(query.get('page') ?? 1),
    perPage: Number(query.get('per_page') ?? 10),
    offset: query.has('offset') ? Number(query.get('offset')) : null,
    isAscending: order === 'asc',
    orderBy,
    include: numbersIn(query.get('include')),
    exclude: numbersIn(query.get('exclude')),
    search: (query.get('search') ?? '').toLowerCase(),
  };
}

function badNumber(
  query: Query,
  name: string,
  { least, most }: { readonly least: number; readonly most?: number },
): BadParameter | null {
  const text = query.get(name);
  if (text === undefined) return null;
  if (!/^-?\d+$/.test(text)) {
    return { name, code: 'rest_invalid_type', message: `${name} is not of type integer.` };
  }
  const value = Number(text);
  const code = 'rest_out_of_bounds';
  if (most !== undefined && (value < least || value > most)) {
    const message = `${name} must be between ${least} (inclusive) and ${most} (inclusive)`;
    return { name, code, message };
  }
  if (value >= least) return null;
  return { name, code, message: `${name} must be greater than or equal to ${least}` };
}

function badList(query: Query, name: string): BadParameter | null {
  const parts = (query.get(name) ?? '').split(/[\s,]+/).filter(Boolean);
  const at = parts.findIndex((part) => !/^-?\d+$/.test(part));
  if (at < 0) return null;
  const message = `${name}[${at}] is not of type integer.`;
  return { name, code: 'rest_invalid_type', message };
}

/** @returns what is wrong with a value that must be one of some */
export function badChoice(
  name: string,
  value: string,
  choices: readonly string[],
): BadParameter | null {
  if (choices.includes(value)) return null;
  const listed =
    choices.length > 1 ? `${choices.slice(0, -1).join(', ')}, and ${choices.at(-1)}` : choices[0];
  return { name, code: 'rest_not_in_enum', message: `${name} is not one of ${listed}.` };
}

/** @returns what is wrong with a parameter that must be a date */
export function badDate(query: Query, name: string): BadParameter | null {
  const text = query.get(name);
  if (text === undefined || isDate(text)) return null;
  return { name, code: 'rest_invalid_date', message: 'Invalid date.' };
}

/** Also the 31st of a month that has but 30 is none. */
function isDate(text: string): boolean {
  const [, day = '', time = ''] = DATE.exec(text) ?? [];
  return day !== '' && !Number.isNaN(Date.parse(`${day}T${time}Z`));
}

export const DATE =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

export function numbersIn(text: string | undefined): number[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
}

type Ordered<T> = { readonly items: readonly T[]; readonly write: (item: T) => Fields };

/** One page of what was found, with what WordPress says about it in headers. */
export function answerList<T>(call: Call, listing: Listing, found: Ordered<T>): Answer {
  const { items, write } = found;
  const start = listing.offset ?? (listing.page - 1) * listing.perPage;
  const page = items.slice(Math.max(0, start), Math.max(0, start) + listing.perPage);
  // Past the end it is not known how many there are.
  const isPastEnd = page.length === 0 && start > 0;
  const total = isPastEnd ? 0 : items.length;
  const pages = Math.ceil(total / listing.perPage);
  const fields = page.map((item) => chosenFields(call.query, write(item)));
  return json(fields, 200, {
    'X-WP-Total': String(total),
    'X-WP-TotalPages': String(pages),
    ...links(call, listing.page, pages),
  });
}

/** Addresses of the pages beside it. They repeat every parameter, keys among them. */
function links(call: Call, page: number, pages: number): Record<string, string> {
  const at = (to: number): string => {
    const query = new URLSearchParams([...call.query]);
    query.delete('rest_route');
    query.set('page', String(to));
    const glue = call.api.includes('?') ? '&' : '?';
    return `${call.api}${call.path}${glue}${query.toString()}`;
  };
  const parts = [];
  if (page > 1) parts.push(`<${at(Math.min(page - 1, Math.max(1, pages)))}>; rel="prev"`);
  if (page < pages) parts.push(`<${at(page + 1)}>; rel="next"`);
  return parts.length > 0 ? { Link: parts.join(', ') } : {};
}

/** Only the fields that were asked for, at the top: `line_items.sku` gives nothing. */
export function chosenFields(query: Query, fields: Fields): Fields {
  const asked = query.get('_fields');
  if (asked === undefined || asked === '') return fields;
  const names = new Set(asked.split(',').map((name) => name.trim()));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

/** One object, or the fields of it that were asked for. */
export function answerOne(call: Call, fields: Fields): Answer {
  return json(chosenFields(call.query, fields));
}
