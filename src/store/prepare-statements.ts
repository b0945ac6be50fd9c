import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Longer texts are inserts of many rows: hardly two are the same. */
const TEXT_MAX = 2_000;
/** Statements that a connection keeps plans of. The hub has some dozens. */
const NAMES_MAX = 200;

/**
 * Lets the server keep the plans of a connection's statements with parameters: reading and
 * planning them anew is half of what short ones cost.
 */
export function prepareStatements(client: pg.PoolClient): void {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | null => {
    const known = names.get(text);
    if (known !== undefined || text.length > TEXT_MAX || names.size >= NAMES_MAX) {
      return known ?? null;
    }
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    names.set(text, name);
    return name;
  };
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  const query = (first: unknown, ...rest: unknown[]): unknown => {
    const [values, ...others] = rest;
    // Several statements in one text, as in a migration, have no parameters and cannot be prepared.
    if (typeof first !== 'string' || !Array.isArray(values) || values.length === 0) {
      return send(first, ...rest);
    }
    const name = nameOf(first);
    return name === null ? send(first, ...rest) : send({ name, text: first, values }, ...others);
  };
  client.query = query as typeof client.query;
}
