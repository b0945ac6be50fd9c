import type { Choices } from '../choices.ts';
import type { Desk } from '../shop/desk.ts';
import { ShopRefusal } from '../shop/shop.ts';
import { isFields, type Fields } from '../wire/fields.ts';
import { ApiRefusal, found, type Answer } from './answer.ts';

export type Query = ReadonlyMap<string, string>;

/** A request that has passed the gate: in which shop, and what it says. */
export type Call = {
  readonly desk: Desk;
  readonly choices: Choices;
  /** The parts of the path that stand in braces in the route. */
  readonly params: readonly string[];
  readonly query: Query;
  readonly body: Uint8Array;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One operation. */
export type Route = {
  readonly method: Method;
  /** `/v1/metadata/order/{id}`. */
  readonly path: string;
  readonly act: (call: Call) => Answer;
};

export type Range = { readonly min: number; readonly max: number; readonly usual: number };

/** A whole number of the query. @throws ApiRefusal when it is none, or outside of its range */
export function wholeIn({ query, choices }: Call, name: string, range: Range): number {
  const text = query.get(name);
  if (text === undefined || text === '') return range.usual;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : null;
  if (value === null) throw new ApiRefusal(400, `${name} is not a number`);
  if (value >= range.min && value <= range.max) return value;
  if (choices.limits === 'refused') throw new ApiRefusal(400, `${name} is out of range`);
  return Math.min(Math.max(value, range.min), range.max);
}

/** One of the words that are documented. @throws ApiRefusal for any other */
export function wordIn<W extends string>(
  { query }: Call,
  name: string,
  words: readonly [usual: W, ...others: W[]],
): W {
  const text = query.get(name) ?? words[0];
  const word = words.find((one) => one === text);
  if (word === undefined) throw new ApiRefusal(400, `${name} is not one of ${words.join(', ')}`);
  return word;
}

export function isAsked({ query }: Call, name: string): boolean {
  return query.get(name) === 'true' || query.get(name) === '1';
}

/** Enough for any client, and an end for one that is wrong. */
const ITEMS_MAX = 1_000;

/**
 * The items of a PUT or POST with their keys in the answer: their places in a list, or the names
 * they have in an object.
 *
 * @throws ApiRefusal when the body is no JSON, or neither of the two
 */
function itemsIn({ body }: Call): (readonly [key: string, item: unknown])[] {
  const sent = readJson(body);
  if (!Array.isArray(sent) && !isFields(sent)) {
    throw new ApiRefusal(400, 'The body is not a list of items');
  }
  const items = Object.entries(sent);
  if (items.length > ITEMS_MAX) throw new ApiRefusal(400, 'Too many items');
  return items;
}

/** The body as one object. @throws ApiRefusal when it is none */
export function objectIn({ body }: Call): Fields {
  const sent = readJson(body);
  if (!isFields(sent)) throw new ApiRefusal(400, 'The body is not an object');
  return sent;
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new ApiRefusal(400, 'The body is not JSON');
  }
}

export type ItemResult = Fields & { success: boolean; errors: string[] };

/**
 * Takes items one by one: what is wrong with one is said in its place, inside a 200, and stops no
 * other. `act` gives what the answer says beside that it went well.
 */
export function eachItem(call: Call, act: (item: Fields) => Fields): Answer {
  const results: Record<string, ItemResult> = {};
  for (const [key, item] of itemsIn(call)) {
    results[key] = isFields(item) ? oneItem(item, act) : failure('not an object');
  }
  return found({ results });
}

function oneItem(item: Fields, act: (item: Fields) => Fields): ItemResult {
  try {
    return { success: true, errors: [], ...act(item) };
  } catch (error) {
    if (error instanceof ShopRefusal) return failure(error.message);
    throw error;
  }
}

function failure(error: string): ItemResult {
  return { success: false, errors: [error] };
}
