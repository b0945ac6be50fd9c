import { offsetMs } from '../shop/place-and-time.ts';
import type { Shop } from '../shop/shop.ts';
import { badDate, DATE } from './listing.ts';
import type { Query } from './query.ts';
import type { BadParameter } from './refusal.ts';

const NAMES = ['after', 'before', 'modified_after', 'modified_before'] as const;

type Dated = { readonly createdMs: number; readonly modifiedMs: number };

export function badDates(query: Query): (BadParameter | null)[] {
  return NAMES.map((name) => badDate(query, name));
}

/**
 * Whether something lies between the dates that were asked for; the dates themselves are outside.
 *
 * With `dates_are_gmt` the text is held against GMT and else against the shop's own time. A text
 * that names its zone is first turned into the shop's time, also when it is then held against
 * GMT: the latest hours are missing then. With parts of a second its zone is not even seen.
 */
export function isBetween(shop: Shop, query: Query, object: Dated): boolean {
  if (!NAMES.some((name) => query.has(name))) return true;
  const isGmt = ['true', '1'].includes(query.get('dates_are_gmt') ?? '');
  const clock = (atMs: number): number => {
    const second = Math.trunc(atMs / 1000) * 1000;
    return isGmt ? second : second + offsetMs(shop.zone, second);
  };
  const limit = (name: (typeof NAMES)[number], without: number): number => {
    const text = query.get(name);
    return text === undefined ? without : wallMs(text, shop.zone);
  };
  const [made, changed] = [clock(object.createdMs), clock(object.modifiedMs)];
  return (
    made > limit('after', -Infinity) &&
    made < limit('before', Infinity) &&
    changed > limit('modified_after', -Infinity) &&
    changed < limit('modified_before', Infinity)
  );
}

/** What a clock on the wall shows, as if the wall stood in Greenwich. */
function wallMs(text: string, zone: string): number {
  const [, date = '', time = '', fraction, offset] = DATE.exec(text) ?? [];
  const isZoned = offset !== undefined && fraction === undefined;
  const atMs = Date.parse(`${date}T${time}${isZoned ? offset : 'Z'}`);
  return isZoned ? atMs + offsetMs(zone, atMs) : atMs;
}
