import type { JsonItem } from '../lib/json-values.ts';
import { problemAt } from './problem.ts';
import type { Problem } from './source.ts';

/**
 * Why a file of JSON cannot be read on; null for a value.
 *
 * @param expected - what the file should have been, for a person
 */
export function jsonProblem(item: JsonItem, expected: string): Problem | null {
  switch (item.kind) {
    case 'value':
      return null;
    case 'not-json':
      return item.found === '' ? problemAt('file-empty', null) : unknownJson(item.found, expected);
    case 'truncated':
      return problemAt('file-truncated', null, { found: 'JSON' });
    case 'too-large':
      return problemAt('over-limit', null, { what: 'bytes in an order', limit: `${item.limit}` });
    case 'too-deep':
      return problemAt('over-limit', null, { what: 'levels of JSON', limit: `${item.limit}` });
    case 'stray': {
      const facts = { field: 'JSON', found: item.found, expected: ', ]' };
      return problemAt('unknown-value', item, facts);
    }
  }
}

/** A file that is JSON of something else, or none. */
export function unknownJson(found: string, expected: string): Problem {
  return problemAt('format-unknown', null, { found, expected });
}
