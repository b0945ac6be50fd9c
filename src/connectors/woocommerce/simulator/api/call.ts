import type { ApiKey, Scene } from '../shop/shop.ts';
import type { Answer } from './answer.ts';
import type { Fields } from './fields.ts';
import type { Query } from './query.ts';

/** One request to the API, known and allowed. */
export type Call = Scene & {
  readonly key: ApiKey;
  /** The parts of the path that stand in braces. */
  readonly params: readonly string[];
  /** Behind `/wp-json/wc/v3`. */
  readonly path: string;
  readonly query: Query;
  readonly body: Fields;
  /** Address of the shop, without a slash at its end. */
  readonly home: string;
  /** Address of the API, which ends in `/wc/v3`. */
  readonly api: string;
};

/** One operation of the API. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind `/wp-json/wc/v3`. */
  readonly path: string;
  readonly act: (call: Call) => Answer;
};

/** The number at a place of the path. */
export function idAt(call: Call, at = 0): number {
  return Number(call.params[at] ?? 0);
}
